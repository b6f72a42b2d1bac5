/** One kind as the server serves it, as in discovery. */
export type Resource = {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly plural: string;
	readonly singular: string;
	readonly namespaced: boolean;
	readonly verbs: readonly string[];
	readonly shortNames: readonly string[];
	readonly categories: readonly string[];
	readonly subresources: readonly Subresource[];
	/** Declared by a CustomResourceDefinition, whatever its group is called. */
	readonly isCustom?: true;
	/** Where a custom kind keeps what its scale shows, as keys from the top. */
	readonly scale?: ScalePaths;
	/** Named in discovery, but answered by the `http` hook, as an aggregated API server would. */
	readonly external?: boolean;
};

export type ScalePaths = {
	readonly replicas: readonly string[];
	readonly current: readonly string[];
	/** A field that holds the selector as text. */
	readonly selector: readonly string[] | undefined;
};

export type Subresource = {
	readonly name: string;
	/** Group, version and kind of what the subresource takes and answers. */
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly verbs: readonly string[];
};

/** `apps/v1`, or `v1` for the core group. */
export const apiVersionOf = ({group, version}: {readonly group: string; readonly version: string}) =>
	group === '' ? version : `${group}/${version}`;

/** `deployments.apps`, or `pods` for the core group: how messages name a resource. */
export const qualifiedName = ({group, plural}: {readonly group: string; readonly plural: string}) =>
	group === '' ? plural : `${plural}.${group}`;

/**
 * Under which name the objects are stored. Two kinds are served by two groups and stored once:
 * events.k8s.io reads and writes the events of the core group, autoscaling/v1 those of autoscaling/v2.
 */
export const storageName = ({group, plural}: {readonly group: string; readonly plural: string}) =>
	plural === 'events' ? 'events' : qualifiedName({group, plural});
