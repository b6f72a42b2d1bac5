import {canonicalJson, type JsonObject} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';

/** Makes an object, or sets the fields of its spec that differ, where nobody changed them meanwhile. Undefined where it is so already. */
export function exposureWrite(manifest: KubeObject, live: KubeObject | undefined): Write | undefined {
	const ref = refOf(manifest);
	if (live === undefined) return {op: 'create', ref, manifest};
	const [before, after] = [objectAt(live, 'spec'), objectAt(manifest, 'spec')];
	const changed = Object.keys(after).filter(key => canonicalJson(before[key]) !== canonicalJson(after[key]));
	if (changed.length === 0) return undefined;
	const {uid} = live.metadata;
	const patch = [
		...(uid === undefined ? [] : [{op: 'test', path: '/metadata/uid', value: uid}]),
		...changed.flatMap((key): readonly JsonObject[] => [
			...(before[key] === undefined ? [] : [{op: 'test', path: `/spec/${key}`, value: before[key]}]),
			{op: 'add', path: `/spec/${key}`, value: after[key]},
		]),
	];
	return {op: 'patch', ref, type: 'json', patch};
}
