import {valueAt} from '../../../core/kube/json-at.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {podsText} from './isolate.ts';
import type {NotTaken, Taken} from './measure.ts';
import type {ResponseSubject} from './subject.ts';

/** Closes the nodes that the pods run on. What runs there stays. */
export function cordonNodes(subject: ResponseSubject): Taken | NotTaken {
	const measure = 'cordon';
	const own = subject.kind === 'node' ? subject.objects.map(({metadata}) => metadata.name) : [];
	const nodes = [
		...new Set([
			...own,
			...(subject.kind === 'node' ? [] : subject.pods.flatMap(pod => String(valueAt(pod, 'spec', 'nodeName') ?? '') || [])),
		]),
	];
	if (nodes.length === 0) return {measure, why: `${subject.text} runs on no node`};
	return {
		measure,
		title: `Close ${nodes.length === 1 ? `Node ${nodes[0]}` : `${nodes.length} nodes`} to new pods`,
		writes: nodes.map(name => ({
			op: 'patch',
			ref: {apiVersion: 'v1', kind: 'Node', name},
			type: 'merge',
			patch: {spec: {unschedulable: true}},
		})),
		consequences: [],
	};
}

const scaled = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/** Ends pods: a workload that can be scaled goes to none, so that the journal brings it back; a pod is deleted. */
export function stop({kind, text, objects, pods}: ResponseSubject): Taken | NotTaken {
	const measure = 'stop';
	const [object] = objects;
	if (object === undefined || (kind !== 'pod' && kind !== 'workload')) return {measure, why: `${text} is no workload: name the pods`};
	const lost = {
		id: 'memory-lost',
		severity: 'danger',
		text: 'What the pods hold in memory and on their own disks is lost: evidence is kept first',
	} as const;
	if (scaled.has(object.kind))
		return {
			measure,
			title: `Scale ${text} to none`,
			writes: [{op: 'patch', ref: refOf(object), type: 'merge', subresource: 'scale', patch: {spec: {replicas: 0}}}],
			consequences: [lost],
		};
	if (pods.length === 0) return {measure, why: `${text} has no pods now`};
	return {
		measure,
		title: `Delete ${podsText(pods)}`,
		writes: pods.map(pod => ({op: 'delete', ref: refOf(pod)})),
		consequences: [
			lost,
			...(object.kind === 'Pod' && object.metadata.ownerReferences === undefined
				? []
				: [{id: 'comes-again', severity: 'warning', text: 'Their controller makes them anew'} as const]),
		],
		lasting: 'What the pods held in memory is gone',
	};
}
