import type {JsonObject} from '../../core/json.ts';
import type {KubeObject, Ref} from '../../core/kube/kube-object.ts';
import type {Target, Write} from '../../core/plan.ts';
import type {Effector} from '../../core/tool.ts';

/** One kind as discovery knows it. */
export type ResourceType = {
	/** `v1`, `apps/v1` */
	readonly apiVersion: string;
	readonly kind: string;
	/** Plural, as in the URL. */
	readonly plural: string;
	readonly singular: string;
	readonly shortNames: readonly string[];
	readonly categories: readonly string[];
	readonly namespaced: boolean;
	readonly verbs: readonly string[];
	/** `scale`, `status`, `eviction`, … */
	readonly subresources: readonly string[];
};

/** What to list. No namespace means all of them. */
export type ListQuery = {
	readonly type: ResourceType;
	readonly namespace?: string | undefined;
	readonly labelSelector?: string | undefined;
	readonly fieldSelector?: string | undefined;
	/** Objects a page; 500 if left out. */
	readonly pageSize?: number | undefined;
	/** Where an earlier answer stopped. */
	readonly cursor?: string | undefined;
	/** Of the objects nothing but their metadata is wanted: a server that can leaves the rest out. */
	readonly onlyMetadata?: boolean | undefined;
};

export type ListPage = {
	readonly items: readonly KubeObject[];
	readonly resourceVersion: string;
	readonly cursor?: string | undefined;
	/** As the server tells it; missing where it does not. */
	readonly remaining?: number | undefined;
};

/** The server's own columns, for display. `priority` above 0 is for wide output. */
export type ServerTable = {
	readonly columns: readonly {readonly name: string; readonly type: string; readonly priority: number}[];
	readonly rows: readonly {
		readonly cells: readonly (string | number | boolean | null)[];
		readonly name: string;
		readonly namespace?: string | undefined;
	}[];
	readonly cursor?: string | undefined;
	readonly remaining?: number | undefined;
};

export type WatchEvent =
	| {readonly type: 'added' | 'modified' | 'deleted'; readonly object: KubeObject}
	/** The state at this moment is complete: everything that existed has been told. */
	| {readonly type: 'synced'};

export type LogQuery = {
	readonly namespace: string;
	readonly pod: string;
	readonly container?: string | undefined;
	readonly previous?: boolean | undefined;
	readonly tailLines?: number | undefined;
	readonly sinceSeconds?: number | undefined;
	readonly follow?: boolean | undefined;
	readonly timestamps?: boolean | undefined;
	readonly limitBytes?: number | undefined;
};

export type AccessQuestion = {
	readonly verb: string;
	readonly group: string;
	readonly resource: string;
	readonly subresource?: string | undefined;
	readonly namespace?: string | undefined;
	readonly name?: string | undefined;
};

/** Whether a program answered with success; if not, how it did. */
export type Probe = {readonly answered: true} | {readonly answered: false; readonly why: string};

/** What the server says that a write would do. */
export type DryRun =
	| {readonly computed: 'server'; readonly after: KubeObject | null; readonly warnings: readonly string[]}
	/** Server-side apply would take fields from others, who are named; mkcoa's own are not. */
	| {
			readonly computed: 'conflict';
			readonly conflicts: readonly {readonly field: string; readonly manager: string}[];
			readonly message: string;
	  }
	/** PATCH is not allowed, or a webhook refuses dry runs. `reason` is a sentence for the plan; `never`: no such server computes any. */
	| {readonly computed: 'refused'; readonly reason: string; readonly never?: true | undefined};

/** A context of the kubeconfig, without any credential. */
export type ContextInfo = {
	readonly name: string;
	readonly current: boolean;
	readonly cluster: string;
	readonly server: string;
	readonly user: string;
	readonly namespace: string;
	/** How it signs in: `client certificate`, `token`, `exec gke-gcloud-auth-plugin`, … */
	readonly signIn: string;
	readonly source: string;
};

/**
 * What tools may ask of a cluster. Only methods that tools use stand here; nothing in it changes anything.
 * Every method rejects with `MkcoaError`: `unreachable`, `signed-out`, `not-allowed`, `unknown-kind`, `server-error`.
 * `get` answers undefined for an object (or a kind) that does not exist.
 */
export type Cluster = {
	/** Namespace of the context, `default` where it names none. */
	readonly namespace: string;
	readonly target: (namespace: string | undefined) => Promise<Target>;
	/** All kinds, cached for the life of the process. */
	readonly types: () => Promise<readonly ResourceType[]>;
	/** By kind, plural, singular, short name, `plural.group` or `kind.version.group`; rejects with `unknown-kind` and the nearest names. */
	readonly typeOf: (word: string) => Promise<ResourceType>;
	/** The type of an object that carries its apiVersion and kind. */
	readonly typeOfRef: (ref: {readonly apiVersion: string; readonly kind: string}) => Promise<ResourceType>;
	readonly get: (ref: Ref) => Promise<KubeObject | undefined>;
	readonly list: (query: ListQuery) => Promise<ListPage>;
	/** Every object, page by page, never holding more than one page. */
	readonly each: (query: ListQuery) => AsyncIterable<KubeObject>;
	readonly table: (query: ListQuery) => Promise<ServerTable>;
	/** Resumes over bookmarks, 410, resets and 5xx until the signal aborts. */
	readonly watch: (query: ListQuery, signal: AbortSignal) => AsyncIterable<WatchEvent>;
	/** Lines as they come, each at most 16 KiB. */
	readonly logs: (query: LogQuery, signal: AbortSignal) => AsyncIterable<string>;
	/** Asks the server what a write would do. Never takes fields from others. */
	readonly dryRun: (write: Write) => Promise<DryRun>;
	readonly canI: (questions: readonly AccessQuestion[]) => Promise<readonly {readonly allowed: boolean; readonly reason: string}[]>;
	/** SelfSubjectRulesReview of one namespace, raw. */
	readonly rules: (namespace: string) => Promise<JsonObject>;
	/** Any other read below the API server: metrics.k8s.io, a service proxy. JSON; undefined for 404. */
	readonly raw: (path: string) => Promise<JsonObject | undefined>;
	/** The same for what answers plain text, such as `/metrics`. */
	readonly text: (path: string) => Promise<string | undefined>;
	/** Asks a program behind a service proxy once, by GET. A status below 400 is an answer. */
	readonly probe: (path: string) => Promise<Probe>;
	readonly contexts: () => readonly ContextInfo[];
};

/** What main holds: the port for tools, and the hands that only `runTool` uses. */
export type ClusterClient = {readonly cluster: Cluster; readonly effector: Effector; readonly close: () => Promise<void>};
