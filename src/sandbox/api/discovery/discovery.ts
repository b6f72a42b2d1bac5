import {createHash} from 'node:crypto';
import type {JsonObject} from '../../../core/json.ts';
import type {Catalogue} from '../catalogue.ts';
import {pathNotFound} from '../errors.ts';
import {apiVersionOf, type Resource, type Subresource} from '../resource.ts';

const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const wantsAggregated = (accept: string) => /as=APIGroupDiscoveryList/.test(accept) && /v=v2(?:,|;|$)/.test(accept);

/** A discovery document and its media type. Undefined when the path names no group; throws 404 for a version that its group does not have. */
export function discovery(
	catalogue: Catalogue,
	path: string,
	accept: string,
): {readonly body: JsonObject; readonly type: string} | undefined {
	const segments = path.split('/').filter(segment => segment !== '');
	const [root, first, second] = segments;
	const resources = catalogue.all();
	const plain = (body: JsonObject | undefined) => body && {body, type: 'application/json'};
	if (root === 'api') {
		const core = resources.filter(({group}) => group === '');
		if (first === undefined && wantsAggregated(accept)) return {body: aggregated(core), type: aggregatedType};
		if (first === undefined) return plain({kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: []});
		return plain(
			resourceList(
				catalogue,
				core.filter(({version}) => version === first),
				first,
			),
		);
	}
	const groups = resources.filter(({group}) => group !== '');
	if (first === undefined && wantsAggregated(accept)) return {body: aggregated(groups), type: aggregatedType};
	if (first === undefined) {
		const names = [...new Set(groups.map(({group}) => group))];
		return plain({kind: 'APIGroupList', apiVersion: 'v1', groups: names.map(name => groupOf(groups, name))});
	}
	const inGroup = groups.filter(({group}) => group === first);
	if (inGroup.length === 0) return undefined;
	if (second !== undefined && !inGroup.some(({version}) => version === second)) throw pathNotFound();
	if (second === undefined) return plain({kind: 'APIGroup', apiVersion: 'v1', ...groupOf(groups, first)});
	return plain(
		resourceList(
			catalogue,
			inGroup.filter(({version}) => version === second),
			`${first}/${second}`,
		),
	);
}

const versionsOf = (resources: readonly Resource[]) => [...new Set(resources.map(({version}) => version))];

function groupOf(resources: readonly Resource[], name: string): JsonObject {
	const versions = versionsOf(resources.filter(({group}) => group === name)).map(version => ({
		groupVersion: `${name}/${version}`,
		version,
	}));
	return {name, versions, preferredVersion: versions[0] ?? {}};
}

function resourceList(catalogue: Catalogue, resources: readonly Resource[], groupVersion: string): JsonObject | undefined {
	if (resources.length === 0) return undefined;
	return {
		kind: 'APIResourceList',
		...(groupVersion.includes('/') ? {apiVersion: 'v1'} : {}),
		groupVersion,
		resources: resources.flatMap(resource => [
			resourceEntry(catalogue, resource),
			...resource.subresources.map(sub => subresourceEntry(resource, sub)),
		]),
	};
}

function resourceEntry(catalogue: Catalogue, resource: Resource): JsonObject {
	const {plural, singular, namespaced, kind, verbs, shortNames, categories} = resource;
	return {
		name: plural,
		singularName: singular,
		namespaced,
		kind,
		verbs,
		...(shortNames.length === 0 ? {} : {shortNames}),
		...(categories.length === 0 ? {} : {categories}),
		...(verbs.includes('watch') ? {storageVersionHash: storageVersionHash(storedAs(catalogue, resource))} : {}),
	};
}

/** The version in which its objects are stored; a custom kind may bear the name of one of another group. */
function storedAs(catalogue: Catalogue, resource: Resource): Resource {
	const stored = catalogue.stored(resource.kind) ?? resource;
	return resource.isCustom && stored.group !== resource.group ? resource : stored;
}

/** As the server derives it, of the stored version. Clients only compare it. */
const storageVersionHash = ({group, version, kind}: Resource) =>
	createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');

function subresourceEntry(resource: Resource, {name, group, version, kind, verbs}: Resource['subresources'][number]): JsonObject {
	const other = apiVersionOf({group, version}) !== apiVersionOf(resource);
	return {
		name: `${resource.plural}/${name}`,
		singularName: '',
		namespaced: resource.namespaced,
		...(other ? {group, version} : {}),
		kind,
		verbs,
	};
}

function aggregated(resources: readonly Resource[]): JsonObject {
	const groups = [...new Set(resources.map(({group}) => group))];
	return {
		kind: 'APIGroupDiscoveryList',
		apiVersion: 'apidiscovery.k8s.io/v2',
		metadata: {},
		items: groups.map(name => {
			const inGroup = resources.filter(({group}) => group === name);
			const versions = versionsOf(inGroup).map(version => ({
				version,
				resources: inGroup.filter(resource => resource.version === version).map(aggregatedEntry),
				freshness: 'Current',
			}));
			return {metadata: name === '' ? {} : {name}, versions};
		}),
	};
}

function aggregatedEntry(resource: Resource): JsonObject {
	const {plural, singular, kind, namespaced, verbs, shortNames, categories, subresources} = resource;
	return {
		resource: plural,
		responseKind: responseKind(resource, resource, kind),
		scope: namespaced ? 'Namespaced' : 'Cluster',
		singularResource: singular,
		verbs,
		...(shortNames.length === 0 ? {} : {shortNames}),
		...(categories.length === 0 ? {} : {categories}),
		...(subresources.length === 0 ? {} : {subresources: subresources.map(sub => aggregatedSubresource(resource, sub))}),
	};
}

const aggregatedSubresource = (resource: Resource, sub: Subresource): JsonObject => ({
	subresource: sub.name,
	responseKind: responseKind(resource, sub, sub.kind),
	verbs: sub.verbs,
});

/** Built-in kinds leave out the group and version they are listed under; custom ones say them. */
function responseKind(resource: Resource, {group, version}: {readonly group: string; readonly version: string}, kind: string): JsonObject {
	const isOwn = group === resource.group && version === resource.version;
	return isOwn && !resource.isCustom ? {group: '', version: '', kind} : {group, version, kind};
}
