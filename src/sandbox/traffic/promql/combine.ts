import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Labels} from '../series.ts';
import {labelsKey, only, unnamed, without} from './labels.ts';
import {type Binary, type Element, QueryError, type Value} from './syntax.ts';

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b,
	'%': (a, b) => a % b,
	'^': (a, b) => a ** b,
};
const comparison: Readonly<Record<string, (a: number, b: number) => boolean>> = {
	'==': (a, b) => a === b,
	'!=': (a, b) => a !== b,
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b,
};
const sets = new Set(['and', 'or', 'unless']);

/** Joins the two sides of an operator. Throws QueryError where Prometheus refuses the join. */
export function combine(node: Binary, left: Value, right: Value): Value {
	if (left.kind === 'matrix' || right.kind === 'matrix') {
		throw new QueryError('parse error: binary expression must contain only scalar and instant vector types');
	}
	if (sets.has(node.operator) && !(left.kind === 'vector' && right.kind === 'vector'))
		throw new QueryError(`parse error: set operator "${node.operator}" not allowed in binary scalar expression`);
	if (left.kind === 'scalar' && right.kind === 'scalar') return scalars(node, left.value, right.value);
	if (left.kind === 'vector' && right.kind === 'vector') {
		const elements = sets.has(node.operator) ? setOf(node, left.elements, right.elements) : joined(node, left.elements, right.elements);
		return {kind: 'vector', elements};
	}
	const elements = left.kind === 'vector' ? left.elements : right.kind === 'vector' ? right.elements : [];
	return {
		kind: 'vector',
		elements: elements.flatMap(element =>
			left.kind === 'scalar'
				? result(node, element, left.value, element.value, element.value)
				: result(node, element, element.value, right.kind === 'scalar' ? right.value : Number.NaN, element.value),
		),
	};
}

function scalars({operator, bool}: Binary, a: number, b: number): Value {
	const compare = comparison[operator];
	if (compare !== undefined && !bool) throw new QueryError('parse error: comparisons between scalars must use BOOL modifier');
	return {kind: 'scalar', value: compare === undefined ? (arithmetic[operator]?.(a, b) ?? Number.NaN) : Number(compare(a, b))};
}

/** One element of the answer, or none where a comparison filters it out. A filter keeps the name of the metric, all else drops it. */
function result({operator, bool}: Binary, {labels}: Element, a: number, b: number, kept: number): readonly Element[] {
	const compare = comparison[operator];
	if (compare === undefined) return [{labels: unnamed(labels), value: arithmetic[operator]?.(a, b) ?? Number.NaN}];
	if (bool) return [{labels: unnamed(labels), value: Number(compare(a, b))}];
	return compare(a, b) ? [{labels, value: kept}] : [];
}

/** By which text an element finds its partners: the same at each step of a range. */
const keysOf = oncePerObject(({matching}: Binary) =>
	oncePerObject((labels: Labels) =>
		labelsKey(matching?.mode === 'on' ? only(labels, matching.labels) : without(labels, ['__name__', ...(matching?.labels ?? [])])),
	),
);

function keyOf(node: Binary) {
	const keys = keysOf(node);
	return ({labels}: Element) => keys(labels);
}

function setOf(node: Binary, left: readonly Element[], right: readonly Element[]): readonly Element[] {
	const key = keyOf(node);
	const inRight = new Set(right.map(key));
	if (node.operator === 'and') return left.filter(element => inRight.has(key(element)));
	if (node.operator === 'unless') return left.filter(element => !inRight.has(key(element)));
	const inLeft = new Set(left.map(key));
	return [...left, ...right.filter(element => !inLeft.has(key(element)))];
}

function joined(node: Binary, left: readonly Element[], right: readonly Element[]): readonly Element[] {
	const key = keyOf(node);
	const [many, one] = node.many === 'right' ? [right, left] : [left, right];
	const ones = new Map<string, Element>();
	for (const element of one) {
		const text = key(element);
		if (ones.has(text)) throw new QueryError('found duplicate series for the match group: many-to-many matching not allowed', 'execution');
		ones.set(text, element);
	}
	const seen = new Set<string>();
	return many.flatMap(element => {
		const text = key(element);
		const partner = ones.get(text);
		if (partner === undefined) return [];
		if (node.many === undefined && seen.has(text)) {
			throw new QueryError('multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)', 'execution');
		}
		seen.add(text);
		const [a, b] = node.many === 'right' ? [partner.value, element.value] : [element.value, partner.value];
		return result(node, {...element, labels: joinedLabels(node)(element.labels)(partner.labels)}, a, b, a);
	});
}

const joinedLabels = oncePerObject(({matching, many, include}: Binary) =>
	oncePerObject((labels: Labels) =>
		oncePerObject((partner: Labels) => {
			if (many !== undefined) return {...labels, ...only(partner, include)};
			if (matching?.mode === 'on') return only(labels, matching.labels);
			return without(labels, matching?.labels ?? []);
		}),
	),
);
