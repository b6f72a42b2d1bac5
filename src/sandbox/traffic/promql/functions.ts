import {quantile} from './aggregate.ts';
import {histogramQuantile} from './histogram-quantile.ts';
import {without} from './labels.ts';
import {extrapolated, instantRate} from './rate.ts';
import {type Element, QueryError, type Range, type Value} from './syntax.ts';

type Run = (args: readonly Value[], atMs: number) => Value;

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

const typeNames = {scalar: 'scalar', vector: 'instant vector', matrix: 'range vector'};
const wrongType = (name: string, expected: string, found: Value | undefined) =>
	new QueryError(
		found === undefined
			? `parse error: expected more argument(s) in call to "${name}"`
			: `parse error: expected type ${expected} in call to function "${name}", got ${typeNames[found.kind]}`,
	);

/** A function of the samples in a range; an undefined answer leaves the series out. */
const overRange =
	(name: string, compute: (range: Range) => number | undefined): Run =>
	args => {
		const arg = args[0];
		if (arg?.kind !== 'matrix') throw wrongType(name, 'range vector', arg);
		return vector(
			arg.ranges.flatMap(range => {
				const value = compute(range);
				return value === undefined ? [] : [{labels: without(range.labels, ['__name__']), value}];
			}),
		);
	};

const each =
	(name: string, compute: (value: number, args: readonly Value[]) => number): Run =>
	args =>
		vector(vectorArg(args, 0, name).map(({labels, value}) => ({labels: without(labels, ['__name__']), value: compute(value, args)})));

const ofRange: Readonly<Record<string, (range: Range) => number | undefined>> = {
	rate: range => extrapolated(range, 'rate'),
	increase: range => extrapolated(range, 'increase'),
	delta: range => extrapolated(range, 'delta'),
	irate: instantRate,
	sum_over_time: range => sum(valuesOf(range)),
	avg_over_time: range => sum(valuesOf(range)) / range.samples.length,
	min_over_time: range => Math.min(...valuesOf(range)),
	max_over_time: range => Math.max(...valuesOf(range)),
	count_over_time: range => range.samples.length,
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
	vector: args => vector([{labels: {}, value: scalarArg(args, 0, 'vector')}]),
	scalar: args => {
		const elements = vectorArg(args, 0, 'scalar');
		return {kind: 'scalar', value: elements.length === 1 ? (elements[0]?.value ?? Number.NaN) : Number.NaN};
	},
	absent: args => vector(vectorArg(args, 0, 'absent').length === 0 ? [{labels: {}, value: 1}] : []),
	sort: args => vector(vectorArg(args, 0, 'sort').toSorted((a, b) => a.value - b.value)),
	sort_desc: args => vector(vectorArg(args, 0, 'sort_desc').toSorted((a, b) => b.value - a.value)),
	histogram_quantile: args => vector(histogramQuantile(scalarArg(args, 0, 'histogram_quantile'), vectorArg(args, 1, 'histogram_quantile'))),
	quantile_over_time: (args, atMs) =>
		overRange('quantile_over_time', range => quantile(scalarArg(args, 0, 'quantile_over_time'), valuesOf(range)))(args.slice(1), atMs),
};

/** The functions that this Prometheus knows, by name. */
const functions: ReadonlyMap<string, Run> = new Map([
	...Object.entries(ofRange).map(([name, compute]) => [name, overRange(name, compute)] as const),
	...Object.entries(ofValue).map(([name, compute]) => [name, each(name, compute)] as const),
	...Object.entries(others),
]);

export function callFunction(name: string, args: readonly Value[], atMs: number): Value {
	const run = functions.get(name);
	if (run === undefined)
		throw new QueryError(
			`parse error: unknown function with name "${name}" (the embedded Prometheus knows ${[...functions.keys()].sort().join(', ')})`,
		);
	return run(args, atMs);
}
