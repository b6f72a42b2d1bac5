import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Cluster, WriteOptions} from '../cluster.ts';
import {decodeBody, decodeObject, type Expected} from '../decode/body.ts';
import {checkExpected, decodeKnown, fieldValidation} from '../decode/decode-write.ts';
import {deleteOptions, isDryRun} from '../decode/delete-options.ts';
import {fromStored, storedVersion, toStored} from '../encode/convert.ts';
import {shapeFor} from '../encode/shape.ts';
import type {TableMaker} from '../encode/table.ts';
import {methodNotAllowed} from '../errors.ts';
import {listPage} from '../read/list.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {applyObject} from '../write/apply.ts';
import {createObject} from '../write/create.ts';
import {patched, patchType} from '../write/patch.ts';
import {type DeleteOptions, type Removal, removeObject} from '../write/remove.ts';
import {scaled, scaleOf} from '../write/scale.ts';
import {currentObject, updateObject} from '../write/update.ts';
import {jsonAnswer, type WholeAnswer} from './answer.ts';
import {type ApiRequest, header} from './request.ts';
import type {ResourceRequest} from './request-info.ts';

/** create, update, patch, delete and deletecollection of objects, their status and their scale. */
export function answerWrite(
	cluster: Cluster,
	table: TableMaker,
	served: Resource,
	info: ResourceRequest,
	request: ApiRequest,
): WholeAnswer {
	const resource = storedVersion(served);
	const shape = shapeFor(header(request, 'accept'), request.query.get('includeObject') ?? 'Metadata', served, table);
	const options = writeOptions(request);
	const target = {namespace: info.namespace, name: info.name ?? ''};
	const show = (object: KubeObject) => shape.one(fromStored(served, object));
	switch (info.verb) {
		case 'create': {
			const {object, warnings} = readBody(cluster, request, expectedIn(served, info));
			return withWarnings(
				jsonAnswer(show(createObject(cluster, resource, info.namespace, toStored(served, object), options)), 201),
				warnings,
			);
		}
		case 'patch':
			if (patchType(header(request, 'content-type')) === 'application/apply-patch+yaml')
				return apply(cluster, served, info, request, options, show);
			return change(cluster, served, info, request, options, show);
		case 'update':
			return change(cluster, served, info, request, options, show);
		case 'delete': {
			const removal = removeObject(cluster, resource, target, deletion(request));
			return jsonAnswer(removal.gone && !answersDeleted.has(served.plural) ? goneStatus(served, removal) : show(removal.object));
		}
		case 'deletecollection': {
			const {items, metadata} = listPage(cluster, resource, info.namespace, request.query);
			const wanted = deletion(request);
			for (const {metadata: item} of items) removeObject(cluster, resource, {namespace: item.namespace, name: item.name}, wanted);
			return jsonAnswer(
				shape.many(
					items.map(object => fromStored(served, object)),
					metadata,
				),
			);
		}
		default:
			throw methodNotAllowed();
	}
}

function change(
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
	const seen = isScale ? scaleOf(before) : fromStored(served, before);
	const {object, warnings} =
		info.verb === 'update'
			? readBody(cluster, request, expectedIn(served, info))
			: decodeKnown(
					cluster,
					patched(cluster, seen, patchType(header(request, 'content-type')), request.body),
					fieldValidation(request.query.get('fieldValidation')),
				);
	const given = isScale ? scaled(before, object) : toStored(served, object);
	const after = updateObject(cluster, resource, target, given, {...options, subresource: info.subresource});
	return withWarnings(jsonAnswer(isScale ? JSON.stringify(scaleOf(after)) : show(after)), warnings);
}

function apply(
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
	const named = {...config, metadata: {...config.metadata, name: config.metadata.name || target.name}};
	const force = request.query.get('force') === 'true';
	const {object, created} = applyObject(cluster, storedVersion(served), target, named, {...options, force, subresource: info.subresource});
	return jsonAnswer(show(object), created ? 201 : 200);
}

function readBody(cluster: Cluster, request: ApiRequest, expected: Expected) {
	const object = decodeObject(decodeBody(request.body, header(request, 'content-type'), expected.kind), expected);
	checkExpected(cluster, object, expected);
	return decodeKnown(cluster, object, fieldValidation(request.query.get('fieldValidation')));
}

/** The object of the path, or what its subresource takes. */
function expectedIn(served: Resource, {subresource}: ResourceRequest): Expected {
	const taken = served.subresources.find(({name}) => name === subresource) ?? served;
	return {apiVersion: apiVersionOf(taken), kind: taken.kind};
}

/** The manager is named by the request, or is what stands before the slash of the user agent. */
export function writeOptions({query, headers}: ApiRequest): WriteOptions {
	const agent = typeof headers['user-agent'] === 'string' ? headers['user-agent'] : 'unknown';
	return {dryRun: isDryRun(query), manager: query.get('fieldManager') || (agent.split('/')[0] ?? 'unknown').slice(0, 128)};
}

const deletion = (request: ApiRequest): DeleteOptions => {
	const body: JsonObject = request.body === '' ? {} : decodeBody(request.body, header(request, 'content-type'));
	return deleteOptions(isJsonObject(body) ? body : {}, request.query);
};

// Whose deletion is answered with the object (ReturnDeletedObject in the server's registry); others are answered with a Status.
const answersDeleted = new Set([
	...['persistentvolumeclaims', 'persistentvolumes', 'pods', 'podtemplates', 'resourcequotas', 'serviceaccounts', 'services'],
	...['csidrivers', 'csinodes', 'storageclasses', 'volumeattachments', 'deviceclasses', 'resourceclaims', 'resourceclaimtemplates'],
]);

const goneStatus = ({group, plural}: Resource, {object}: Removal) => ({
	kind: 'Status',
	apiVersion: 'v1',
	metadata: {},
	status: 'Success',
	details: {name: object.metadata.name, ...(group === '' ? {} : {group}), kind: plural, uid: object.metadata.uid},
});

export const withWarnings = (answer: WholeAnswer, warnings: readonly string[]): WholeAnswer =>
	warnings.length === 0 ? answer : {...answer, headers: {warning: warnings.map(text => `299 - ${JSON.stringify(text)}`).join(', ')}};
