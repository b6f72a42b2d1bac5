import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import type {Survey} from '../survey.ts';
import {type Edge, type EdgeFamily, leaning, refTo} from './edge.ts';

/** Bookkeeping of controllers: that it goes with its owner tells nobody anything. */
const bookkeeping = new Set(['ReplicaSet', 'ControllerRevision', 'EndpointSlice', 'Event']);

/** What is kept running by what: a ReplicaSet between a Deployment and its pods is passed over. */
function ownerEdges(object: KubeObject, survey: Survey): readonly Edge[] {
	const owners = object.metadata.ownerReferences ?? [];
	if (owners.length === 0 || bookkeeping.has(object.kind)) return [];
	const from = refOf(object);
	return owners.flatMap(({apiVersion, kind, name}): readonly Edge[] => {
		const owner = survey.find(kind, object.metadata.namespace, name) ?? survey.find(kind, undefined, name);
		if (owner === undefined) {
			const namespace = object.metadata.namespace === undefined ? {} : {namespace: object.metadata.namespace};
			return [{from, to: {apiVersion, kind, ...namespace, name}, how: 'is made by it', bond: 'made'}];
		}
		return [{from, to: refOf(owner.kind === 'ReplicaSet' ? survey.topOf(owner) : owner), how: 'is made by it', bond: 'made'}];
	});
}

/** A pod runs on its node; what keeps it running does so too, as far as this pod goes. */
function podEdges(pod: KubeObject, survey: Survey): readonly Edge[] {
	const node = textAt(pod, 'spec', 'nodeName');
	const top = survey.topOf(pod);
	return [
		...(node === undefined ? [] : leaning(pod, [[refTo(survey, 'Node', undefined, node), 'runs on it']])),
		...(top === pod ? [] : [{from: refOf(top), to: refOf(pod), how: 'runs in it', bond: 'runs'} as const]),
	];
}

/** Who made what, and what runs where. */
export const owningEdges = (survey: Survey): readonly EdgeFamily[] => [
	{edges: () => survey.snapshot.objects.flatMap(object => ownerEdges(object, survey))},
	{into: ['Node', 'Pod'], edges: () => survey.all('Pod').flatMap(pod => podEdges(pod, survey))},
];
