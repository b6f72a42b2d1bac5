import type {Survey} from '../../../analysis/detection/survey.ts';
import {autoscalerMaxima} from '../../../analysis/forecast/autoscaler-maxima.ts';
import {certificateEnds} from '../../../analysis/forecast/certificate-ends.ts';
import {disksFilling, quotasFilling, volumesFilling} from '../../../analysis/forecast/filling.ts';
import type {Forecasts, LabelledSeries} from '../../../analysis/forecast/forecast.ts';
import {memoryLeaks} from '../../../analysis/forecast/memory-leaks.ts';
import {restartRise} from '../../../analysis/forecast/restart-rise.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Metrics, MetricsSource} from '../../../mcp/monitoring/port.ts';

/** A point each quarter of an hour of a day: enough for a trend, few enough for thousands of containers. */
const points = 96;

type Asked = {
	readonly survey: Survey;
	readonly namespace: string | undefined;
	/** How far back trends are looked for, and how far ahead they are told. */
	readonly sinceMs: number;
	readonly withinMs: number;
};

/** One thing that is looked at, and what it takes of the metrics server. */
type Look = {readonly what: string; readonly judge: (read: Read, asked: Asked) => Promise<Forecasts>};
type Read = (promql: string) => Promise<readonly LabelledSeries[]>;

const selected = (series: string, namespace: string | undefined, ...more: readonly string[]) => {
	const matchers = [...(namespace === undefined ? [] : [`namespace="${namespace}"`]), ...more];
	return matchers.length === 0 ? series : `${series}{${matchers.join(',')}}`;
};

/** File systems that hold nothing, or nothing of their own. */
const realDisk = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|devtmpfs|autofs|nsfs"';

const looks: readonly Look[] = [
	{
		what: 'memory leaks',
		async judge(read, {survey, namespace, withinMs}) {
			const memory = selected('container_memory_working_set_bytes', namespace, 'container!=""', 'container!="POD"');
			return memoryLeaks(await read(`max by (namespace, pod, container) (${memory})`), survey, withinMs);
		},
	},
	{
		what: 'volumes that fill up',
		async judge(read, {survey, namespace, withinMs}) {
			const of = (name: string) =>
				read(`max by (namespace, persistentvolumeclaim) (${selected(`kubelet_volume_stats_${name}`, namespace)})`);
			const [used, capacity, inodesUsed, inodes] = await Promise.all([
				of('used_bytes'),
				of('capacity_bytes'),
				of('inodes_used'),
				of('inodes'),
			]);
			return volumesFilling({used, capacity, inodesUsed, inodes}, survey, withinMs);
		},
	},
	{
		what: 'disks of nodes that fill up',
		async judge(read, {survey, withinMs}) {
			const by = 'max by (node, instance, mountpoint)';
			const [size, free] = ['size', 'avail'].map(name => `node_filesystem_${name}_bytes{${realDisk}}`);
			const [used, sizes] = await Promise.all([read(`${by} (${size} - ${free})`), read(`${by} (${size})`)]);
			return disksFilling(used, sizes, survey, withinMs);
		},
	},
	{
		what: 'quotas that are used up',
		async judge(read, {survey, namespace, withinMs}) {
			const used = selected('kube_resourcequota', namespace, 'type="used"');
			return quotasFilling(await read(`max by (namespace, resourcequota, resource) (${used})`), survey, withinMs);
		},
	},
	{
		what: 'restarts that become more',
		async judge(read, {survey, namespace, sinceMs}) {
			const restarts = selected('kube_pod_container_status_restarts_total', namespace);
			return restartRise(await read(`max by (namespace, pod, container) (${restarts})`), survey, sinceMs / 3_600_000);
		},
	},
];

const unseen = (what: string, why: string): Forecasts => ({found: [], looked: 0, notChecked: [{what, why}]});

/** One look; a metrics server that fails, or counts nothing of it, is a reason that is told. */
async function lookThrough({what, judge}: Look, metrics: Metrics, asked: Asked): Promise<Forecasts> {
	const {sinceMs} = asked;
	let isEmpty = true;
	try {
		const toMs = (await metrics.query('vector(1)'))[0]?.atMs ?? asked.survey.nowMs;
		const judged = await judge(async promql => {
			const series = await metrics.queryRange(promql, {fromMs: toMs - sinceMs, toMs, stepMs: Math.round(sinceMs / points)});
			if (series.length > 0) isEmpty = false;
			return series;
		}, asked);
		return isEmpty ? unseen(what, `${metrics.source} has no series of them`) : judged;
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return unseen(what, `${metrics.source}: ${error.trouble.what}`);
	}
}

/** Everything that will not go on as it does, from what a metrics server has and from the objects. */
export async function readForecasts(source: MetricsSource, asked: Asked): Promise<readonly (Forecasts & {readonly what: string})[]> {
	const {metrics} = source;
	const byTime = await Promise.all(
		looks.map(async look => ({
			what: look.what,
			...(metrics === undefined
				? unseen(look.what, `${source.why}: a trend takes hours of samples, and nothing else keeps them`)
				: await lookThrough(look, metrics, asked)),
		})),
	);
	return [
		...byTime,
		{what: 'certificates that end', ...certificateEnds(asked.survey, asked.withinMs)},
		{what: 'room for the maxima of autoscalers', ...autoscalerMaxima(asked.survey)},
	];
}
