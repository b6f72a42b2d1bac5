/** Where something stands in the text of an expression, as offsets; `to` is behind it. */
export type Place = {readonly from: number; readonly to: number};

export type Matcher = {readonly label: string; readonly op: '=' | '!=' | '=~' | '!~'; readonly value: string; readonly at: Place};

/** `on` or `ignoring`, and which side is allowed to be many. */
export type Matching = {
	readonly how: 'on' | 'ignoring';
	readonly labels: readonly string[];
	readonly many?: 'left' | 'right' | undefined;
	/** Labels that the many take over from the one. */
	readonly include: readonly string[];
};

export type Grouping = {readonly how: 'by' | 'without'; readonly labels: readonly string[]};

/**
 * A PromQL expression. Parentheses are gone, and so is what changes the time and nothing else (`offset`, `@`). Durations are milliseconds, undefined where
 * they are computed.
 */
export type Expression =
	| {readonly kind: 'number'; readonly value: number; readonly at: Place}
	| {readonly kind: 'string'; readonly value: string; readonly at: Place}
	| {readonly kind: 'selector'; readonly metric: string | undefined; readonly matchers: readonly Matcher[]; readonly at: Place}
	| {readonly kind: 'range'; readonly of: Expression; readonly windowMs: number | undefined; readonly at: Place}
	| {readonly kind: 'subquery'; readonly of: Expression; readonly windowMs: number | undefined; readonly at: Place}
	| {readonly kind: 'negated'; readonly of: Expression; readonly at: Place}
	| {readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: Place}
	| Aggregation
	| Binary;

export type Aggregation = {
	readonly kind: 'aggregation';
	readonly op: string;
	readonly of: Expression;
	/** Of `topk`, `quantile`, `count_values`. */
	readonly parameter: Expression | undefined;
	readonly grouping: Grouping | undefined;
	readonly at: Place;
};

export type Binary = {
	readonly kind: 'binary';
	readonly op: string;
	readonly left: Expression;
	readonly right: Expression;
	readonly isBool: boolean;
	readonly matching: Matching | undefined;
	readonly at: Place;
};

export type Selector = Extract<Expression, {kind: 'selector'}>;

export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);
export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** The parts of an expression, one level down. */
function partsOf(expression: Expression): readonly Expression[] {
	switch (expression.kind) {
		case 'range':
		case 'subquery':
		case 'negated':
			return [expression.of];
		case 'aggregation':
			return expression.parameter === undefined ? [expression.of] : [expression.parameter, expression.of];
		case 'call':
			return expression.args;
		case 'binary':
			return [expression.left, expression.right];
		default:
			return [];
	}
}

/** An expression and everything in it, outermost first. */
export function* everyPart(expression: Expression): Generator<Expression> {
	const left = [expression];
	for (let part = left.pop(); part !== undefined; part = left.pop()) {
		yield part;
		left.push(...partsOf(part).toReversed());
	}
}

export const selectorsIn = (expression: Expression): readonly Selector[] =>
	[...everyPart(expression)].filter(part => part.kind === 'selector');
