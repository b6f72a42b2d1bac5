import {isJsonObject, type Json} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {groupOf} from '../../../core/kube/kube-object.ts';
import {mergePatch} from '../../../core/patch/merge-patch.ts';
import {StatusError} from '../../status-error.ts';
import {changedUid} from '../admission/validate/metadata.ts';
import type {Cluster} from '../cluster.ts';
import {isCustomType} from '../custom/custom-field.ts';
import {decodeObject} from '../decode/body.ts';
import {goName} from '../decode/go-text.ts';
import {jsonProblem} from '../decode/json-problem.ts';
import {badRequest, invalid} from '../errors.ts';
import {jsonPatch} from '../patch/json-patch.ts';
import {strategicPatch} from '../patch/strategic-patch.ts';

const patchTypes = [
	'application/json-patch+json',
	'application/merge-patch+json',
	'application/strategic-merge-patch+json',
	'application/apply-patch+yaml',
] as const;
export type PatchType = (typeof patchTypes)[number];

export function patchType(contentType: string): PatchType {
	const type = (contentType.split(';')[0] ?? '').trim();
	const known = patchTypes.find(candidate => candidate === type);
	if (known === undefined) {
		throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
	}
	return known;
}

/** The object that a JSON, merge or strategic patch makes of the present one. */
export function patched(cluster: Cluster, before: KubeObject, type: PatchType, body: string): KubeObject {
	const result = combine(cluster, before, type, body);
	if (!isJsonObject(result)) throw badRequest('the patch does not leave an object');
	const object = decodeObject(result);
	const {uid} = object.metadata;
	if (uid === undefined || uid === '' || uid === before.metadata.uid) return object;
	const group = groupOf(before.apiVersion);
	// The server finds this twice, once for each of its two rounds of checks.
	throw invalid({group, kind: before.kind}, before.metadata.name, [changedUid(uid), changedUid(uid)]);
}

function combine(cluster: Cluster, before: KubeObject, type: PatchType, body: string): Json {
	if (type === 'application/json-patch+json') return jsonPatch(before, parsePatch(body));
	const patch = parsePatch(body);
	if (!isJsonObject(patch))
		throw badRequest(`error decoding patch: json: cannot unmarshal ${goName(patch)} into Go value of type map[string]interface {}`);
	if (type === 'application/merge-patch+json') return mergePatch(before, patch);
	const schema = cluster.schema.kind(before.apiVersion, before.kind);
	if (schema === undefined || isCustomType(schema)) {
		throw new StatusError(
			415,
			'UnsupportedMediaType',
			'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
		);
	}
	return strategicPatch(before, patch, schema);
}

function parsePatch(body: string): Json {
	try {
		return JSON.parse(body);
	} catch (error) {
		throw badRequest(`error decoding patch: ${jsonProblem(body, error)}`);
	}
}
