export type Labels = {readonly [name: string]: string};

/** One sample of an instant query; `atMs` is the server's time. The value may be NaN or infinite. */
export type Sample = {readonly labels: Labels; readonly value: number; readonly atMs: number};

/** One series of a range query. Where the series was stale there is no point: distances between points may differ. */
export type RangeSeries = {readonly labels: Labels; readonly points: readonly {readonly atMs: number; readonly value: number}[]};

/** Both ends belong to it. */
export type Range = {readonly fromMs: number; readonly toMs: number; readonly stepMs: number};

/** What tools may ask of a metrics server. Rejects with `MkcoaError`: `bad-query`, `bad-range`, `metrics-unreachable`. */
export type Metrics = {
	/** Where the numbers come from, for people: `Prometheus monitoring/prometheus:9090 through the API server`. */
	readonly source: string;
	/** @param atMs of the server's time, such as that of an earlier answer; now if left out */
	readonly query: (promql: string, atMs?: number) => Promise<readonly Sample[]>;
	/**
	 * Buckets of histograms as cumulative counts, one sample for each bound in the label `le`. Native histograms are laid out on bounds
	 * that are the same for all of them.
	 */
	readonly histograms: (promql: string) => Promise<readonly Sample[]>;
	/** Any number of points up to a limit; the server is asked in pieces that it answers. */
	readonly queryRange: (promql: string, range: Range) => Promise<readonly RangeSeries[]>;
	/** The label sets of all series that a selector finds in a time; none where there are none. */
	readonly series: (selector: string, time: {readonly fromMs: number; readonly toMs: number}) => Promise<readonly Labels[]>;
};

/** A metrics server, or the reason why there is none. */
export type MetricsSource = {readonly metrics: Metrics} | {readonly metrics?: undefined; readonly why: string};
