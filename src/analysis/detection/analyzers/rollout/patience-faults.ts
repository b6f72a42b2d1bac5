import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {revisionOf} from '../../../diagnosis/earlier-revision.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Subject} from '../subject.ts';
import {writtenEvidence} from './written-evidence.ts';

const usualDeadlineS = 600;

/** A rollout that is called failed before its pods could be ready. */
function shortDeadline(subject: Subject): readonly Cause[] {
	const {workload, containers} = subject;
	const deadline = numberAt(workload, 'spec', 'progressDeadlineSeconds');
	if (workload.kind !== 'Deployment' || deadline === undefined || deadline >= usualDeadlineS) return [];
	const delay = Math.max(0, ...containers.map(({container}) => numberAt(container, 'readinessProbe', 'initialDelaySeconds') ?? 0));
	const needed = delay + (numberAt(workload, 'spec', 'minReadySeconds') ?? 0);
	if (needed < deadline) return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'deadline-before-ready',
			resource: refOf(workload),
			path: 'spec.progressDeadlineSeconds',
			cause: {
				en: `A rollout of ${name} fails after ${deadline}s without progress, and a pod counts after ${needed}s at the earliest: every rollout is called failed`,
				ko: `${name}의 롤아웃은 ${deadline}초 뒤 실패로 처리되는데 파드는 빨라도 ${needed}초 뒤에야 준비됩니다`,
			},
			evidence: writtenEvidence(
				subject,
				`progressDeadlineSeconds ${deadline}, readinessProbe.initialDelaySeconds ${delay}, minReadySeconds ${needed - delay}`,
				['spec', 'progressDeadlineSeconds'],
			),
			remedies: [
				exchange(workload, [{path: ['spec', 'progressDeadlineSeconds'], from: deadline, to: usualDeadlineS}], {
					side: 'workload',
					sure: true,
					text: {
						en: `Give rollouts of ${name} the usual ${usualDeadlineS}s`,
						ko: `${name}의 롤아웃 제한 시간을 기본값 ${usualDeadlineS}초로 둡니다`,
					},
				}),
			],
		},
	];
}

/** Pods that have to stay ready for so long before they count let a rollout stand still. */
const longReadyS = 300;

/** Nobody waits half an hour for each pod on purpose. */
const veryLongReadyS = 1800;

const usualReadyS = 10;

/** What the newest earlier revision had: its ReplicaSet keeps it, as the workload's own value is handed on to the present one alone. */
function formerPatience({survey, workload}: Subject): number | undefined {
	const revisions = survey
		.ownedBy(workload)
		.filter(({kind}) => kind === 'ReplicaSet')
		.toSorted((a, b) => revisionOf(b) - revisionOf(a))
		.map(each => numberAt(each, 'spec', 'minReadySeconds') ?? 0);
	const [present, before] = revisions;
	return before !== undefined && before !== present && before < longReadyS ? before : undefined;
}

/** Whether pods are being renewed, or some do not count yet. */
function isUnderWay(workload: KubeObject): boolean {
	const updated = numberAt(workload, 'status', 'updatedReplicas') ?? numberAt(workload, 'status', 'updatedNumberScheduled') ?? 0;
	const wanted = numberAt(workload, 'spec', 'replicas') ?? numberAt(workload, 'status', 'desiredNumberScheduled') ?? 1;
	const isHeldOnPurpose =
		textAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' ||
		(numberAt(workload, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0) > 0;
	return updated < wanted && !isHeldOnPurpose;
}

function longMinReady(subject: Subject): readonly Cause[] {
	const {workload} = subject;
	const seconds = numberAt(workload, 'spec', 'minReadySeconds') ?? 0;
	if (seconds < longReadyS) return [];
	const ready = numberAt(workload, 'status', 'readyReplicas') ?? numberAt(workload, 'status', 'numberReady') ?? 0;
	const available = numberAt(workload, 'status', 'availableReplicas') ?? numberAt(workload, 'status', 'numberAvailable') ?? 0;
	const isLately = subject.isWrittenLately(['spec', 'minReadySeconds']);
	const held = Math.max(0, ready - available);
	// Where the wait is new, it is told before the first pod of a rollout has come to it.
	const former = formerPatience(subject);
	const isUnusual = former !== undefined || seconds >= veryLongReadyS;
	if (held === 0 && !(isLately && isUnusual && isUnderWay(workload))) return [];
	const to = former ?? usualReadyS;
	const name = refText(refOf(workload));
	return [
		{
			id: 'min-ready-holds-rollout',
			resource: refOf(workload),
			path: 'spec.minReadySeconds',
			cause: {
				en: `Pods of ${name} count as available after ${seconds}s of being ready: ${held === 0 ? 'the rollout waits that long for each' : `${held} are ready and do not count, and the rollout waits for them`}`,
				ko: `${name}의 파드는 준비된 뒤 ${seconds}초가 지나야 사용 가능으로 칩니다: 롤아웃이 ${held === 0 ? '파드마다 그만큼' : `${held}개를`} 기다립니다`,
			},
			evidence: [
				...writtenEvidence(subject, `minReadySeconds ${seconds}, ${ready} ready, ${available} available`, ['spec', 'minReadySeconds']),
				...(former === undefined ? [] : [{source: name, detail: `minReadySeconds was ${former} in the revision before`}]),
			],
			remedies: [
				exchange(workload, [{path: ['spec', 'minReadySeconds'], from: seconds, to}], {
					side: 'workload',
					// How long it is to be only what it was before tells.
					sure: isLately && former !== undefined,
					...(former === undefined ? {amount: String(to)} : {}),
					text:
						former === undefined
							? {en: `Let pods of ${name} count after ${to}s`, ko: `${name}의 파드를 ${to}초 뒤 사용 가능으로 칩니다`}
							: {
									en: `Let pods of ${name} count after ${to}s again`,
									ko: `${name}의 파드를 다시 ${to}초 뒤 사용 가능으로 칩니다`,
								},
				}),
			],
		},
	];
}

/** Without earlier revisions there is no way back. */
function noHistory(subject: Subject): readonly Cause[] {
	const {workload} = subject;
	if (workload.kind !== 'Deployment' || numberAt(workload, 'spec', 'revisionHistoryLimit') !== 0) return [];
	const name = refText(refOf(workload));
	return [
		{
			id: 'no-way-back',
			resource: refOf(workload),
			path: 'spec.revisionHistoryLimit',
			cause: {
				en: `${name} keeps no earlier revision: it cannot be rolled back`,
				ko: `${name}가 이전 리비전을 남기지 않아 되돌릴 수 없습니다`,
			},
			evidence: writtenEvidence(subject, 'revisionHistoryLimit 0', ['spec', 'revisionHistoryLimit']),
			remedies: [
				exchange(workload, [{path: ['spec', 'revisionHistoryLimit'], from: 0, to: 10}], {
					side: 'workload',
					sure: false,
					text: {en: `Let ${name} keep 10 revisions`, ko: `${name}가 리비전 10개를 남기게 합니다`},
				}),
			],
		},
	];
}

/** For how long a rollout waits, and for how long it is remembered. */
export const patienceFaults = (subject: Subject): readonly Cause[] => [
	...shortDeadline(subject),
	...longMinReady(subject),
	...noHistory(subject),
];
