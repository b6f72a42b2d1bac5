/** One version by one metric. `looks` are values in order of time, null where nothing was counted; ratios are 0 to 1, times seconds. */
export type ArmEvidence = {
	/** Over all looks; missing where nothing was counted. */
	readonly value?: number;
	readonly samples: number;
	readonly looks: readonly (number | null)[];
};

/** Where a true value lies, as far as its samples tell. In the metric's unit. */
export type Interval = {readonly low: number; readonly high: number};

/** What is said of one metric. `pass` and `fail` rest on evidence; `not-enough-data` is an answer too, and zero traffic never passes. */
export type Judgement = {
	readonly metric: string;
	readonly verdict: 'pass' | 'fail' | 'not-enough-data';
	readonly reason: string;
	/** The test that decided, in words. */
	readonly test: string;
	/** Odds against "the canary is no worse": reach 100 with a chance of at most 1 % if that is so, however often one looks. */
	readonly evidence?: number;
	/** The canary's true value, by the bounds that the test itself uses: each end 95 % sure. Missing where the test bounds another number. */
	readonly within?: Interval;
	/** Of the present traffic until there is an answer; only with `not-enough-data`, and only where the traffic allows a guess. */
	readonly minutesMore?: number;
	/** How the stable version's counted events came before the rollout, or why that is not known: a sentence without a full stop. */
	readonly before?: string;
};

/** A judgement with what it rests on. */
export type MetricEvidence = Judgement & {
	readonly worse: 'higher' | 'lower' | 'either';
	/** Difference that does not matter, as a part of the stable value. */
	readonly tolerance: number;
	readonly unit: 'ratio' | 'seconds' | 'number';
	readonly query: string;
	readonly source: string;
	/** From the first look to the last. */
	readonly spanMs: number;
	readonly canary: ArmEvidence;
	readonly stable: ArmEvidence;
	/** Why the newest look has no numbers. */
	readonly missing?: string;
};

/** What a pod of the canary tells; logs and events are words of others: data, on one line each. */
export type PodWords = {
	readonly name: string;
	readonly reason: string;
	readonly logs: readonly {readonly container: string; readonly previous: boolean; readonly lines: readonly string[]}[];
	readonly events: readonly string[];
};

/** Everything that a verdict on a canary rests on, as it is printed and as it stands in an output. All of it is bounded. */
export type CanaryEvidence = {
	readonly metrics: readonly MetricEvidence[];
	readonly pods: {readonly canary: readonly string[]; readonly stable: readonly string[]};
	readonly words: readonly PodWords[];
};
