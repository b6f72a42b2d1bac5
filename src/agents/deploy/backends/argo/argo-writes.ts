import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import type {ArgoPatches} from './argo-action.ts';

/**
 * The writes of an action, the spec first: a pause that ends while the whole Rollout is paused still would begin anew. A status patch is
 * refused by the server where the Rollout has gone on to another version or step since it was read: a second promotion at the same moment
 * skips nothing.
 * @param hasStatus whether the kind has a status subresource; before 0.10 it has none, and the status is written with the object
 */
export function argoWrites(rollout: KubeObject, {spec, status}: ArgoPatches, hasStatus: boolean): readonly Write[] {
	const ref = refOf(rollout);
	if (!hasStatus) {
		// The two patches have no key in common.
		const patch = {...spec, ...status};
		return Object.keys(patch).length === 0 ? [] : [{op: 'patch', ref, type: 'merge', patch}];
	}
	const fields = isJsonObject(status?.status) ? status.status : undefined;
	return [
		...(spec === undefined ? [] : [{op: 'patch', ref, type: 'merge', patch: spec} as const]),
		...(fields === undefined ? [] : [{op: 'patch', ref, type: 'json', patch: boundTo(rollout, fields), subresource: 'status'} as const]),
	];
}

/** Whether the fields end a step or its pause, rather than speak of the version. */
const isOfStep = (fields: JsonObject) => Object.hasOwn(fields, 'pauseConditions') || Object.hasOwn(fields, 'currentStepIndex');

/** A merge of status fields as a JSON patch (RFC 6902) that fits only the version that was read, and its step where it ends one. */
function boundTo(rollout: KubeObject, fields: JsonObject): readonly JsonObject[] {
	const test = (field: string, value: Json | undefined) => (value === undefined ? [] : [{op: 'test', path: `/status/${field}`, value}]);
	return [
		...test('currentPodHash', textAt(rollout, 'status', 'currentPodHash')),
		...(isOfStep(fields) ? test('currentStepIndex', numberAt(rollout, 'status', 'currentStepIndex')) : []),
		...operationsOf('/status', fields),
	];
}

const operationsOf = (path: string, fields: JsonObject): readonly JsonObject[] =>
	Object.entries(fields).flatMap(([field, value]) => {
		if (isJsonObject(value)) return operationsOf(`${path}/${field}`, value);
		return value === null || value === undefined ? {op: 'remove', path: `${path}/${field}`} : {op: 'add', path: `${path}/${field}`, value};
	});
