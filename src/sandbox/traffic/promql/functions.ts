import type {Labels} from '../series.ts';
import {quantile} from './aggregate.ts';
import {histogramQuantile} from './histogram-quantile.ts';
import {unnamed} from './labels.ts';
import {extrapolated, instantRate} from './rate.ts';
import {type Call, type Element, QueryError, type Range, typeNames, type Value} from './syntax.ts';

type Run = (args: readonly Value[], atMs: number, call: Call) => Value;

const vector = (elements: readonly Element[]): Value => ({kind: 'vector', elements});
const valuesOf = ({samples}: Range) => samples.map(({value}) => value);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function scalarArg(args: readonly Value[], index: number, name: string): number {
	const arg = args[index];
	if (arg?.kind !== 'scalar') throw wrongType(name, 'scalar', arg);
	return arg.value;
}

function vectorArg(args: readonly Value[], index: number, name: string): readonly Element[] {
	const arg = args[index];
	if (arg?.kind !== 'vector') throw wrongType(name, 'instant vector', arg);
	return arg.elements;
}

const wrongType = (name: string, expected: string, found: Value | undefined) =>
	new QueryError(`parse error: expected type ${expected} in call to function "${name}", got ${found ? typeNames[found.kind] : 'none'}`);

/** A function of the samples in a range; an undefined answer leaves the series out. */
const overRange =
	(name: string, compute: (range: Range) => number | undefined): Run =>
	args => {
		const arg = args[0];
		if (arg?.kind !== 'matrix') throw wrongType(name, 'range vector', arg);
		return vector(
			arg.ranges.flatMap(range => {
				const value = compute(range);
				const labels = name === 'last_over_time' ? range.labels : unnamed(range.labels);
				return value === undefined ? [] : [{labels, value}];
			}),
		);
	};

const each =
	(name: string, compute: (value: number, args: readonly Value[]) => number): Run =>
	args =>
		vector(vectorArg(args, 0, name).map(({labels, value}) => ({labels: unnamed(labels), value: compute(value, args)})));

/** NaN only where there is nothing else. */
function extreme(range: Range, choose: (...values: readonly number[]) => number): number {
	const numbers = valuesOf(range).filter(value => !Number.isNaN(value));
	return numbers.length === 0 ? Number.NaN : choose(...numbers);
}

/** The labels that a selector asks for by one equality each: what is absent would have them. */
function demanded(selector: Call['args'][number] | undefined): Labels {
	if (selector?.kind !== 'selector') return {};
	const {matchers} = selector;
	const once = matchers.filter(({label}) => label !== '__name__' && matchers.filter(other => other.label === label).length === 1);
	return Object.fromEntries(once.flatMap(({label, operator, value}) => (operator === '=' && value !== '' ? [[label, value]] : [])));
}

const ofRange: Readonly<Record<string, (range: Range) => number | undefined>> = {
	rate: range => extrapolated(range, 'rate'),
	increase: range => extrapolated(range, 'increase'),
	delta: range => extrapolated(range, 'delta'),
	irate: instantRate,
	sum_over_time: range => sum(valuesOf(range)),
	avg_over_time: range => sum(valuesOf(range)) / range.count,
	min_over_time: range => extreme(range, Math.min),
	max_over_time: range => extreme(range, Math.max),
	count_over_time: range => range.count,
	last_over_time: range => range.samples.at(-1)?.value,
	changes: ({samples}) => samples.filter(({value}, index) => index > 0 && value !== samples[index - 1]?.value).length,
	resets: ({samples}) => samples.filter(({value}, index) => value < (samples[index - 1]?.value ?? value)).length,
};

const ofValue: Readonly<Record<string, (value: number, args: readonly Value[]) => number>> = {
	abs: Math.abs,
	ceil: Math.ceil,
	floor: Math.floor,
	sqrt: Math.sqrt,
	ln: Math.log,
	round: (value, args) => {
		const unit = args[1] === undefined ? 1 : scalarArg(args, 1, 'round');
		return Math.floor(value / unit + 0.5) * unit;
	},
	clamp_min: (value, args) => Math.max(value, scalarArg(args, 1, 'clamp_min')),
	clamp_max: (value, args) => Math.min(value, scalarArg(args, 1, 'clamp_max')),
};

const others: Readonly<Record<string, Run>> = {
	time: (_, atMs) => ({kind: 'scalar', value: atMs / 1000}),
	timestamp: (args, atMs, {args: [of]}) =>
		vector(
			vectorArg(args, 0, 'timestamp').map(({labels, ms = atMs}) => ({
				labels: unnamed(labels),
				value: (of?.kind === 'selector' ? ms : atMs) / 1000,
			})),
		),
	vector: args => vector([{labels: {}, value: scalarArg(args, 0, 'vector')}]),
	scalar: args => {
		const elements = vectorArg(args, 0, 'scalar');
		return {kind: 'scalar', value: elements.length === 1 ? (elements[0]?.value ?? Number.NaN) : Number.NaN};
	},
	absent: (args, _, {args: [selector]}) =>
		vector(vectorArg(args, 0, 'absent').length === 0 ? [{labels: demanded(selector), value: 1}] : []),
	sort: args => vector(vectorArg(args, 0, 'sort').toSorted((a, b) => a.value - b.value)),
	sort_desc: args => vector(vectorArg(args, 0, 'sort_desc').toSorted((a, b) => b.value - a.value)),
	histogram_quantile: args => vector(histogramQuantile(scalarArg(args, 0, 'histogram_quantile'), vectorArg(args, 1, 'histogram_quantile'))),
	quantile_over_time: (args, atMs, call) =>
		overRange('quantile_over_time', range => quantile(scalarArg(args, 0, 'quantile_over_time'), valuesOf(range)))(
			args.slice(1),
			atMs,
			call,
		),
};

/** The functions that this Prometheus knows, by name. */
const functions: ReadonlyMap<string, Run> = new Map([
	...Object.entries(ofRange).map(([name, compute]) => [name, overRange(name, compute)] as const),
	...Object.entries(ofValue).map(([name, compute]) => [name, each(name, compute)] as const),
	...Object.entries(others),
]);

/** How many arguments a function takes, if not one. */
const arities: Readonly<Record<string, readonly [number, number]>> = {
	time: [0, 0],
	round: [1, 2],
	clamp_min: [2, 2],
	clamp_max: [2, 2],
	histogram_quantile: [2, 2],
	quantile_over_time: [2, 2],
};

/** @param args what the arguments of the call answer */
export function callFunction(call: Call, args: readonly Value[], atMs: number): Value {
	const run = functions.get(call.name);
	if (run === undefined)
		throw new QueryError(
			`parse error: unknown function with name "${call.name}" (the embedded Prometheus knows ${[...functions.keys()].sort().join(', ')})`,
		);
	checkArity(call);
	return run(args, atMs, call);
}

function checkArity({name, args: {length}}: Call): void {
	const [least, most] = arities[name] ?? [1, 1];
	if (length >= least && length <= most) return;
	const expected = least === most ? least : length < least ? `at least ${least}` : `at most ${most}`;
	throw new QueryError(`parse error: expected ${expected} argument(s) in call to "${name}", got ${length}`);
}
