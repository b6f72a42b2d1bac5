import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSecurityWarnings} from '../admission/pod-security/pod-security.ts';
import type {Cluster, WriteOptions} from '../cluster.ts';
import {decodeBody} from '../decode/body.ts';
import {deleteOptions, isDryRun} from '../decode/delete-options.ts';
import {fromStored, storedVersion, toStored} from '../encode/convert.ts';
import {shapeFor, wantedForm} from '../encode/shape.ts';
import type {TableMaker} from '../encode/table.ts';
import {methodNotAllowed} from '../errors.ts';
import {listPage} from '../read/list.ts';
import type {Resource} from '../resource.ts';
import {createObject} from '../write/create.ts';
import {patchType} from '../write/patch.ts';
import {type DeleteOptions, type Removal, removeObject} from '../write/remove.ts';
import {jsonAnswer, type WholeAnswer, withWarnings} from './answer.ts';
import {answerApply, answerChange, expectedIn, readBody} from './change-requests.ts';
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
	const shape = shapeFor(wantedForm(request), served, table);
	const options = {...writeOptions(request), ...(resource === served ? {} : {served})};
	const target = {namespace: info.namespace, name: info.name ?? ''};
	const show = (object: KubeObject) => shape.one(fromStored(served, object));
	switch (info.verb) {
		case 'create': {
			const {object, warnings} = readBody(cluster, request, expectedIn(served, info));
			const made = createObject(cluster, resource, info.namespace, toStored(served, object), options);
			return withWarnings(jsonAnswer(show(made), 201), [...warnings, ...podSecurityWarnings(cluster, undefined, made)]);
		}
		case 'patch':
			if (patchType(header(request, 'content-type')) === 'application/apply-patch+yaml')
				return answerApply(cluster, served, info, request, options, show);
			return answerChange(cluster, served, info, request, options, show);
		case 'update':
			return answerChange(cluster, served, info, request, options, show);
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

/** The manager is named by the request, or is what stands before the slash of the user agent. */
export function writeOptions({query, headers, user}: ApiRequest): WriteOptions {
	const agent = typeof headers['user-agent'] === 'string' ? headers['user-agent'] : 'unknown';
	return {user, dryRun: isDryRun(query), manager: query.get('fieldManager') || (agent.split('/')[0] ?? 'unknown').slice(0, 128)};
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
