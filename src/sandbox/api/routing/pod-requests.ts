import type {JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {PodLogOptions} from '../../machine.ts';
import {type StatusCause, StatusError} from '../../status-error.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {decodeBody} from '../decode/body.ts';
import {deleteOptions} from '../decode/delete-options.ts';
import {badRequest, conflict, invalid} from '../errors.ts';
import type {Resource} from '../resource.ts';
import {removeObject} from '../write/remove.ts';
import {currentObject, updateObject} from '../write/update.ts';
import {type Answer, jsonAnswer, textAnswer} from './answer.ts';
import {type ApiRequest, header} from './request.ts';
import type {ResourceRequest} from './request-info.ts';
import {writeOptions} from './write-requests.ts';

const success = (code: number): JsonObject => ({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code});

/** The subresources of pods that are neither status nor a connection: log, eviction, binding. Undefined for others. */
export function answerPod(cluster: Cluster, pods: Resource, info: ResourceRequest, request: ApiRequest): Answer | undefined {
	const pod = () => currentObject(cluster, pods, info.namespace, info.name ?? '');
	switch (info.subresource) {
		case 'log':
			return logs(cluster, pod(), request.query);
		case 'eviction':
			return evict(cluster, pods, pod(), request);
		case 'binding':
			return bind(cluster, pods, pod(), request);
		case 'exec':
		case 'attach':
			return hosted(pod(), request.query);
		default:
			return undefined;
	}
}

/** The container a request means: the named one, or the only one. Throws 400 in the real server's words. */
export function containerOf(pod: KubeObject, asked: string | null): string {
	const names = ['containers', 'initContainers', 'ephemeralContainers'].flatMap(list =>
		listAt(pod, 'spec', list).map(container => textAt(container, 'name') ?? ''),
	);
	const main = listAt(pod, 'spec', 'containers').map(container => textAt(container, 'name') ?? '');
	if (asked !== null && asked !== '') {
		if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
		return asked;
	}
	const [only] = main;
	if (main.length === 1 && only !== undefined) return only;
	throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${main.join(' ')}]`);
}

/** A connection needs a node to go to; that it is not to be upgraded is found out later. Throws 400 without a node. */
function hosted(pod: KubeObject, query: URLSearchParams): undefined {
	containerOf(pod, query.get('container'));
	if (textAt(pod, 'spec', 'nodeName') === undefined) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
	return undefined;
}

/** What a request wants of a log. Throws 400 for numbers that are none, 422 for those that make no sense. */
function logOptions(pod: KubeObject, query: URLSearchParams): Omit<PodLogOptions, 'container'> {
	const number = (key: string) => {
		const text = query.get(key);
		if (text === null || text === '') return undefined;
		if (!/^[+-]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
		return Number(text);
	};
	const [tailLines, sinceSeconds, limitBytes] = [number('tailLines'), number('sinceSeconds'), number('limitBytes')];
	const sinceTime = query.get('sinceTime') ?? undefined;
	checkLogOptions(pod, {tailLines, sinceSeconds, limitBytes, sinceTime});
	return {
		previous: query.get('previous') === 'true',
		timestamps: query.get('timestamps') === 'true',
		...(tailLines === undefined ? {} : {tailLines}),
		...(sinceSeconds === undefined ? {} : {sinceSeconds}),
		...(sinceTime === undefined ? {} : {sinceTime}),
		...(limitBytes === undefined ? {} : {limitBytes}),
	};
}

function logs(cluster: Cluster, pod: KubeObject, query: URLSearchParams): Answer {
	const wanted = logOptions(pod, query);
	const container = containerOf(pod, query.get('container'));
	// Nobody could have written any.
	if (textAt(pod, 'spec', 'nodeName') === undefined) return textAnswer('', 204);
	const options: PodLogOptions = {container, ...wanted};
	const lines = cluster.hooks().podLogs(pod, options);
	const text = lines.map(line => `${line}\n`).join('');
	if (query.get('follow') !== 'true') return textAnswer(text);
	return {
		kind: 'stream',
		contentType: 'text/plain; charset=utf-8',
		run(sink, signal) {
			sink.write(text);
			cluster.hooks().podLogsFollow(pod, container, line => sink.write(`${line}\n`), signal);
			const stop = cluster.store.listen(({type, resource, object}) => {
				if (type !== 'DELETED' || resource !== 'pods' || object.metadata.uid !== pod.metadata.uid) return;
				stop();
				sink.end();
			});
			signal.addEventListener('abort', stop, {once: true});
		},
	};
}

function checkLogOptions(
	{metadata: {name}}: KubeObject,
	{tailLines = 0, limitBytes = 1, sinceSeconds, sinceTime}: Partial<LogNumbers>,
): void {
	const bad = (field: string, value: number, limit: string) => ({
		reason: 'FieldValueInvalid',
		message: `Invalid value: ${value}: must be greater than ${limit}`,
		field,
	});
	const both = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified';
	const causes: readonly StatusCause[] = [
		...(tailLines < 0 ? [bad('tailLines', tailLines, 'or equal to 0')] : []),
		...(limitBytes < 1 ? [bad('limitBytes', limitBytes, '0')] : []),
		...(sinceSeconds !== undefined && sinceTime !== undefined ? [{reason: 'FieldValueForbidden', message: both, field: '[]'}] : []),
		...(sinceSeconds !== undefined && sinceTime === undefined && sinceSeconds < 1 ? [bad('sinceSeconds', sinceSeconds, '0')] : []),
	];
	if (causes.length > 0) throw invalid({group: '', kind: 'PodLogOptions'}, name, causes);
}

type LogNumbers = {
	readonly tailLines: number | undefined;
	readonly limitBytes: number | undefined;
	readonly sinceSeconds: number | undefined;
	readonly sinceTime: string | undefined;
};

function evict(cluster: Cluster, pods: Resource, pod: KubeObject, request: ApiRequest): Answer {
	const eviction = decodeBody(request.body, header(request, 'content-type'));
	if (textAt(eviction, 'kind') !== 'Eviction') throw badRequest('the body is not an Eviction');
	const named = textAt(eviction, 'metadata', 'name');
	if (named !== undefined && named !== pod.metadata.name) throw badRequest('name in URL does not match name in Eviction object');
	const options = deleteOptions(objectAt(eviction, 'deleteOptions'), request.query);
	cluster.hooks().evict(pod, options.dryRun === true);
	removeObject(cluster, pods, {namespace: pod.metadata.namespace, name: pod.metadata.name}, options);
	return jsonAnswer(success(201), 201);
}

function bind(cluster: Cluster, pods: Resource, pod: KubeObject, request: ApiRequest): Answer {
	const node = textAt(decodeBody(request.body, header(request, 'content-type')), 'target', 'name');
	if (node === undefined) throw new StatusError(422, 'Invalid', 'target.name: Required value');
	const bound = textAt(pod, 'spec', 'nodeName');
	if (bound !== undefined)
		throw conflict(
			{...pods, plural: 'pods/binding'},
			pod.metadata.name,
			`pod ${pod.metadata.name} is already assigned to node ${JSON.stringify(bound)}`,
		);
	const scheduled = {type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: timestamp(cluster)};
	const others = listAt(pod, 'status', 'conditions').filter(condition => textAt(condition, 'type') !== 'PodScheduled');
	const target = {namespace: pod.metadata.namespace, name: pod.metadata.name};
	const placed = {
		...pod,
		spec: {...objectAt(pod, 'spec'), nodeName: node},
		status: {...objectAt(pod, 'status'), conditions: [...others, scheduled]},
	};
	updateObject(cluster, pods, target, placed, {...writeOptions(request), subresource: 'binding'});
	return jsonAnswer(success(201), 201);
}
