import {expect, test} from 'vitest';
import {troubleOf} from '../../../../src/core/error.ts';
import {newRelic, newRelicAddress} from '../../../../src/mcp/monitoring/vendors/new-relic.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));
const time = {fromMs: 1000, toMs: 61_000};
const nrql = (results: readonly unknown[], facets: readonly string[] | null) => ({
	data: {actor: {account: {nrql: {results, metadata: {facets}}}}},
});

/** NerdGraph: it knows one key and one account, and answers 200 to what it refuses. */
const answering = (body: unknown) =>
	wireToScript(
		({headers, path, method}, response) => {
			if (method !== 'POST' || path !== '/graphql') return response.writeHead(404).end();
			return headers['api-key'] === 'NRAK-1' ? respond(response, body) : respond(response, {errors: [{message: 'API key invalid'}]}, 401);
		},
		{headers: {'api-key': 'NRAK-1'}},
	);

test('passes the query on with its time, and reads a series for each facet and value', async () => {
	const rows = [
		{beginTimeSeconds: 1, endTimeSeconds: 31, facet: ['web', 'p1'], 'average.cpu': 0.5, count: 3, appName: 'web', pod: 'p1'},
		{beginTimeSeconds: 31, endTimeSeconds: 61, facet: ['web', 'p1'], 'average.cpu': null, count: 4, appName: 'web', pod: 'p1'},
	];
	const {wire, seen} = await answering(nrql(rows, ['appName', 'pod']));
	const query = 'SELECT average(cpu), count(*) FROM Metric FACET appName, pod';
	expect(await newRelic(wire, 7).range(query, time)).toEqual({
		...{warnings: [], infos: [], partial: false},
		value: [
			{labels: {__name__: 'average.cpu', appName: 'web', pod: 'p1'}, points: [{atMs: 1000, value: 0.5}]},
			{
				labels: {__name__: 'count', appName: 'web', pod: 'p1'},
				points: [
					{atMs: 1000, value: 3},
					{atMs: 31_000, value: 4},
				],
			},
		],
	});
	expect(JSON.parse(seen[0]?.body ?? '').variables).toEqual({account: 7, nrql: `${query} SINCE 1000 UNTIL 61000 TIMESERIES`});
});

test('a time that the query has itself stays', async () => {
	const {wire, seen} = await answering(nrql([], null));
	const query = 'SELECT count(*) FROM Metric SINCE 1 hour ago TIMESERIES 5 minutes';
	expect((await newRelic(wire, 7).range(query, time)).value).toEqual([]);
	expect(JSON.parse(seen[0]?.body ?? '').variables.nrql).toBe(query);
});

test.each([
	[
		'a mistake in the query',
		{data: {actor: {account: {nrql: null}}}, errors: [{message: 'NRQL Syntax Error: Error at line 1'}]},
		'NRQL Syntax Error: Error at line 1',
	],
	['an account that is not there', {data: {actor: {account: null}}}, 'there is no such account'],
])('%s is told in its words', async (_, body, quoted) => {
	const {wire} = await answering(body);
	expect(await failure(newRelic(wire, 7).range('SELECT', time))).toMatchObject({code: 'bad-query', quoted});
});

test('a key that it does not know', async () => {
	const {wire} = await wireToScript((_, response) => respond(response, {errors: []}, 401), {headers: {'api-key': 'x'}});
	expect(await failure(newRelic(wire, 7).range('SELECT', time))).toMatchObject({kind: 'auth', code: 'metrics-signed-out'});
});

test('each region has its address', () => {
	expect([newRelicAddress(), newRelicAddress('eu')]).toEqual(['https://api.newrelic.com', 'https://api.eu.newrelic.com']);
});
