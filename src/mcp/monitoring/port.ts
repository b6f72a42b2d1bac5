import type {Alertmanager, SilenceEffects} from './alertmanager/port.ts';
import type {Grafana, GrafanaEffects} from './grafana/port.ts';
import type {Logs} from './logs/port.ts';
import type {ClusterUse} from './metrics-api/port.ts';

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

/** What a server said beside its numbers. Third parties' words, on one line each. */
export type Remarks = {
	readonly warnings: readonly string[];
	readonly infos: readonly string[];
	/** Part of what it should have asked was away: the numbers hold less than there is. */
	readonly partial: boolean;
};

/** `cut` tells how many series there are where not all are here; `of` is missing where nobody counted them. */
export type Answered<Value> = Remarks & {
	readonly value: Value;
	readonly cut?: {readonly shown: number; readonly of?: number | undefined} | undefined;
};

/** How many series an answer may hold, and what becomes of more; a range that is cut holds those that are largest at its end. */
export type SeriesBound = {readonly most: number; readonly beyond: 'refuse' | 'cut'};

/** Which series: selectors, any of which may fit, in a time. */
export type Choice = {readonly selectors?: readonly string[]; readonly fromMs?: number; readonly toMs?: number; readonly limit?: number};

type MetricMetadata = {readonly type: string; readonly help: string; readonly unit: string};

export type Rule = {
	readonly group: string;
	readonly file: string;
	readonly kind: 'alerting' | 'recording';
	readonly name: string;
	readonly query: string;
	readonly labels: Labels;
	readonly annotations: Labels;
	/** Of alerting rules: how long it must hold, and how long it fires on. */
	readonly forSeconds: number;
	readonly keepFiringSeconds: number;
	readonly intervalSeconds: number;
	/** `inactive`, `pending`, `firing`; missing for recording rules. */
	readonly state?: string | undefined;
	/** `ok`, `err`, `unknown` */
	readonly health: string;
	readonly lastError: string;
	readonly evaluationSeconds: number;
};

/** An alert as the server that evaluates the rule sees it. */
export type RuleAlert = {
	readonly labels: Labels;
	readonly annotations: Labels;
	readonly state: string;
	readonly activeAtMs: number;
	readonly value: number;
};

export type ScrapeTarget = {
	readonly pool: string;
	readonly url: string;
	readonly labels: Labels;
	/** `up`, `down`, `unknown` */
	readonly health: string;
	readonly lastError: string;
	readonly lastScrapeMs: number;
	readonly durationSeconds: number;
	/** As it is written: `30s`. */
	readonly interval: string;
};

/** What answers the questions of Prometheus. */
export type Flavour = {readonly kind: 'prometheus' | 'thanos' | 'mimir' | 'victoriametrics' | 'unknown'; readonly version: string};

/**
 * All that tools of monitoring ask of a metrics server. Unlike `Metrics`, whose numbers a rollout is judged by, a partial answer is one here, and
 * is marked. Rejects as `Metrics` does, and with `too-many-series`, `metrics-signed-out`, `metrics-not-allowed`, `metrics-busy`.
 */
export type MetricsServer = Metrics & {
	/** Where the bound is infinite nobody counts first: the bytes of an answer are bounded all the same. */
	readonly instant: (
		promql: string,
		options?: {readonly atMs?: number; readonly bound?: SeriesBound},
	) => Promise<Answered<readonly Sample[]>>;
	/** The number of series is asked first, at both ends of the range. */
	readonly range: (promql: string, range: Range, bound?: SeriesBound) => Promise<Answered<readonly RangeSeries[]>>;
	readonly labelNames: (choice?: Choice) => Promise<Answered<readonly string[]>>;
	readonly labelValues: (name: string, choice?: Choice) => Promise<Answered<readonly string[]>>;
	/** By metric; one name may be told of differently by different targets. */
	readonly metadata: (metric?: string) => Promise<{readonly [metric: string]: readonly MetricMetadata[]}>;
	readonly rules: () => Promise<readonly Rule[]>;
	readonly alerts: () => Promise<readonly RuleAlert[]>;
	/** Those that are scraped. */
	readonly targets: () => Promise<readonly ScrapeTarget[]>;
	readonly flavour: () => Promise<Flavour>;
};

/** A metrics server, or the reason why there is none. */
export type MetricsSource<Server extends Metrics = Metrics> =
	| {readonly metrics: Server}
	| {readonly metrics?: undefined; readonly why: string};

/** A vendor's store of metrics: the query is in its own language, and so are the names. */
export type VendorMetrics = {
	readonly source: string;
	readonly language: 'datadog' | 'nrql';
	/** The vendor chooses the step. */
	readonly range: (query: string, time: {readonly fromMs: number; readonly toMs: number}) => Promise<Answered<readonly RangeSeries[]>>;
};

/** A server, or the reason why there is none. */
type Found<Port> = {readonly port: Port} | {readonly port?: undefined; readonly why: string};

/**
 * Everything that a context is watched with: what monitoring.yaml names for it, else what its cluster has. Each is looked for when somebody asks
 * first. `use` is always there.
 */
export type Monitoring = {
	readonly metrics: () => Promise<MetricsSource<MetricsServer>>;
	readonly alertmanager: () => Promise<Found<Alertmanager & {readonly effects: SilenceEffects}>>;
	readonly grafana: () => Promise<Found<Grafana & {readonly effects: GrafanaEffects}>>;
	readonly logs: () => Promise<Found<Logs>>;
	readonly vendor: () => Promise<Found<VendorMetrics>>;
	readonly use: ClusterUse;
};
