import {resourcesJson} from './generated/resources.ts';
import {apiVersionOf, type Resource} from './resource.ts';

/** Every kind that is served: those of Kubernetes and those of stored CustomResourceDefinitions. */
export type Catalogue = {
	readonly all: () => readonly Resource[];
	readonly find: (group: string, version: string, plural: string) => Resource | undefined;
	readonly ofKind: (apiVersion: string, kind: string) => Resource | undefined;
	/** By kind alone, in the version that is stored; core wins over events.k8s.io. */
	readonly stored: (kind: string) => Resource | undefined;
	readonly hasGroupVersion: (group: string, version: string) => boolean;
	/** Replaces what a definition of this name served; an empty list withdraws it. */
	readonly define: (name: string, resources: readonly Resource[]) => void;
	/** Grows with every change, for caches. */
	readonly revision: () => number;
};

// The version objects are stored in, where it is not the first that discovery lists.
const isStoredVersion = ({group, version, plural}: Resource) =>
	!(group === 'events.k8s.io' || (group === 'autoscaling' && version === 'v1' && plural === 'horizontalpodautoscalers'));

export function createCatalogue(): Catalogue {
	const builtIn: readonly Resource[] = JSON.parse(resourcesJson);
	const custom = new Map<string, readonly Resource[]>();
	let revision = 0;
	let index = indexOf(builtIn);
	return {
		all: () => index.all,
		find: (group, version, plural) => index.byPath.get(`${group}/${version}/${plural}`),
		ofKind: (apiVersion, kind) => index.byKind.get(`${apiVersion} ${kind}`),
		stored: kind => index.byStoredKind.get(kind),
		hasGroupVersion: (group, version) => index.groupVersions.has(`${group}/${version}`),
		define(name, resources) {
			if (resources.length === 0) custom.delete(name);
			else custom.set(name, resources);
			revision += 1;
			index = indexOf([...builtIn, ...[...custom.values()].flat()]);
		},
		revision: () => revision,
	};
}

function indexOf(all: readonly Resource[]) {
	const byStoredKind = new Map<string, Resource>();
	for (const resource of all) {
		if (isStoredVersion(resource) && !byStoredKind.has(resource.kind)) byStoredKind.set(resource.kind, resource);
	}
	return {
		all,
		byPath: new Map(all.map(resource => [`${resource.group}/${resource.version}/${resource.plural}`, resource])),
		byKind: new Map(all.map(resource => [`${apiVersionOf(resource)} ${resource.kind}`, resource])),
		byStoredKind,
		groupVersions: new Set(all.map(({group, version}) => `${group}/${version}`)),
	};
}
