import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {isReady} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import type {Subject} from '../subject.ts';
import {writtenEvidence} from './written-evidence.ts';

/** Somebody above decides when its pods go: an operator deletes them one by one. */
const isLed = ({metadata}: KubeObject) => (metadata.ownerReferences ?? []).some(({controller}) => controller === true);

const hashOf = (pod: KubeObject) => pod.metadata.labels?.['controller-revision-hash'];

/** Pods of an earlier revision than the one that is wanted. */
const outdated = ({workload, pods}: Subject): readonly KubeObject[] => {
	const wanted = textAt(workload, 'status', 'updateRevision');
	return wanted === undefined || wanted === textAt(workload, 'status', 'currentRevision') ? [] : pods.filter(pod => hashOf(pod) !== wanted);
};

const ordinalOf = ({metadata}: KubeObject) => Number(/-(\d+)$/.exec(metadata.name)?.[1] ?? 0);

const evidenceOf = (workload: KubeObject, detail: string, path: readonly string[], old: readonly KubeObject[]): Cause['evidence'] => [
	...writtenEvidence({workload}, detail, path),
	...old.slice(0, 3).map(pod => ({source: refText(refOf(pod)), detail: `still of revision ${hashOf(pod) ?? 'unknown'}`})),
];

/** Pods below the partition keep the old template for good. */
function partitioned(subject: Subject): readonly Cause[] {
	const {workload} = subject;
	const partition = numberAt(workload, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
	const old = outdated(subject);
	const held = old.filter(pod => ordinalOf(pod) < partition);
	if (partition === 0 || held.length === 0 || held.length < old.length || isLed(workload)) return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'partition-holds-update',
			resource: refOf(workload),
			path: 'spec.updateStrategy.rollingUpdate.partition',
			cause: {
				en: `${name} renews pods from number ${partition} on only: ${held.length} of its pods keep the old template`,
				ko: `${name}는 ${partition}번 파드부터만 갱신합니다: 파드 ${held.length}개가 이전 템플릿으로 남아 있습니다`,
			},
			evidence: evidenceOf(
				workload,
				`updateStrategy.rollingUpdate.partition ${partition}, ${numberAt(workload, 'spec', 'replicas') ?? 1} replicas`,
				['spec', 'updateStrategy'],
				held,
			),
			remedies: [
				exchange(workload, [{path: ['spec', 'updateStrategy', 'rollingUpdate', 'partition'], from: partition, to: 0}], {
					side: 'workload',
					// A partition within the replicas may be a stage that somebody watches.
					sure: partition >= (numberAt(workload, 'spec', 'replicas') ?? 1),
					text: {en: `Let ${name} renew all of its pods`, ko: `${name}의 모든 파드를 갱신하게 합니다`},
				}),
			],
		},
	];
}

/** With OnDelete nobody renews a pod before somebody deletes it. */
function onDelete(subject: Subject): readonly Cause[] {
	const {workload, isWrittenLately} = subject;
	if (textAt(workload, 'spec', 'updateStrategy', 'type') !== 'OnDelete' || isLed(workload)) return [];
	const desired = numberAt(workload, 'status', 'desiredNumberScheduled') ?? 0;
	const behind =
		workload.kind === 'DaemonSet' ? desired - (numberAt(workload, 'status', 'updatedNumberScheduled') ?? 0) : outdated(subject).length;
	if (behind <= 0) return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'on-delete-holds-update',
			resource: refOf(workload),
			path: 'spec.updateStrategy.type',
			cause: {
				en: `${name} renews a pod only when somebody deletes it (OnDelete): ${behind} of its pods keep the old template`,
				ko: `${name}는 파드를 지워야만 갱신합니다(OnDelete): 파드 ${behind}개가 이전 템플릿으로 남아 있습니다`,
			},
			evidence: evidenceOf(workload, 'updateStrategy.type OnDelete', ['spec', 'updateStrategy'], outdated(subject)),
			remedies: [
				merge(
					workload,
					{spec: {updateStrategy: {type: 'RollingUpdate'}}},
					{
						side: 'workload',
						// Some renew their pods by hand and have always done so.
						sure: isWrittenLately(['spec', 'updateStrategy']),
						text: {en: `Let ${name} renew its pods by itself`, ko: `${name}가 파드를 스스로 갱신하게 합니다`},
					},
				),
			],
		},
	];
}

/** So long a pod may take before it counts as broken. */
const settleMs = 2 * 60_000;

const word = (pod: KubeObject) =>
	listAt(pod, 'status', 'containerStatuses')
		.map(each => textAt(each, 'state', 'waiting', 'reason'))
		.find(reason => reason !== undefined) ??
	textAt(pod, 'status', 'phase') ??
	'not ready';

/** In order, a StatefulSet waits for a broken pod even where the template has been mended: that pod keeps the old one, and nobody takes it away. */
function heldByBroken(subject: Subject): readonly Cause[] {
	const {workload, pods, survey} = subject;
	const wanted = textAt(workload, 'status', 'updateRevision');
	if (workload.kind !== 'StatefulSet' || wanted === undefined || textAt(workload, 'spec', 'podManagementPolicy') === 'Parallel') return [];
	if (textAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete') return [];
	const partition = numberAt(workload, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
	const broken = pods.filter(
		pod =>
			!isReady(pod) &&
			hashOf(pod) !== undefined &&
			hashOf(pod) !== wanted &&
			ordinalOf(pod) >= partition &&
			survey.nowMs - (Date.parse(pod.metadata.creationTimestamp ?? '') || 0) > settleMs,
	);
	const [pod] = broken;
	const isRenewed = pods.some(each => hashOf(each) === wanted);
	if (pod === undefined || (isRenewed && broken.length === pods.filter(each => hashOf(each) !== wanted).length && pods.every(isReady)))
		return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'update-waits-for-broken-pod',
			resource: refOf(pod),
			path: 'metadata.labels[controller-revision-hash]',
			hurts: [refOf(workload)],
			cause: {
				en: `${refText(refOf(pod))} (${word(pod)}) is of an earlier revision than ${name} wants by now, and is not renewed before it is ready: it never is`,
				ko: `${refText(refOf(pod))}(${word(pod)})가 이전 리비전으로 남아 있고 준비되기 전에는 갱신되지 않아 ${name}의 업데이트가 멈췄습니다`,
			},
			evidence: [
				{source: refText(refOf(pod)), detail: `revision ${hashOf(pod)}, ${word(pod)}`},
				{
					source: name,
					detail: `updateRevision ${wanted}, podManagementPolicy ${textAt(workload, 'spec', 'podManagementPolicy') ?? 'OrderedReady'}`,
				},
			],
			remedies: [
				{
					tool: 'resource_delete',
					input: {kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace ?? 'default'},
					side: 'workload',
					sure: true,
					text: {
						en: `Delete ${refText(refOf(pod))}: ${name} makes it anew from its present template`,
						ko: `${refText(refOf(pod))}를 지워 ${name}가 지금 템플릿으로 다시 만들게 합니다`,
					},
				},
			],
		},
	];
}

/** Updates that reach no pod, or not all. */
export const heldUpdates = (subject: Subject): readonly Cause[] =>
	['StatefulSet', 'DaemonSet'].includes(subject.workload.kind) && valueAt(subject.workload, 'status') !== undefined
		? [...partitioned(subject), ...onDelete(subject), ...heldByBroken(subject)]
		: [];
