import type {JsonObject} from '../../core/json.ts';

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

/** How many series an answer may hold, and what becomes of more. */
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

/** A comparison of one label, as Alertmanager writes it. */
type Matcher = {readonly name: string; readonly value: string; readonly isRegex: boolean; readonly isEqual: boolean};

/** An alert as Alertmanager holds it. Times are milliseconds since 1970. */
export type ManagedAlert = {
	readonly fingerprint: string;
	readonly labels: Labels;
	readonly annotations: Labels;
	readonly startsAtMs: number;
	readonly endsAtMs: number;
	readonly updatedAtMs: number;
	readonly state: 'active' | 'suppressed' | 'unprocessed';
	/** Ids of silences, and fingerprints of alerts. */
	readonly silencedBy: readonly string[];
	readonly inhibitedBy: readonly string[];
	readonly receivers: readonly string[];
	readonly generatorUrl: string;
};

type SilenceDraft = {
	readonly matchers: readonly Matcher[];
	readonly startsAtMs: number;
	readonly endsAtMs: number;
	readonly createdBy: string;
	readonly comment: string;
};

/** `updatedAt` is what the server wrote: with the id it stands for one state of the silence. */
export type Silence = SilenceDraft & {readonly id: string; readonly updatedAt: string; readonly state: 'active' | 'pending' | 'expired'};

type AlertFilter = {
	/** `alertname="Down"`, `severity=~"critical|page"`: all of them must fit. */
	readonly matchers?: readonly string[];
	readonly receiver?: string;
	/** All are asked for unless one is false. */
	readonly active?: boolean;
	readonly silenced?: boolean;
	readonly inhibited?: boolean;
	readonly unprocessed?: boolean;
};

type AlertmanagerStatus = {
	readonly version: string;
	readonly startedAtMs: number;
	/** `ready`, `settling`, `disabled` */
	readonly cluster: string;
	readonly peers: number;
	/** YAML as it is loaded; the server hides secrets in it. */
	readonly config: string;
};

/** What tools ask of an Alertmanager. Rejects with `alerts-unreachable`, `alerts-signed-out`, `alerts-not-allowed`, `alerts-busy`, `alerts-refused`. */
export type Alertmanager = {
	readonly source: string;
	readonly alerts: (filter?: AlertFilter) => Promise<readonly ManagedAlert[]>;
	readonly silences: (matchers?: readonly string[]) => Promise<readonly Silence[]>;
	readonly silence: (id: string) => Promise<Silence | undefined>;
	readonly status: () => Promise<AlertmanagerStatus>;
};

/** What only an approved plan does to an Alertmanager. Where an answer is lost it rejects with `LostAnswerError`. */
export type SilenceEffects = {
	readonly create: (draft: SilenceDraft) => Promise<{readonly id: string}>;
	/** @throws DriftError where the silence is no longer the one that the plan saw */
	readonly expire: (seen: Pick<Silence, 'id' | 'updatedAt'>) => Promise<void>;
};

type DashboardRow = {
	readonly uid: string;
	readonly title: string;
	readonly folderUid: string;
	readonly folder: string;
	readonly tags: readonly string[];
};

/** `version` counts the savings; one that is saved must be the one that was read. */
export type Dashboard = {
	readonly uid: string;
	readonly title: string;
	readonly folderUid: string;
	readonly version: number;
	/** Kept by files or a controller: Grafana takes no other version of it. */
	readonly provisioned: boolean;
	readonly model: JsonObject;
};

type DataSource = {
	readonly uid: string;
	readonly name: string;
	readonly type: string;
	readonly isDefault: boolean;
	readonly url: string;
};
export type Folder = {readonly uid: string; readonly title: string; readonly parentUid: string};

/** A rule that Grafana evaluates. `updated` is what the server wrote: with the uid it stands for one state. `model` is the whole of it. */
export type GrafanaRule = {
	readonly uid: string;
	readonly title: string;
	readonly folderUid: string;
	readonly group: string;
	readonly updated: string;
	readonly provenance: string;
	readonly model: JsonObject;
};

/** What tools ask of a Grafana. Rejects with `dashboards-unreachable`, `…-signed-out`, `…-not-allowed`, `…-busy`, `…-refused`. */
export type Grafana = {
	readonly source: string;
	readonly version: () => Promise<string>;
	/** At most 5,000, which `cut` tells. */
	readonly search: (query: {readonly text?: string; readonly tags?: readonly string[]; readonly folderUid?: string}) => Promise<{
		readonly rows: readonly DashboardRow[];
		readonly cut: boolean;
	}>;
	readonly folders: () => Promise<readonly Folder[]>;
	readonly dashboard: (uid: string) => Promise<Dashboard | undefined>;
	readonly dataSources: () => Promise<readonly DataSource[]>;
	readonly rules: () => Promise<readonly GrafanaRule[]>;
	readonly rule: (uid: string) => Promise<GrafanaRule | undefined>;
};

/** What only an approved plan does to a Grafana. Each rejects with `DriftError` where what is there is no longer what the plan saw. */
export type GrafanaEffects = {
	/** @param dashboard.version the one that was read; 0 for a dashboard that is not there */
	readonly saveDashboard: (dashboard: {
		readonly model: JsonObject;
		readonly folderUid: string;
		readonly version: number;
		readonly message: string;
	}) => Promise<{readonly uid: string; readonly version: number; readonly url: string}>;
	readonly createFolder: (folder: Folder) => Promise<{readonly uid: string}>;
	/** @param seen undefined for a rule that is not there */
	readonly saveRule: (model: JsonObject, seen: Pick<GrafanaRule, 'uid' | 'updated'> | undefined) => Promise<{readonly uid: string}>;
};

/** `at` is the moment to the nanosecond where the server knows it: nanoseconds since 1970. */
export type LogLine = {readonly atMs: number; readonly at: string; readonly labels: Labels; readonly text: string};

export type LogQuestion = {
	/** In the language of the server: LogQL, or Lucene's query string. */
	readonly query: string;
	readonly fromMs: number;
	readonly toMs: number;
	/** Lines that are read at most. */
	readonly limit: number;
	readonly direction: 'forward' | 'backward';
};

/** `entries` and `bytes` are estimates of the index; missing where the server counts none. */
type LogVolume = {readonly entries?: number | undefined; readonly bytes?: number | undefined; readonly streams?: number | undefined};

/** Lines in the order of the question; `partial` where a part of the server did not answer. */
export type LogPage = {readonly lines: readonly LogLine[]; readonly partial: boolean};

/** What tools ask of a store of logs. Rejects with `logs-unreachable`, `logs-signed-out`, `logs-not-allowed`, `logs-busy`, `bad-log-query`, `too-much-log`. */
export type Logs = {
	readonly source: string;
	readonly labels: (time: {readonly fromMs: number; readonly toMs: number}) => Promise<readonly string[]>;
	readonly labelValues: (name: string, time: {readonly fromMs: number; readonly toMs: number}) => Promise<readonly string[]>;
	readonly volume: (question: Pick<LogQuestion, 'query' | 'fromMs' | 'toMs'>) => Promise<LogVolume>;
	/** Page by page, never holding more than one; the volume is asked first, and too much of it refused. */
	readonly pages: (question: LogQuestion, mostBytes?: number) => AsyncIterable<LogPage>;
};

/** What a pod or a container uses now; missing where nobody measures it. */
export type Use = {readonly cpuCores?: number | undefined; readonly memoryBytes?: number | undefined};

export type VolumeUse = {
	readonly name: string;
	/** Name of the PersistentVolumeClaim behind it. */
	readonly claim?: string | undefined;
	readonly usedBytes?: number | undefined;
	readonly capacityBytes?: number | undefined;
	readonly inodesUsed?: number | undefined;
	readonly inodes?: number | undefined;
};

export type PodUse = Use & {
	readonly namespace: string;
	readonly name: string;
	readonly containers: readonly (Use & {readonly name: string})[];
	readonly volumes: readonly VolumeUse[];
	/** Logs and writable layers. */
	readonly ephemeralBytes?: number | undefined;
};

/** A node as its kubelet sees it. */
export type NodeUse = Use & {
	readonly node: string;
	readonly atMs: number;
	readonly memoryAvailableBytes?: number | undefined;
	readonly diskUsedBytes?: number | undefined;
	readonly diskCapacityBytes?: number | undefined;
	readonly inodesFree?: number | undefined;
	readonly pods: readonly PodUse[];
};

/** What is measured by the cluster itself. Nodes that did not answer stand apart: the rest is no less true. */
export type ClusterUse = {
	/** Undefined where nobody serves metrics.k8s.io. */
	readonly pods: () => Promise<readonly PodUse[] | undefined>;
	readonly nodes: () => Promise<readonly (Use & {readonly node: string})[] | undefined>;
	readonly summaries: (nodes: readonly string[]) => Promise<{
		readonly nodes: readonly NodeUse[];
		readonly failed: readonly {readonly node: string; readonly why: string}[];
	}>;
};

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
