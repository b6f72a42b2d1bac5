import type {Finding} from '../../core/finding.ts';
import type {Json, JsonObject} from '../../core/json.ts';
import type {Ref} from '../../core/kube/kube-object.ts';
import type {World} from './world.ts';

/**
 * One field that mends a fault, by its path in the object: `spec.template.spec.containers[0].securityContext.privileged`. `ask`: what it should
 * be only a person knows; the text says what is wanted, such as `CPU limit`.
 */
export type Mend = {readonly path: string} & ({readonly value: Json} | {readonly remove: true} | {readonly ask: string});

/** What is wrong with one object, once for each place. */
export type Fault = {
	/** Fields at fault in the object. Where one is missing, the path that it should have. None where the object as a whole is. */
	readonly paths: readonly string[];
	/** All of them together mend it; none where no field of this object does. */
	readonly mends: readonly Mend[];
	/** What is there, in one sentence that names values but no secret. */
	readonly evidence: string;
	/** Objects that it rests on, with the fields that matter in them. */
	readonly related?: readonly Related[] | undefined;
};

type Related = {readonly resource: Ref; readonly paths: readonly string[]};

/** One object that a check looked at: it passed if it has no fault. `why` says why it could not be judged. */
type Looked = {readonly resource: Ref} & ({readonly faults: readonly Fault[]} | {readonly why: string});

export const families = [
	...['workload', 'image', 'secret', 'access', 'network', 'exposure', 'storage'],
	...['namespace', 'admission', 'control-plane', 'node', 'availability'],
] as const;

type Family = (typeof families)[number];

/** Lists, numbers and words that a cluster's owner may set otherwise. */
export type Settings = JsonObject;

/** What is demanded of objects of some kinds. A pure function of them; it applies to what it looked at, and to nothing else. */
export type Check<Given extends Settings = Settings> = {
	/** Kebab-case, a promise: exceptions, baselines and reports name it. */
	readonly id: string;
	readonly family: Family;
	/** What is demanded, as a sentence: `Containers do not run privileged`. */
	readonly title: string;
	/** What an attacker, or a bad day, makes of a fault. */
	readonly why: string;
	readonly severity: Finding['severity'];
	/** Kinds that it reads as `apps/Deployment`, the core group bare: where one of them could not be read, the check is not checked. */
	readonly reads: readonly string[];
	/** What it takes where nobody says otherwise. */
	readonly settings: Given;
	readonly look: (world: World, settings: Given) => readonly Looked[];
};

/** A check whatever its settings are, for lists of them. */
export type AnyCheck = Omit<Check, 'look'> & {
	/** @param settings in place of some of its own */
	readonly look: (world: World, settings?: Settings) => readonly Looked[];
};

/** Makes one check: settings that are not given are its own. */
export const check = <Given extends Settings>(made: Check<Given>): AnyCheck => ({
	...made,
	// The names are the check's own; a wrong type is the caller's fault, as with any setting that a file gives.
	look: (world, settings = {}) => made.look(world, {...made.settings, ...(settings as Partial<Given>)}),
});
