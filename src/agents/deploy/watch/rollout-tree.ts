import {numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {TreeNode} from '../../../core/rollout-picture.ts';
import {count} from '../../../core/text/count.ts';
import {imagesOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import {controllerOf} from '../../../mcp/kubernetes/model/owner-chain.ts';
import {podPhase} from '../../../mcp/kubernetes/model/pod-phase.ts';
import {workloadStatus} from '../../../mcp/kubernetes/model/workload-status.ts';
import {creationTrouble, podTrouble} from '../rollout/pod-trouble.ts';
import {revisionOf} from '../rollout/revisions.ts';

/** What belongs to a rollout, as it was told last. */
export type TreeObjects = {
	/** The workload first, then the copies beside it. */
	readonly workloads: readonly KubeObject[];
	readonly sets: readonly KubeObject[];
	readonly pods: readonly KubeObject[];
};

/** Workload, replica sets, pods: what is bad stands before what moves, and that before what is well. */
export const rolloutTree = ({workloads, sets, pods}: TreeObjects): readonly TreeNode[] =>
	workloads.map(workload => {
		const own = sets.filter(set => isOf(set, workload)).sort((a, b) => revisionOf(b) - revisionOf(a));
		const shown = own.map(set => setNode(set, pods)).filter(({isEmpty}) => !isEmpty);
		const direct = pods.filter(pod => isOf(pod, workload)).map(podNode);
		return workloadNode(workload, [...shown.map(({node}) => node), ...gravestFirst(direct)]);
	});

const isOf = (object: KubeObject, owner: KubeObject) => {
	const controller = controllerOf(object);
	return controller !== undefined && controller.uid === owner.metadata.uid;
};

const order: readonly TreeNode['state'][] = ['bad', 'moving', 'good'];

const gravestFirst = (nodes: readonly TreeNode[]) => nodes.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));

/** `web:2` of `main=registry.example/shop/web:2`: the rest tells no versions apart. */
const shortImages = (object: KubeObject) =>
	imagesOf(object)
		.map(image => image.replace(/^.*[=/]/, ''))
		.join(', ');

function workloadNode(workload: KubeObject, children: readonly TreeNode[]): TreeNode {
	const {kind, metadata} = workload;
	const status = workloadStatus(workload) ?? ofCounts(workload);
	const refused = creationTrouble(workload);
	const isBad = refused !== undefined || (!status.healthy && children.some(({state}) => state === 'bad'));
	const parts = [status.text, refused?.text ?? '', shortImages(workload)];
	return {
		name: `${kind} ${metadata.name}`,
		state: isBad ? 'bad' : status.healthy ? 'good' : 'moving',
		text: parts.filter(part => part !== '').join(', '),
		children,
	};
}

/** Of a controller's own kind, which counts as a Deployment does. */
function ofCounts(object: KubeObject): {readonly text: string; readonly healthy: boolean} {
	const desired = numberAt(object, 'spec', 'replicas') ?? 1;
	const ready = numberAt(object, 'status', 'readyReplicas') ?? numberAt(object, 'status', 'availableReplicas') ?? 0;
	return {text: `${ready}/${desired} ready`, healthy: ready >= desired};
}

/** An older set without pods is kept for its template alone. */
function setNode(set: KubeObject, pods: readonly KubeObject[]): {readonly node: TreeNode; readonly isEmpty: boolean} {
	const children = gravestFirst(pods.filter(pod => isOf(pod, set)).map(podNode));
	const desired = numberAt(set, 'spec', 'replicas') ?? 0;
	const ready = numberAt(set, 'status', 'readyReplicas') ?? 0;
	const isWell = ready >= desired && children.every(({state}) => state === 'good');
	const state = isWell ? 'good' : ready === 0 && children.some(child => child.state === 'bad') ? 'bad' : 'moving';
	const image = shortImages(set);
	return {
		isEmpty: desired === 0 && children.length === 0,
		node: {
			name: `ReplicaSet ${set.metadata.name}`,
			state,
			text: [`${ready}/${desired} ready`, image, `revision ${revisionOf(set)}`].filter(part => part !== '').join(', '),
			children,
		},
	};
}

function podNode(pod: KubeObject): TreeNode {
	const {word, healthy, ready, restarts} = podPhase(pod);
	const trouble = podTrouble(pod);
	const isLeaving = valueAt(pod, 'metadata', 'deletionTimestamp') !== undefined;
	const node = textAt(pod, 'spec', 'nodeName');
	const why = trouble === undefined || trouble.text === word || trouble.text === 'not ready' ? '' : trouble.text;
	const parts = [
		healthy ? 'ready' : why.startsWith(word) ? why : [word, why].filter(part => part !== '').join(': '),
		...(healthy || isLeaving ? [] : [`${ready} containers`]),
		...(restarts > 0 ? [count(restarts, 'restart')] : []),
		...(node === undefined ? [] : [`node ${node}`]),
	];
	const isBad = !isLeaving && (trouble?.lasting === true || trouble?.cause === 'unschedulable');
	return {name: pod.metadata.name, state: healthy ? 'good' : isBad ? 'bad' : 'moving', text: parts.join(', '), children: []};
}
