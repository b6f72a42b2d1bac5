import type {Json} from './json.ts';
import type {KubeObject} from './kube/kube-object.ts';
import type {AnyOutcome} from './outcome.ts';
import type {Approval, Plan, Write} from './plan.ts';
import type {PlanAbout} from './plan-about.ts';

/** Values taken out of a plan, by placeholder. Kept in memory, or encrypted in the state folder. */
export type SealedValues = {readonly [placeholder: string]: string};

/** One effect as the journal knows it. `intended` without `after`: the process died, or the answer was lost. It may have been done or not. */
export type JournaledEffect = {
	readonly index: number;
	readonly write: Write;
	readonly before: KubeObject | null;
	readonly state: 'intended' | 'done' | 'failed';
	readonly after?: Json | undefined;
	readonly error?: string | undefined;
	/** Why `before` (then null) or `after` cannot be had any more, such as an expired pre-image of a Secret. Without it, `before` null means that there was no object. */
	readonly unavailable?: string | undefined;
};

export type JournalEntry = {
	/** Short and sortable by time. */
	readonly id: string;
	/** ISO 8601, UTC. */
	readonly startedAt: string;
	readonly endedAt?: string | undefined;
	readonly plan: Plan;
	readonly digest: string;
	readonly approval: Approval;
	/** Kind of the outcome; missing while the run lasts, or when it died. */
	readonly outcome?: AnyOutcome['kind'] | undefined;
	/** A process is at it now. Without this and without an outcome, the run died and may be resumed. */
	readonly running?: true | undefined;
	/** The entry that this one takes back. */
	readonly undoes?: string | undefined;
	/** The entry that took this one back. */
	readonly undoneBy?: string | undefined;
};

/** Written before each effect; `undo` and `resume` read only this and the live cluster. Every method rejects rather than lose an entry. */
export type Journal = {
	readonly open: (entry: {
		readonly plan: Plan;
		readonly digest: string;
		readonly approval: Approval;
		readonly sealed: SealedValues;
		/** The entry that this run takes back. */
		readonly undoes?: string | undefined;
		/** The waiting plan that was answered: it waits no longer, and nobody else can answer it. */
		readonly waited?: string | undefined;
	}) => Promise<string>;
	/** Goes on with an entry whose run died, failed or drifted. Rejects for one that is done, was taken back, or is being carried out. */
	readonly resume: (id: string) => Promise<void>;
	/** Durable before it resolves. */
	readonly intend: (
		id: string,
		effect: {readonly index: number; readonly write: Write; readonly before: KubeObject | null},
	) => Promise<void>;
	readonly complete: (
		id: string,
		index: number,
		result: {readonly after?: Json | undefined; readonly error?: string | undefined},
	) => Promise<void>;
	readonly close: (id: string, outcome: AnyOutcome) => Promise<void>;
};

/** What `undo`, `resume` and `history` read. */
export type JournalReader = {
	readonly list: (limit: number) => Promise<readonly JournalEntry[]>;
	readonly entry: (id: string) => Promise<JournalEntry | undefined>;
	/** With pre-images decrypted. An effect that is only intended in an ended run may have been done: its answer was lost. */
	readonly effects: (id: string) => Promise<readonly JournaledEffect[]>;
	readonly sealed: (id: string) => Promise<SealedValues>;
	/** How the run ended, redacted; undefined while it lasts, or when it died. */
	readonly outcome: (id: string) => Promise<AnyOutcome | undefined>;
};

/** Who had a plan made that came from outside: a program, and the account behind it. */
export type PlanMaker = {readonly principal: string; readonly agent: string};

/** How it ended with a plan that waited: a run began, or it will never be carried out. */
export type PlanAnswer =
	| {readonly kind: 'begun'; readonly journal: string}
	/** `takenBack`: nobody said no; whoever had it made no longer wants it. */
	| {readonly kind: 'rejected'; readonly feedback: string; readonly takenBack?: true | undefined}
	| {readonly kind: 'drifted'; readonly moved: readonly string[]};

/** What is known of a plan that waits or waited. Times are ISO 8601, UTC. */
export type PlanNews = {
	readonly answer: PlanAnswer | {readonly kind: 'waiting'};
	readonly maker?: PlanMaker | undefined;
	/** Missing where a version saved it that did not keep it. */
	readonly about?: PlanAbout | undefined;
	readonly savedAt: string;
	/** Missing while it waits. */
	readonly answeredAt?: string | undefined;
	/** When this is forgotten; missing while it waits, for a plan waits until it is answered. */
	readonly keptUntil?: string | undefined;
};

type WaitingPlan = {readonly id: string; readonly plan: Plan; readonly digest: string; readonly maker?: PlanMaker | undefined};

/** Plans that wait for a yes: made in a pipe, by an MCP client, or saved to a file. */
export type WaitingPlans = {
	/** Saved again by the same maker with the same secret values, a plan keeps its id. */
	readonly save: (plan: Plan, digest: string, sealed: SealedValues, maker?: PlanMaker) => Promise<string>;
	/** By id, or by the first eight characters or more of the digest. */
	readonly find: (idOrDigest: string) => Promise<(WaitingPlan & {readonly sealed: SealedValues}) | undefined>;
	readonly list: () => Promise<readonly (WaitingPlan & {readonly savedAt: string})[]>;
	/** Takes a plan off the list that will not be carried out any more. */
	readonly close: (id: string, answer: Extract<PlanAnswer, {kind: 'rejected' | 'drifted'}>) => Promise<void>;
	/** How it ended with a plan, by its id: `waiting` while nobody answered; undefined where nothing is known of it any more. */
	readonly answer: (id: string) => Promise<PlanNews | undefined>;
};

/** What happened and who did it, one line each, hash-chained by the store. */
export type AuditRecord = {
	readonly action: 'planned' | 'approved' | 'rejected' | 'denied' | 'waiting' | 'applied' | 'failed' | 'drifted' | 'granted' | 'revoked';
	readonly tool: string;
	readonly digest?: string | undefined;
	readonly identity: string;
	readonly context: string;
	readonly detail: string;
	/** The account that asked from outside. */
	readonly principal?: string | undefined;
	/** The program or the specialist that asked. */
	readonly agent?: string | undefined;
	/** Whose yes it was. */
	readonly approver?: string | undefined;
	/** Trace that the call belongs to, as its caller named it (W3C Trace Context, 32 hexadecimal digits). */
	readonly trace?: string | undefined;
};

export type Audit = {readonly append: (record: AuditRecord) => Promise<void>};

/** `unvouched` counts the records from before the user's key was replaced: their chain holds, but nobody can say that it is the first one. */
export type AuditCheck =
	| {readonly ok: true; readonly records: number; readonly unvouched: number}
	/** `at` is the number of the first record that is wrong or missing, from 1. */
	| {readonly ok: false; readonly at: number; readonly what: string};

export type AuditLog = Audit & {
	readonly verify: () => Promise<AuditCheck>;
	/** One JSON object per record, oldest first: `seq`, `time`, `record`, `previous`, `hash`. */
	readonly lines: () => Promise<readonly string[]>;
};

/** Plans in files that people hand on. Secret values never stand in the file: they stay, encrypted, on the machine that wrote it. */
export type PlanFiles = {
	/** Replaces a plan file, and nothing else. */
	readonly write: (path: string, plan: Plan, digest: string, sealed: SealedValues) => Promise<void>;
	/** Refuses a plan that was edited. */
	readonly read: (path: string) => Promise<{readonly plan: Plan; readonly digest: string; readonly sealed: SealedValues}>;
};
