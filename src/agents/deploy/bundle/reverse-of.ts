import {isJsonObject, type Json} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {jsonPatch} from '../../../core/patch/json-patch.ts';
import {mergePatch, mergePatchBetween} from '../../../core/patch/merge-patch.ts';
import type {Write} from '../../../core/plan.ts';

/**
 * The write that takes another one back. Like it, it sets values, so that done twice it leaves the same.
 * @param live the object before the write; undefined where there was none
 */
export function reverseOf(write: Write, live: KubeObject | undefined): Write {
	if (live === undefined) return {op: 'delete', ref: write.ref, propagation: 'Background'};
	if (write.op !== 'patch' || write.type === 'strategic') throw new Error(`No way back of a ${write.op}`);
	const after = write.type === 'json' ? jsonPatch(live, write.patch) : mergePatch(live, write.patch);
	return {op: 'patch', ref: write.ref, type: 'merge', patch: mergePatchBetween(objectOf(after), live)};
}

// A patch of an object answers an object.
const objectOf = (value: Json) => (isJsonObject(value) ? value : {});
