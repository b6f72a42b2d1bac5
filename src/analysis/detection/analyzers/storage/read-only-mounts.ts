import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import type {Exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {claimBehind} from './moved-mounts.ts';
import {hasClaims, isUsed} from './unkept-data.ts';

/** A mount that a release made read-only, by itself or with its whole volume. */
type Closed = {readonly path: string; readonly volume: string; readonly exchanges: readonly Exchange[]};

function closedIn({workload, podSpec, containers, change, fresh}: Subject): readonly Closed[] {
	return containers
		.filter(({isInit}) => !isInit)
		.flatMap(({container, place}) =>
			listAt(container, 'volumeMounts').flatMap((mount, index): readonly Closed[] => {
				const volume = textAt(mount, 'name') ?? '';
				const at = listAt(podSpec, 'volumes').findIndex(each => textAt(each, 'name') === volume);
				const [own, whole] = [
					[...place, 'volumeMounts', index, 'readOnly'],
					[...podSpecPlace(workload), 'volumes', at, 'persistentVolumeClaim', 'readOnly'],
				];
				const isClosed =
					valueAt(mount, 'readOnly') === true || valueAt(listAt(podSpec, 'volumes')[at], 'persistentVolumeClaim', 'readOnly') === true;
				const exchanges = [own, whole]
					.flatMap(each => (fresh(each).length === 0 ? [] : changesAt(change(), each)))
					.filter(({from, to}) => from === true && to !== true);
				return isClosed && exchanges.length > 0 ? [{path: textAt(mount, 'mountPath') ?? '', volume, exchanges}] : [];
			}),
		);
}

function causesOf(subject: Subject): readonly Cause[] {
	const {survey, workload, podSpec, given, change, gravity, isWell} = subject;
	return closedIn(subject).flatMap(({path, volume, exchanges}): readonly Cause[] => {
		const claim = claimBehind(volume, podSpec, subject);
		// What others write may well be read here alone.
		if (claim === undefined || isUsed(claim.metadata.name, workload.metadata.namespace, survey, workload)) return [];
		const [name, holder] = [refText(refOf(workload)), refText(refOf(claim))];
		return [
			{
				id: 'volume-read-only',
				resource: refOf(workload),
				path: fieldPath(workload, exchanges[0]?.path ?? []),
				severity: gravity('medium'),
				hurts: [refOf(claim)],
				cause: {
					en: `${name} may no longer write to ${path} since its last change, and nobody else uses ${holder}, which is mounted there`,
					ko: `${name}가 마지막 변경 이후 ${path}에 쓸 수 없습니다. 거기 마운트된 ${holder}는 다른 누구도 쓰지 않습니다`,
				},
				evidence: [{source: name, detail: `${path} is ${holder}, read-only`}, ...changeEvidence(given(), change(), exchanges)],
				remedies: backRemedy(given(), change(), exchanges, !isWell),
			},
		];
	});
}

/** Claims that nobody may write to since a release. */
export const readOnlyMounts = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject => (hasClaims(subject.workload.metadata.namespace, survey) ? causesOf(subject) : []));
