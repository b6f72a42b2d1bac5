import type {Json, JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {pointerTo} from '../../core/patch/json-pointer.ts';
import type {Remedy} from './cause.ts';

type Rest = Pick<Remedy, 'text' | 'side' | 'sure' | 'amount' | 'loosens'>;

/** One place of an object, what it must still hold, and what it gets. `from` undefined: the place is new; `to` undefined: it goes. */
export type Exchange = {readonly path: readonly (string | number)[]; readonly from?: Json | undefined; readonly to: Json | undefined};

const pointer = (path: Exchange['path']) => pointerTo(path.map(String));

/** What a JSON patch does at one place: first it asks whether the place still holds what was read. */
export function operationsOf({path, from, to}: Exchange): readonly JsonObject[] {
	const at = pointer(path);
	const test = from === undefined ? [] : [{op: 'test', path: at, value: from}];
	if (to === undefined) return [...test, {op: 'remove', path: at}];
	return [...test, {op: from === undefined ? 'add' : 'replace', path: at, value: to}];
}

const patchInput = ({kind, metadata}: KubeObject, type: string, patch: Json): JsonObject => ({
	kind,
	name: metadata.name,
	...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
	type,
	patch: JSON.stringify(patch),
});

/** The call of a JSON patch that refuses where the object has moved since it was read: places in lists are named by number. */
export const exchangeCall = (object: KubeObject, exchanges: readonly Exchange[]): Pick<Remedy, 'tool' | 'input'> => ({
	tool: 'resource_patch',
	input: patchInput(object, 'json', exchanges.flatMap(operationsOf)),
});

/** Such a patch as a remedy. */
export const exchange = (object: KubeObject, exchanges: readonly Exchange[], rest: Rest): Remedy => ({
	...exchangeCall(object, exchanges),
	...rest,
});

/** A merge patch, for maps and plain fields. */
export const merge = (object: KubeObject, patch: JsonObject, rest: Rest): Remedy => ({
	tool: 'resource_patch',
	input: patchInput(object, 'merge', patch),
	...rest,
});
