import {textAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {type Case, isReady, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {nodeCauses} from './node-causes.ts';

const mostPods = 3;

/** Nodes that fell silent, with the pods on them: nobody hears of those any more, whatever they say of themselves. */
export function lostNodeCauses({pods, scene}: Case): readonly Cause[] {
	const onNode = Map.groupBy(
		pods.filter(pod => !isReady(pod)),
		pod => textAt(pod, 'spec', 'nodeName') ?? '',
	);
	return ofKind(scene, 'Node').flatMap(node => {
		const here = onNode.get(node.metadata.name) ?? [];
		const lost = here.length === 0 ? undefined : nodeCauses(node).find(({id}) => id === 'node-not-ready');
		const told = here
			.slice(0, mostPods)
			.map(pod => ({source: refText(refOf(pod)), detail: `on node ${node.metadata.name}, Ready is not True`}));
		return lost === undefined ? [] : [{...lost, evidence: [...lost.evidence, ...told]}];
	});
}
