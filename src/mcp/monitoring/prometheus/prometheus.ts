import type * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {canonicalJson, type JsonObject} from '../../../core/json.ts';
import type {Metrics, RangeSeries, Sample} from '../port.ts';
import {type Element, matrixAnswer, seriesAnswer, vectorAnswer} from './answers.ts';
import {asClassic} from './native-buckets.ts';
import {badRange, rangePieces} from './range-pieces.ts';

/** Reads JSON at a path below some server; undefined where there is nothing. */
export type ReadJson = (path: string) => Promise<JsonObject | undefined>;

/** Of a range query: about 100 MB, once read. */
const mostValues = 2_000_000;

/**
 * Prometheus over its HTTP API.
 * @param base path of the server, without a slash at the end
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function prometheus(read: ReadJson, base: string, source: string): Metrics {
	/** A store behind the server that is away must be an error: numbers without it would be wrong ones. Prometheus itself ignores the word. */
	const path = (name: string, parameters: {readonly [name: string]: string}) =>
		`${base}/api/v1/${name}?${encoded({...parameters, partial_response: 'false'})}`;

	async function ask<Schema extends z.ZodType>(promql: string, url: string, schema: Schema, what: string): Promise<z.output<Schema>> {
		const bad = badQuery(source, promql, what);
		const answer = await read(url).catch(error => {
			throw ofProxy(error, source, bad);
		});
		const parsed = schema.safeParse(answer);
		if (!parsed.success) throw bad(JSON.stringify(answer ?? null));
		return parsed.data;
	}

	async function instant(promql: string, atMs?: number): Promise<readonly Element[]> {
		const time = atMs === undefined ? {} : {time: seconds(atMs)};
		return (await ask(promql, path('query', {query: promql, ...time}), vectorAnswer, 'a vector')).data.result;
	}

	return {
		source,
		async query(promql, atMs) {
			return (await instant(promql, atMs)).map(element => {
				if ('value' in element) return sampleOf(element);
				throw badQuery(
					source,
					promql,
					'numbers',
				)('it answers native histograms: put histogram_quantile(0.99, …) or histogram_count(…) around it');
			});
		},
		async histograms(promql) {
			return (await instant(promql)).flatMap(element =>
				'value' in element ? [sampleOf(element)] : asClassic(element.metric, ...element.histogram),
			);
		},
		async queryRange(promql, range) {
			const found = new Map<string, RangeSeries>();
			let values = 0;
			for (const {fromMs, toMs} of rangePieces(range)) {
				const parameters = {query: promql, start: seconds(fromMs), end: seconds(toMs), step: seconds(range.stepMs)};
				const {data} = await ask(promql, path('query_range', parameters), matrixAnswer, 'a matrix');
				for (const {metric, values: given = []} of data.result) {
					const key = canonicalJson(metric);
					const points = given.map(([atMs, value]) => ({atMs, value}));
					values += points.length;
					if (values > mostValues) throw badRange(`its answer has more than ${mostValues} values`, 'Add series up, or take a longer step');
					found.set(key, {labels: metric, points: [...(found.get(key)?.points ?? []), ...points]});
				}
			}
			return [...found.values()];
		},
		async series(selector, {fromMs, toMs}) {
			const parameters = {'match[]': selector, start: seconds(fromMs), end: seconds(toMs)};
			return (await ask(selector, path('series', parameters), seriesAnswer, 'a list of series')).data;
		},
	};
}

/** What the API server passes on of Prometheus behind it: its refusal of a query, or that it is away or too slow. */
function ofProxy(error: unknown, source: string, bad: ReturnType<typeof badQuery>): unknown {
	if (!(error instanceof MkcoaError)) return error;
	const {code, why, quoted} = error.trouble;
	if (code === 'invalid') return bad(quoted ?? '', error);
	if (code !== 'server-error') return error;
	const next = 'Look at its pods; a query that takes long may ask for less';
	return new MkcoaError(
		{kind: 'environment', code: 'metrics-unreachable', what: `${source} does not answer`, why, next, quoted},
		{cause: error},
	);
}

const seconds = (ms: number) => String(ms / 1000);

const encoded = (parameters: {readonly [name: string]: string}) =>
	Object.entries(parameters)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');

const sampleOf = ({metric, value: [atMs, value]}: Extract<Element, {value: unknown}>): Sample => ({labels: metric, value, atMs});

const badQuery = (source: string, promql: string, what: string) => (quoted: string, cause?: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: 'bad-query',
			what: `${source} did not answer ${what}`,
			why: `the query was ${promql}`,
			next: 'Try the query in Prometheus itself, which tells what is wrong with it',
			quoted: quoted.slice(0, 300),
		},
		{cause},
	);
