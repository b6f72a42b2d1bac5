import {describe, expect, test} from 'vitest';
import {chooseMetrics} from '../../../../../src/agents/deploy/metrics/choosing/choose-metrics.ts';
import {chosenMetric} from '../../../../../src/agents/deploy/metrics/choosing/chosen-metric.ts';
import {MkcoaError, troubleOf} from '../../../../../src/core/error.ts';
import {fakeCluster} from '../../../../support/fake-cluster.ts';
import {metricsOver} from '../../../../support/metrics-over.ts';
import {pod} from '../pods.ts';

const limited = {containers: [{name: 'main', resources: {limits: {memory: '1Gi'}}}]};
const web = {name: 'web', namespace: 'shop', pods: [pod('web-1', limited), pod('web-2')]};

/** A workload with these series, one value of each. */
function counted(series: readonly (readonly [name: string, labels: object])[], raw = {}) {
	const server = metricsOver();
	for (const [name, labels] of series) server.set(name, {...labels}, 5);
	return {...server, ports: {...server.ports, cluster: fakeCluster({raw}).cluster}};
}

describe('the usual metrics', () => {
	const reporter = {reporter: 'destination'};
	test.each([
		['http_requests_total', {code: '200'}, {counter: 'http_requests_total', codeLabel: 'code'}],
		['http_requests_total', {status: '200', code: ''}, {counter: 'http_requests_total', codeLabel: 'status'}],
		['http_requests_total', {status: '2xx'}, {counter: 'http_requests_total', codeLabel: 'status'}],
		['http_request_duration_seconds_count', {status_code: '404'}, {codeLabel: 'status_code'}],
		['istio_requests_total', {response_code: '200', ...reporter}, {counter: 'istio_requests_total', codeLabel: 'response_code'}],
		['http_server_request_duration_seconds_count', {http_response_status_code: '200'}, {codeLabel: 'http_response_status_code'}],
		['http_server_requests_seconds_count', {status: '200', outcome: 'SUCCESS'}, {codeLabel: 'status'}],
		['grpc_server_handled_total', {grpc_code: 'OK'}, {codeLabel: 'grpc_code'}],
		['response_total', {classification: 'success', status_code: '200', direction: 'inbound'}, {codeLabel: 'classification'}],
	])('error ratio from %s %o', async (name, labels, reading) => {
		const {ports} = counted([[name, {pod: 'web-1', ...labels}]]);
		const {chosen, leftOut, byPods} = await chooseMetrics(ports, web, []);
		expect(chosen).toMatchObject([{metric: {name: 'error-ratio', kind: 'counts', worse: 'higher'}, reading, source: 'test'}]);
		expect(leftOut).toEqual([{metric: 'latency-p99', why: 'test has no histogram of how long web takes to answer'}]);
		expect(byPods).toEqual(['restarts', 'readiness']);
	});

	test.each([
		['http_request_duration_seconds_bucket', {}, 1],
		['istio_request_duration_milliseconds_bucket', reporter, 0.001],
		['http_server_request_duration_seconds_bucket', {}, 1],
		['http_server_requests_seconds_bucket', {}, 1],
		['http_server_duration_milliseconds_bucket', {}, 0.001],
		['http_request_duration_seconds', {}, 1],
	])('latency from %s', async (series, labels, unit) => {
		const {ports} = counted([[series, {pod: 'web-2', le: '1', ...labels}]]);
		const {chosen, leftOut} = await chooseMetrics(ports, web, []);
		expect(chosen).toMatchObject([{metric: {name: 'latency-p99', kind: 'latency', quantile: 0.99}, reading: {series, unit}}]);
		expect(leftOut).toEqual([{metric: 'error-ratio', why: 'test counts no requests of web'}]);
	});

	test.each([
		['requests that the pod sends itself', 'istio_requests_total', {response_code: '200', reporter: 'source'}],
		['a counter without a code', 'http_requests_total', {method: 'GET'}],
		['a code that is none of HTTP', 'http_requests_total', {code: 'none'}],
		['a summary', 'http_request_duration_seconds', {quantile: '0.99'}],
		['series of other pods', 'http_requests_total', {pod: 'web-10', code: '200'}],
		['series of another namespace', 'http_requests_total', {namespace: 'other', code: '200'}],
	])('are left out for %s', async (_, name, labels) => {
		const {ports} = counted([[name, {pod: 'web-1', ...labels}]]);
		const choice = await chooseMetrics(ports, web, []);
		expect(choice.chosen).toEqual([]);
		expect(choice.leftOut.map(({metric}) => metric)).toEqual(['error-ratio', 'latency-p99']);
	});

	test.each(['http_server_request_duration_seconds', 'http_server_requests_seconds', 'grpc_server_handled'])(
		"the program's own %s come before what its mesh counts",
		async own => {
			const counter = own === 'grpc_server_handled' ? `${own}_total` : `${own}_count`;
			const {ports} = counted([
				['istio_requests_total', {pod: 'web-1', response_code: '200', ...reporter}],
				[counter, {pod: 'web-1', status: '200', grpc_code: 'OK'}],
			]);
			expect((await chooseMetrics(ports, web, [])).chosen).toMatchObject([{reading: {counter}}]);
		},
	);

	test('are found under the names of other scrapers', async () => {
		const labels = {namespace: '', kubernetes_namespace: 'shop', kubernetes_pod_name: 'web-1', code: '200'};
		const {chosen} = await chooseMetrics(counted([['http_requests_total', labels]]).ports, web, []);
		expect(chosen).toMatchObject([{reading: {place: {keyLabel: 'kubernetes_pod_name', namespaceLabel: 'kubernetes_namespace'}}}]);
		expect(chosen[0]?.query).toContain('kubernetes_pod_name=~"{{pods}}"');
	});

	test('come from the gateway where a route splits the traffic', async () => {
		const ofGateway = {reporter: 'source', destination_service_name: 'web', destination_service_namespace: 'shop', response_code: '200'};
		const {ports} = counted([
			['http_requests_total', {pod: 'web-1', code: '200'}],
			['istio_requests_total', ofGateway],
			['http_request_duration_seconds_bucket', {pod: 'web-1', le: '1'}],
		]);
		const {chosen} = await chooseMetrics(ports, {...web, service: 'web'}, []);
		expect(chosen.map(({reading}) => ('place' in reading ? reading.place.by : ''))).toEqual(['service', 'pod']);
		expect((await chooseMetrics(ports, web, [])).chosen[0]).toMatchObject({reading: {counter: 'http_requests_total'}});
		// A baseline stands behind the same Service as the stable version.
		const beside = await chooseMetrics(ports, {...web, service: 'web', podsFirst: true}, []);
		expect(beside.chosen.map(({reading}) => ('place' in reading ? reading.place.by : ''))).toEqual(['pod', 'pod']);
	});

	test.each([
		[
			'istio_requests_total',
			{reporter: 'waypoint', destination_service_name: 'web', destination_service_namespace: 'shop', response_code: '200'},
			'destination_service_name',
		],
		[
			'outbound_http_route_backend_response_statuses_total',
			{namespace: 'clients', pod: 'other-1', backend_name: 'web', backend_namespace: 'shop', http_status: '200'},
			'backend_name',
		],
	])('come from %s of those who send', async (name, labels, keyLabel) => {
		const {chosen} = await chooseMetrics(counted([[name, labels]]).ports, {...web, service: 'web'}, []);
		expect(chosen).toMatchObject([{reading: {counter: name, place: {by: 'service', keyLabel}}}]);
	});

	test('are what a record keeps and reads again', async () => {
		const {ports} = counted([
			['http_requests_total', {pod: 'web-1', code: '200'}],
			['http_request_duration_seconds_bucket', {pod: 'web-1', le: '1'}],
		]);
		const {chosen, source} = await chooseMetrics(ports, web, []);
		expect(source).toBe('test');
		expect(JSON.parse(JSON.stringify(chosen)).map((kept: unknown) => chosenMetric.parse(kept))).toEqual(chosen);
	});

	test('are chosen alike when other pods serve: a plan outlives its pods', async () => {
		const {ports} = counted([
			['http_requests_total', {pod: 'web-1', code: '200'}],
			['http_request_duration_seconds_bucket', {pod: 'web-2', le: '1'}],
		]);
		const others = {...web, pods: [pod('web-1'), pod('web-2'), pod('web-3')]};
		expect(await chooseMetrics(ports, others, [])).toEqual(await chooseMetrics(ports, web, []));
	});

	test('without a metrics server are left out for one reason', async () => {
		const ports = {cluster: fakeCluster().cluster, metrics: async () => ({why: 'there is no Prometheus'})};
		expect(await chooseMetrics(ports, web, [])).toEqual({
			chosen: [],
			byPods: ['restarts', 'readiness'],
			leftOut: [
				{metric: 'error-ratio', why: 'there is no Prometheus'},
				{metric: 'latency-p99', why: 'there is no Prometheus'},
			],
		});
	});
});

describe('pods that were made anew and are not scraped yet', () => {
	const hash = {old: '6d4cf56db6', new: '7c9f5b8d4'};
	const named = (name: string, generateName: string, podTemplateHash?: string) => {
		const {metadata, ...rest} = pod(name, limited);
		const labels = podTemplateHash === undefined ? {} : {'pod-template-hash': podTemplateHash};
		return {...rest, metadata: {...metadata, generateName, labels}};
	};
	const ofDeployment = named(`web-${hash.new}-4xk2v`, `web-${hash.new}-`, hash.new);
	/** One server that scraped a pod until it went a moment ago. */
	const scraped = (name: string) => {
		const world = counted([
			['http_requests_total', {pod: name, code: '200'}],
			['http_request_duration_seconds_bucket', {pod: name, le: '1'}],
			['container_memory_working_set_bytes', {pod: name, container: 'main'}],
			['lag', {pod: name}],
		]);
		world.end(name);
		world.pass(90_000);
		return world;
	};
	const all = ['error-ratio,latency-p99,saturation', 'lag=max by (pod) (lag{pod=~"{{pods}}"});worse=higher'];

	test.each([
		['of a Deployment, by a rollout', `web-${hash.old}-qd5gl`, ofDeployment],
		['of a Deployment, after a delete', `web-${hash.new}-qd5gl`, ofDeployment],
		['of a DaemonSet', 'web-qd5gl', named('web-4xk2v', 'web-')],
		['of a StatefulSet', 'web-0', pod('web-0', limited)],
		[
			'with a name that was cut',
			`${'long-'.repeat(11)}web-6d4cf5qd5gl`.slice(0, 58).concat('qd5gl'),
			named(`${'long-'.repeat(11)}web-6d4`.slice(0, 58).concat('4xk2v'), `${'long-'.repeat(11)}web-6d4cf56db6-`, '6d4cf56db6'),
		],
	])('%s, are judged by what was counted before them', async (_, before, now) => {
		const {ports, metrics, set} = scraped(before);
		expect(await metrics.query('{namespace="shop"}')).toEqual([]);
		const workload = {name: 'web', namespace: 'shop', pods: [now]};
		const unscraped = await chooseMetrics(ports, workload, []);
		expect(unscraped.chosen.map(({metric}) => metric.name)).toEqual(['error-ratio', 'latency-p99']);
		const asked = await chooseMetrics(ports, workload, all);
		expect(asked.chosen.map(({metric}) => metric.name)).toEqual(['error-ratio', 'latency-p99', 'saturation', 'lag']);
		set('http_requests_total', {pod: now.metadata.name, code: '200'}, 1);
		set('lag', {pod: now.metadata.name}, 1);
		expect([await chooseMetrics(ports, workload, []), await chooseMetrics(ports, workload, all)]).toEqual([unscraped, asked]);
	});

	test.each([
		['by nobody for minutes', `web-${hash.old}-qd5gl`, 660_000],
		['before, of another Deployment', `web-api-${hash.old}-qd5gl`, 0],
		['before, of another StatefulSet', 'web-0', 0],
	])('and were counted %s are not', async (_, before, passed) => {
		const {ports, pass} = scraped(before);
		pass(passed);
		const {chosen, leftOut} = await chooseMetrics(ports, {name: 'web', namespace: 'shop', pods: [ofDeployment]}, []);
		expect([chosen, leftOut.map(({why}) => why)]).toEqual([
			[],
			['test counts no requests of web', 'test has no histogram of how long web takes to answer'],
		]);
	});
});

test('a server that was named and does not answer is an error, also where metrics are only looked for', async () => {
	const away = new MkcoaError({kind: 'environment', code: 'metrics-unreachable', what: 'Prometheus http://p does not answer'});
	const ports = {cluster: fakeCluster().cluster, metrics: () => Promise.reject(away)};
	for (const texts of [[], ['error-ratio']]) await expect(chooseMetrics(ports, web, texts)).rejects.toBe(away);
});

describe('metrics by name', () => {
	const path = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods';

	test('several latencies are read from one histogram', async () => {
		const {ports} = counted([['http_request_duration_seconds_bucket', {pod: 'web-1', le: '1'}]]);
		const {chosen} = await chooseMetrics(ports, web, ['latency-p50,latency-p95']);
		expect(chosen.map(({metric}) => metric.quantile)).toEqual([0.5, 0.95]);
		expect(chosen[0]?.reading).toEqual(chosen[1]?.reading);
	});

	test('saturation is read from metrics.k8s.io', async () => {
		const {ports} = counted([], {[path]: {items: []}});
		expect((await chooseMetrics(ports, web, ['saturation'])).chosen).toMatchObject([{metric: {kind: 'gauge'}, source: 'metrics.k8s.io'}]);
	});

	test('a query of one’s own', async () => {
		const {ports} = counted([
			['lag', {pod: 'web-1'}],
			['lag', {pod: 'web-2'}],
		]);
		const {chosen} = await chooseMetrics(ports, web, ['lag=lag{pod=~"{{pods}}"};worse=higher;tolerance=20%']);
		expect(chosen).toEqual([
			{
				metric: {name: 'lag', kind: 'gauge', worse: 'higher', tolerance: 0.2},
				reading: {kind: 'query', promql: 'lag{pod=~"{{pods}}"}'},
				query: 'lag{pod=~"{{pods}}"}',
				source: 'test',
			},
		]);
	});

	const failure = async (text: string, series: Parameters<typeof counted>[0] = [], workload: object = web) =>
		troubleOf(await chooseMetrics(counted(series).ports, {...web, ...workload}, [text]).catch(error => error));

	test.each([
		['error-ratio', 'metric-without-series', /test counts no requests of web/],
		['latency-p95', 'metric-without-series', /no histogram/],
		['saturation', 'metric-without-series', /metrics.k8s.io/],
		['lag=lag{pod=~"{{pods}}"};worse=higher', 'metric-without-series', /answers nothing to lag\{pod=~"web-1\|web-2"\}/],
		['lag=lag{service="{{service}}"};worse=higher', 'bad-metric', /no route/],
		['lag=sum(lag{pod=~"{{pods}}"};worse=higher', 'bad-query', /sum\(lag/],
	])('%s without series is an error with a remedy', async (text, code, words) => {
		const trouble = await failure(text);
		expect(trouble).toMatchObject({code, next: expect.any(String)});
		expect(`${trouble.what}: ${trouble.why}`).toMatch(words);
	});

	test('saturation of pods without limits says what is missing', async () => {
		expect(await failure('saturation', [], {pods: [pod('web-1')]})).toMatchObject({
			why: 'no container of web has a limit of CPU or memory',
		});
	});

	test('several series for one pod, or for no pod, are refused', async () => {
		const series = [
			['lag', {pod: 'web-1', queue: 'a'}],
			['lag', {pod: 'web-1', queue: 'b'}],
		] as const;
		expect(await failure('lag=lag{pod=~"{{pods}}"};worse=higher', series)).toMatchObject({
			code: 'several-series',
			what: 'The metric lag: A query answers several series where one for the pod web-1 is needed',
			next: expect.stringContaining('max by (pod)'),
		});
		expect(await failure('lag=sum by (queue) (lag{pod=~"{{pods}}"});worse=higher', series)).toMatchObject({code: 'several-series'});
		expect((await chooseMetrics(counted(series).ports, web, ['lag=max(lag{pod=~"{{pods}}"});worse=higher'])).chosen).toHaveLength(1);
	});
});
