import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {podSecurityWarnings} from '../admission/pod-security/pod-security.ts';
import type {Cluster, WriteOptions} from '../cluster.ts';
import {decodeBody, decodeObject, type Expected} from '../decode/body.ts';
import {checkExpected, decodeKnown, fieldValidation} from '../decode/decode-write.ts';
import {goText} from '../decode/go-text.ts';
import {fromStored, storedVersion, toStored} from '../encode/convert.ts';
import {apiVersionOf, type Resource, storageName} from '../resource.ts';
import {applyObject} from '../write/apply.ts';
import {patched, patchType} from '../write/patch.ts';
import {scaled, scaleOf} from '../write/scale.ts';
import {currentObject, updateObject} from '../write/update.ts';
import {jsonAnswer, type WholeAnswer, withWarnings} from './answer.ts';
import {checkRights} from './check-rights.ts';
import {type ApiRequest, header} from './request.ts';
import type {ResourceRequest} from './request-info.ts';

/** update, and the patches that need a present object. */
export function answerChange(
	cluster: Cluster,
	served: Resource,
	info: ResourceRequest,
	request: ApiRequest,
	options: WriteOptions,
	show: (object: KubeObject) => string,
): WholeAnswer {
	const resource = storedVersion(served);
	const target = {namespace: info.namespace, name: info.name ?? ''};
	const before = currentObject(cluster, resource, target.namespace, target.name);
	const isScale = info.subresource === 'scale';
	const seen = isScale ? scaleOf(before, served.scale) : fromStored(served, before);
	const {object, warnings} =
		info.verb === 'update' ? readBody(cluster, request, expectedIn(served, info)) : readPatch(cluster, request, seen);
	const given = isScale ? scaled(before, object, served.scale) : toStored(served, object);
	const after = updateObject(cluster, resource, target, given, {...options, subresource: info.subresource});
	const remarks = info.subresource === '' ? podSecurityWarnings(cluster, before, after) : [];
	return withWarnings(jsonAnswer(isScale ? JSON.stringify(scaleOf(after, served.scale)) : show(after)), [...warnings, ...remarks]);
}

/** Server-side apply. Throws 422 without a field manager. */
export function answerApply(
	cluster: Cluster,
	served: Resource,
	info: ResourceRequest,
	request: ApiRequest,
	options: WriteOptions,
	show: (object: KubeObject) => string,
): WholeAnswer {
	if (!request.query.get('fieldManager')) {
		const cause = {reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field: 'fieldManager'};
		throw new StatusError(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${cause.message}`, {
			group: 'meta.k8s.io',
			kind: 'PatchOptions',
			causes: [cause],
		});
	}
	const config = toStored(served, decodeObject(decodeBody(request.body, 'application/yaml')));
	const target = {namespace: info.namespace, name: info.name ?? ''};
	const force = request.query.get('force') === 'true';
	const resource = storedVersion(served);
	const before = cluster.store.get(storageName(resource), resource.namespaced ? target.namespace : undefined, target.name);
	// What is not there is created, which wants a right of its own.
	if (before === undefined) checkRights(cluster, request.user, {...info, verb: 'create'});
	const {object, created} = applyObject(cluster, resource, target, config, {...options, force, subresource: info.subresource});
	const remarks = info.subresource === '' ? podSecurityWarnings(cluster, before, object) : [];
	return withWarnings(jsonAnswer(show(object), created ? 201 : 200), remarks);
}

/** The object in a body, which must be of the path's kind. */
export function readBody(cluster: Cluster, request: ApiRequest, expected: Expected) {
	const object = decodeObject(decodeBody(request.body, header(request, 'content-type'), expected.kind), expected);
	checkExpected(cluster, object, expected);
	const isJson = !/yaml/.test(header(request, 'content-type'));
	return decodeKnown(cluster, object, fieldValidation(request.query.get('fieldValidation')), isJson ? {text: request.body} : {});
}

/** The object of the path, or what its subresource takes. */
export function expectedIn(served: Resource, {subresource}: ResourceRequest): Expected {
	const taken = served.subresources.find(({name}) => name === subresource) ?? served;
	return {apiVersion: apiVersionOf(taken), kind: taken.kind};
}

function readPatch(cluster: Cluster, request: ApiRequest, seen: KubeObject) {
	const type = patchType(header(request, 'content-type'));
	const object = patched(cluster, seen, type, request.body);
	const refused = type === 'application/strategic-merge-patch+json' ? strategicRefusal(request.body) : patchedRefusal(object);
	return decodeKnown(cluster, object, fieldValidation(request.query.get('fieldValidation')), {refused});
}

/** A strategic patch is read into the type before it is merged, so its refusals speak of the patch. */
const strategicRefusal = (body: string) => (why: string) => {
	const [, found, type] = /unmarshal (\w+) into .* of type (\w+)$/.exec(why) ?? [];
	const isConverted = found === 'number' && type === 'string';
	const detail = type === undefined ? why : isConverted ? 'cannot convert int64 to string' : `unrecognized type: ${type}`;
	return invalidPatch(goText(JSON.parse(body)), detail);
};

/** Other patches are merged as texts, so their refusals speak of the text that came of it. */
const patchedRefusal = (object: KubeObject) => (why: string) =>
	invalidPatch(JSON.stringify(Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))), why);

function invalidPatch(value: string, why: string): StatusError {
	const message = `Invalid value: ${JSON.stringify(value)}: ${why}`;
	return new StatusError(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
		causes: [{reason: 'FieldValueInvalid', message, field: 'patch'}],
	});
}
