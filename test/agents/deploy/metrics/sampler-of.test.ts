import {describe, expect, test} from 'vitest';
import {chooseMetrics} from '../../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import {samplerOf} from '../../../../src/agents/deploy/metrics/sampler-of.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {metricsOver} from '../../../support/metrics-over.ts';
import {arms, pod} from './pods.ts';
import {both, sampling, scrapeMs} from './sampling.ts';

const requests = 'http_requests_total';
const counts = (canary: readonly number[], stable: readonly number[], spanMs = scrapeMs) => ({
	metric: 'error-ratio',
	interval: {kind: 'counts', spanMs, canary: {total: canary[0], bad: canary[1]}, stable: {total: stable[0], bad: stable[1]}},
});

describe('error-ratio', () => {
	const running = () =>
		sampling(['error-ratio'], ({set}) => {
			set(requests, {pod: 'web-1', code: '200'}, 1000);
			set(requests, {pod: 'web-2', code: '200'}, 500);
			set(requests, {pod: 'web-2', code: '500'}, 7);
		});

	async function compared() {
		const run = await running();
		run.set(requests, {pod: 'web-canary-1', code: '200'}, 30);
		return {...run, first: await run.look()};
	}

	test('what was counted before the first look is nobody’s', async () => {
		expect((await compared()).first).toEqual(counts([0, 0], [0, 0], 0));
	});

	test('counts what grew since the look before, errors by their code, and each request once', async () => {
		const {set, look} = await compared();
		set(requests, {pod: 'web-1', code: '200'}, 1090);
		set(requests, {pod: 'web-1', code: '503'}, 10);
		set(requests, {pod: 'web-2', code: '500'}, 8);
		set(requests, {pod: 'web-canary-1', code: '200'}, 70);
		set(requests, {pod: 'web-canary-1', code: '500'}, 8);
		expect(await look()).toEqual(counts([48, 8], [101, 11]));
		expect(await look()).toEqual(counts([0, 0], [0, 0]));
	});

	test('a redirect or a missing page is no error of the version', async () => {
		const {set, look} = await compared();
		set(requests, {pod: 'web-canary-1', code: '404'}, 5);
		set(requests, {pod: 'web-canary-1', code: '302'}, 5);
		expect(await look()).toEqual(counts([10, 0], [0, 0]));
	});

	test.each([
		['http_requests_total', 'status', ['2xx', '4xx', '5xx', '503'], [4, 2]],
		['grpc_server_handled_total', 'grpc_code', ['OK', 'NotFound', 'Internal', 'InvalidArgument'], [4, 1]],
		['response_total', 'classification', ['success', 'failure'], [2, 1]],
	] as const)('%s tells by %s which of %j failed', async (name, label, values, [total, bad]) => {
		const of = (pod: string, value: string) => ({pod, [label]: value, ...(name === 'response_total' && {direction: 'inbound'})});
		const {set, look} = await sampling(['error-ratio'], server => server.set(name, of('web-1', values[0]), 5));
		for (const value of values) set(name, of('web-canary-1', value), 5);
		await look();
		for (const value of values) set(name, of('web-canary-1', value), 6);
		expect(await look()).toEqual(counts([total, bad], [0, 0]));
	});

	test.each([
		['with it all those of the same pod that are smaller', 3, [43, 3]],
		['those of the same pod that are larger by now count what is certain', 9, [42, 2]],
	] as const)('a counter that was started anew counts from zero, and %s', async (_, failed, stable) => {
		const {set, look} = await compared();
		set(requests, {pod: 'web-2', code: '200'}, 40);
		set(requests, {pod: 'web-2', code: '500'}, failed);
		expect(await look()).toEqual(counts([0, 0], stable));
	});

	test('a series that a program forgot and counts from zero again does not bring days of the others into one look', async () => {
		const {set, look} = await compared();
		const paths = (idle: number, busy: number) => {
			set(requests, {pod: 'web-2', code: '200', path: '/idle'}, idle);
			set(requests, {pod: 'web-2', code: '200', path: '/busy'}, busy);
		};
		paths(105, 900_000);
		await look();
		paths(2, 900_030);
		expect(await look()).toEqual(counts([0, 0], [32, 0]));
	});

	test('a counter that starts anew is seen beside another one of the same code that grows more than it lost', async () => {
		const {set, look} = await compared();
		const paths = (list: number, page: number) => {
			set(requests, {pod: 'web-canary-1', code: '200', path: '/list'}, list);
			set(requests, {pod: 'web-canary-1', code: '200', path: '/page'}, page);
		};
		paths(100, 0);
		await look();
		paths(10, 95);
		// The one without a path stayed: it brings nothing.
		expect(await look()).toEqual(counts([105, 0], [0, 0]));
	});

	test.each(['container', 'k8s_container_name'])(
		'a container that starts anew brings no requests of another one again, told apart by %s',
		async label => {
			const {set, look} = await compared();
			const both = (main: number, aside: number) => {
				set(requests, {pod: 'web-2', code: '503', [label]: 'main'}, main);
				set(requests, {pod: 'web-2', code: '503', [label]: 'aside'}, aside);
			};
			both(1000, 50);
			await look();
			both(1010, 3);
			expect(await look()).toEqual(counts([0, 0], [13, 13]));
		},
	);

	test('of very many series the server adds up those of each container, and one whose sum falls counts nothing in that look', async () => {
		const {set, look, queries} = await sampling(['error-ratio'], server => {
			for (let path = 0; path < 3000; path++) server.set(requests, {pod: 'web-1', code: '200', container: 'main', path: `/${path}`}, 2);
			server.set(requests, {pod: 'web-1', code: '200', container: 'aside'}, 7);
		});
		set(requests, {pod: 'web-canary-1', code: '500'}, 1);
		await look();
		expect(queries.at(-1)).toMatch(/^sum by \(pod, job, instance, container, .*code\) \(http_requests_total\{/);
		set(requests, {pod: 'web-1', code: '200', container: 'main', path: '/7'}, 12);
		set(requests, {pod: 'web-1', code: '200', container: 'aside'}, 4);
		set(requests, {pod: 'web-canary-1', code: '500'}, 3);
		expect(await look()).toEqual(counts([2, 2], [10, 0]));
		set(requests, {pod: 'web-1', code: '200', container: 'aside'}, 9);
		expect(await look()).toEqual(counts([0, 0], [5, 0]));
	});

	test('pods that come later count from zero, pods that go take nothing back', async () => {
		const {set, forget, look} = await compared();
		forget('web-1');
		set(requests, {pod: 'web-3', code: '200'}, 20);
		set(requests, {pod: 'web-canary-2', code: '500'}, 3);
		expect(await look(arms(['web-canary-1', 'web-canary-2'], ['web-2', 'web-3']))).toEqual(counts([3, 3], [20, 0]));
	});

	test('a stable pod that the server knows only later does not bring its whole life', async () => {
		const run = await sampling(['error-ratio'], ({set}) => {
			set(requests, {pod: 'web-1', code: '200'}, 1000);
			set(requests, {pod: 'web-canary-1', code: '200'}, 0);
		});
		await run.look();
		run.set(requests, {pod: 'web-2', code: '200'}, 900_000);
		run.set(requests, {pod: 'web-2', code: '500'}, 40_000);
		expect(await run.look()).toEqual(counts([0, 0], [0, 0]));
		run.set(requests, {pod: 'web-2', code: '500'}, 40_007);
		expect(await run.look()).toEqual(counts([0, 0], [7, 7]));
	});

	test('a gap of one side is no data, and what both counted meanwhile comes with the look after it', async () => {
		const {set, forget, look} = await compared();
		forget('web-canary-1');
		set(requests, {pod: 'web-1', code: '200'}, 1040);
		expect(await look()).toMatchObject({
			code: 'no-series',
			missing: expect.stringContaining('of the canary, while the other version is counted'),
		});
		set(requests, {pod: 'web-canary-1', code: '200'}, 90);
		set(requests, {pod: 'web-1', code: '503'}, 2);
		expect(await look()).toEqual(counts([60, 0], [42, 2], 2 * scrapeMs));
		expect(await look()).toEqual(counts([0, 0], [0, 0]));
	});

	test('what a pod counted in a gap of the other side counts, though the pod starts anew or goes before the gap ends', async () => {
		const {set, forget, look} = await compared();
		forget('web-canary-1');
		set(requests, {pod: 'web-1', code: '200'}, 1040);
		set(requests, {pod: 'web-2', code: '500'}, 9);
		await look();
		set(requests, {pod: 'web-1', code: '200'}, 5);
		forget('web-2');
		set(requests, {pod: 'web-canary-1', code: '200'}, 90);
		expect(await look()).toEqual(counts([60, 0], [47, 2], 2 * scrapeMs));
	});

	test('a pod that several jobs scrape is counted once', async () => {
		const {set, forget, look} = await compared();
		const labels = {pod: 'web-canary-1', code: '200'};
		for (const job of ['a', 'b']) set(requests, {...labels, job}, 100);
		await look();
		for (const job of ['a', 'b']) set(requests, {...labels, job}, 110);
		set(requests, labels, 40);
		expect(await look()).toEqual(counts([10, 0], [0, 0]));
		forget('web-canary-1');
		set(requests, {...labels, job: 'b'}, 130);
		expect(await look()).toEqual(counts([0, 0], [0, 0]));
		set(requests, {...labels, job: 'b'}, 131);
		expect(await look()).toEqual(counts([1, 0], [0, 0]));
	});

	test('values that are no numbers are not there', async () => {
		const {set, look} = await compared();
		set(requests, {pod: 'web-1', code: '200'}, Number.NaN);
		set(requests, {pod: 'web-2', code: '200'}, Number.POSITIVE_INFINITY);
		set(requests, {pod: 'web-2', code: '500'}, 8);
		expect(await look()).toEqual(counts([0, 0], [1, 1]));
	});

	test('a counter below nothing is not there, so no version has fewer than no requests', async () => {
		const {set, look} = await compared();
		set(requests, {pod: 'web-1', code: '200'}, -15_000_000);
		set(requests, {pod: 'web-canary-1', code: '200'}, -290);
		expect(await look()).toMatchObject({code: 'no-series', missing: expect.stringContaining('of the canary')});
	});

	test('two hundred pods make a query that proxies take, and pods of others are left out', async () => {
		const {set, sample, queries} = await compared();
		set(requests, {pod: 'web-other-1', code: '500'}, 9);
		await sample(
			arms(
				['web-canary-1'],
				Array.from({length: 200}, (_, index) => `web-7d4b9c6f5d-${String(index).padStart(5, 'x')}`),
			),
		);
		const query = queries.at(-1) ?? '';
		expect(query).toContain('pod=~"web-.+"');
		expect(encodeURIComponent(query).length).toBeLessThan(1000);
		set(requests, {pod: 'web-other-1', code: '500'}, 90);
		set(requests, {pod: 'web-7d4b9c6f5d-xxxx0', code: '200'}, 1);
		const many = arms(
			['web-canary-1'],
			Array.from({length: 60}, (_, index) => `web-7d4b9c6f5d-xxxx${index}`),
		);
		expect((await sample(many))[0]).toMatchObject({interval: {canary: {bad: 0}, stable: {total: 1, bad: 0}}});
	});

	test('without pods there is no data and no question', async () => {
		const {sample, queries} = await compared();
		const asked = queries.length;
		expect(await sample(arms([], ['web-1']))).toEqual([{metric: 'error-ratio', missing: 'the canary has no pods yet', code: 'no-series'}]);
		expect(queries).toHaveLength(asked);
	});

	test('pods on their way out are not counted, and a baseline stands for the stable version', async () => {
		const {set, sample} = await compared();
		const {metadata, ...rest} = pod('web-1');
		const leaving = {...rest, metadata: {...metadata, deletionTimestamp: '2026-01-01T00:00:00Z'}};
		set(requests, {pod: 'web-1', code: '200'}, 2000);
		set(requests, {pod: 'web-baseline-1', code: '200'}, 12);
		const stable = {...both.stable, pods: [leaving, pod('web-2')]};
		expect((await sample({...both, stable}))[0]).toMatchObject({interval: {stable: {total: 0}}});
		const baseline = {workload: 'web-baseline', pods: [pod('web-baseline-1')]};
		expect((await sample({...both, stable, baseline}))[0]).toMatchObject({interval: {stable: {total: 12}}});
	});
});

describe('error-ratio of a gateway', () => {
	const line = (service: string, code: string, instance = 'gateway-1') => ({
		...{reporter: 'source', destination_service_name: service, destination_service_namespace: 'shop', response_code: code, instance},
	});
	const total = 'istio_requests_total';

	test('counts by Service, over all gateways', async () => {
		const {set, look} = await sampling(['error-ratio'], server => server.set(total, line('web', '200'), 1000), 'web');
		set(total, line('web', '200', 'gateway-2'), 500);
		expect(await look()).toMatchObject({code: 'no-series'});
		set(total, line('web', '200'), 1100);
		set(total, line('web', '200', 'gateway-2'), 550);
		set(total, line('web-canary', '503'), 6);
		set(total, line('web-canary', '200', 'gateway-2'), 10);
		expect(await look()).toEqual(counts([16, 6], [150, 0]));
	});

	test.each([
		['a gRPC answer that fails is a 200 of Istio', {grpc_response_status: '14'}, 1],
		['one that blames the caller does not count', {grpc_response_status: '5'}, 0],
		['one that is fine neither', {grpc_response_status: '0'}, 0],
	])('%s', async (_name, labels, bad) => {
		const {set, look} = await sampling(['error-ratio'], server => server.set(total, line('web', '200'), 10), 'web');
		const grow = (value: number) => set(total, {...line('web-canary', '200'), ...labels}, value);
		grow(1);
		await look();
		grow(2);
		expect(await look()).toEqual(counts([1, bad], [0, 0]));
	});

	test.each([
		['whose client went away says nothing of the version', {response_flags: 'DC'}, [0, 0]],
		['of which no flag tells why says nothing either', {response_flags: '-'}, [0, 0]],
		['without the label of flags says nothing either', {}, [0, 0]],
		['whose upstream connection ended failed', {response_flags: 'UC'}, [1, 1]],
		['that failed behind the gateway before the client went away failed', {response_flags: 'URX,UF,DC'}, [1, 1]],
		['that gRPC calls unavailable failed', {response_flags: 'DC', grpc_response_status: '14'}, [1, 1]],
	] as const)('a request of Istio without an answer (code 0) %s', async (_name, labels, canary) => {
		const {set, look} = await sampling(['error-ratio'], server => server.set(total, line('web', '200'), 10), 'web');
		const grow = (value: number) => set(total, {...line('web-canary', '0'), ...labels}, value);
		grow(1);
		await look();
		grow(2);
		set(total, {...line('web', '0'), ...labels}, 1);
		expect(await look()).toEqual(counts(canary, canary));
	});

	test('a request of Linkerd that got no answer counts, and failed', async () => {
		const statuses = 'outbound_http_route_backend_response_statuses_total';
		const of = (service: string, more: object) => ({namespace: 'clients', backend_name: service, backend_namespace: 'shop', ...more});
		const {set, look} = await sampling(
			['error-ratio'],
			({set: give}) => give(statuses, of('web', {http_status: '200', error: ''}), 10),
			'web',
		);
		const grow = (value: number) => {
			set(statuses, of('web-canary', {http_status: '200', error: ''}), value);
			set(statuses, of('web-canary', {http_status: '', error: 'FAIL_FAST'}), 2 * value);
			set(statuses, of('web-canary', {http_status: '503', error: ''}), 3 * value);
		};
		grow(1);
		await look();
		grow(2);
		expect(await look()).toEqual(counts([6, 5], [0, 0]));
	});
});

describe('a query of one’s own', () => {
	const lag = 'lag=lag{pod=~"{{pods}}"};worse=higher';

	const scraped = ['web-1', 'web-2', 'web-canary-1'];

	test('gives one value per pod, each as often as the pod is scraped', async () => {
		const {set, look, sample, pass} = await sampling([lag], ({set}) => {
			for (const name of ['web-1', 'web-2']) set('lag', {pod: name}, 3);
			for (const name of scraped) set('up', {pod: name}, 1);
		});
		expect(await look()).toMatchObject({code: 'no-series', missing: 'test answers nothing for the canary'});
		set('lag', {pod: 'web-canary-1'}, 9);
		const interval = {kind: 'gauge', spanMs: 0, canary: [9], stable: [3, 3]};
		expect(await look()).toEqual({metric: 'lag', interval});
		pass(5000);
		expect(await sample(both)).toEqual([{metric: 'lag', interval: {...interval, spanMs: 5000, canary: [], stable: []}}]);
		pass(5000);
		set('lag', {pod: 'web-3'}, 7);
		expect(await sample(arms(['web-canary-1'], ['web-1', 'web-3']))).toMatchObject([{interval: {canary: [], stable: [7]}}]);
		expect(await look()).toEqual({metric: 'lag', interval: {...interval, spanMs: scrapeMs}});
	});

	test.each([
		['whose pods are scraped', scraped],
		['of which nothing tells when they are scraped', []],
	])('one value for a side %s is new with each scrape', async (_, up) => {
		const {look, sample, pass} = await sampling(['lag=max(lag{deployment="{{workload}}"});worse=higher'], ({set}) => {
			for (const deployment of ['web', 'web-canary']) set('lag', {deployment}, 3);
			for (const name of up) set('up', {pod: name}, 1);
		});
		const interval = {kind: 'gauge', spanMs: 0, canary: [3], stable: [3]};
		expect(await look()).toEqual({metric: 'lag', interval});
		pass(5000);
		expect(await sample(both)).toEqual([{metric: 'lag', interval: {...interval, spanMs: 5000, canary: [], stable: []}}]);
		pass(10_000);
		expect(await sample(both)).toEqual([{metric: 'lag', interval: {...interval, spanMs: 10_000}}]);
	});

	test('a pair of counters is counted like requests', async () => {
		const pair = 'declined=sum by (pod) (declined_total{pod=~"{{pods}}"});of=sum by (pod) (paid_total{pod=~"{{pods}}"});worse=higher';
		const {set, look} = await sampling([pair], server => server.set('paid_total', {pod: 'web-1'}, 500));
		set('paid_total', {pod: 'web-canary-1'}, 0);
		await look();
		set('paid_total', {pod: 'web-1'}, 540);
		set('declined_total', {pod: 'web-1'}, 4);
		set('paid_total', {pod: 'web-canary-1'}, 10);
		expect(await look()).toEqual({...counts([10, 0], [40, 4]), metric: 'declined'});
	});

	test('a pair of counters that one side lacks at a look counts for neither until both are there', async () => {
		const pair = 'declined=sum by (pod) (declined_total{pod=~"{{pods}}"});of=sum by (pod) (paid_total{pod=~"{{pods}}"});worse=higher';
		const {set, forget, look} = await sampling([pair], server => server.set('paid_total', {pod: 'web-1'}, 500));
		set('paid_total', {pod: 'web-canary-1'}, 0);
		await look();
		forget('web-canary-1');
		set('paid_total', {pod: 'web-1'}, 540);
		expect(await look()).toMatchObject({code: 'no-series'});
		set('paid_total', {pod: 'web-canary-1'}, 10);
		expect(await look()).toEqual({...counts([10, 0], [40, 0], 2 * scrapeMs), metric: 'declined'});
		forget('web-1');
		set('paid_total', {pod: 'web-canary-1'}, 20);
		expect(await look()).toMatchObject({code: 'no-series'});
		set('paid_total', {pod: 'web-1'}, 600);
		expect(await look()).toEqual({...counts([10, 0], [60, 0], 2 * scrapeMs), metric: 'declined'});
	});

	test.each([
		[
			'a query that adds series up is left out: nobody knows which of them fell',
			(name: string) => `sum by (pod) (${name}{pod=~"{{pods}}"})`,
			undefined,
		],
		['one series for each pod is counted', (name: string) => `${name}{pod=~"{{pods}}"}`, {total: 530, bad: 3}],
	])('a look at which a container starts anew: %s', async (_, query, stable) => {
		const pair = `declined=${query('declined_total')};of=${query('paid_total')};worse=higher`;
		const {set, look} = await sampling([pair], server => server.set('paid_total', {pod: 'web-1'}, 700));
		const grow = (canary: number, ofStable: number, declined: number) => {
			set('paid_total', {pod: 'web-canary-1'}, canary);
			set('paid_total', {pod: 'web-1'}, ofStable);
			set('declined_total', {pod: 'web-1'}, declined);
		};
		grow(0, 700, 20);
		await look();
		grow(10, 530, 3);
		if (stable === undefined)
			expect(await look()).toMatchObject({code: 'started-anew', missing: expect.stringContaining('of web-1 started anew')});
		else expect(await look()).toMatchObject({interval: {canary: {total: 10}, stable}});
		grow(30, 570, 4);
		const spanMs = stable === undefined ? 2 * scrapeMs : scrapeMs;
		expect(await look()).toEqual({...counts([20, 0], [40, 1], spanMs), metric: 'declined'});
	});

	test('counters that are not told apart by pod would look like new starts when a pod goes', async () => {
		const pair = 'declined=sum(declined_total{pod=~"{{pods}}"});of=sum(paid_total{pod=~"{{pods}}"});worse=higher';
		const {set, look} = await sampling([pair], server => server.set('paid_total', {pod: 'web-1'}, 500));
		set('paid_total', {pod: 'web-canary-1'}, 0);
		expect(await look()).toMatchObject({code: 'several-series'});
	});
});

test('a server that is away gives no data, for its own metrics alone', async () => {
	const {metrics, ports, set} = metricsOver();
	set(requests, {pod: 'web-1', code: '200'}, 1);
	set('http_request_duration_seconds_bucket', {pod: 'web-1', le: '+Inf'}, 1);
	const cluster = fakeCluster().cluster;
	const {chosen} = await chooseMetrics({...ports, cluster}, {name: 'web', namespace: 'shop', pods: both.stable.pods}, []);
	const away = new MkcoaError({
		kind: 'environment',
		code: 'metrics-unreachable',
		what: 'Prometheus does not answer',
		why: 'it answered HTTP 503',
	});
	const sample = samplerOf(
		{cluster, metrics: async () => ({metrics: {...metrics, query: () => Promise.reject(away)}})},
		{namespace: 'shop', chosen},
	);
	expect(await sample(both)).toMatchObject([
		{metric: 'error-ratio', missing: 'Prometheus does not answer: it answered HTTP 503', code: 'metrics-unreachable'},
		{metric: 'latency-p99', code: 'no-series'},
	]);
	const none = samplerOf({cluster, metrics: async () => ({why: 'Prometheus was deleted'})}, {namespace: 'shop', chosen});
	expect(await none(both)).toMatchObject([{missing: 'Prometheus was deleted', code: 'no-metrics'}, {code: 'no-metrics'}]);
	const aborted = samplerOf({cluster, metrics: () => Promise.reject(new DOMException('stop', 'AbortError'))}, {namespace: 'shop', chosen});
	await expect(aborted(both)).rejects.toThrow('stop');
});
