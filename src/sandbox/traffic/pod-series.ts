import {millis} from '../life/time.ts';
import type {Ledger} from './ledger.ts';
import type {PodHistory} from './pod-history.ts';
import {containerUse} from './pod-use.ts';
import {bucketBounds, requestCounts} from './request-counts.ts';
import type {Labels, Series} from './series.ts';
import {workloadOf} from './workload-of.ts';

type Maker = (history: PodHistory) => readonly Series[];

/** Makes series of one pod while the pod runs. */
const series = ({endMs, starts}: PodHistory, labels: Labels, at: (ms: number) => number, fromMs = starts[0] ?? endMs): Series => ({
	labels,
	from: fromMs,
	until: endMs,
	at,
});

/** One that counts from zero again in each run of the container. */
const counting = (history: PodHistory, ...rest: readonly [labels: Labels, at: (ms: number) => number, fromMs?: number]): Series => ({
	...series(history, ...rest),
	resets: history.starts,
});

const identity = ({pod}: PodHistory): Labels => ({namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name});

/** Labels of what an application says of itself: the pod, the service, and the Deployment if one owns the pod. */
function applicationLabels(history: PodHistory, service: string): Labels {
	const workload = workloadOf(history.pod);
	return {...identity(history), service, ...(workload?.kind === 'Deployment' ? {deployment: workload.name} : {})};
}

const perService =
	(make: (labels: Labels, counts: ReturnType<typeof requestCounts>) => readonly (readonly [Labels, (ms: number) => number])[]): Maker =>
	history =>
		[...history.serving.values()].flatMap(serving =>
			make(applicationLabels(history, serving.service), requestCounts(history, serving)).map(([labels, at]) =>
				counting(history, labels, at, serving.spans[0]?.fromMs),
			),
		);

const bounds = [...bucketBounds, Number.POSITIVE_INFINITY];
const boundText = (bound: number) => (bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound));

const perContainer =
	(name: string, make: typeof series, read: (use: ReturnType<typeof containerUse>) => (ms: number) => number): Maker =>
	history =>
		history.pod.spec.containers.map(container =>
			make(
				history,
				{
					__name__: name,
					...identity(history),
					container: container.name,
					image: container.image ?? '',
					node: history.pod.spec.nodeName ?? '',
				},
				read(containerUse(history, container)),
			),
		);

const readyAt = ({readiness}: PodHistory, ms: number) => readiness.findLast(change => change.ms <= ms)?.ready === true;

/** One maker for each metric of pods. */
const makers: Readonly<Record<string, Maker>> = {
	http_requests_total: perService((labels, counts) =>
		Object.entries(counts.code).map(([code, at]) => [{__name__: 'http_requests_total', ...labels, code}, at]),
	),
	http_request_duration_seconds_bucket: perService((labels, counts) =>
		bounds.map(bound => [{__name__: 'http_request_duration_seconds_bucket', ...labels, le: boundText(bound)}, counts.bucket(bound)]),
	),
	http_request_duration_seconds_sum: perService((labels, {seconds}) => [
		[{__name__: 'http_request_duration_seconds_sum', ...labels}, seconds],
	]),
	http_request_duration_seconds_count: perService((labels, {count}) => [
		[{__name__: 'http_request_duration_seconds_count', ...labels}, count],
	]),
	container_cpu_usage_seconds_total: perContainer('container_cpu_usage_seconds_total', counting, use => use.cpuSeconds),
	container_memory_working_set_bytes: perContainer('container_memory_working_set_bytes', series, use => use.memoryBytes),
	kube_pod_status_ready: history =>
		['true', 'false', 'unknown'].map(condition =>
			series(
				history,
				{__name__: 'kube_pod_status_ready', ...identity(history), uid: history.pod.metadata.uid ?? '', condition},
				ms => Number(condition === 'unknown' ? false : readyAt(history, ms) === (condition === 'true')),
				millis(history.pod.metadata.creationTimestamp),
			),
		),
	kube_pod_container_status_restarts_total: history =>
		history.pod.spec.containers.map(({name}, index) =>
			series(
				history,
				{__name__: 'kube_pod_container_status_restarts_total', ...identity(history), uid: history.pod.metadata.uid ?? '', container: name},
				ms => (index === 0 ? Math.max(0, history.starts.filter(start => start <= ms).length - 1) : 0),
				millis(history.pod.metadata.creationTimestamp),
			),
		),
	up: history => [
		series(
			history,
			{__name__: 'up', job: 'kubernetes-pods', ...identity(history), instance: `${history.pod.status?.podIP ?? ''}:8080`},
			ms => Number(readyAt(history, ms)),
		),
	],
};

/** The series of all pods, of the metrics that are asked for. */
export function podSeries(ledger: Ledger, isAsked: (name: string) => boolean): readonly Series[] {
	const wanted = Object.entries(makers).flatMap(([name, make]) => (isAsked(name) ? [make] : []));
	return [...ledger.histories()].flatMap(history => wanted.flatMap(make => make(history)));
}
