import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import type {Subject} from '../subject.ts';

/** How long a hook sleeps before the program is told to end. */
function pauseOf(container: Json): number {
	const hook = valueAt(container, 'lifecycle', 'preStop');
	const words = listAt(hook, 'exec', 'command')
		.filter(each => typeof each === 'string')
		.join(' ');
	const slept = [...words.matchAll(/\bsleep\s+(\d+)(s|m)?\b/g)].reduce(
		(sum, [, digits, unit]) => sum + Number(digits) * (unit === 'm' ? 60 : 1),
		0,
	);
	return numberAt(hook, 'sleep', 'seconds') ?? slept;
}

/** A pod that is killed in the middle of its preStop hook ends without having been told to. */
function hook({workload, podSpec, given, change}: Subject, {name, container, place}: PlacedContainer): readonly Cause[] {
	const pause = pauseOf(container);
	const own = valueAt(podSpec, 'terminationGracePeriodSeconds');
	const grace = typeof own === 'number' ? own : 30;
	if (pause === 0 || pause < grace) return [];
	const at = [...podSpecPlace(workload), 'terminationGracePeriodSeconds'];
	const hookPlace = [...place, 'lifecycle', 'preStop'];
	const shortened = changesAt(change(), at);
	const lengthened = changesAt(change(), hookPlace);
	const changed = shortened.length > 0 ? shortened : lengthened;
	const to = pause + 30;
	return [
		{
			id: 'stop-outlasts-grace',
			resource: refOf(workload),
			path: fieldPath(workload, shortened.length === 0 && lengthened.length > 0 ? (lengthened[0]?.path ?? hookPlace) : at),
			cause: {
				en: `The preStop hook of container ${name} takes ${pause}s, and pods are killed after ${grace}s: the program is never told to end`,
				ko: `컨테이너 ${name}의 preStop 훅이 ${pause}초 걸리는데 파드는 ${grace}초 뒤 강제 종료됩니다: 프로그램이 종료 신호를 받지 못합니다`,
			},
			evidence: [
				{source: refText(refOf(workload)), detail: `preStop ${pause}s, terminationGracePeriodSeconds ${grace}`},
				...changeEvidence(given(), change(), changed),
			],
			remedies:
				changed.length > 0
					? backRemedy(given(), change(), changed)
					: [
							exchange(workload, [{path: at, from: own, to}], {
								side: 'workload',
								sure: true,
								amount: String(to),
								text: {
									en: `Give pods of ${refText(refOf(workload))} ${to}s to end`,
									ko: `${refText(refOf(workload))}의 파드에 종료 시간 ${to}초를 줍니다`,
								},
							}),
						],
		},
	];
}

export const stopFaults = (subject: Subject): readonly Cause[] => subject.containers.flatMap(placed => hook(subject, placed));

/** Longer than any grace that is not spent: the kubelet and the control plane have had their time. */
const slackMs = 5 * 60_000;

const isWellNode = (node: KubeObject | undefined) =>
	listAt(node, 'status', 'conditions').some(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True');

/** Pods that their kubelet does not end. Of one on a node that fell silent the node is the cause, and of one that a finalizer holds the finalizer. */
export function endingPods(survey: Survey): readonly Cause[] {
	return survey.all('Pod').flatMap((pod): readonly Cause[] => {
		const {deletionTimestamp, finalizers = []} = pod.metadata;
		// The server writes the moment at which the grace is over.
		const overMs = deletionTimestamp === undefined ? 0 : survey.nowMs - Date.parse(deletionTimestamp);
		const nodeName = textAt(pod, 'spec', 'nodeName') ?? '';
		const node = survey.find('Node', undefined, nodeName);
		if (overMs < slackMs || finalizers.length > 0 || node === undefined || !isWellNode(node)) return [];
		const name = refText(refOf(pod));
		return [
			{
				id: 'pod-stuck-ending',
				resource: refOf(pod),
				path: 'metadata.deletionTimestamp',
				hurts: [refOf(survey.topOf(pod))],
				cause: {
					en: `${name} should be gone for ${age(overMs)}, and its kubelet on node ${nodeName} has not ended it`,
					ko: `${name}가 ${age(overMs)} 전에 없어졌어야 하는데 노드 ${nodeName}의 kubelet이 끝내지 않았습니다`,
				},
				evidence: [{source: name, detail: `deletionTimestamp ${deletionTimestamp}, node ${nodeName} is ready`}],
				remedies: [],
			},
		];
	});
}
