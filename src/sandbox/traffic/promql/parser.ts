import {durationMs, type Token, tokensOf, unquoted} from './lexer.ts';
import {type Aggregation, type Expression, type Grouping, type Matcher, QueryError, type Selector} from './syntax.ts';

const aggregations = new Set(['sum', 'avg', 'min', 'max', 'count', 'stddev', 'quantile', 'topk', 'bottomk', 'group']);
const withParameter = new Set(['quantile', 'topk', 'bottomk']);

/** Loosest first, as the Prometheus documentation lists them. */
const levels: readonly (readonly string[])[] = [
	['or'],
	['and', 'unless'],
	['==', '!=', '<=', '<', '>=', '>'],
	['+', '-'],
	['*', '/', '%'],
	['^'],
];
const comparisons = new Set(levels[2]);

/** Reads a query of the supported subset. Throws QueryError with the place and what was found there. */
export function parseQuery(query: string): Expression {
	const cursor = cursorOver(tokensOf(query));
	if (cursor.peek().kind === 'end') throw new QueryError('unknown position: parse error: no expression found in input');
	const expression = binary(cursor, 0);
	if (cursor.peek().kind !== 'end') cursor.fail();
	return expression;
}

type Cursor = ReturnType<typeof cursorOver>;

function cursorOver(tokens: readonly Token[]) {
	let index = 0;
	const end: Token = tokens.at(-1) ?? {kind: 'end', text: '', at: 0};
	const peek = (ahead = 0) => tokens[index + ahead] ?? end;
	const fail = (context = ''): never => {
		const {kind, text, at} = peek();
		const what = kind === 'end' ? 'end of input' : `${kind === 'word' ? 'identifier ' : ''}"${text}"`;
		throw new QueryError(`1:${at + 1}: parse error: unexpected ${what}${context}`);
	};
	const take = () => {
		const token = peek();
		index++;
		return token;
	};
	const accept = (text: string) => {
		const {kind, text: found} = peek();
		const same = kind === 'word' ? found.toLowerCase() === text : kind === 'symbol' && found === text;
		if (same) index++;
		return same;
	};
	const expect = (text: string, context = '') => {
		if (!accept(text)) fail(`${context}, expected "${text}"`);
	};
	return {peek, take, accept, expect, fail};
}

function binary(cursor: Cursor, level: number): Expression {
	const operators = levels[level];
	if (operators === undefined) return unary(cursor);
	let left = binary(cursor, level + 1);
	for (;;) {
		const operator = operators.find(text => cursor.accept(text));
		if (operator === undefined) return left;
		const bool = comparisons.has(operator) && cursor.accept('bool');
		const matching = matchingOf(cursor);
		// The power operator binds to the right, all others to the left.
		const right = binary(cursor, operator === '^' ? level : level + 1);
		left = {kind: 'binary', operator, bool, ...matching, left, right};
	}
}

function matchingOf(cursor: Cursor) {
	const mode = (['on', 'ignoring'] as const).find(word => cursor.accept(word));
	if (mode === undefined) return {matching: undefined, many: undefined, include: []};
	const matching = {mode, labels: labelList(cursor)};
	const many = (['left', 'right'] as const).find(side => cursor.accept(`group_${side}`));
	const include = many !== undefined && cursor.peek().text === '(' ? labelList(cursor) : [];
	return {matching, many, include};
}

function unary(cursor: Cursor): Expression {
	if (cursor.accept('-')) return {kind: 'negation', of: binary(cursor, 5)};
	if (cursor.accept('+')) return binary(cursor, 5);
	return suffixed(cursor, primary(cursor));
}

/** Range and offset after a selector. What may follow elsewhere in Prometheus is refused by name. */
function suffixed(cursor: Cursor, expression: Expression): Expression {
	const {text} = cursor.peek();
	if (text === '@') throw new QueryError('the @ modifier is not supported by the embedded Prometheus');
	if (expression.kind !== 'selector') {
		if (text === '[') throw new QueryError('subqueries are not supported by the embedded Prometheus');
		return expression;
	}
	let selector: Selector = expression;
	if (cursor.accept('[')) {
		const {at} = cursor.peek();
		const rangeMs = duration(cursor);
		if (rangeMs === 0) throw new QueryError(`1:${at + 1}: parse error: duration must be greater than 0`);
		if (cursor.peek().text === ':') throw new QueryError('subqueries are not supported by the embedded Prometheus');
		cursor.expect(']', ' in range');
		selector = {...selector, rangeMs};
	}
	if (cursor.accept('offset')) {
		const sign = cursor.accept('-') ? -1 : 1;
		selector = {...selector, offsetMs: sign * duration(cursor)};
	}
	return selector;
}

function duration(cursor: Cursor) {
	// Since Prometheus 3 a number alone is seconds.
	if (cursor.peek().kind === 'number') return numberOf(cursor.take().text) * 1000;
	if (cursor.peek().kind !== 'duration') cursor.fail(', expected number or duration');
	return durationMs(cursor.take().text);
}

function primary(cursor: Cursor): Expression {
	const {kind, text} = cursor.peek();
	if (kind === 'number') return {kind: 'number', value: numberOf(cursor.take().text)};
	if (kind === 'string') return {kind: 'string', value: unquoted(cursor.take().text)};
	if (text === '{') return selector(cursor, undefined);
	if (cursor.accept('(')) {
		const inner = binary(cursor, 0);
		cursor.expect(')');
		return inner;
	}
	if (kind !== 'word') return cursor.fail();
	cursor.take();
	const next = cursor.peek().text.toLowerCase();
	if (aggregations.has(text.toLowerCase()) && ['(', 'by', 'without'].includes(next)) return aggregation(cursor, text.toLowerCase());
	if (next === '(') return {kind: 'call', name: text, args: list(cursor, () => binary(cursor, 0))};
	return selector(cursor, text);
}

function numberOf(text: string) {
	const word = text.toLowerCase();
	return word === 'inf' ? Number.POSITIVE_INFINITY : Number(word === 'nan' ? Number.NaN : word);
}

function aggregation(cursor: Cursor, operator: string): Aggregation {
	const before = groupingOf(cursor);
	const args = list(cursor, () => binary(cursor, 0));
	const grouping = before ?? groupingOf(cursor) ?? {mode: 'by', labels: []};
	const [parameter, of] = withParameter.has(operator) ? args : [undefined, ...args];
	if (of === undefined || args.length > (withParameter.has(operator) ? 2 : 1)) {
		throw new QueryError(`parse error: wrong number of arguments for aggregate expression provided, got ${args.length}`);
	}
	return {kind: 'aggregation', operator, grouping, of, parameter};
}

function groupingOf(cursor: Cursor): Grouping | undefined {
	const mode = (['by', 'without'] as const).find(word => cursor.accept(word));
	return mode && {mode, labels: labelList(cursor)};
}

const labelList = (cursor: Cursor) =>
	list(cursor, () => (cursor.peek().kind === 'word' ? cursor.take().text : cursor.fail(' in grouping opts')));

function list<Item>(cursor: Cursor, item: () => Item): readonly Item[] {
	const items: Item[] = [];
	cursor.expect('(');
	while (!cursor.accept(')')) {
		items.push(item());
		if (!cursor.accept(',') && cursor.peek().text !== ')') cursor.fail(', expected "," or ")"');
	}
	return items;
}

function selector(cursor: Cursor, name: string | undefined): Selector {
	const matchers: Matcher[] = [];
	if (cursor.accept('{')) {
		while (!cursor.accept('}')) {
			matchers.push(matcher(cursor));
			if (!cursor.accept(',') && cursor.peek().text !== '}') cursor.fail(' in label matching, expected "," or "}"');
		}
	}
	if (name === undefined && !matchers.some(({operator, value}) => operator.startsWith('=') && value !== '')) {
		throw new QueryError('1:1: parse error: vector selector must contain at least one non-empty matcher');
	}
	return {kind: 'selector', name, matchers, rangeMs: undefined, offsetMs: 0};
}

function matcher(cursor: Cursor): Matcher {
	if (cursor.peek().kind !== 'word') cursor.fail(' in label matching, expected identifier or "}"');
	const label = cursor.take().text;
	const operator = (['=', '!=', '=~', '!~'] as const).find(text => cursor.accept(text));
	if (operator === undefined) return cursor.fail(' in label matching, expected label matching operator');
	if (cursor.peek().kind !== 'string') cursor.fail(' in label matching, expected string');
	return {label, operator, value: unquoted(cursor.take().text)};
}
