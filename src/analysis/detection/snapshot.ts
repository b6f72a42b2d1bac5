import type {KubeObject} from '../../core/kube/kube-object.ts';

/** A kind that was not read, or not everywhere. */
export type Unread = {
	readonly kind: string;
	readonly why: string;
	/** The one namespace in which it was read all the same. */
	readonly except?: string | undefined;
	/** Where it was wanted; undefined for all namespaces. */
	readonly namespace?: string | undefined;
};

/** A cluster as it was seen at one moment: what every diagnosis rests on. Values of Secrets are in none: of their certificates there are facts (secret-facts.ts). */
export type Snapshot = {
	/** When it was seen, ISO 8601, UTC. */
	readonly takenAt: string;
	/** The only namespace that was looked at; undefined for all of them. What belongs to no namespace is there in both cases. */
	readonly namespace?: string | undefined;
	readonly objects: readonly KubeObject[];
	/** Of one namespace: what runs in the others that its NetworkPolicies speak of, and accounts that bindings name. What else is wrong with it nobody asked. */
	readonly peers?: readonly KubeObject[] | undefined;
	/** Other namespaces of which all accounts are among these peers: one that is not is not there. */
	readonly accountsOf?: readonly string[] | undefined;
	readonly unread: readonly Unread[];
};
