import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';

/** How requests are shared between a workload and its canary. */
export type TrafficKind = 'httproute' | 'virtualservice' | 'replicas';

/**
 * How a canary gets its requests, as writes that the acts of a rollout are made of. The order that keeps it safe: `prepare`, the canary's pods ready,
 * `toWeight` (0 first where there is a mirror), and at the end `restore` before the canary's pods go, then `cleanup`.
 */
export type Traffic = {
	/** `httproute` stands for GRPCRoutes too. */
	readonly kind: TrafficKind;
	/** For people: `HTTPRoute shop/web, rule 1`. */
	readonly words: string;
	/** What the canary needs before requests can be sent to it: its Services, and what says how these are talked to. */
	readonly prepare: readonly Write[];
	/**
	 * Gives the canary so many per cent, whole, 0 to 100, of the requests that the workload had. Idempotent, from any weight before. From 0 on the
	 * requests with the header are the canary's; copies go to it at 0 alone. Empty for `replicas`, where the numbers of pods decide.
	 */
	readonly toWeight: (percent: number) => readonly Write[];
	/** Brings the routes back exactly as they were. Idempotent. */
	readonly restore: readonly Write[];
	/** Removes what `prepare` made. */
	readonly cleanup: readonly Write[];
	/** The routes that `toWeight` writes, as they were before. */
	readonly before: readonly KubeObject[];
	/** The Services by which the canary and the stable pods are reached. */
	readonly services: readonly {readonly stable: Ref; readonly canary: Ref}[];
	readonly notes: readonly Consequence[];
};

export type TrafficOptions = {
	/** The kind that a person chose; found by looking if left out. */
	readonly wanted?: TrafficKind | undefined;
	/** One route of several, `[NAMESPACE/]NAME`, with `:RULE` for one rule of it, by its number from 1 or its name. */
	readonly route?: string | undefined;
	/** `NAME=VALUE`: requests with this header go to the canary; `cookie:NAME=VALUE` for a cookie. */
	readonly header?: string | undefined;
	/** Per cent of the requests that are copied to the canary before it gets any of its own, whole, 1 to 100. */
	readonly mirror?: number | undefined;
	/** What the copy is called by: `canary` if left out. */
	readonly suffix?: string | undefined;
};
