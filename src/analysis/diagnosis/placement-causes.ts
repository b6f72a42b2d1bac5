import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf} from '../../core/kube/pod-spec.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {allClosed, keepsAway} from './closed-nodes.ts';
import {portTaken} from './host-port-causes.ts';
import {isChosen, nobodyFits} from './node-choice.ts';
import {neverFits, noRoom} from './room-causes.ts';
import {spreadCause} from './spread-causes.ts';
import {isBound, nodeNameCause, unscheduledCause} from './unscheduled-causes.ts';
import {volumeNodeCause} from './volume-node-cause.ts';

const isPlaced = (pod: KubeObject) => textAt(pod, 'spec', 'nodeName') !== undefined;

/** Nodes that let a pod in, however full they are. */
const isOpen = (node: KubeObject, podSpec: Case['podSpec']) =>
	valueAt(node, 'spec', 'unschedulable') !== true && !listAt(node, 'spec', 'taints').some(keepsAway(podSpec));

/**
 * Why pods can never get a node as the nodes and the template are, whether or not some wait: one cause, the most telling one. Full nodes are none,
 * they become free.
 */
export function neverPlaced(given: Case): Cause | undefined {
	const {workload, podSpec, scene} = given;
	const nodes = ofKind(scene, 'Node');
	if (workload === undefined || nodes.length === 0 || isUnread(scene, 'Pod') || isUnread(scene, 'Node')) return undefined;
	if (workload.kind === 'DaemonSet') {
		const meant = nodes.filter(node => isChosen(node, podSpec) && !listAt(node, 'spec', 'taints').some(keepsAway(podSpec)));
		return portTaken(workload, given, meant, true);
	}
	if (isBound(given)) return nodeNameCause(given, nodes);
	if (workload.kind === 'Pod' && isPlaced(workload)) return undefined;
	const chosen = nodes.filter(node => isChosen(node, podSpec));
	if (chosen.length === 0) return nobodyFits(workload, given, nodes);
	const open = chosen.filter(node => isOpen(node, podSpec));
	return open.length === 0
		? undefined
		: (neverFits(workload, given, open) ?? volumeNodeCause(workload, given, open) ?? spreadCause(workload, given, open, chosen));
}

/** What the scheduler itself says of a pod that waits, which counts the nodes by why they do not do. */
function schedulerSays({pods}: Case): Cause['evidence'] {
	return pods
		.flatMap(pod => {
			const found = listAt(pod, 'status', 'conditions').find(
				each => textAt(each, 'type') === 'PodScheduled' && textAt(each, 'status') === 'False',
			);
			const message = shortLine(textAt(found, 'message') ?? '', 240);
			return message === '' ? [] : [{source: refText(refOf(pod)), detail: message}];
		})
		.slice(0, 1);
}

/** Each pod of a DaemonSet is for one node, and waits for room there and nowhere else. */
function daemonCauses(workload: KubeObject, given: Case, nodes: readonly KubeObject[]): readonly Cause[] {
	const waiting = given.pods.filter(pod => !isPlaced(pod));
	const meant = nodes.filter(node => waiting.some(pod => isChosen(node, podSpecOf(pod))));
	if (waiting.length === 0 || meant.length === 0) return [];
	const found =
		neverFits(workload, given, meant) ??
		portTaken(workload, given, meant, true) ??
		noRoom(workload, given, meant, ofKind(given.scene, 'Pod'));
	return found === undefined ? [] : [{...found, evidence: [...found.evidence, ...schedulerSays(given)]}];
}

/** Why pods wait for a node. Nothing where all pods have one. */
export function placementCauses(given: Case): readonly Cause[] {
	const {workload, pods, podSpec, scene} = given;
	const nodes = ofKind(scene, 'Node');
	const waits = pods.length === 0 ? workload?.kind !== 'CronJob' : pods.some(pod => !isPlaced(pod));
	if (workload === undefined || nodes.length === 0 || isUnread(scene, 'Pod')) return [];
	if (workload.kind === 'DaemonSet') return daemonCauses(workload, given, nodes);
	if (isBound(given)) return [nodeNameCause(given, nodes) ?? []].flat();
	if (!waits) return [];
	const chosen = nodes.filter(node => isChosen(node, podSpec));
	const found =
		unscheduledCause(workload, given) ??
		(chosen.length === 0 ? nobodyFits(workload, given, nodes) : undefined) ??
		allClosed(workload, given, chosen) ??
		neverPlaced(given) ??
		noRoom(
			workload,
			given,
			chosen.filter(node => isOpen(node, podSpec)),
			ofKind(scene, 'Pod'),
		);
	return found === undefined ? [] : [{...found, evidence: [...found.evidence, ...schedulerSays(given)]}];
}
