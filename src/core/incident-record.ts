import type {Finding} from './finding.ts';

/** What mkcoa keeps of an incident that a watch saw: when, how often, and who looks after it. Redacted before it comes here. */
export type IncidentRecord = {
	readonly id: string;
	/** Class, object and field; one that comes back after it healed is another record of the same key. */
	readonly key: string;
	/** Context of the kubeconfig, and uid of the cluster: an incident of one is none of another. */
	readonly context: string;
	readonly clusterId: string;
	readonly severity: Finding['severity'];
	/** `Service shop/web (selector-fits-no-pod): …` */
	readonly title: string;
	/** Since when it was so, as far as the objects or an alert tell; when the watch saw it first where they do not. ISO 8601, UTC, as all times here. */
	readonly beganAt: string;
	readonly detectedAt: string;
	readonly acknowledgedAt?: string | undefined;
	readonly acknowledgedBy?: string | undefined;
	/** Who looks after it. */
	readonly owner?: string | undefined;
	readonly healedAt?: string | undefined;
	/** How often it came: more than once where it came and went within a minute. */
	readonly times: number;
	/** Names of the alerts that told of it too. */
	readonly alerts: readonly string[];
	readonly notes: readonly {readonly at: string; readonly by: string; readonly text: string}[];
};

/** The incidents that are kept on this machine. */
export type IncidentRecords = {
	/** Answers the id that each was given. All of them are written in one step: a watch that begins may find thousands. */
	readonly begin: (records: readonly Omit<IncidentRecord, 'id'>[]) => Promise<readonly string[]>;
	/**
	 * Reads, changes and writes in one step: a watch and a person may write at the same time.
	 * @throws MkcoaError `no-such-incident`
	 */
	readonly change: (id: string, change: (record: IncidentRecord) => Omit<IncidentRecord, 'id'>) => Promise<IncidentRecord>;
	/** By its id or the beginning of it, or by the key of one that is open. @throws MkcoaError `ambiguous-incident` */
	readonly find: (word: string) => Promise<IncidentRecord | undefined>;
	/** Newest first. */
	readonly list: (filter: {
		readonly open: boolean;
		readonly limit: number;
		readonly clusterId?: string | undefined;
	}) => Promise<readonly IncidentRecord[]>;
};
