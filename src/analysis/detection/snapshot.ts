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

/** A kind that was read whole beyond the namespace that was looked at; without a namespace everywhere. */
type PeersRead = {readonly kind: string; readonly namespace?: string | undefined};

/** A cluster as it was seen at one moment: what every diagnosis rests on. Values of Secrets are in none: of their certificates there are facts (secret-facts.ts). */
export type Snapshot = {
	/** When it was seen, ISO 8601, UTC. */
	readonly takenAt: string;
	/** The only namespace that was looked at; undefined for all of them. What belongs to no namespace is there in both cases. */
	readonly namespace?: string | undefined;
	readonly objects: readonly KubeObject[];
	/** Of one namespace: what of the others its NetworkPolicies, bindings and deletions speak of. What else is wrong with it nobody asked. */
	readonly peers?: readonly KubeObject[] | undefined;
	/** Kinds of which all are among these peers, in another namespace or in every one: what is not among them is not there. */
	readonly peersRead?: readonly PeersRead[] | undefined;
	readonly unread: readonly Unread[];
};
