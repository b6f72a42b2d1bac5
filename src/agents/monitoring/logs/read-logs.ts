import {MkcoaError} from '../../../core/error.ts';
import type {Emit} from '../../../core/event.ts';
import {type Ref, refText} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {durationOf} from '../duration-of.ts';
import {readSubject} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';
import {type Mined, mineLogs, placesIn} from './mine-logs.ts';
import {demandStore, mineStore} from './mine-store.ts';
import {rolledOutAt} from './rolled-out-at.ts';

/** Pods that are read; more say the same. */
export const mostPods = 20;

/** Whose logs, or which lines of a store, and how far back. */
type Asked = {
	readonly target?: string | undefined;
	readonly namespace?: string | undefined;
	readonly container?: string | undefined;
	readonly previous: boolean;
	readonly since: string;
};

type Read = {
	readonly mined: Mined;
	/** When the version that runs now began. */
	readonly began: number | undefined;
	/** Pods that were not read. */
	readonly left: number;
	readonly source?: string;
	readonly target?: Ref;
};

const progressOf =
	(emit: Emit) =>
	(lines: number): void =>
		emit({kind: 'progress', text: `Reading logs: ${lines} lines`});

async function podsOf({target, namespace}: Pick<Asked, 'target' | 'namespace'>, cluster: Cluster) {
	if (target === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'nothing-named',
			what: 'Nothing says whose logs to read',
			next: 'Name a workload, or ask a store of logs with --query',
		});
	const subject = await readSubject(cluster, {target, namespace});
	if (subject.kind === 'pods') return subject;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-pods',
		what: `${target} has no pods of its own`,
		next: 'Name a workload, a Service or a pod',
	});
}

/** What the pods of a workload say. */
export async function readPods(asked: Asked, {ports: {cluster}, signal, emit}: Context<MonitoringPorts>): Promise<Read> {
	const {container, previous, since} = asked;
	const subject = await podsOf(asked, cluster);
	const pods = subject.pods.slice(0, mostPods);
	const places = placesIn(pods, container);
	if (places.length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-found',
			what: `No container of ${refText(subject.ref)} is called ${container}`,
			next: `See them with: mkcoa k8s describe pod ${pods[0]?.metadata.name ?? ''} -n ${subject.namespace}`,
		});
	const [mined, began] = await Promise.all([
		mineLogs({
			...{cluster, places, previous, signal, progress: progressOf(emit)},
			sinceSeconds: Math.max(1, Math.ceil(durationOf(since) / 1000)),
		}),
		rolledOutAt(cluster, pods),
	]);
	return {mined, began, left: subject.pods.length - pods.length, target: subject.ref};
}

/** What a store of logs keeps; a workload beside the query tells what is new since its rollout. */
export async function readStore(
	asked: Asked & {readonly query: string},
	{ports: {cluster, monitoring}, clock, signal, emit}: Context<MonitoringPorts>,
): Promise<Read> {
	const logs = await demandStore(monitoring);
	const subject = asked.target === undefined ? undefined : await podsOf(asked, cluster);
	const toMs = clock.now();
	const time = {fromMs: toMs - durationOf(asked.since), toMs};
	const [mined, began] = await Promise.all([
		mineStore({logs, query: asked.query, ...time, signal, progress: progressOf(emit)}),
		subject === undefined ? undefined : rolledOutAt(cluster, subject.pods.slice(0, mostPods)),
	]);
	return {mined, began, left: 0, source: logs.source, ...(subject === undefined ? {} : {target: subject.ref})};
}
