import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {parsed} from '../http/read-as.ts';
import type {Wire} from '../http/wire.ts';
import type {RangeSeries, VendorMetrics} from '../port.ts';

const question = `query($account: Int!, $nrql: Nrql!) {
	actor { account(id: $account) { nrql(query: $nrql, timeout: 9) { results metadata { facets } } } }
}`;

const row = z.record(z.string(), z.unknown());
const answer = z.object({
	data: z
		.object({
			actor: z.object({
				account: z
					.object({
						nrql: z.object({results: z.array(row), metadata: z.object({facets: z.array(z.string()).nullish()}).nullish()}).nullish(),
					})
					.nullish(),
			}),
		})
		.nullish(),
	errors: z.array(z.object({message: z.string()})).nullish(),
});

const addresses = {us: 'https://api.newrelic.com', eu: 'https://api.eu.newrelic.com'} as const;

/** NerdGraph's address for the region that an account lives in. @see https://docs.newrelic.com/docs/apis/nerdgraph/get-started/introduction-new-relic-nerdgraph/ */
export const newRelicAddress = (region: keyof typeof addresses = 'us') => addresses[region];

/**
 * New Relic through NerdGraph: NRQL is passed on as it is, with the time around it. There is no official client in JavaScript.
 * @see https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial/
 */
export const newRelic = (wire: Wire, account: number): VendorMetrics => ({
	source: wire.server.source,
	language: 'nrql',
	async range(query, {fromMs, toMs}) {
		// A moment in NRQL is milliseconds since 1970; what the person wrote themselves is not written twice.
		const since = /\bSINCE\b/i.test(query) ? '' : ` SINCE ${fromMs} UNTIL ${toMs}`;
		const series = /\bTIMESERIES\b/i.test(query) ? '' : ' TIMESERIES';
		const variables = {account, nrql: `${query}${since}${series}`};
		const reply = await wire.ask({method: 'POST', path: '/graphql', body: {query: question, variables}});
		const {data, errors} = parsed(wire, reply, answer, 'an answer of NerdGraph');
		const nrql = data?.actor.account?.nrql;
		const words = (errors ?? []).map(({message}) => oneLine(message));
		if (nrql === undefined || nrql === null) throw refusal(wire.server.source, query, words);
		const facets = nrql.metadata?.facets ?? [];
		return {value: seriesOf(nrql.results, facets), warnings: words, infos: [], partial: words.length > 0};
	},
});

const refusal = (source: string, query: string, words: readonly string[]) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-query',
		what: `${source} did not answer the query`,
		why: `the query was ${query}`,
		next: 'Correct what its words name; a missing account means that the key may not read it',
		quoted: words.length === 0 ? 'there is no such account' : words.join('; '),
	});

/** What stands beside the values in a row. */
const around = new Set(['beginTimeSeconds', 'endTimeSeconds', 'facet', 'inspectedCount']);

function seriesOf(rows: readonly z.output<typeof row>[], facets: readonly string[]): readonly RangeSeries[] {
	const found = new Map<string, {readonly labels: {[name: string]: string}; readonly points: {atMs: number; value: number}[]}>();
	for (const one of rows) {
		const values = [one.facet].flat();
		const labels = Object.fromEntries(facets.map((name, index) => [name, String(values[index] ?? '')]));
		const atMs = Number(one.beginTimeSeconds) * 1000;
		for (const [name, value] of Object.entries(one)) {
			if (around.has(name) || facets.includes(name) || typeof value !== 'number') continue;
			const key = JSON.stringify([name, labels]);
			const series = found.get(key) ?? {labels: {__name__: name, ...labels}, points: []};
			series.points.push({atMs, value});
			found.set(key, series);
		}
	}
	return [...found.values()];
}
