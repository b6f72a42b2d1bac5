import type {Cluster} from '../cluster.ts';
import {decodeBody} from '../decode/body.ts';
import {discovery} from '../discovery/discovery.ts';
import {openApiIndex, openApiV3} from '../discovery/openapi.ts';
import {shapeFor, wantedForm} from '../encode/shape.ts';
import type {TableMaker} from '../encode/table.ts';
import {methodNotAllowed, notFound, pathNotFound} from '../errors.ts';
import {answerReview} from '../identity/access-review.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {servedMinor} from '../served-version.ts';
import {scaleOf} from '../write/scale.ts';
import {currentObject} from '../write/update.ts';
import {type Answer, jsonAnswer, textAnswer, withWarnings} from './answer.ts';
import {checkOptions} from './check-options.ts';
import {actingUser, checkRights} from './check-rights.ts';
import {answerPod} from './pod-requests.ts';
import {answerRead} from './read-requests.ts';
import {type ApiRequest, header} from './request.ts';
import {type ResourceRequest, requestInfo} from './request-info.ts';
import {answerToken} from './token-requests.ts';
import {answerWrite, writeOptions} from './write-requests.ts';

export type Router = (request: ApiRequest) => Answer;

/** Answers one request whose sender is known: rights first, then what it asks for. Throws StatusError for every refusal. */
export function createRouter(cluster: Cluster, table: TableMaker): Router {
	return request => {
		const info = requestInfo(request.method, request.path, request.query);
		const user = actingUser(cluster, request, info);
		checkRights(cluster, user, info);
		const acting = {...request, user};
		if (info.kind === 'path') return answerPath(cluster, acting);
		const answer = answerResource(cluster, table, info, acting);
		return answer.kind === 'whole' ? withWarnings(answer, deprecations(info)) : answer;
	};
}

const deprecated: {readonly [plural: string]: string} = {
	endpoints: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
	componentstatuses: 'v1 ComponentStatus is deprecated in v1.19+',
};
const deprecations = ({group, plural}: ResourceRequest) =>
	group === '' && Object.hasOwn(deprecated, plural) ? [deprecated[plural] ?? ''] : [];

function answerPath(cluster: Cluster, request: ApiRequest): Answer {
	const {path, method, query, body} = request;
	if (path === '/version') {
		if (method !== 'GET') throw methodNotAllowed();
		return jsonAnswer(version);
	}
	if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) return textAnswer('ok');
	if (path === '/openapi/v3') return jsonAnswer(openApiIndex(cluster.catalogue));
	if (path.startsWith('/openapi/v3/')) {
		const document = openApiV3(cluster.catalogue, cluster.schema, path.slice('/openapi/v3/'.length));
		if (document !== undefined) return jsonAnswer(document);
	}
	if (path === '/openapi/v2')
		return jsonAnswer({swagger: '2.0', info: {title: 'Kubernetes', version: version.gitVersion}, paths: {}, definitions: {}});
	if (/^\/apis?(\/|$)/.test(path)) {
		const found = discovery(cluster.catalogue, path, header(request, 'accept'));
		if (found !== undefined) return {...jsonAnswer(found.body), contentType: found.type};
	}
	return answerHook(cluster, path, query, body) ?? textAnswer('404 page not found\n', 404);
}

function answerResource(cluster: Cluster, table: TableMaker, info: ResourceRequest, request: ApiRequest): Answer {
	const resource = cluster.catalogue.find(info.group, info.version, info.plural);
	if (resource === undefined || resource.external === true || isProxy(info))
		return answerHook(cluster, request.path, request.query, request.body) ?? notThere();
	if (resource.verbs.length === 1 && resource.verbs[0] === 'create') return answerVirtual(cluster, resource, info, request);
	checkOptions(info.verb, request.query, header(request, 'content-type'));
	if (info.subresource === '') {
		if (!resource.verbs.includes(info.verb) || isMisplaced(info)) throw methodNotAllowed();
		return isRead(info.verb) ? answerRead(cluster, table, resource, info, request) : answerWrite(cluster, table, resource, info, request);
	}
	return answerSubresource(cluster, table, resource, info, request);
}

/** Objects are created in their collection, and only a named one is updated or patched. */
const isMisplaced = ({verb, name}: ResourceRequest) => (name === undefined ? verb === 'update' || verb === 'patch' : verb === 'create');
const isRead = (verb: string) => verb === 'get' || verb === 'list' || verb === 'watch';
const isProxy = ({subresource}: ResourceRequest) => subresource === 'proxy';

function answerSubresource(cluster: Cluster, table: TableMaker, resource: Resource, info: ResourceRequest, request: ApiRequest): Answer {
	const subresource = resource.subresources.find(({name}) => name === info.subresource);
	if (subresource === undefined) {
		// The server of custom kinds answers as if the object were missing.
		if (resource.isCustom) throw notFound(resource, info.name ?? '');
		return notThere();
	}
	if (!subresource.verbs.includes(info.verb)) throw methodNotAllowed();
	const special = resource.plural === 'pods' ? answerPod(cluster, resource, info, request) : undefined;
	if (special !== undefined) return special;
	if (resource.plural === 'serviceaccounts' && info.subresource === 'token')
		return answerToken(cluster, currentObject(cluster, resource, info.namespace, info.name ?? ''), request);
	if (info.verb !== 'get') return answerWrite(cluster, table, resource, info, request);
	const object = currentObject(cluster, resource, info.namespace, info.name ?? '');
	if (info.subresource === 'scale') return jsonAnswer(scaleOf(object, resource.scale));
	return jsonAnswer(shapeFor(wantedForm(request), resource, table).one(object));
}

/** Kinds that can only be created are questions: the answer is the object with a status. */
function answerVirtual(cluster: Cluster, resource: Resource, info: ResourceRequest, request: ApiRequest): Answer {
	if (info.verb !== 'create') throw methodNotAllowed();
	const body = decodeBody(request.body, header(request, 'content-type'));
	const asked = {user: request.user, namespace: info.namespace, manager: writeOptions(request).manager};
	const answer = answerReview(cluster, asked, {apiVersion: apiVersionOf(resource), kind: resource.kind, ...body});
	return answer === undefined ? notThere() : jsonAnswer(answer, 201);
}

function answerHook(cluster: Cluster, path: string, query: URLSearchParams, body: string): Answer | undefined {
	const answer = cluster.hooks().http(path, query, body);
	return answer && {kind: 'whole', ...answer};
}

const notThere = (): never => {
	throw pathNotFound();
};

const version = {
	major: '1',
	minor: String(servedMinor),
	emulationMajor: '1',
	emulationMinor: String(servedMinor),
	minCompatibilityMajor: '1',
	minCompatibilityMinor: '35',
	gitVersion: `v1.${servedMinor}.3`,
	gitCommit: '0000000000000000000000000000000000000000',
	gitTreeState: 'clean',
	buildDate: '2026-01-01T00:00:00Z',
	goVersion: 'none',
	compiler: 'node',
	platform: 'linux/amd64',
};
