import type {JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {type Resource, storageName} from '../resource.ts';
import {cleanup, removeObject} from '../write/remove.ts';
import {updateObject} from '../write/update.ts';

// In the order the API server lists them for custom kinds.
const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const texts = (values: readonly unknown[]) => values.filter(value => typeof value === 'string');

/** What a CustomResourceDefinition serves, the storage version first. */
function resourcesOf(definition: KubeObject): readonly Resource[] {
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
			isCustom: true,
			...scalePaths(objectAt(declared, 'subresources', 'scale')),
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

/** `.spec.replicas` as the keys that lead there. */
const keys = (path: string) => path.split('.').filter(key => key !== '');

function scalePaths(scale: JsonObject) {
	const [replicas, current] = [textAt(scale, 'specReplicasPath'), textAt(scale, 'statusReplicasPath')];
	if (replicas === undefined || current === undefined) return {};
	const selector = textAt(scale, 'labelSelectorPath');
	return {scale: {replicas: keys(replicas), current: keys(current), selector: selector === undefined ? undefined : keys(selector)}};
}

const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/** Serves what definitions in the store declare, for as long as they are there; the objects of a kind go with its definition. */
export function serveCustomResources(cluster: Cluster): () => void {
	const {store, catalogue} = cluster;
	return store.listen(({type, object, resource, before}) => {
		if (resource !== definitions) return type === 'DELETED' ? endWithout(cluster, resource) : undefined;
		const {name, deletionTimestamp} = object.metadata;
		if (type === 'DELETED') return catalogue.define(name, []);
		catalogue.define(name, resourcesOf(object));
		if (type === 'ADDED') establish(cluster, object);
		if (deletionTimestamp !== undefined && before?.metadata.deletionTimestamp === undefined) removeAll(cluster, object);
	});
}

/** The objects of a definition that is going; each in the ordinary way, so that its finalizers hold. */
function removeAll(cluster: Cluster, {metadata: {name}}: KubeObject): void {
	const [resource] = cluster.catalogue.all().filter(one => one.isCustom === true && storageName(one) === name);
	for (const {metadata} of resource === undefined ? [] : cluster.store.list(name)) {
		if (resource === undefined || metadata.deletionTimestamp !== undefined) continue;
		removeObject(cluster, resource, {namespace: metadata.namespace, name: metadata.name}, {});
	}
	endWithout(cluster, name);
}

/** Lets a definition that is going go, once none of its objects is left. */
function endWithout(cluster: Cluster, name: string): void {
	const definition = cluster.store.get(definitions, undefined, name);
	const resource = cluster.catalogue.stored('CustomResourceDefinition');
	const {deletionTimestamp, finalizers = []} = definition?.metadata ?? {};
	if (definition === undefined || resource === undefined || deletionTimestamp === undefined) return;
	if (!finalizers.includes(cleanup) || cluster.store.list(name).length > 0) return;
	const metadata = {...definition.metadata, finalizers: finalizers.filter(finalizer => finalizer !== cleanup)};
	const options = {dryRun: false, manager: 'kube-apiserver', subresource: ''};
	updateObject(cluster, resource, {namespace: undefined, name}, {...definition, metadata}, options);
}

/** Says in the status of a new definition that its kind is served. */
function establish(cluster: Cluster, definition: KubeObject): void {
	const resource = cluster.catalogue.stored(definition.kind);
	if (resource === undefined) return;
	const lastTransitionTime = timestamp(cluster);
	const condition = (type: string, reason: string, message: string) => ({type, status: 'True', lastTransitionTime, reason, message});
	const status = {
		...objectAt(definition, 'status'),
		conditions: [
			condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
			condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
		],
		acceptedNames: objectAt(definition, 'spec', 'names'),
	};
	const target = {namespace: undefined, name: definition.metadata.name};
	updateObject(cluster, resource, target, {...definition, status}, {dryRun: false, manager: 'kube-apiserver', subresource: 'status'});
}
