/** One sample of an instant query. */
export type Sample = {readonly labels: {readonly [name: string]: string}; readonly value: number; readonly atMs: number};

/** What tools may ask of a metrics server. Rejects with `MkcoaError`: `bad-query`, `metrics-unreachable`. */
export type Metrics = {
	/** Where the numbers come from, for people: `Prometheus monitoring/prometheus:9090 through the API server`. */
	readonly source: string;
	readonly query: (promql: string) => Promise<readonly Sample[]>;
};

/** A metrics server, or the reason why there is none. */
export type MetricsSource = {readonly metrics: Metrics} | {readonly metrics?: undefined; readonly why: string};
