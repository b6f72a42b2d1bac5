import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {isChosen} from '../../../diagnosis/node-choice.ts';
import {ownSeparation} from '../../../diagnosis/own-separation.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import type {Subject} from '../subject.ts';
import {writtenEvidence} from './written-evidence.ts';

/** How many pods a share stands for; a Deployment rounds what may be missing down. */
const shareOf = (value: Json | undefined, replicas: number): number =>
	typeof value === 'number'
		? value
		: typeof value === 'string' && value.endsWith('%')
			? Math.floor((Number.parseInt(value, 10) * replicas) / 100)
			: 0;

/** Whether no pod may be missing while a Deployment is renewed: a new one must start before an old one goes. */
function surgesOnly({workload}: Subject): boolean {
	if (workload.kind !== 'Deployment' || textAt(workload, 'spec', 'strategy', 'type') === 'Recreate') return false;
	const replicas = numberAt(workload, 'spec', 'replicas') ?? 1;
	return shareOf(valueAt(workload, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%', replicas) === 0;
}

/** A strategy that could never work hurts at the next rollout: a remark, unless one is under way or somebody has just made it so. */
function severityOf({workload, pods, isWell, isWrittenLately, gravity}: Subject): Cause['severity'] {
	const updated = numberAt(workload, 'status', 'updatedReplicas') ?? pods.length;
	// Where no pod runs, none holds the place.
	const isHeld = pods.some(pod => textAt(pod, 'spec', 'nodeName') !== undefined);
	const isUnderWay = isHeld && (!isWell || updated < (numberAt(workload, 'spec', 'replicas') ?? 1));
	return isUnderWay ? gravity('high') : isWrittenLately(['spec', 'strategy']) ? 'medium' : 'low';
}

/** Each pod has a place of its own, all are taken, and a new pod must start before an old one goes: no rollout ever ends. */
function noPlaceForSurge(subject: Subject): readonly Cause[] {
	const {workload, podSpec, containers, survey} = subject;
	const hasRules =
		valueAt(podSpec, 'affinity', 'podAntiAffinity') !== undefined ||
		containers.some(({container}) => listAt(container, 'ports').some(port => valueAt(port, 'hostPort') !== undefined));
	if (!hasRules || !surgesOnly(subject) || !survey.isRead('Node')) return [];
	const nodes = survey.all('Node').filter(node => isChosen(node, podSpec) && valueAt(node, 'spec', 'unschedulable') !== true);
	const separation = ownSeparation(workload, subject.given(), nodes);
	const replicas = numberAt(workload, 'spec', 'replicas') ?? 1;
	if (separation === undefined || nodes.length === 0 || separation.places !== replicas) return [];
	const name = refText(refOf(workload));
	const unavailable = valueAt(workload, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable');
	return [
		{
			id: 'surge-has-no-place',
			resource: refOf(workload),
			path: 'spec.strategy.rollingUpdate.maxUnavailable',
			severity: severityOf(subject),
			cause: {
				en: `${name} may not miss a pod while it is renewed, and its ${separation.what} leaves no place for one more than ${replicas}: no rollout of it can go on`,
				ko: `${name}는 롤아웃 중 파드가 하나도 빠지면 안 되는데 ${separation.what} 때문에 ${replicas}개보다 많이 뜰 수 없습니다: 롤아웃이 진행되지 못합니다`,
			},
			evidence: writtenEvidence(
				subject,
				`maxUnavailable ${String(unavailable ?? '25%')} of ${replicas}, ${separation.what}: ${separation.places}`,
				['spec', 'strategy'],
			),
			remedies: [
				merge(
					workload,
					{spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}}},
					{
						side: 'workload',
						sure: true,
						text: {en: `Let ${name} end one pod before it starts the next`, ko: `${name}가 파드 하나를 먼저 내리고 새로 띄우게 합니다`},
					},
				),
			],
		},
	];
}

/** A volume that only one pod may hold, and a rollout that starts the next pod before it ends the last. */
function volumeHeldTwice(subject: Subject): readonly Cause[] {
	const {workload, podSpec, survey} = subject;
	const names = listAt(podSpec, 'volumes').flatMap(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? []);
	if (names.length === 0 || !surgesOnly(subject)) return [];
	// Pods of one node may share what only one node may hold.
	const nodes = survey.all('Node').filter(node => isChosen(node, podSpec) && valueAt(node, 'spec', 'unschedulable') !== true);
	const isSpread = nodes.length > 1;
	// Of several pods that want what one may hold their number is told.
	const isOne = (numberAt(workload, 'spec', 'replicas') ?? 1) <= 1;
	const claim = names
		.map(name => survey.find('PersistentVolumeClaim', workload.metadata.namespace, name))
		.find(each => {
			const modes = listAt(each, 'spec', 'accessModes');
			return modes.length > 0 && modes.every(mode => (isOne && mode === 'ReadWriteOncePod') || (isSpread && mode === 'ReadWriteOnce'));
		});
	if (claim === undefined) return [];
	const name = refText(refOf(workload));
	const modes = listAt(claim, 'spec', 'accessModes').join(', ');
	return [
		{
			id: 'surge-has-no-volume',
			resource: refOf(workload),
			path: 'spec.strategy.type',
			severity: severityOf(subject),
			cause: {
				en: `${name} starts a new pod before it ends the old one, and ${refText(refOf(claim))} may be held by ${modes === 'ReadWriteOnce' ? 'one node' : 'one pod'} only: a rollout of it may wait for ever`,
				ko: `${name}는 새 파드를 먼저 띄우는데 ${refText(refOf(claim))}는 파드 하나만 쓸 수 있습니다: 롤아웃이 진행되지 못합니다`,
			},
			evidence: [
				...writtenEvidence(subject, 'strategy RollingUpdate, maxUnavailable 0', ['spec', 'strategy']),
				{source: refText(refOf(claim)), detail: `accessModes ${modes}`},
			],
			remedies: [
				merge(
					workload,
					{spec: {strategy: {type: 'Recreate', rollingUpdate: null}}},
					{
						side: 'workload',
						sure: true,
						text: {
							en: `Let ${name} end its pod before it starts the next (Recreate)`,
							ko: `${name}가 기존 파드를 먼저 내리게 합니다(Recreate)`,
						},
					},
				),
			],
		},
	];
}

/** Every old pod goes before a new one has shown that it works. */
function allAtOnce(subject: Subject): readonly Cause[] {
	const {workload, survey, isWrittenLately} = subject;
	const replicas = numberAt(workload, 'spec', 'replicas') ?? 1;
	const unavailable = valueAt(workload, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable');
	if (workload.kind !== 'Deployment' || replicas < 2 || shareOf(unavailable, replicas) < replicas) return [];
	const labels = valueAt(workload, 'spec', 'template', 'metadata', 'labels');
	const service = survey.all('Service', workload.metadata.namespace).find(each => fitsMap(valueAt(each, 'spec', 'selector'), labels));
	if (service === undefined) return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'rollout-takes-all-down',
			resource: refOf(workload),
			path: 'spec.strategy.rollingUpdate.maxUnavailable',
			severity: isWrittenLately(['spec', 'strategy']) ? 'medium' : 'low',
			hurts: [refOf(service)],
			cause: {
				en: `All ${replicas} pods of ${name} may be missing at once while it is renewed: ${refText(refOf(service))} then has nobody to send to`,
				ko: `${name}의 파드 ${replicas}개가 롤아웃 중 한꺼번에 내려갈 수 있습니다: 그동안 ${refText(refOf(service))}가 보낼 곳이 없습니다`,
			},
			evidence: writtenEvidence(subject, `maxUnavailable ${String(unavailable)} of ${replicas}`, ['spec', 'strategy']),
			remedies: [
				exchange(workload, [{path: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'], from: unavailable, to: '25%'}], {
					side: 'workload',
					sure: false,
					amount: '25%',
					text: {
						en: `Let a quarter of the pods of ${name} be missing at most, as is usual`,
						ko: `${name}의 파드가 기본값인 25%까지만 빠지게 합니다`,
					},
				}),
			],
		},
	];
}

/** How a workload is to be renewed, where that cannot go well. */
export const strategyFaults = (subject: Subject): readonly Cause[] => [
	...noPlaceForSurge(subject),
	...volumeHeldTwice(subject),
	...allAtOnce(subject),
];
