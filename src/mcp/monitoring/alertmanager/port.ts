import type {Labels} from '../../../analysis/alert-rules/rule.ts';

/** A comparison of one label, as Alertmanager writes it. */
export type Matcher = {readonly name: string; readonly value: string; readonly isRegex: boolean; readonly isEqual: boolean};

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

export type SilenceDraft = {
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
	/** The road to it takes reads alone. */
	readonly readOnly?: true | undefined;
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
