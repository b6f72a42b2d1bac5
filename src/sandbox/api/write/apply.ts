import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {type Cluster, timestamp, type WriteOptions} from '../cluster.ts';
import {badRequest, conflict, notFound} from '../errors.ts';
import {compare} from '../fields/compare.ts';
import {conflictError, type FieldConflict} from '../fields/conflicts.ts';
import {difference, type FieldSet, intersection, isEmpty, noFields, union} from '../fields/field-set.ts';
import {lastAppliedFields} from '../fields/last-applied.ts';
import {isSameManager, type Manager, readManagers, withManagers} from '../fields/managers.ts';
import {mergeConfig, prune} from '../fields/merge-config.ts';
import {fieldsOf, ownable} from '../fields/of-object.ts';
import {typedProblems} from '../fields/typed-problems.ts';
import {apiVersionOf, type Resource, storageName} from '../resource.ts';
import {createObject} from './create.ts';
import {updateObject} from './update.ts';

export type ApplyOptions = WriteOptions & {readonly force: boolean; readonly subresource: string};

/**
 * Server-side apply: the configuration is laid over the live object, what its manager no longer applies goes,
 * and changing what another manager owns is a conflict unless forced.
 * @returns the object, and whether it was created
 */
export function applyObject(
	cluster: Cluster,
	resource: Resource,
	target: {readonly namespace: string | undefined; readonly name: string},
	config: KubeObject,
	options: ApplyOptions,
): {readonly object: KubeObject; readonly created: boolean} {
	checkConfig(cluster, resource, config);
	const live = cluster.store.get(storageName(resource), resource.namespaced ? target.namespace : undefined, target.name);
	const schema = cluster.schema.kind(config.apiVersion, config.kind);
	const keepsStatus = !resource.subresources.some(({name}) => name === 'status');
	const fields = fieldsOf(schema, ownConfig(config, options.subresource, keepsStatus));
	const self = {
		manager: options.manager,
		operation: 'Apply',
		apiVersion: apiVersionOf(resource),
		subresource: options.subresource,
	} as const;
	if (live === undefined) {
		const entry = {...self, time: timestamp(cluster), fields};
		return {object: createApplied(cluster, resource, target, config, {...options, entry}), created: true};
	}
	const managers = managersOf(cluster, live);
	const own = managers.find(other => isSameManager(other, self));
	const others = managers.filter(other => other !== own);
	const merged = mergeConfig(schema, live, {
		...config,
		// Of an object that is there, the path names it.
		metadata: {...config.metadata, name: config.metadata.name || target.name, namespace: live.metadata.namespace},
	});
	const kept = others.reduce((sum, other) => union(sum, other.fields), fields);
	const pruned = prune(schema, merged, own?.fields ?? noFields, keepIdentity(kept));
	if (!isJsonObject(pruned)) throw badRequest('the configuration does not leave an object');
	const {changed, removed} = compare(schema, ownable(live), ownable(pruned));
	const conflicts = others.map(owner => ({owner, fields: intersection(owner.fields, intersection(changed, fields))}));
	if (!options.force) refuseConflicts(conflicts, options.manager === 'kubectl' ? lastAppliedFields(schema, live) : noFields);
	const left = conflicts.map(({owner, fields: lost}) => ({...owner, fields: difference(owner.fields, lost)}));
	// Who applies what is there already changes nothing, and a manager that never changed anything has no time.
	const time = isEmpty(changed) && isEmpty(removed) ? (own?.time ?? '') : timestamp(cluster);
	const track = (_before: KubeObject, after: KubeObject) => withManagers(after, [...left, {...self, time, fields}]);
	// Merging and pruning keep apiVersion, kind and metadata.
	const object = updateObject(cluster, resource, target, pruned as KubeObject, {...options, track});
	return {object, created: false};
}

/** A version that the configuration names is of no account where there is nothing (seen on kube-apiserver 1.36.3); a uid is. */
function createApplied(
	cluster: Cluster,
	resource: Resource,
	{namespace, name}: {readonly namespace: string | undefined; readonly name: string},
	config: KubeObject,
	{entry, ...options}: ApplyOptions & {readonly entry: Manager},
): KubeObject {
	const {uid, resourceVersion: _version, ...metadata} = config.metadata;
	if (options.subresource !== '') throw notFound(resource, name);
	if (metadata.name === '') throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
	if (metadata.name !== name) throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
	if ((uid ?? '') !== '') {
		throw conflict(resource, name, `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`);
	}
	const track = (_before: undefined, after: KubeObject) => withManagers(after, [entry]);
	return createObject(cluster, resource, namespace, {...config, metadata}, {...options, track});
}

/** @param taken fields that may be taken over: the client's own last configuration, by the same client */
function refuseConflicts(conflicts: readonly FieldConflict[], taken: FieldSet): void {
	if (conflicts.every(({fields}) => isEmpty(difference(fields, taken)))) return;
	const refusal = conflictError(conflicts);
	if (refusal !== undefined) throw refusal;
}

function checkConfig(cluster: Cluster, resource: Resource, config: KubeObject): void {
	const {apiVersion, kind, metadata} = config;
	const type = `${apiVersion.includes('/') ? '' : '/'}${apiVersion}, Kind=${kind}`;
	if (metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
	if (apiVersion !== apiVersionOf(resource) || kind !== resource.kind) throw badRequest(`invalid object type: ${type}`);
	const problems = typedProblems(cluster.schema.kind(apiVersion, kind), config);
	if (problems.length > 0) {
		const problem = problems.length === 1 ? problems[0] : ['errors:', ...problems].join('\n  ');
		const where = `${metadata.namespace ?? ''}/${metadata.name}; ${type}`;
		throw new StatusError(500, '', `failed to create typed patch object (${where}): ${problem}`);
	}
}

/** A configuration owns nothing of a status that stands apart unless it is applied there, and then nothing else. */
function ownConfig(config: KubeObject, subresource: string, keepsStatus: boolean): JsonObject {
	const {status, ...rest} = ownable(config);
	if (subresource !== 'status') return keepsStatus && status !== undefined ? {...rest, status} : rest;
	return status === undefined ? {} : {status};
}

/** Identity is never pruned, whoever applied it. */
const keepIdentity = (keep: FieldSet): FieldSet => ({'f:metadata': noFields, ...keep});

/** An object that nobody's fields were tracked for belongs to whoever wrote it before the first apply. */
function managersOf(cluster: Cluster, live: KubeObject): readonly Manager[] {
	const known = readManagers(live.metadata.managedFields) ?? [];
	if (known.length > 0) return known;
	const fields = fieldsOf(cluster.schema.kind(live.apiVersion, live.kind), ownable(live));
	return [
		{manager: 'before-first-apply', operation: 'Update', apiVersion: live.apiVersion, subresource: '', time: timestamp(cluster), fields},
	];
}
