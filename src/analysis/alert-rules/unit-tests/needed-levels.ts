import {type Binary, comparisons, type Expression, type Selector} from '../promql/expression.ts';

/** What a selector has to be for an expression to come to a value: a constant, or so much more each second. */
export type NeededLevel = {readonly selector: Selector; readonly level: number; readonly isRising: boolean};

/**
 * Levels at which an expression comes to `target` where each selector picks one series: an aggregation of one series is that series. Of two
 * series that are put together the right one is made to change nothing.
 * @throws RangeError for expressions that cannot be turned round so
 */
export function neededLevels(expression: Expression, target: number): readonly NeededLevel[] {
	switch (expression.kind) {
		case 'selector':
			return [{selector: expression, level: target, isRising: false}];
		case 'negated':
			return neededLevels(expression.of, -target);
		case 'aggregation':
			if (!likeItsOne.has(expression.op)) throw notTurned(expression.op);
			return neededLevels(expression.of, target);
		case 'call':
			return ofCall(expression, target);
		case 'binary':
			return ofBinary(expression, target);
		default:
			throw notTurned(expression.kind);
	}
}

const likeItsOne: ReadonlySet<string> = new Set(['sum', 'avg', 'min', 'max', 'topk', 'bottomk', 'quantile']);
const overTime: ReadonlySet<string> = new Set([
	'avg_over_time',
	'min_over_time',
	'max_over_time',
	'last_over_time',
	'label_replace',
	'sort',
]);

function ofCall({name, args}: Extract<Expression, {kind: 'call'}>, target: number): readonly NeededLevel[] {
	const [first] = args;
	const inner = first?.kind === 'range' ? first.of : first;
	if (inner === undefined) throw notTurned(name);
	if (overTime.has(name)) return neededLevels(inner, target);
	const seconds = first?.kind === 'range' ? (first.windowMs ?? 0) / 1000 : 0;
	const perSecond = name === 'rate' || name === 'irate' ? target : name === 'increase' && seconds > 0 ? target / seconds : undefined;
	if (perSecond === undefined || inner.kind !== 'selector') throw notTurned(name);
	if (perSecond < 0) throw new RangeError('a rate never is below 0');
	return [{selector: inner, level: perSecond, isRising: true}];
}

function ofBinary({op, left, right, isBool}: Binary, target: number): readonly NeededLevel[] {
	// A guard such as (… > 0) lets the value through that it is asked for.
	if (comparisons.has(op) && !isBool && right.kind === 'number' && holds(op, target, right.value)) return neededLevels(left, target);
	const [leftTurns, rightTurns] = [turnLeft[op], turnRight[op]];
	if (leftTurns === undefined || rightTurns === undefined) throw notTurned(op);
	if (right.kind === 'number') return neededLevels(left, leftTurns(target, right.value));
	if (left.kind === 'number') return neededLevels(right, rightTurns(target, left.value));
	const neutral = op === '*' || op === '/' ? 1 : 0;
	return [...neededLevels(left, target), ...neededLevels(right, neutral)];
}

function holds(op: string, one: number, other: number): boolean {
	if (op === '==' || op === '!=') return (one === other) === (op === '==');
	return (op.endsWith('=') && one === other) || (op.startsWith('>') ? one > other : one < other);
}

type Turn = {readonly [op: string]: (target: number, other: number) => number};
const turnLeft: Turn = {'+': (t, o) => t - o, '-': (t, o) => t + o, '*': (t, o) => t / o, '/': (t, o) => t * o};
const turnRight: Turn = {'+': (t, o) => t - o, '-': (t, o) => o - t, '*': (t, o) => t / o, '/': (t, o) => o / t};

const notTurned = (what: string) => new RangeError(`tests cannot be made for an expression with ${what}: write them by hand`);
