import type {PodWords} from '../../../core/canary-evidence.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {FoldedEvent} from '../../../core/kube/folded-events.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Context} from '../../../core/tool.ts';
import type {WorkloadWords} from '../../../core/workload-words.ts';
import {type ContainerSummary, containersOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import type {DeployPorts} from '../ports.ts';
import {isOpen, type PodTrouble, podTrouble} from './pod-trouble.ts';
import {eventsOf} from './refused-pods.ts';

const mostPods = 2;
const mostContainers = 2;
const mostLines = 8;
const mostEvents = 4;
const longestLine = 240;

/** Others' words on one line. Of a long one the middle is left out: errors begin with who tells them and end with their cause. */
function shortLine(text: string): string {
	const line = oneLine(text);
	if (line.length <= longestLine) return line;
	const half = longestLine / 2;
	return `${line.slice(0, half).replace(/\s+\S*$/, '')} … ${line.slice(-half).replace(/^\S*\s+/, '')}`;
}

/** Reads why pods do not serve: one pod of each reason, its last log lines, also of the run before, and its last events. */
export async function readEvidence(
	workload: KubeObject,
	pods: readonly KubeObject[],
	context: Context<DeployPorts>,
): Promise<WorkloadWords> {
	const failing = pods.flatMap(pod => {
		const trouble = podTrouble(pod);
		return trouble === undefined ? [] : [{pod, trouble}];
	});
	const shown = oneOfEach(failing).slice(0, mostPods);
	const read: PodWords[] = [];
	for (const {pod, trouble} of shown) read.push(await wordsOf(pod, trouble.text, containersOf(pod).filter(isOpen), context));
	const own = workload.kind === 'Pod' ? [] : await eventsOf(context.ports.cluster, workload);
	return {pods: read, morePods: failing.length - shown.length, events: eventLines(own)};
}

type Failing = {readonly pod: KubeObject; readonly trouble: PodTrouble};

/** Lasting troubles first; of pods with one and the same reason the first. */
const oneOfEach = (failing: readonly Failing[]): readonly Failing[] =>
	[...new Map(failing.toReversed().map(one => [one.trouble.text, one])).values()].sort(
		(a, b) => Number(b.trouble.lasting) - Number(a.trouble.lasting),
	);

/** Reads what pods tell that run and serve badly: the last log lines of their containers and their last events. */
export async function readServingPods(pods: readonly KubeObject[], context: Context<DeployPorts>): Promise<readonly PodWords[]> {
	const read: PodWords[] = [];
	for (const pod of pods.slice(0, mostPods)) {
		const serving = containersOf(pod).filter(({kind}) => kind === 'app' || kind === 'sidecar');
		read.push(await wordsOf(pod, podTrouble(pod)?.text ?? '', serving, context));
	}
	return read;
}

async function wordsOf(
	pod: KubeObject,
	reason: string,
	containers: readonly ContainerSummary[],
	context: Context<DeployPorts>,
): Promise<PodWords> {
	const logs: PodWords['logs'][number][] = [];
	for (const container of containers.slice(0, mostContainers)) {
		for (const previous of runsOf(container)) {
			const lines = await lastLines(pod, container.name, previous, context);
			if (lines.length > 0) logs.push({container: container.name, previous, lines});
		}
	}
	return {name: pod.metadata.name, reason, logs, events: eventLines(await eventsOf(context.ports.cluster, pod))};
}

/** The run before tells of the crash; a container that waits has no present run whose log differs from it. */
function runsOf({state, restarts, lastEnd}: ContainerSummary): readonly boolean[] {
	const hasPrevious = restarts > 0 || lastEnd !== '';
	if (state === 'waiting') return hasPrevious ? [true] : [];
	return hasPrevious ? [true, false] : [false];
}

/** None where there is no log: a container that never started has none, and the kubelet may be away. */
async function lastLines(pod: KubeObject, container: string, previous: boolean, {ports, signal}: Context<DeployPorts>) {
	const {namespace = '', name} = pod.metadata;
	const lines: string[] = [];
	try {
		const query = {namespace, pod: name, container, previous, tailLines: mostLines, limitBytes: mostLines * 4096};
		for await (const line of ports.cluster.logs(query, signal)) lines.push(shortLine(line));
	} catch (error) {
		if (!(error instanceof MkcoaError) || signal.aborted) throw error;
	}
	return lines.slice(-mostLines);
}

const eventLines = (events: readonly FoldedEvent[]) =>
	events
		.filter(({type, reason}) => type === 'Warning' || reason === 'NotTriggerScaleUp')
		.slice(-mostEvents)
		.map(event => `${shortLine(`${event.reason}: ${event.message}`)}${event.count > 1 ? ` (${count(event.count, 'time')})` : ''}`);
