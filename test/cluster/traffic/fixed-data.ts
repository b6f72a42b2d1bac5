import type {Labels, Series} from '../../../src/sandbox/traffic/series.ts';

/** The grid that the embedded Prometheus samples on. */
const stepMs = 15_000;
const startMs = Date.UTC(2026, 0, 1, 12);
const count = 161;
/** Forty minutes after the first sample; the last one is of this moment. */
export const endMs = startMs + (count - 1) * stepMs;

type Row = {readonly labels: Labels; readonly values: readonly number[]};

const growing = (labels: Labels, perStep: (index: number) => number, restarts: readonly number[] = []): Row => {
	let value = 0;
	const values = Array.from({length: count}, (_, index) => {
		value = restarts.includes(index) ? perStep(index) : value + perStep(index);
		return value;
	});
	return {labels, values};
};
const wavy = (labels: Labels, at: (index: number) => number): Row => ({
	labels,
	values: Array.from({length: count}, (_, index) => at(index)),
});

const pods = ['web-1', 'web-2', 'web-canary-1'];
const bounds = [0.005, 0.05, 0.1, 0.25, 1, 2.5, Number.POSITIVE_INFINITY];
const boundText = (bound: number) => (bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound));

/** Counters with restarts, gauges with fractions and odd values, a histogram, and a series that ends early. */
const rows: readonly Row[] = [
	...pods.flatMap((pod, at) => [
		growing({__name__: 'http_requests_total', namespace: 'shop', pod, code: '200'}, index => 100 + at * 7 + (index % 5), [
			40 + at * 10,
			140,
		]),
		growing({__name__: 'http_requests_total', namespace: 'shop', pod, code: '500'}, index => (index % (4 - at) === 0 ? 1 + at : 0), [140]),
		wavy({__name__: 'memory_bytes', namespace: 'shop', pod}, index => 64 * 2 ** 20 * (1 + at + 0.25 * Math.sin(index / 7))),
		wavy({__name__: 'pod_info', namespace: 'shop', pod, image: `x:${at}`}, () => 1),
		...bounds.map((bound, rank) =>
			growing(
				{__name__: 'http_request_duration_seconds_bucket', namespace: 'shop', pod, le: boundText(bound)},
				index => [0, 3, 20, 60, 90 + (index % 3), 99 + (index % 3), 100 + (index % 3)][rank] ?? 0,
			),
		),
	]),
	wavy({__name__: 'temperature', room: 'a', note: 'says "hot"\\cold'}, index => (index % 11) - 5.5),
	wavy({__name__: 'temperature', room: 'b'}, index => (index === count - 1 ? Number.NaN : index / 3)),
	wavy({__name__: 'tiny'}, index => 1.5e-9 * index),
	wavy({__name__: 'huge'}, index => 2.5e22 + index * 1e20),
	wavy({__name__: 'infinite'}, () => Number.POSITIVE_INFINITY),
	{...growing({__name__: 'gone_total', pod: 'old'}, () => 3), values: Array.from({length: 60}, (_, index) => index * 3)},
];

const number = (value: number) => (value === Number.POSITIVE_INFINITY ? '+Inf' : String(value));
const escaped = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

/** For `promtool tsdb create-blocks-from openmetrics`. */
export function openMetrics(): string {
	const lines = rows.flatMap(({labels: {__name__: name = '', ...rest}, values}) => {
		const pairs = Object.entries(rest).map(([label, value]) => `${label}="${escaped(value)}"`);
		return values.map((value, index) => `${name}{${pairs.join(',')}} ${number(value)} ${(startMs + index * stepMs) / 1000}`);
	});
	return `${lines.join('\n')}\n# EOF\n`;
}

/** The same for the embedded Prometheus. */
export const fixedSeries: readonly Series[] = rows.map(({labels, values}) => ({
	labels,
	from: startMs,
	until: startMs + (values.length - 1) * stepMs,
	at: ms => values[Math.round((ms - startMs) / stepMs)] ?? Number.NaN,
}));
