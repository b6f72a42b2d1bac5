import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {objectsAt, textsAt, wordAt} from '../../model/fields.ts';
import type {ResourceType} from '../../port.ts';

/** A group-version whose kinds are not known now, such as metrics.k8s.io while its server is down. */
export type Discovered = {readonly types: readonly ResourceType[]; readonly missing: readonly string[]};

/** Reads `APIGroupDiscoveryList`, in the server's order of groups and versions. */
export function readAggregated(list: JsonObject): Discovered {
	const missing: string[] = [];
	const types = objectsAt(list.items).flatMap(item => {
		const group = isJsonObject(item.metadata) ? wordAt(item.metadata.name) : '';
		return objectsAt(item.versions).flatMap(version => {
			const apiVersion = group === '' ? wordAt(version.version) : `${group}/${wordAt(version.version)}`;
			if (version.freshness === 'Stale') missing.push(apiVersion);
			return objectsAt(version.resources).map(resource => ({
				apiVersion,
				kind: isJsonObject(resource.responseKind) ? wordAt(resource.responseKind.kind) : '',
				plural: wordAt(resource.resource),
				singular: wordAt(resource.singularResource),
				shortNames: textsAt(resource.shortNames),
				categories: textsAt(resource.categories),
				namespaced: resource.scope === 'Namespaced',
				verbs: textsAt(resource.verbs),
				subresources: objectsAt(resource.subresources).map(({subresource}) => wordAt(subresource)),
			}));
		});
	});
	return {types, missing};
}

/** Reads `APIResourceList` of one group-version; `pods/log` is a subresource of `pods`. */
export function readResourceList(apiVersion: string, list: JsonObject): readonly ResourceType[] {
	const resources = objectsAt(list.resources);
	return resources
		.filter(({name}) => !wordAt(name).includes('/'))
		.map(resource => {
			const plural = wordAt(resource.name);
			return {
				apiVersion,
				kind: wordAt(resource.kind),
				plural,
				singular: wordAt(resource.singularName) || wordAt(resource.kind).toLowerCase(),
				shortNames: textsAt(resource.shortNames),
				categories: textsAt(resource.categories),
				namespaced: resource.namespaced === true,
				verbs: textsAt(resource.verbs),
				subresources: resources
					.map(({name}) => wordAt(name))
					.filter(name => name.startsWith(`${plural}/`))
					.map(name => name.slice(plural.length + 1)),
			};
		});
}
