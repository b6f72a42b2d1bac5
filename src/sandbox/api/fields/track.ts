import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {sameJson} from '../../same-json.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {inVersion} from '../encode/convert.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {type Comparison, compare} from './compare.ts';
import {difference, isEmpty, noFields, union} from './field-set.ts';
import {isSameManager, type Manager, readManagers, withManagers} from './managers.ts';
import {ownable} from './of-object.ts';

export type TrackedWrite = {
	readonly before: KubeObject | undefined;
	readonly after: KubeObject;
	readonly manager: string;
	/** '' for the object itself. */
	readonly subresource: string;
	/** In whose version the writer speaks; the stored one if left out. */
	readonly served?: Resource;
};

/**
 * Notes who changed what in a create, replacement or patch: the writer owns what it changed, everybody else loses it,
 * and nobody owns what is gone. A write that changes nothing keeps the entries as they are.
 */
export function trackUpdate(cluster: Cluster, {before, after, manager, subresource, served}: TrackedWrite): KubeObject {
	const old = readManagers(before?.metadata.managedFields) ?? [];
	const given = readManagers(after.metadata.managedFields) ?? old;
	const apiVersion = served === undefined ? after.apiVersion : apiVersionOf(served);
	const comparisonIn = comparisons(cluster, before, after);
	const {changed, removed} = comparisonIn(apiVersion);
	if (isEmpty(changed) && isEmpty(removed)) return withManagers(after, given);
	const self = {manager, operation: 'Update', apiVersion, subresource} as const;
	const own = given.find(entry => isSameManager(entry, self));
	const others = given
		.filter(entry => entry !== own)
		.map(entry => {
			const seen = comparisonIn(entry.apiVersion);
			return {...entry, fields: difference(difference(entry.fields, seen.changed), seen.removed)};
		});
	const fields = union(difference(own?.fields ?? noFields, removed), changed);
	// Who scales through the subresource keeps the time of an earlier change, and has none at first.
	const time = subresource === 'scale' ? (own?.time ?? '') : timestamp(cluster);
	return withManagers(after, [...others.map(keepSame(given)), {...self, time, fields}]);
}

/** What changed, in the terms of any version of the kind; fields are called differently in each. */
function comparisons({schema}: Cluster, before: KubeObject | undefined, after: KubeObject): (apiVersion: string) => Comparison {
	const known = new Map<string, Comparison>();
	return apiVersion => {
		const version = schema.kind(apiVersion, after.kind) === undefined ? after.apiVersion : apiVersion;
		const found =
			known.get(version) ??
			compare(schema.kind(version, after.kind), before && ownable(inVersion(version, before)), ownable(inVersion(version, after)));
		known.set(version, found);
		return found;
	};
}

/** Entries that lost nothing stay the same object, which makes later comparisons cheap. */
const keepSame = (entries: readonly Manager[]) => (entry: Manager) =>
	entries.find(other => isSameManager(other, entry) && sameJson(other.fields, entry.fields)) ?? entry;
