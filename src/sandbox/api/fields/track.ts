import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {sameJson} from '../same-json.ts';
import {compare} from './compare.ts';
import {difference, isEmpty, noFields, union} from './field-set.ts';
import {isSameManager, type Manager, readManagers, withManagers} from './managers.ts';
import {ownable} from './of-object.ts';
import {unbound} from './unbound.ts';

export type TrackedWrite = {
	readonly before: KubeObject | undefined;
	readonly after: KubeObject;
	readonly manager: string;
	/** '' for the object itself. */
	readonly subresource: string;
};

/**
 * Notes who changed what in a create, replacement or patch: the writer owns what it changed, everybody else loses it,
 * and nobody owns what is gone. A write that changes nothing keeps the entries as they are.
 */
export function trackUpdate(cluster: Cluster, {before, after, manager, subresource}: TrackedWrite): KubeObject {
	const old = readManagers(before?.metadata.managedFields) ?? [];
	const given = readManagers(after.metadata.managedFields) ?? old;
	const schema = cluster.schema.kind(after.apiVersion, after.kind);
	const {changed, removed} = compare(schema, before && ownable(before), ownable(before === undefined ? after : unbound(before, after)));
	if (isEmpty(changed) && isEmpty(removed)) return withManagers(after, given);
	const self = {manager, operation: 'Update', apiVersion: after.apiVersion, subresource} as const;
	const own = given.find(entry => isSameManager(entry, self));
	const others = given
		.filter(entry => entry !== own)
		.map(entry => ({...entry, fields: difference(difference(entry.fields, changed), removed)}));
	const fields = union(difference(own?.fields ?? noFields, removed), changed);
	return withManagers(after, [...others.map(keepSame(given)), {...self, time: timestamp(cluster), fields}]);
}

/** Entries that lost nothing stay the same object, which makes later comparisons cheap. */
const keepSame = (entries: readonly Manager[]) => (entry: Manager) =>
	entries.find(other => isSameManager(other, entry) && sameJson(other.fields, entry.fields)) ?? entry;
