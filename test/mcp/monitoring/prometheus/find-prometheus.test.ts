import {expect, test} from 'vitest';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {findPrometheus} from '../../../../src/mcp/monitoring/prometheus/find-prometheus.ts';

const service = (namespace: string, name: string, port = 9090, labels = {}) => ({
	metadata: {name, namespace, labels},
	spec: {ports: [{port}]},
});

/** A server that knows these paths; everything else is 404. */
const server = (paths: {readonly [path: string]: JsonObject | MkcoaError}) => async (path: string) => {
	const answer = paths[path];
	if (answer instanceof MkcoaError) throw answer;
	return answer;
};

const refused = new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'reader may not list services'});
const proxy = '/api/v1/namespaces/monitoring/services/prometheus:9090/proxy';

test('finds the server that answers and passes by exporters and Alertmanager', async () => {
	const found = await findPrometheus(
		server({
			'/api/v1/services?limit=5000': {
				items: [
					service('monitoring', 'alertmanager-prometheus'),
					service('monitoring', 'prometheus-node-exporter', 9100),
					service('monitoring', 'prometheus'),
				],
			},
			[`${proxy}/api/v1/status/buildinfo`]: {status: 'success'},
			[`${proxy}/api/v1/query?query=up&partial_response=false`]: {
				status: 'success',
				data: {resultType: 'vector', result: [{metric: {pod: 'a'}, value: [1.5, '+Inf']}]},
			},
		}),
	);
	expect(found.metrics?.source).toBe('Prometheus monitoring/prometheus:9090 through the API server');
	expect(await found.metrics?.query('up')).toEqual([{labels: {pod: 'a'}, value: Number.POSITIVE_INFINITY, atMs: 1500}]);
});

test('an answer that is no vector is refused with the query', async () => {
	const found = await findPrometheus(
		server({
			'/api/v1/services?limit=5000': {items: [service('monitoring', 'prometheus')]},
			[`${proxy}/api/v1/status/buildinfo`]: {status: 'success'},
			[`${proxy}/api/v1/query?query=rate(&partial_response=false`]: {status: 'error', errorType: 'bad_data', error: 'parse error'},
		}),
	);
	await expect(found.metrics?.query('rate(')).rejects.toMatchObject({trouble: {code: 'bad-query', why: 'the query was rate('}});
});

test('a query that Prometheus refuses behind the API server is told in its words', async () => {
	const found = await findPrometheus(
		server({
			'/api/v1/services?limit=5000': {items: [service('monitoring', 'prometheus')]},
			[`${proxy}/api/v1/status/buildinfo`]: {status: 'success'},
			[`${proxy}/api/v1/query?query=rate(&partial_response=false`]: new MkcoaError({
				...{kind: 'usage', code: 'invalid', what: 'The server does not understand the request'},
				quoted: 'parse error: unclosed left parenthesis',
			}),
		}),
	);
	await expect(found.metrics?.query('rate(')).rejects.toMatchObject({
		trouble: {code: 'bad-query', quoted: 'parse error: unclosed left parenthesis'},
	});
});

test.each([
	['none is there', {'/api/v1/services?limit=5000': {items: []}}, 'the cluster has no Service that looks like Prometheus'],
	[
		'it does not answer',
		{'/api/v1/services?limit=5000': {items: [service('m', 'prometheus')]}},
		'the Prometheus of the cluster does not answer through the API server',
	],
	['services may not be listed', {'/api/v1/services?limit=5000': refused}, 'looking for Prometheus failed: reader may not list services'],
	[
		'the proxy may not be used',
		{'/api/v1/services?limit=5000': {items: [service('monitoring', 'prometheus')]}, [`${proxy}/api/v1/status/buildinfo`]: refused},
		'the Prometheus of the cluster does not answer through the API server',
	],
])('says why when %s', async (_name, paths, why) => expect(await findPrometheus(server(paths))).toEqual({why}));
