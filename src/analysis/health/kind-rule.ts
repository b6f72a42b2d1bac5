import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {ConditionRole} from './condition-roles.ts';
import type {Finding, HealthSource, HealthStatus} from './health.ts';

/**
 * What is particular to some kinds; what it does not say, the general rules do. A kind needs one only where its words mean something
 * else than elsewhere, or where its own tools say it in a sentence of their own.
 */
export type KindRule = {
	/** `group/Kind`, several split by blanks; `*` stands for any part of a group or for any kind. */
	readonly kinds: string;
	/** Exceptions, in order: the first whose test holds decides before any general rule. See `holds` and `fill` for the two texts. */
	readonly when?: readonly (readonly [test: string, status: HealthStatus, says: string])[];
	/** Its own sentence for what the general rules found: by what told it, else by the status. `{message}` is their own. */
	readonly says?: {readonly [key in HealthSource | HealthStatus]?: string};
	/** Conditions that mean something else than their name does elsewhere. */
	readonly roles?: {readonly [type: string]: ConditionRole};
	/** Its `observedGeneration` does not follow the spec. */
	readonly ignoresGeneration?: boolean;
	/** What no text can say. Asked after `when`. */
	readonly read?: (object: KubeObject) => Finding | undefined;
};
