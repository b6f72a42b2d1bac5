import {fitsExpression} from '../../../core/kube/selector.ts';
import type {Labels, NodeTerm, Pod, PodSpec, SelectorTerm, Toleration} from '../pod-shapes.ts';
import {quantity} from '../quantity.ts';
import type {Node} from '../shapes.ts';

type Taint = {readonly key: string; readonly value?: string; readonly effect: string};

/** The taints that keep a pod away; a cordoned node has one that everybody knows. */
const taintsOf = ({spec}: Node): readonly Taint[] => spec?.taints ?? [];

/** Whether no taint of these effects keeps the pod away. */
export const toleratesAll = (tolerations: readonly Toleration[], node: Node, effects: readonly string[]) =>
	untolerated(tolerations, node, effects) === undefined;

/** The first taint of these effects that the pod does not tolerate. */
export const untolerated = (tolerations: readonly Toleration[], node: Node, effects: readonly string[]) =>
	taintsOf(node).find(taint => effects.includes(taint.effect) && !tolerations.some(toleration => tolerates(toleration, taint)));

export function tolerates({key = '', operator = 'Equal', value = '', effect = ''}: Toleration, taint: Taint): boolean {
	if (effect !== '' && effect !== taint.effect) return false;
	if (key !== '' && key !== taint.key) return false;
	return operator === 'Exists' || (key !== '' && value === (taint.value ?? ''));
}

/** Whether the node selector and the required node affinity of a pod let it onto a node. */
export function admitsNode(spec: PodSpec, node: Node): boolean {
	const labels = node.metadata.labels ?? {};
	if (!Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)) return false;
	const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
	return terms === undefined || terms.some(term => meetsTerm(term, node));
}

const meetsTerm = ({matchExpressions = [], matchFields = []}: NodeTerm, {metadata}: Node) =>
	matchExpressions.every(term => meets(term, metadata.labels ?? {})) &&
	matchFields.every(term => meets(term, {'metadata.name': metadata.name}));

/** One requirement of node affinity on labels or fields: those of a label selector, and two that compare numbers. */
function meets(term: SelectorTerm, labels: Labels): boolean {
	const {key, operator, values = []} = term;
	if (operator === 'Gt') return Number(labels[key]) > Number(values[0]);
	if (operator === 'Lt') return Number(labels[key]) < Number(values[0]);
	return fitsExpression(term, labels);
}

export type Amounts = {readonly cpu: number; readonly memory: number};

const known = new WeakMap<Pod, Amounts>();

/** Cores and bytes that a pod asks for: the sum of its containers, or its largest init container. Stored objects never change, so one is counted once. */
export function requestsOf(pod: Pod): Amounts {
	const before = known.get(pod);
	if (before !== undefined) return before;
	const counted = {cpu: requested(pod, 'cpu'), memory: requested(pod, 'memory')};
	known.set(pod, counted);
	return counted;
}

function requested({spec}: Pod, resource: 'cpu' | 'memory'): number {
	const sum = spec.containers.reduce((total, {resources}) => total + quantity(resources?.requests?.[resource]), 0);
	return Math.max(sum, ...(spec.initContainers ?? []).map(({resources}) => quantity(resources?.requests?.[resource])));
}
