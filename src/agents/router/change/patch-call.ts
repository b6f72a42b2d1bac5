import type {Json} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {jsonPatchBetween} from '../../../core/patch/json-patch-between.ts';
import type {Call} from '../understanding.ts';

/** The call that turns a live object into another one by a JSON patch, which touches what differs and nothing else. */
export const patchCall = (before: KubeObject, after: Json | undefined): Call => ({
	tool: 'resource_patch',
	input: {
		kind: before.kind,
		name: before.metadata.name,
		...(before.metadata.namespace === undefined ? {} : {namespace: before.metadata.namespace}),
		type: 'json',
		patch: JSON.stringify(jsonPatchBetween(before, after)),
	},
});
