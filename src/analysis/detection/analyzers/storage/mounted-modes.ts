import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {claimBehind} from './moved-mounts.ts';

/** How a container may take a claim, by what the claim is. */
const ways = [
	{field: 'volumeMounts', mode: 'Filesystem'},
	{field: 'volumeDevices', mode: 'Block'},
] as const;

const modeOf = (claim: KubeObject) => textAt(claim, 'spec', 'volumeMode') ?? 'Filesystem';

function causesOf(subject: Subject, {name, container, place}: PlacedContainer): readonly Cause[] {
	const {workload, podSpec, pods, given, change, fresh, gravity, isWell} = subject;
	return ways.flatMap(({field, mode}) =>
		listAt(container, field).flatMap((item, index): readonly Cause[] => {
			const claim = claimBehind(textAt(item, 'name') ?? '', podSpec, subject);
			if (claim === undefined || modeOf(claim) === mode) return [];
			// Pods that have been ready for days have another claim than the one of that name now.
			if (isWell && pods.length > 0 && ways.every(way => fresh([...place, way.field]).length === 0)) return [];
			const changed = ways.flatMap(way => changesAt(change(), [...place, way.field]));
			const path = [...place, field, index];
			const [who, what] = [refText(refOf(workload)), refText(refOf(claim))];
			return [
				{
					id: 'volume-mode-not-mounted',
					resource: refOf(workload),
					path: fieldPath(workload, path),
					severity: gravity('high'),
					isLasting: true,
					hurts: [refOf(claim)],
					cause: {
						en: `Container ${name} of ${who} takes ${what} under ${field}, and it is a ${modeOf(claim)} volume: no such pod starts`,
						ko: `${who}의 컨테이너 ${name}가 ${modeOf(claim)} 볼륨인 ${what}을(를) ${field}로 쓰려 해 파드가 시작되지 않습니다`,
					},
					evidence: [
						{source: what, detail: `spec.volumeMode ${modeOf(claim)}`},
						{source: who, detail: `it stands in ${fieldPath(workload, path)}`},
						...changeEvidence(given(), change(), changed),
					],
					remedies: backRemedy(given(), change(), changed),
				},
			];
		}),
	);
}

/**
 * Block volumes that are mounted as if they had files, and those with files that are taken for devices.
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support
 */
export const mountedModes = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject => subject.containers.flatMap(placed => causesOf(subject, placed)));
