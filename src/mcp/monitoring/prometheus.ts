import * as z from 'zod';
import {MkcoaError} from '../../core/error.ts';
import type {JsonObject} from '../../core/json.ts';
import type {Metrics, Sample} from './port.ts';

/** Reads JSON at a path below some server; undefined where there is nothing. */
export type ReadJson = (path: string) => Promise<JsonObject | undefined>;

const vector = z.object({
	status: z.literal('success'),
	data: z.object({
		resultType: z.literal('vector'),
		result: z.array(z.object({metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()])})),
	}),
});

/**
 * Prometheus over its HTTP API.
 * @param base path of the server, without a slash at the end
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function prometheus(read: ReadJson, base: string, source: string): Metrics {
	return {
		source,
		async query(promql) {
			const bad = badQuery(source, promql);
			const answer = await read(`${base}/api/v1/query?query=${encodeURIComponent(promql)}`).catch(error => {
				// What the API server passes on of Prometheus' own refusal.
				if (error instanceof MkcoaError && error.trouble.code === 'invalid') throw bad(error.trouble.quoted ?? '', error);
				throw error;
			});
			const parsed = vector.safeParse(answer);
			if (!parsed.success) throw bad(JSON.stringify(answer ?? null));
			return parsed.data.data.result.map(
				({metric, value: [seconds, text]}): Sample => ({labels: metric, value: numberOf(text), atMs: seconds * 1000}),
			);
		},
	};
}

const badQuery = (source: string, promql: string) => (quoted: string, cause?: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: 'bad-query',
			what: `${source} did not answer a vector`,
			why: `the query was ${promql}`,
			quoted: quoted.slice(0, 300),
		},
		{cause},
	);

/** Prometheus writes numbers as text, the infinite ones in Go's words. */
function numberOf(text: string): number {
	if (text === '+Inf') return Number.POSITIVE_INFINITY;
	return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}
