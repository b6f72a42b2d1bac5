import type {LabelSelector, Labels, SelectorTerm} from './pod-shapes.ts';

/** Whether labels meet a selector. An empty selector selects everything, none at all selects nothing. */
export function selects(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
	if (selector === undefined) return false;
	return containsLabels(labels, selector.matchLabels ?? {}) && (selector.matchExpressions ?? []).every(term => meets(term, labels ?? {}));
}

export const containsLabels = (labels: Labels | undefined, wanted: Labels) =>
	Object.entries(wanted).every(([key, value]) => labels?.[key] === value);

/** One requirement on labels, with the operators of label selectors and of node affinity. */
export function meets({key, operator, values = []}: SelectorTerm, labels: Labels): boolean {
	const value = labels[key];
	switch (operator) {
		case 'In':
			return value !== undefined && values.includes(value);
		case 'NotIn':
			return value === undefined || !values.includes(value);
		case 'Exists':
			return value !== undefined;
		case 'DoesNotExist':
			return value === undefined;
		case 'Gt':
			return Number(value) > Number(values[0]);
		case 'Lt':
			return Number(value) < Number(values[0]);
		default:
			return false;
	}
}
