import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {severityOfStart, startingWorkloads} from '../standing.ts';
import {amount, type Place} from './limit-range-breaches.ts';

/** A claim that will be made for pods of a workload: its size, and where that stands. */
type Wanted = {readonly size: Json; readonly place: Place; readonly isFixed: boolean};

/** The claims of a StatefulSet that are not there yet, and those that live as long as a pod. */
function wantedBy(workload: KubeObject, survey: Survey): readonly Wanted[] {
	const {name, namespace} = workload.metadata;
	const first = Number(valueAt(workload, 'spec', 'ordinals', 'start') ?? 0);
	const ordinals = Array.from({length: Math.min(wantedReplicas(workload), 100)}, (_, index) => first + index);
	const size = ['spec', 'resources', 'requests', 'storage'];
	const templates = listAt(workload, 'spec', 'volumeClaimTemplates').flatMap((template, index): readonly Wanted[] => {
		const asked = valueAt(template, ...size);
		const claim = textAt(template, 'metadata', 'name') ?? '';
		const isMade = ordinals.every(each => survey.find('PersistentVolumeClaim', namespace, `${claim}-${name}-${each}`) !== undefined);
		return asked === undefined || isMade ? [] : [{size: asked, place: ['spec', 'volumeClaimTemplates', index, ...size], isFixed: true}];
	});
	const ephemeral = listAt(podSpecOf(workload), 'volumes').flatMap((volume, index): readonly Wanted[] => {
		const asked = valueAt(volume, 'ephemeral', 'volumeClaimTemplate', ...size);
		const place = [...podSpecPlace(workload), 'volumes', index, 'ephemeral', 'volumeClaimTemplate', ...size];
		return asked === undefined ? [] : [{size: asked, place, isFixed: false}];
	});
	return [...templates, ...ephemeral];
}

type Bound = {readonly path: Place; readonly value: Json; readonly field: 'max' | 'min'};

const boundsOf = (range: KubeObject): readonly Bound[] =>
	listAt(range, 'spec', 'limits').flatMap((item, index) =>
		(['max', 'min'] as const).flatMap((field): readonly Bound[] => {
			const value = objectAt(item, field).storage;
			return textAt(item, 'type') !== 'PersistentVolumeClaim' || value === undefined
				? []
				: [{path: ['spec', 'limits', index, field, 'storage'], value, field}];
		}),
	);

const isWithin = (size: number, {value, field}: Bound) => {
	const bound = amount(value);
	return bound === undefined || (field === 'max' ? size <= bound : size >= bound);
};

function causeOf(range: KubeObject, bound: Bound, workload: KubeObject, wanted: Wanted, survey: Survey): Cause {
	const [name, limiter] = [refText(refOf(workload)), refText(refOf(range))];
	const isRange = wanted.isFixed || isChangedLater(range, workload, {other: wanted.place});
	const [, , index] = bound.path;
	const former = objectAt(listAt(lastApplied(range), 'spec', 'limits')[Number(index)], bound.field).storage;
	const size = amount(wanted.size) ?? 0;
	const to = former !== undefined && isWithin(size, {...bound, value: former}) ? former : wanted.size;
	const onRange: Remedy = exchange(range, [{path: bound.path, from: bound.value, to}], {
		side: 'quota',
		sure: false,
		text: {
			en: `Set ${fieldPath(range, bound.path)} of ${limiter} to ${String(to)}`,
			ko: `${limiter}의 ${fieldPath(range, bound.path)}을(를) ${String(to)}(으)로 바꿉니다`,
		},
	});
	// The server lets nobody change the claims of a StatefulSet.
	const onWorkload = wanted.isFixed
		? []
		: [
				exchange(workload, [{path: wanted.place, from: wanted.size, to: bound.value}], {
					side: 'workload',
					sure: false,
					text: {
						en: `Let the volumes of ${name} have ${String(bound.value)}`,
						ko: `${name}의 볼륨 크기를 ${String(bound.value)}(으)로 바꿉니다`,
					},
				}),
			];
	return {
		id: 'limit-range-refuses',
		resource: refOf(isRange ? range : workload),
		path: isRange ? fieldPath(range, bound.path) : fieldPath(workload, wanted.place),
		severity: severityOfStart(workload, survey),
		hurts: [refOf(workload)],
		cause: {
			en: `${limiter} refuses the claims of ${name}: they ask for ${String(wanted.size)}, and a claim must have ${bound.field === 'max' ? 'at most' : 'at least'} ${String(bound.value)}`,
			ko: `${limiter}가 ${name}의 클레임을 거절합니다: ${String(wanted.size)}을(를) 요청하는데 클레임은 ${String(bound.value)} ${bound.field === 'max' ? '이하' : '이상'}이어야 합니다`,
		},
		evidence: [
			{source: limiter, detail: `${fieldPath(range, bound.path)}: ${String(bound.value)}`},
			{source: name, detail: `${fieldPath(workload, wanted.place)}: ${String(wanted.size)}`},
			...changeEvidence(isRange ? range : workload),
		],
		remedies: isRange ? [onRange, ...onWorkload] : [...onWorkload, onRange],
	};
}

/** What a LimitRange has against claims that are made for pods; those that are there were let in once. */
export function claimLimitFaults(range: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace = ''} = range.metadata;
	const bounds = boundsOf(range);
	if (bounds.length === 0 || !survey.isRead('PersistentVolumeClaim', namespace)) return [];
	return startingWorkloads(survey, namespace)
		.filter(({kind, metadata}) => kind !== 'Pod' && metadata.ownerReferences === undefined)
		.flatMap(workload =>
			wantedBy(workload, survey).flatMap(wanted =>
				bounds.filter(bound => !isWithin(amount(wanted.size) ?? 0, bound)).map(bound => causeOf(range, bound, workload, wanted, survey)),
			),
		);
}
