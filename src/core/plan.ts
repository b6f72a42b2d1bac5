import {createHash} from 'node:crypto';
import {canonicalJson, type Json, type JsonObject} from './json.ts';
import type {KubeObject, Ref} from './kube/kube-object.ts';

/** Where a plan applies and as whom. `clusterId` is the uid of the kube-system namespace, or the server's address where that may not be read. */
export type Target = {
	readonly context: string;
	readonly cluster: string;
	readonly clusterId: string;
	/** Fingerprint of what the server has to prove: the certificate authority and server name of the kubeconfig, where it has an authority of its own. */
	readonly authority?: string | undefined;
	readonly namespace?: string | undefined;
	readonly identity: string;
};

/** One effect on a cluster, as data. A plan holds it with secret values taken out (see `seal`). */
export type Write =
	| {readonly op: 'apply'; readonly ref: Ref; readonly manifest: KubeObject}
	| {readonly op: 'create'; readonly ref: Ref; readonly manifest: KubeObject}
	| {readonly op: 'replace'; readonly ref: Ref; readonly manifest: KubeObject}
	| {
			readonly op: 'patch';
			readonly ref: Ref;
			readonly type: 'json' | 'merge' | 'strategic';
			readonly patch: Json;
			readonly subresource?: 'scale' | 'status' | undefined;
	  }
	| {
			readonly op: 'delete';
			readonly ref: Ref;
			readonly propagation?: 'Background' | 'Foreground' | 'Orphan' | undefined;
			readonly graceSeconds?: number | undefined;
			/** The same plan makes the object: it goes whatever others wrote into it meanwhile. That it is this object, by its uid, is asked for all the same. */
			readonly anyVersion?: true | undefined;
	  }
	| {readonly op: 'evict'; readonly ref: Ref; readonly graceSeconds?: number | undefined}
	| {readonly op: 'exec'; readonly ref: Ref; readonly container?: string | undefined; readonly command: readonly string[]};

/** One place in an object: a key, an index, or a list item named by its merge keys. */
export type PathSegment = string | number | {readonly [mergeKey: string]: string | number};

/** One field that changes. Values of secrets are left out and `secret` says so. */
export type FieldChange = {
	readonly path: readonly PathSegment[];
	readonly operation: 'add' | 'remove' | 'replace';
	readonly before?: Json | undefined;
	readonly after?: Json | undefined;
	readonly secret?: true | undefined;
	/** Field manager that owns the field today, when it is not mkcoa. */
	readonly owner?: string | undefined;
};

/**
 * What happens to one resource. `computed` says whose answer it is. `why` is a remark for people: why it is not the server's answer, or what
 * the fields are compared with.
 */
export type Change = {
	readonly ref: Ref;
	readonly operation: 'create' | 'update' | 'delete' | 'replace' | 'run';
	readonly fields: readonly FieldChange[];
	readonly computed: 'server' | 'local';
	readonly why?: string | undefined;
};

export type Severity = 'info' | 'warning' | 'danger';

/** What follows from the changes, computed from live objects; `ifDies`: only if mkcoa dies before it is through. */
export type Consequence = {
	readonly id: string;
	readonly severity: Severity;
	readonly text: string;
	readonly ref?: Ref | undefined;
	readonly ifDies?: true | undefined;
};

/** What must still hold when the plan is applied: `uid` null means that the object must not exist. */
export type Precondition = {readonly ref: Ref; readonly uid: string | null; readonly version: string};

/**
 * A step as people read it, and the writes it stands for. A step without writes waits or judges.
 * A step `on: 'failure'` is carried out only when the ones before it must be taken back. One `outside` has its effect beside the cluster, such as a
 * commit, and no writes.
 */
export type Step = {
	readonly title: string;
	readonly writes: readonly Write[];
	readonly on?: 'failure' | undefined;
	readonly outside?: true | undefined;
	/**
	 * What is kept up while the run lasts, without a line in the journal: objects of mkcoa's own, such as a Lease, which are patched again and again,
	 * and pods that may have to go so that a controller makes them anew.
	 */
	readonly upkeep?: readonly Ref[] | undefined;
	/**
	 * Objects of mkcoa's own that keep what was there before, for a later rollback, or what another run had to know: no change that `undo` would take
	 * back.
	 */
	readonly snapshots?: readonly Ref[] | undefined;
};

/**
 * Objects whose secret values are in the cluster and nowhere else: none is stored on this machine, not even encrypted. So the journal can neither
 * go on with what needs one nor take it back; the commands do that work by what lies in the cluster.
 */
type Confined = {
	readonly refs: readonly Ref[];
	/** Goes on with a run that died, such as `mkcoa deploy resume web -n shop`. */
	readonly goOn: string;
	/** Takes it back, in words that follow `with: `. */
	readonly takeBack: string;
};

export type Risk = {readonly level: 'low' | 'medium' | 'high'; readonly reasons: readonly string[]};

/** What `plan()` of a tool answers; `runTool` adds where and as whom. */
export type Draft<Resolved extends JsonObject = JsonObject> = {
	readonly input: Resolved;
	readonly summary: string;
	readonly risk: Risk;
	readonly steps: readonly Step[];
	readonly changes: readonly Change[];
	readonly consequences: readonly Consequence[];
	readonly preconditions: readonly Precondition[];
	/** How success will be judged after the writes. */
	readonly verify: readonly string[];
	/** `possible` from the journal; `contrary`: not from there, but by the command that `how` names. */
	readonly undo: {readonly possible: boolean; readonly how: string; readonly contrary?: true | undefined};
	readonly confined?: Confined | undefined;
};

/** A change that can be read, stored, sent and approved. JSON; holds no status, no time, no secret value. */
export type Plan<Resolved extends JsonObject = JsonObject> = Draft<Resolved> & {
	readonly version: 1;
	readonly tool: string;
	readonly target: Target;
};

/** Whether all that a plan does is done beside the cluster, which nothing of it touches: a call of somebody else's server. */
export const isBesideCluster = ({steps, changes}: Pick<Plan, 'steps' | 'changes'>): boolean =>
	changes.length === 0 && steps.some(({outside}) => outside === true) && steps.every(({writes}) => writes.length === 0);

/** Digest that an approval binds to: SHA-256 of the canonical text of the plan. */
export const digestOf = (plan: Plan) => `sha256:${createHash('sha256').update(canonicalJson(plan)).digest('hex')}`;

/**
 * What a yes was given to, without the numbers that a busy cluster moves by the second: a plan made again right after the yes may say
 * "4 pods restart" where the first one said 3. Steps, changes, preconditions and the kinds of consequences must be the same.
 */
export function essenceOf({consequences, risk, ...plan}: Plan): string {
	const kinds = [...new Set(consequences.map(({id, severity, ref}) => canonicalJson({id, severity, ref})))].sort();
	return canonicalJson({...plan, consequences: kinds, risk: risk.level});
}

/** The digest as people read and type it. */
export const shortDigest = (digest: string) => digest.replace('sha256:', '').slice(0, 12);

declare const approved: unique symbol;

/** A plan that somebody may apply. Only `approve` makes it, so `apply` of an unapproved plan does not compile. */
export type ApprovedPlan<Resolved extends JsonObject = JsonObject> = Plan<Resolved> & {readonly [approved]: Approval};

/** Who said yes, and to what exactly. */
export type Approval = {readonly digest: string; readonly by: string; readonly how: 'review' | 'yes-flag' | 'client' | 'grant' | 'rule'};

/** Binds a yes to exactly this plan. Throws when the yes was given to another one. */
export function approve<Resolved extends JsonObject>(plan: Plan<Resolved>, approval: Approval): ApprovedPlan<Resolved> {
	if (digestOf(plan) !== approval.digest) throw new Error('The approval was given to another plan');
	// The only place that makes one: the brand exists in types alone.
	return plan as ApprovedPlan<Resolved>;
}
