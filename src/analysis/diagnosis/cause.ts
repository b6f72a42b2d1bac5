import type {Finding} from '../../core/finding.ts';
import type {JsonObject} from '../../core/json.ts';
import type {Ref} from '../../core/kube/kube-object.ts';
import type {Write} from '../../core/plan.ts';
import type {FaultId} from './classes/fault-classes.ts';

/** One sentence in the languages that requests come in. */
type Words = {readonly en: string; readonly ko: string};

/** What a remedy writes to; people say "fix it on the service side". */
export type Side =
	| 'service'
	| 'workload'
	| 'settings'
	| 'role'
	| 'binding'
	| 'policy'
	| 'node'
	| 'storage'
	| 'budget'
	| 'autoscaler'
	| 'ingress'
	| 'quota';

/** A call of a tool that makes a plan against a cause. */
export type Remedy = {
	readonly tool: string;
	readonly input: JsonObject;
	readonly text: Words;
	readonly side: Side;
	/** The objects themselves tell that this is what was meant; otherwise a person chooses. */
	readonly sure: boolean;
	/** It lets more pass than before: whatever else there is comes before it. */
	readonly loosens?: true;
	/** A quantity in it that is only a usual step, as the input and the text write it: a person may know a better one. */
	readonly amount?: string;
	/** What is to be done in this order where one tool of the Kubernetes server does not do all of it: `tool` is then auto_recovery. */
	readonly writes?: readonly Write[];
};

/** Why something does not work: a failed finding with the words of both languages, and every remedy that there is. */
export type Cause = {
	/** Its class, such as `selector-fits-no-pod`. */
	readonly id: FaultId;
	readonly resource: Ref;
	/** The field of the resource that is wrong, list items by their names: `spec.ports[http].targetPort`. */
	readonly path?: string | undefined;
	/** How grave it is here, where the objects tell more than its class does. */
	readonly severity?: Finding['severity'] | undefined;
	/** It will not pass by itself, however young what it keeps from working is. */
	readonly isLasting?: true | undefined;
	/** What it keeps from working, beside the resource itself. */
	readonly hurts?: readonly Ref[] | undefined;
	readonly cause: Words;
	/** What is not there, such as `ConfigMap shop/web`: others may lack the same. */
	readonly lacks?: string | undefined;
	readonly evidence: readonly {readonly source: string; readonly detail: string}[];
	readonly remedies: readonly Remedy[];
	/** Why there is no remedy to plan; that of its class where this says nothing. */
	readonly noRemedy?: Words | undefined;
};

/** What was not looked at, or cannot be told, and why. */
export type Unseen = Words;
