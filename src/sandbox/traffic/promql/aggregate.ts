import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Labels} from '../series.ts';
import {labelsKey, only, without} from './labels.ts';
import type {Aggregation, Element, Grouping} from './syntax.ts';

/** Which group an element belongs to: the same at each step of a range. */
const groupOf = oncePerObject(({mode, labels: names}: Grouping) =>
	oncePerObject((of: Labels) => {
		const labels = mode === 'by' ? only(of, names) : without(of, [...names, '__name__']);
		return {labels, key: labelsKey(labels)};
	}),
);

/** Folds a vector into one element for each group. topk and bottomk keep elements as they are. */
export function aggregate({operator, grouping}: Aggregation, elements: readonly Element[], parameter: number): readonly Element[] {
	const group = groupOf(grouping);
	const groups = new Map<string, {labels: Labels; members: Element[]}>();
	for (const element of elements) {
		const {key, labels} = group(element.labels);
		const known = groups.get(key);
		if (known === undefined) groups.set(key, {labels, members: [element]});
		else known.members.push(element);
	}
	return [...groups.values()].flatMap(({labels, members}) => {
		if (operator === 'topk') return members.toSorted((a, b) => b.value - a.value).slice(0, Math.max(0, parameter));
		if (operator === 'bottomk') return members.toSorted((a, b) => a.value - b.value).slice(0, Math.max(0, parameter));
		const values = members.map(({value}) => value);
		return [{labels, value: fold(operator, values, parameter)}];
	});
}

function fold(operator: string, values: readonly number[], parameter: number): number {
	const sum = values.reduce((total, value) => total + value, 0);
	const mean = sum / values.length;
	switch (operator) {
		case 'sum':
			return sum;
		case 'avg':
			return mean;
		case 'min':
			return values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least));
		case 'max':
			return values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most));
		case 'count':
			return values.length;
		case 'group':
			return 1;
		case 'stddev':
			return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
		default:
			return quantile(parameter, values);
	}
}

/** Linear between the neighbours, as Prometheus' `quantile` and `quantile_over_time`. */
export function quantile(ratio: number, values: readonly number[]): number {
	if (values.length === 0 || Number.isNaN(ratio)) return Number.NaN;
	if (ratio < 0) return Number.NEGATIVE_INFINITY;
	if (ratio > 1) return Number.POSITIVE_INFINITY;
	const sorted = values.toSorted((a, b) => a - b);
	const rank = ratio * (sorted.length - 1);
	const lower = sorted[Math.floor(rank)] ?? Number.NaN;
	const upper = sorted[Math.min(sorted.length - 1, Math.floor(rank) + 1)] ?? lower;
	return lower + (upper - lower) * (rank - Math.floor(rank));
}
