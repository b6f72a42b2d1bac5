import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import {isReady} from '../../../analysis/diagnosis/case.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {JournalEntry, JournalReader} from '../../../core/journal.ts';
import type {JsonObject} from '../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {type Capture, type CapturedLog, captureFormat, captureVersion} from '../../../mcp/kubernetes/model/capture.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readJournal} from './read-journal.ts';
import {readObjectsOfAll} from './read-snapshot.ts';

type Asked = {
	readonly namespace?: string | undefined;
	readonly nowMs: number;
	readonly signal: AbortSignal;
};

/** Pods whose logs are kept, and how much of each run. */
const mostPods = 100;
const mostLines = 200;
const mostLogBytes = 64 * 1024;
/** So many logs are read at once. */
const atOnce = 8;

/** Whether a pod is not well, or was not at some time: its last lines may say why. */
function wasUnwell(pod: KubeObject): boolean {
	const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap(list => listAt(pod, 'status', list));
	const phase = textAt(pod, 'status', 'phase');
	return (
		phase === 'Failed' || (phase !== 'Succeeded' && !isReady(pod)) || statuses.some(status => (numberAt(status, 'restartCount') ?? 0) > 0)
	);
}

/** Runs of containers of a pod that may have a log. */
const runsOf = (pod: KubeObject): readonly Omit<CapturedLog, 'lines'>[] =>
	['initContainers', 'containers'].flatMap(list =>
		listAt(podSpecOf(pod), list).flatMap(container => {
			const run = {namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: textAt(container, 'name') ?? ''};
			return [
				{...run, previous: false},
				{...run, previous: true},
			];
		}),
	);

async function tail(run: Omit<CapturedLog, 'lines'>, cluster: Cluster, signal: AbortSignal): Promise<readonly CapturedLog[]> {
	const lines: string[] = [];
	try {
		for await (const line of cluster.logs({...run, tailLines: mostLines, limitBytes: mostLogBytes}, signal)) lines.push(line);
	} catch (error) {
		// Containers that never ran have none, and logs may be closed to the one who captures.
		if (!(error instanceof MkcoaError)) throw error;
	}
	return lines.length === 0 ? [] : [{...run, lines: lines.slice(-mostLines)}];
}

async function logsOf(pods: readonly KubeObject[], cluster: Cluster, signal: AbortSignal): Promise<readonly CapturedLog[]> {
	const runs = pods.filter(wasUnwell).slice(0, mostPods).flatMap(runsOf);
	const read: CapturedLog[] = [];
	for (let start = 0; start < runs.length; start += atOnce) {
		signal.throwIfAborted();
		const some = await Promise.all(runs.slice(start, start + atOnce).map(run => tail(run, cluster, signal)));
		read.push(...some.flat());
	}
	return read;
}

/** What the metrics server answers; nothing where there is none or it may not be asked. */
async function metricsOf(cluster: Cluster, namespace: string | undefined): Promise<Capture['metrics']> {
	const base = '/apis/metrics.k8s.io/v1beta1';
	const paths = {pods: `${base}/${namespace === undefined ? '' : `namespaces/${namespace}/`}pods`, nodes: `${base}/nodes`};
	const answers = await Promise.all(
		Object.entries(paths).map(async ([plural, path]): Promise<readonly (readonly [string, JsonObject])[]> => {
			try {
				const answer = await cluster.raw(path);
				return answer === undefined ? [] : [[plural, answer]];
			} catch (error) {
				if (error instanceof MkcoaError) return [];
				throw error;
			}
		}),
	);
	return Object.fromEntries(answers.flat());
}

/** What was written stays in the journal: a capture tells that it was, to what, when and by whom. */
const withoutWrites = (entry: JournalEntry): JournalEntry => ({
	...entry,
	plan: {...entry.plan, input: {}, steps: [], preconditions: [], changes: entry.plan.changes.map(change => ({...change, fields: []}))},
});

/** Reads everything that the reads of this specialist rest on, to be looked at again elsewhere. Values of Secrets are not in it; it is not redacted yet. */
export async function readCapture(
	cluster: Cluster,
	journal: Pick<JournalReader, 'list'>,
	{namespace, nowMs, signal}: Asked,
): Promise<Capture> {
	const [snapshot, target, types, entries, metrics] = await Promise.all([
		readObjectsOfAll(cluster, {namespace, nowMs, signal}),
		cluster.target(namespace),
		cluster.types(),
		readJournal(cluster, journal),
		metricsOf(cluster, namespace),
	]);
	const pods = snapshot.objects.filter(({kind}) => kind === 'Pod');
	return {
		format: captureFormat,
		version: captureVersion,
		takenAt: snapshot.takenAt,
		target,
		...(namespace === undefined ? {} : {namespace}),
		types,
		kinds: [...ownKinds, ...sharedKinds, ...wideKinds],
		objects: snapshot.objects,
		unread: snapshot.unread,
		logs: await logsOf(pods, cluster, signal),
		metrics,
		journal: entries.map(withoutWrites),
	};
}
