import type {Snapshot, Unread} from '../../../analysis/detection/snapshot.ts';
import {MkcoaError, troubleOf} from '../../../core/error.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';

/** Of more containers than this nobody reads the log: a look costs so many requests at most, whatever the cluster is like. */
const mostContainers = 24;
/** So many logs are read at once. */
const atOnce = 8;
/** What the kubelet itself keeps of a log as a termination message. */
const mostLines = 80;
const mostLetters = 2048;
/** A line is read so far; the server counts from the first of them, so that less would lose the last. */
const mostLineBytes = 4096;
/** A kubelet that is gone is not waited for: everything else is told without it. */
const patienceMs = 5000;

const lists = ['initContainerStatuses', 'containerStatuses'] as const;
const states = ['state', 'lastState'] as const;

/** A container that ended with an error and left no message. */
export type Mute = {readonly pod: KubeObject; readonly container: string; readonly state: (typeof states)[number]};

/** By which containers are told apart that say the same: pods of one controller are of one template. */
export const templateKey = ({pod: {metadata}, container}: Mute): string =>
	`${metadata.ownerReferences?.find(({controller}) => controller === true)?.uid ?? metadata.uid} ${container}`;

/** Of a pod the containers whose log alone can tell why they ended. */
export function mutesOf(pod: KubeObject): readonly Mute[] {
	return lists.flatMap(list =>
		listAt(pod, 'status', list).flatMap(status => {
			const state = states.find(each => valueAt(status, each, 'terminated') !== undefined);
			const ended = state === undefined ? undefined : valueAt(status, state, 'terminated');
			const isMute = (numberAt(ended, 'exitCode') ?? 0) !== 0 && (textAt(ended, 'message') ?? '') === '';
			if (state === undefined || !isMute || textAt(ended, 'reason') === 'OOMKilled') return [];
			return [{pod, container: textAt(status, 'name') ?? '', state}];
		}),
	);
}

/** One of each workload: pods of one template tend to say the same. Those that do not run now come first. */
function mutesIn(objects: readonly KubeObject[]): readonly Mute[] {
	const mutes = objects.filter(({kind}) => kind === 'Pod').flatMap(mutesOf);
	const first = Map.groupBy(mutes, templateKey);
	const isDown = ({pod, container}: Mute) =>
		lists.some(list => listAt(pod, 'status', list).some(each => textAt(each, 'name') === container && valueAt(each, 'ready') !== true));
	return [...first.values()]
		.flatMap(([one, ...others]) => [one, ...others].find(each => each !== undefined && isDown(each)) ?? one ?? [])
		.toSorted((one, other) => Number(isDown(other)) - Number(isDown(one)));
}

const noAnswer = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'unreachable',
		what: 'A log did not come',
		why: 'the kubelet of its node did not answer within 5 seconds',
		next: 'See whether its node is ready: mkcoa k8s list nodes',
	});

/** @throws MkcoaError where the log may not be read, or is not there */
export async function lastLines({pod, container, state}: Mute, cluster: Pick<Cluster, 'logs'>, signal: AbortSignal): Promise<string> {
	const lines: string[] = [];
	const limit = AbortSignal.timeout(patienceMs);
	const query = {namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container, previous: state === 'lastState'};
	const logs = cluster.logs({...query, tailLines: mostLines, limitBytes: mostLines * mostLineBytes}, AbortSignal.any([signal, limit]));
	for await (const line of logs) lines.push(line);
	if (limit.aborted && lines.length === 0) throw noAnswer();
	return lines.join('\n').trimEnd().slice(-mostLetters);
}

const named = (status: Json, name: string) => textAt(status, 'name') === name;

/** The pod as its kubelet would show it where `terminationMessagePolicy` is `FallbackToLogsOnError`. */
export function withMessage(pod: KubeObject, {container, state}: Mute, message: string): KubeObject {
	const status = valueAt(pod, 'status');
	if (!isJsonObject(status)) return pod;
	const told = (each: Json): Json => {
		const ended = valueAt(each, state, 'terminated');
		if (!named(each, container) || !isJsonObject(each) || !isJsonObject(ended)) return each;
		return {...each, [state]: {terminated: {...ended, message}}};
	};
	const own = lists.filter(list => Object.hasOwn(status, list)).map(list => [list, listAt(status, list).map(told)] as const);
	return {...pod, status: {...status, ...Object.fromEntries(own)}};
}

type Words = {readonly mute: Mute; readonly said: string} | {readonly mute: Mute; readonly why: string};

async function read(mutes: readonly Mute[], cluster: Pick<Cluster, 'logs'>, signal: AbortSignal): Promise<readonly Words[]> {
	const words: Words[] = [];
	for (let start = 0; start < mutes.length; start += atOnce) {
		signal.throwIfAborted();
		const some = mutes.slice(start, start + atOnce).map(mute =>
			lastLines(mute, cluster, signal).then(
				said => ({mute, said}),
				error => {
					signal.throwIfAborted();
					return {mute, why: troubleOf(error).why ?? troubleOf(error).what};
				},
			),
		);
		words.push(...(await Promise.all(some)));
	}
	return words;
}

/**
 * What containers wrote last before they ended with an error, as the message of their end: it often names the cause that no status does. Bounded: the last
 * lines of one pod of each workload. What was not read is told.
 */
export async function withLastWords(snapshot: Snapshot, cluster: Pick<Cluster, 'logs'>, signal: AbortSignal): Promise<Snapshot> {
	const mutes = mutesIn(snapshot.objects);
	if (mutes.length === 0) return snapshot;
	const words = await read(mutes.slice(0, mostContainers), cluster, signal);
	const said = Map.groupBy(
		words.flatMap(each => ('said' in each && each.said !== '' ? [each] : [])),
		({mute: {pod}}) => pod,
	);
	const refused = words.flatMap(each => ('why' in each ? [each.why] : []));
	const left = mutes.length - mostContainers;
	const unread: readonly Unread[] = [
		...(refused[0] === undefined
			? []
			: [{kind: 'Last log lines', why: `${count(refused.length, 'log')} could not be read: ${refused[0]}`}]),
		...(left > 0
			? [{kind: 'Last log lines', why: `${count(left, 'more container')} ended with an error: look at one namespace with -n`}]
			: []),
	];
	return {
		...snapshot,
		objects: snapshot.objects.map(object => (said.get(object) ?? []).reduce((pod, each) => withMessage(pod, each.mute, each.said), object)),
		unread: [...snapshot.unread, ...unread],
	};
}
