import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Tools} from '../controller.ts';
import type {Pod, PodTerm} from '../pod-shapes.ts';
import {isFinished} from '../pod-state.ts';
import type {Node} from '../shapes.ts';

type Neighbour = {readonly pod: Pod; readonly node: Node};

/** What the required rules of pods about each other say against a node, given all pods that have one; undefined when nothing. */
export function companyProblem(pod: Pod, node: Node, neighbours: readonly Neighbour[]): string | undefined {
	const {podAffinity, podAntiAffinity} = pod.spec.affinity ?? {};
	const wanted = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
	if (!wanted.every(term => hasCompany(pod, node, term, neighbours))) return "node(s) didn't match pod affinity rules";
	const avoided = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
	if (avoided.some(term => neighbours.some(one => isNear(node, one.node, term) && fits(one.pod, term, pod)))) {
		return "node(s) didn't match pod anti-affinity rules";
	}
	const isAvoided = neighbours.some(one =>
		(one.pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some(
			term => isNear(node, one.node, term) && fits(pod, term, one.pod),
		),
	);
	return isAvoided ? "node(s) didn't satisfy existing pods anti-affinity rules" : undefined;
}

/** Pods that have a node, have not ended and matter to this one: all of them only when it asks for company or for distance. */
export function neighboursOf({world, pods}: Tools, {spec}: Pod): readonly Neighbour[] {
	const asks = spec.affinity?.podAffinity !== undefined || spec.affinity?.podAntiAffinity !== undefined;
	const others = asks ? world.list('Pod') : pods.avoiding();
	if (others.length === 0) return [];
	const nodes = new Map(world.list('Node').map(node => [node.metadata.name, node]));
	return others.flatMap(pod => {
		const node = nodes.get(pod.spec.nodeName ?? '');
		return node === undefined || isFinished(pod) ? [] : [{pod, node}];
	});
}

/** The first pod of a group that wants to be together would wait for ever: it fits its own rule. */
function hasCompany(pod: Pod, node: Node, term: PodTerm, neighbours: readonly Neighbour[]): boolean {
	if (node.metadata.labels?.[term.topologyKey] === undefined) return false;
	const company = neighbours.filter(one => fits(one.pod, term, pod));
	return company.length === 0 ? fits(pod, term, pod) : company.some(one => isNear(node, one.node, term));
}

function isNear(node: Node, other: Node, {topologyKey}: PodTerm): boolean {
	const place = node.metadata.labels?.[topologyKey];
	return place !== undefined && place === other.metadata.labels?.[topologyKey];
}

/** Whether a term of `owner` means this pod. Terms without namespaces mean the owner's own. */
function fits(pod: Pod, {labelSelector, namespaces = []}: PodTerm, owner: Pod): boolean {
	const {namespace = ''} = pod.metadata;
	const isMeant = namespaces.length === 0 ? namespace === owner.metadata.namespace : namespaces.includes(namespace);
	return labelSelector !== undefined && isMeant && fitsSelector(labelSelector, pod.metadata.labels);
}
