import type {Labels} from '../series.ts';

/** A part of a PromQL query. Ranges and offsets are milliseconds. */
export type Expression =
	| {readonly kind: 'number'; readonly value: number}
	| {readonly kind: 'string'; readonly value: string}
	| Selector
	| Call
	| Aggregation
	| Binary
	| {readonly kind: 'negation'; readonly of: Expression};

export type Call = {readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]};

export type Selector = {
	readonly kind: 'selector';
	readonly name: string | undefined;
	readonly matchers: readonly Matcher[];
	readonly rangeMs: number | undefined;
	readonly offsetMs: number;
};

export type Matcher = {readonly label: string; readonly operator: '=' | '!=' | '=~' | '!~'; readonly value: string};

export type Aggregation = {
	readonly kind: 'aggregation';
	readonly operator: string;
	readonly grouping: Grouping;
	readonly of: Expression;
	/** Of topk, bottomk and quantile. */
	readonly parameter: Expression | undefined;
};

export type Grouping = {readonly mode: 'by' | 'without'; readonly labels: readonly string[]};

export type Binary = {
	readonly kind: 'binary';
	readonly operator: string;
	/** A comparison that answers 0 or 1 and drops nothing. */
	readonly bool: boolean;
	readonly matching: {readonly mode: 'on' | 'ignoring'; readonly labels: readonly string[]} | undefined;
	/** Which side may have several elements for one of the other: group_left, group_right. */
	readonly many: 'left' | 'right' | undefined;
	readonly include: readonly string[];
	readonly left: Expression;
	readonly right: Expression;
};

/** `ms` is the time of the sample, where the element is one and not computed. */
export type Element = {readonly labels: Labels; readonly value: number; readonly ms?: number};
export type Value =
	| {readonly kind: 'scalar'; readonly value: number}
	| {readonly kind: 'vector'; readonly elements: readonly Element[]}
	| {readonly kind: 'matrix'; readonly ranges: readonly Range[]};
export type Range = {
	readonly labels: Labels;
	readonly samples: readonly Sample[];
	/** Those of the samples that a rate rests on: the ends, and what stands around each fall; all of them where nobody knows when a series falls. */
	readonly turns: readonly Sample[];
	readonly count: number;
	readonly fromMs: number;
	readonly toMs: number;
};
export type Sample = {readonly ms: number; readonly value: number};

/** Prometheus' words for what a part of a query answers. */
export const typeNames = {scalar: 'scalar', vector: 'instant vector', matrix: 'range vector'} as const;

/** The query is wrong, or asks for something that this small evaluator does not know: HTTP 400 `bad_data`. */
export class QueryError extends Error {
	override readonly name = 'QueryError';
	/** `parse` errors are the query's, `execution` errors the data's (HTTP 422). */
	readonly stage: 'parse' | 'execution';

	constructor(message: string, stage: 'parse' | 'execution' = 'parse') {
		super(message);
		this.stage = stage;
	}
}
