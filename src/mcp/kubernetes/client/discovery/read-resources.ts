import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import type {ResourceType} from '../../port.ts';

export const objectsOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
export const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : '');
const textsOf = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.filter(one => typeof one === 'string') : []);

/** A group-version whose kinds are not known now, such as metrics.k8s.io while its server is down. */
export type Discovered = {readonly types: readonly ResourceType[]; readonly missing: readonly string[]};

/** Reads `APIGroupDiscoveryList`, in the server's order of groups and versions. */
export function readAggregated(list: JsonObject): Discovered {
	const missing: string[] = [];
	const types = objectsOf(list.items).flatMap(item => {
		const group = isJsonObject(item.metadata) ? textOf(item.metadata.name) : '';
		return objectsOf(item.versions).flatMap(version => {
			const apiVersion = group === '' ? textOf(version.version) : `${group}/${textOf(version.version)}`;
			if (version.freshness === 'Stale') missing.push(apiVersion);
			return objectsOf(version.resources).map(resource => ({
				apiVersion,
				kind: isJsonObject(resource.responseKind) ? textOf(resource.responseKind.kind) : '',
				plural: textOf(resource.resource),
				singular: textOf(resource.singularResource),
				shortNames: textsOf(resource.shortNames),
				categories: textsOf(resource.categories),
				namespaced: resource.scope === 'Namespaced',
				verbs: textsOf(resource.verbs),
				subresources: objectsOf(resource.subresources).map(({subresource}) => textOf(subresource)),
			}));
		});
	});
	return {types, missing};
}

/** Reads `APIResourceList` of one group-version; `pods/log` is a subresource of `pods`. */
export function readResourceList(apiVersion: string, list: JsonObject): readonly ResourceType[] {
	const resources = objectsOf(list.resources);
	return resources
		.filter(({name}) => !textOf(name).includes('/'))
		.map(resource => {
			const plural = textOf(resource.name);
			return {
				apiVersion,
				kind: textOf(resource.kind),
				plural,
				singular: textOf(resource.singularName) || textOf(resource.kind).toLowerCase(),
				shortNames: textsOf(resource.shortNames),
				categories: textsOf(resource.categories),
				namespaced: resource.namespaced === true,
				verbs: textsOf(resource.verbs),
				subresources: resources
					.map(({name}) => textOf(name))
					.filter(name => name.startsWith(`${plural}/`))
					.map(name => name.slice(plural.length + 1)),
			};
		});
}
