import type {Metrics, Range, RangeSeries} from '../../src/mcp/monitoring/port.ts';

/** A moment on whole days, so that loads by the hour of the day are easy to tell. */
export const loadNowMs = Math.floor(1_800_000_000_000 / 86_400_000) * 86_400_000;

type Load = {
	/** Of all pods together, by the name of a container; NaN leaves a moment out. */
	readonly cores: {readonly [container: string]: (atMs: number) => number};
	readonly bytes?: {readonly [container: string]: (atMs: number) => number};
	readonly pods: (atMs: number) => number;
};

/** A metrics server that knows what the containers of one workload use, and nothing else. */
export function loadServer({cores, bytes = {}, pods}: Load): Metrics {
	const curve = (of: (atMs: number) => number, labels: RangeSeries['labels'], {fromMs, toMs, stepMs}: Range): RangeSeries => {
		const moments = Array.from({length: Math.floor((toMs - fromMs) / stepMs) + 1}, (_, step) => fromMs + step * stepMs);
		return {labels, points: moments.map(atMs => ({atMs, value: of(atMs)})).filter(({value}) => !Number.isNaN(value))};
	};
	const each = (curves: Load['cores'], range: Range) => Object.entries(curves).map(([container, of]) => curve(of, {container}, range));
	return {
		source: 'Prometheus of the test',
		query: async promql => (promql === 'vector(1)' ? [{labels: {}, value: 1, atMs: loadNowMs}] : []),
		histograms: async () => [],
		async queryRange(promql, range) {
			if (promql.startsWith('count(')) return Object.keys(cores).length === 0 ? [] : [curve(pods, {}, range)];
			if (promql.includes('container_cpu_usage_seconds_total')) return each(cores, range);
			return promql.includes('container_memory_working_set_bytes') ? each(bytes, range) : [];
		},
		series: async () => [],
	};
}
