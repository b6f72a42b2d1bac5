import {diffObjects} from '../../../core/diff/diff.ts';
import {withoutJobUid} from '../../../core/diff/job-identity.ts';
import type {KubeSchema} from '../../../core/diff/kube-schema.ts';
import {pathText} from '../../../core/diff/path-text.ts';
import {restore} from '../../../core/diff/restore.ts';
import {canonicalJson, isJsonObject, withoutKeys} from '../../../core/json.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refText} from '../../../core/kube/kube-object.ts';
import {serverMetadata} from '../../../core/kube/server-metadata.ts';
import {mergePatchBetween} from '../../../core/patch/merge-patch.ts';
import type {Write} from '../../../core/plan.ts';
import {someOf} from '../../../core/text/count.ts';
import type {NetEffect} from './net-effects.ts';

/** The writes that take one effect back, what is left as it is, and what of others goes with it. Without writes there is nothing to take back. */
export type TakingBack = {readonly writes: readonly Write[]; readonly left: readonly string[]; readonly goes?: string};

const stripped = ({status: _, metadata, ...rest}: KubeObject): KubeObject => ({
	...rest,
	apiVersion: rest.apiVersion,
	kind: rest.kind,
	metadata: {...withoutKeys(metadata, serverMetadata), name: metadata.name},
});

/** The object as it may be created again: the scheduler chooses the node of a pod anew, and a job finds its pods by its new uid. */
function creatable(object: KubeObject): KubeObject {
	const made = stripped(withoutJobUid(object));
	if (object.kind !== 'Pod' || !isJsonObject(made.spec)) return made;
	return {...made, spec: withoutKeys(made.spec, new Set(['nodeName']))};
}

/** How one effect is taken back, given the object as it is now. */
export function takeBack({ref, before, after, unavailable}: NetEffect, live: KubeObject | undefined, schema: KubeSchema): TakingBack {
	const name = refText(ref);
	if (unavailable !== undefined) return {writes: [], left: [`${name} cannot be taken back: ${unavailable}`]};
	if (before === null && after === null) return {writes: [], left: []};
	if (before === null) {
		if (live === undefined) return {writes: [], left: [`${name} is gone already`]};
		if (live.metadata.uid !== after?.metadata.uid) return {writes: [], left: [`${name} stays: somebody deleted it and made it again`]};
		const since = diffObjects(after, live, schema).map(({path}) => pathText(path));
		const goes = since.length === 0 ? {} : {goes: `${name} was changed since it was made, and that goes with it: ${someOf(since)}`};
		return {writes: [removal(ref)], left: [], ...goes};
	}
	if (after === null) {
		if (live?.metadata.uid !== undefined && live.metadata.uid === before.metadata.uid)
			return {writes: [], left: [`${name} is still being deleted: ${someOf(live.metadata.finalizers ?? ['its pods have to end'])}`]};
		if (live !== undefined) return {writes: [], left: [`${name} stays as it is: somebody made it again`]};
		return {writes: [{op: 'create', ref, manifest: creatable(before)}], left: []};
	}
	if (live === undefined) return {writes: [], left: [`${name} cannot be set back: it was deleted since`]};
	if (live.metadata.uid !== after.metadata.uid)
		return {writes: [], left: [`${name} stays as it is: somebody deleted it and made it again`]};
	return before.metadata.uid === after.metadata.uid
		? setBack({ref, before, after}, live, schema)
		: madeAnew({ref, before, after}, live, schema);
}

const removal = (ref: NetEffect['ref']): Write => ({op: 'delete', ref, propagation: 'Background'});

/** What the run deleted and made anew, since no write could change it: the way back is the same. */
function madeAnew({ref, before, after}: Changed, live: KubeObject, schema: KubeSchema): TakingBack {
	const volume = textAt(live, 'spec', 'volumeName');
	if (live.kind === 'PersistentVolumeClaim' && volume !== undefined && volume !== '')
		return {writes: [], left: [`${refText(ref)} stays: it is bound to a volume now, and its data would go`]};
	const since = diffObjects(after, live, schema).map(({path}) => pathText(path));
	const goes =
		since.length === 0 ? {} : {goes: `${refText(ref)} was changed since it was made anew, and that goes with it: ${someOf(since)}`};
	return {writes: [removal(ref), {op: 'create', ref, manifest: creatable(before)}], left: [], ...goes};
}

type Changed = {readonly ref: NetEffect['ref']; readonly before: KubeObject; readonly after: KubeObject};

function setBack({ref, before, after}: Changed, live: KubeObject, schema: KubeSchema): TakingBack {
	const {object, restored, kept} = restore({before, after, live, schema});
	const since = diffObjects(after, live, schema);
	const left = kept.map(({path, reason}) => {
		const now = since.find(change => canonicalJson(change.path) === canonicalJson(path));
		const value = now === undefined || now.secret || now.after === undefined ? '' : ` (now ${canonicalJson(now.after)})`;
		return `${refText(ref)} keeps ${pathText(path)}${value}: ${reason}`;
	});
	if (restored.length === 0) return {writes: [], left};
	// Only what is set back is sent: status, bookkeeping and numbers that JavaScript cannot hold stay as the server has them.
	return {writes: [{op: 'patch', ref, type: 'merge', patch: mergePatchBetween(live, object)}], left};
}
