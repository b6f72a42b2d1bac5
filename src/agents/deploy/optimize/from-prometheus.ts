import {type Observed, type Series, sumUp} from '../../../analysis/right-sizing/observed-use.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';

type Asked = {readonly workload: KubeObject; readonly fromMs: number; readonly toMs: number; readonly percentile: number};

/** Points a series: a week in half hours. Peaks between two points are not lost, since each tells the highest of its time. */
const mostPoints = 336;
const leastStepMs = 60_000;
const leastRateMs = 300_000;

/** The names of all pods that a workload has had: those that are gone count too. */
function podNames({kind, metadata: {name}}: KubeObject): string {
	const literal = name.replaceAll('.', '\\\\.');
	if (kind === 'StatefulSet') return `${literal}-[0-9]+`;
	return kind === 'DaemonSet' ? `${literal}-[a-z0-9]{5}` : `${literal}-[a-z0-9]{1,10}-[a-z0-9]{5}`;
}

const seconds = (ms: number) => `${Math.round(ms / 1000)}s`;

/**
 * What the pods of a workload used, from the kubelet's series in a Prometheus.
 * @returns undefined where it has none of them
 */
export async function fromPrometheus(metrics: Metrics, {workload, fromMs, toMs, percentile}: Asked): Promise<Observed | undefined> {
	const stepMs = Math.max(leastStepMs, Math.ceil((toMs - fromMs) / mostPoints / 1000) * 1000);
	const selector = `{namespace="${workload.metadata.namespace}",pod=~"${podNames(workload)}",container!="",container!="POD"}`;
	const range = {fromMs, toMs, stepMs};
	// Several jobs may scrape one kubelet: each container once.
	const byContainer = (query: string) => metrics.queryRange(`max by (pod, container) (${query})`, range);
	const [cpu, memory] = await Promise.all([
		byContainer(`rate(container_cpu_usage_seconds_total${selector}[${seconds(Math.max(stepMs, leastRateMs))}])`),
		byContainer(`max_over_time(container_memory_working_set_bytes${selector}[${seconds(stepMs)}])`),
	]);
	const named = (series: typeof cpu): readonly Series[] =>
		series.map(({labels: {pod = '', container = ''}, points}) => ({
			pod,
			container,
			points: points.filter(({value}) => Number.isFinite(value)),
		}));
	const summed = sumUp(named(cpu), named(memory), percentile);
	if (summed.containers.every(({samples}) => samples === 0)) return undefined;
	const throttled = await throttling(metrics, selector, toMs - fromMs);
	return {
		...summed,
		source: metrics.source,
		percentile,
		containers: summed.containers.map(container => ({
			...container,
			...(throttled.has(container.name) ? {throttled: throttled.get(container.name)} : {}),
		})),
	};
}

/** The part of its CPU periods in which each container was held back by its limit. Empty where the kubelet's series do not tell. */
async function throttling(metrics: Metrics, selector: string, windowMs: number): Promise<ReadonlyMap<string, number>> {
	const grown = (name: string) => `sum by (container) (increase(${name}${selector}[${seconds(windowMs)}]))`;
	try {
		const samples = await metrics.query(
			`${grown('container_cpu_cfs_throttled_periods_total')} / ${grown('container_cpu_cfs_periods_total')}`,
		);
		return new Map(samples.flatMap(({labels: {container = ''}, value}) => (Number.isFinite(value) ? [[container, value] as const] : [])));
	} catch (error) {
		if (error instanceof MkcoaError) return new Map();
		throw error;
	}
}
