/** Aggregated discovery (`APIGroupDiscoveryList`, apidiscovery.k8s.io/v2) as recorded. */
type Gvk = {readonly group: string; readonly version: string; readonly kind: string};
type Discovered = {
	readonly resource: string;
	readonly responseKind: Gvk;
	readonly scope: string;
	readonly singularResource: string;
	readonly verbs: readonly string[];
	readonly shortNames?: readonly string[];
	readonly categories?: readonly string[];
	readonly subresources?: readonly {readonly subresource: string; readonly responseKind?: Gvk; readonly verbs: readonly string[]}[];
};
export type Discovery = {
	readonly items: readonly {
		readonly metadata: {readonly name?: string};
		readonly versions: readonly {readonly version: string; readonly resources?: readonly Discovered[]}[];
	}[];
};

/** One resource a line, in the order of preference; the shape is `Resource` of `src/sandbox/api/resource.ts`. */
export function resourceTable(documents: readonly Discovery[]): string {
	const lines = documents
		.flatMap(({items}) => items)
		.flatMap(({metadata, versions}) =>
			versions.flatMap(({version, resources = []}) =>
				resources.map(resource => JSON.stringify(compact(metadata.name ?? '', version, resource))),
			),
		);
	return `[\n${lines.join(',\n')}\n]`;
}

function compact(group: string, version: string, resource: Discovered) {
	const {responseKind, scope, singularResource, verbs, shortNames, categories, subresources = []} = resource;
	return {
		group,
		version,
		kind: responseKind.kind,
		plural: resource.resource,
		singular: singularResource,
		namespaced: scope === 'Namespaced',
		verbs,
		shortNames: shortNames ?? [],
		categories: categories ?? [],
		subresources: subresources.map(({subresource, responseKind: answer, verbs: allowed}) => ({
			name: subresource,
			group: answer?.group === '' && answer.version === '' ? group : (answer?.group ?? group),
			version: answer === undefined || answer.version === '' ? version : answer.version,
			kind: answer?.kind ?? responseKind.kind,
			verbs: allowed,
		})),
	};
}
