import type {Judgement} from '../../core/canary-evidence.ts';

/** What is compared between the canary and the stable version. */
export type CanaryMetric = {
	readonly name: string;
	/** `counts`: so many of so many failed. `latency`: a histogram of seconds. `gauge`: one value per pod and look. */
	readonly kind: 'counts' | 'latency' | 'gauge';
	/** Which way is bad. For counts: whether more or fewer of the counted events are. */
	readonly worse: 'higher' | 'lower';
	/** Difference that does not matter, as a part of the stable version's value: 0.1 = 10 %. */
	readonly tolerance: number;
	/** Of a latency, 0 to 1 exclusive: 0.99 is p99. The median where it is left out. */
	readonly quantile?: number;
};

/** Events of one side in one interval; `bad` are those that the metric counts, at most `total`. */
export type Counts = {readonly total: number; readonly bad: number};

/** What one look counted since the look before. `spanMs` is the time between the two. */
export type CountsInterval = {readonly kind: 'counts'; readonly spanMs: number; readonly canary: Counts; readonly stable: Counts};

/** `upperBounds` are seconds, rising, the last one Infinity. The sides hold counts per bucket, not cumulative ones. */
export type LatencyInterval = {
	readonly kind: 'latency';
	readonly spanMs: number;
	readonly upperBounds: readonly number[];
	readonly canary: readonly number[];
	readonly stable: readonly number[];
};

/** One value per pod; NaN is left out. */
export type GaugeInterval = {
	readonly kind: 'gauge';
	readonly spanMs: number;
	readonly canary: readonly number[];
	readonly stable: readonly number[];
};

export type Interval = CountsInterval | LatencyInterval | GaugeInterval;

/** A judgement, and what the next step needs of how it came about. */
export type MetricVerdict = Judgement & {
	/** Evidence that does not decide, and yet is too much to go on; only with `not-enough-data`. */
	readonly looksWorse?: boolean;
	/** The numbers cannot be had now, so it is not requests that are missing; only with `not-enough-data`. */
	readonly uncounted?: boolean;
	/** The compared values: ratios 0 to 1, seconds, or the gauge's own unit. */
	readonly canary?: number;
	readonly stable?: number;
	readonly canarySamples: number;
	readonly stableSamples: number;
};
