import {type Binary, comparisons, type Expression, everyPart, selectorsIn} from '../promql/expression.ts';
import {isAlerting} from '../rule.ts';
import {isScalar} from './carried-labels.ts';
import type {Facts, Lint, Said} from './lint.ts';

/** An alert fires for every sample that its expression leaves: without a condition that is always. */
export const compared: Lint = ({rule, expression}) => {
	if (!isAlerting(rule)) return [];
	const said = {field: 'expr', at: expression.at, severity: 'error'} as const;
	if (expression.kind === 'binary' && comparisons.has(expression.op) && expression.isBool) {
		const reason = 'with bool the comparison leaves 0 or 1, and an alert fires for both';
		return [{...said, id: 'comparison/bool', reason, remedy: 'Leave out bool.'}];
	}
	if (isCondition(expression)) return [];
	const reason = 'nothing is compared: the alert fires as long as the series are there';
	return [{...said, id: 'comparison/missing', reason, remedy: 'Compare with a threshold.'}];
};

/** Whether what is left depends on more than the presence of series. */
function isCondition(expression: Expression): boolean {
	for (const part of everyPart(expression)) {
		if (part.kind === 'binary' && ((comparisons.has(part.op) && !part.isBool) || part.op === 'unless')) return true;
		if (part.kind === 'call' && part.name.startsWith('absent')) return true;
		// What is recorded of alerts is a condition already, and some metrics are there only when something is wrong.
		if (part.kind === 'selector' && part.metric === 'ALERTS') return true;
	}
	return false;
}

/** Comparisons that hold never, or always. */
export const possible: Lint = ({expression}, facts) =>
	[...everyPart(expression)].flatMap(part =>
		part.kind === 'binary' && comparisons.has(part.op) && !part.isBool ? impossible(part, facts) : [],
	);

const never = {id: 'comparison/impossible', severity: 'error', field: 'expr'} as const;

function impossible({op, left, right, at}: Binary, facts: Facts): readonly Said[] {
	if (right.kind !== 'number') return [];
	const bounds = rangeOf(left, facts);
	const verdict = verdictOf(op, right.value, bounds);
	if (verdict === undefined) return [];
	const isCount = left.kind === 'aggregation' && (left.op === 'count' || left.op === 'group');
	return [
		verdict === 'never'
			? {
					...{...never, at},
					reason: isCount
						? `${left.op} of nothing is no sample, and never 0`
						: `the left side lies between ${bounds.least} and ${bounds.most}: it never is ${op} ${right.value}`,
					remedy: isCount ? 'Ask absent () whether nothing is there, or add "or vector(0)".' : 'Correct the threshold or its unit.',
				}
			: {
					...{id: 'comparison/always', severity: 'error', field: 'expr', at},
					reason: `the left side lies between ${bounds.least} and ${bounds.most}: it always is ${op} ${right.value}`,
					remedy: 'Correct the threshold or its unit.',
				},
	];
}

type Bounds = {readonly least: number; readonly most: number};
const anything: Bounds = {least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY};
const notNegative = new Set([
	'rate',
	'irate',
	'increase',
	'changes',
	'resets',
	'count_over_time',
	'stddev_over_time',
	'stdvar_over_time',
	'abs',
]);
const likeTheirInside = new Set(['sum', 'avg', 'min', 'max', 'topk', 'bottomk', 'quantile']);

/** Between which values an expression lies, whatever its series are. */
function rangeOf(expression: Expression, facts: Facts): Bounds {
	switch (expression.kind) {
		case 'number':
			return {least: expression.value, most: expression.value};
		case 'call':
			if (expression.name.startsWith('absent')) return {least: 1, most: 1};
			if (expression.name === 'histogram_quantile') return ofBuckets(expression, facts);
			return notNegative.has(expression.name) ? {...anything, least: 0} : anything;
		case 'aggregation': {
			if (expression.op === 'group') return {least: 1, most: 1};
			if (expression.op === 'count') return {...anything, least: 1};
			if (!likeTheirInside.has(expression.op)) return anything;
			const inner = rangeOf(expression.of, facts);
			return expression.op === 'sum'
				? {least: inner.least >= 0 ? inner.least : Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY}
				: inner;
		}
		case 'binary':
			return expression.op === '*' ? ofMultiple(expression, facts) : ofFiltered(expression, facts);
		default:
			return anything;
	}
}

/** A quantile is never above the last finite bucket, and in the first one its share of it at the least. */
function ofBuckets({args}: Extract<Expression, {kind: 'call'}>, {seriesOf}: Facts): Bounds {
	const [quantile, buckets] = args;
	const metrics = buckets === undefined ? [] : selectorsIn(buckets).flatMap(({metric}) => metric ?? []);
	const series = metrics.map(seriesOf);
	if (quantile?.kind !== 'number' || metrics.length === 0 || series.some(known => known === undefined)) return anything;
	const ends = series.flatMap(known => known ?? []).map(({le}) => Number(le ?? Number.NaN));
	const finite = ends.filter(Number.isFinite);
	const [first, last] = [Math.min(...finite), Math.max(...finite)];
	return finite.length === 0 || first <= 0 ? anything : {least: first * quantile.value, most: last};
}

/** What is told in another unit, as milliseconds in seconds. */
function ofMultiple({left, right}: Binary, facts: Facts): Bounds {
	if (right.kind !== 'number' || right.value <= 0) return anything;
	const {least, most} = rangeOf(left, facts);
	return {least: least * right.value, most: most * right.value};
}

/** What a comparison leaves has been compared already: `x > 1 < 0.5` leaves nothing. */
function ofFiltered({op, left, right, isBool}: Binary, facts: Facts): Bounds {
	if (isBool) return {least: 0, most: 1};
	if (!comparisons.has(op) || right.kind !== 'number' || isScalar(left)) return anything;
	const {least, most} = rangeOf(left, facts);
	if (op === '>' || op === '>=') return {least: Math.max(least, right.value), most};
	if (op === '<' || op === '<=') return {least, most: Math.min(most, right.value)};
	return op === '==' ? {least: right.value, most: right.value} : {least, most};
}

function verdictOf(op: string, threshold: number, {least, most}: Bounds): 'never' | 'always' | undefined {
	const isOutside = threshold < least || threshold > most;
	if (op === '==') return isOutside ? 'never' : undefined;
	if (op === '!=') return isOutside ? 'always' : undefined;
	if (op === '<') return least >= threshold ? 'never' : most < threshold ? 'always' : undefined;
	if (op === '<=') return least > threshold ? 'never' : most <= threshold ? 'always' : undefined;
	if (op === '>') return most <= threshold ? 'never' : least > threshold ? 'always' : undefined;
	return most < threshold ? 'never' : least >= threshold ? 'always' : undefined;
}

/** A division whose divisor may be 0 gives an infinite value, which is above every threshold. */
export const divisionGuarded: Lint = ({rule, expression}) => {
	if (!isAlerting(rule)) return [];
	return [...everyPart(expression)].flatMap((part): readonly Said[] => {
		if (part.kind !== 'binary' || part.op !== '/' || isScalar(part.right) || isGuarded(part.right)) return [];
		return [
			{
				...{id: 'division/unguarded', severity: 'info', field: 'expr', at: part.right.at},
				reason: 'where this is 0 the division gives Inf or NaN: Inf is above every threshold',
				remedy: 'Write (… > 0), so that nothing is left instead.',
			},
		];
	});
};

const isGuarded = (divisor: Expression) => divisor.kind === 'binary' && ['>', '!='].includes(divisor.op) && divisor.right.kind === 'number';
