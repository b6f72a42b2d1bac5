import type {KubeObject} from '../../../core/kube-object.ts';
import type {Catalogue} from '../catalogue.ts';
import {listAt, objectAt, textAt, valueAt} from '../json-access.ts';
import type {Resource} from '../resource.ts';
import type {Store} from '../storage/store.ts';

// In the order the API server lists them for custom kinds.
const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const texts = (values: readonly unknown[]) => values.filter(value => typeof value === 'string');

/** What a CustomResourceDefinition serves, the storage version first. */
export function resourcesOf(definition: KubeObject): readonly Resource[] {
	const group = textAt(definition, 'spec', 'group') ?? '';
	const names = objectAt(definition, 'spec', 'names');
	const kind = textAt(names, 'kind') ?? '';
	const versions = listAt(definition, 'spec', 'versions').filter(version => valueAt(version, 'served') === true);
	const storageFirst = versions.toSorted((a, b) => Number(valueAt(b, 'storage') === true) - Number(valueAt(a, 'storage') === true));
	return storageFirst.map(declared => {
		const version = textAt(declared, 'name') ?? '';
		const own = {group, version, kind, verbs: ['get', 'patch', 'update']};
		return {
			group,
			version,
			kind,
			plural: textAt(names, 'plural') ?? '',
			singular: textAt(names, 'singular') ?? kind.toLowerCase(),
			namespaced: textAt(definition, 'spec', 'scope') === 'Namespaced',
			verbs,
			shortNames: texts(listAt(names, 'shortNames')),
			categories: texts(listAt(names, 'categories')),
			subresources: [
				...(valueAt(declared, 'subresources', 'status') === undefined ? [] : [{...own, name: 'status'}]),
				...(valueAt(declared, 'subresources', 'scale') === undefined
					? []
					: [{...own, name: 'scale', group: 'autoscaling', version: 'v1', kind: 'Scale'}]),
			],
		};
	});
}

/** Serves what definitions in the store declare, for as long as they are there; the objects of a kind go with its definition. */
export function serveCustomResources(store: Store, catalogue: Catalogue): () => void {
	return store.listen(({type, object, resource}) => {
		if (resource !== 'customresourcedefinitions.apiextensions.k8s.io') return;
		if (type !== 'DELETED') return catalogue.define(object.metadata.name, resourcesOf(object));
		for (const orphan of store.list(object.metadata.name)) store.drop(object.metadata.name, orphan);
		catalogue.define(object.metadata.name, []);
	});
}
