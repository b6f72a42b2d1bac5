import type {Intent} from '../../../src/analysis/alert-rules/intents/intent.ts';
import type {RealSeries} from '../../../src/analysis/alert-rules/unit-tests/real-series.ts';

const shop = (labels: Record<string, string>, usual?: number): RealSeries => ({
	labels: {namespace: 'shop', ...labels},
	...(usual === undefined ? {} : {usual}),
});

/** Series as a cluster with two services has them. */
export const clusterSeries: readonly RealSeries[] = [
	...['web', 'cart'].flatMap(service => [
		...['200', '404', '500'].map(code => shop({__name__: 'http_requests_total', service, code, pod: `${service}-0`}, 4)),
		shop({__name__: 'grpc_requests_total', service, code: 'OK'}, 9),
		shop({__name__: 'queue_jobs_total', service}),
		shop({__name__: 'queue_errors_total', service}),
		shop({__name__: 'queue_depth', service, pod: `${service}-0`}, 3),
		shop({__name__: 'queue_depth', service, pod: `${service}-1`}, 5),
		...['0.1', '0.25', '0.5', '1', '2.5', '+Inf'].map(le =>
			shop({__name__: 'http_request_duration_seconds_bucket', service, le, pod: `${service}-0`}),
		),
		shop({__name__: 'rpc_duration_seconds', service}),
		shop({__name__: 'pool_connections', service}, 20),
		shop({__name__: 'pool_connections_limit', service}, 200),
	]),
	{labels: {__name__: 'up', job: 'web', instance: '10.0.0.1:80'}, usual: 1},
];

const named = {severity: 'warning', by: ['namespace', 'service'], runbook: 'https://wiki.example/runbook'} as const;
const objective = (value: number) => ({objective: value, windowSeconds: 30 * 86_400});

/** One of every kind, and the odd ones among them. */
export const intents: readonly Intent[] = [
	{
		...named,
		kind: 'threshold',
		name: 'QueueDeep',
		selector: 'queue_depth{namespace="shop"}',
		isCounter: false,
		aggregate: 'sum',
		compare: '>',
		threshold: 100,
	},
	{
		...named,
		kind: 'threshold',
		name: 'QueueDeepest',
		selector: 'queue_depth',
		isCounter: false,
		aggregate: 'max',
		compare: '>=',
		threshold: 7,
		by: [],
	},
	{
		...named,
		kind: 'threshold',
		name: 'FewConnections',
		selector: 'pool_connections',
		isCounter: false,
		aggregate: 'min',
		compare: '<',
		threshold: 2,
		for: '0s',
	},
	{
		...named,
		kind: 'threshold',
		name: 'TargetDown',
		selector: 'up{job="web"}',
		isCounter: false,
		aggregate: 'max',
		compare: '<',
		threshold: 1,
		by: ['job', 'instance'],
	},
	{
		...named,
		kind: 'threshold',
		name: 'TooManyRequests',
		selector: 'http_requests_total',
		isCounter: true,
		aggregate: 'sum',
		compare: '>',
		threshold: 2000,
	},
	{
		...named,
		kind: 'threshold',
		name: 'NoRequests',
		selector: 'http_requests_total{code="200"}',
		isCounter: true,
		aggregate: 'avg',
		compare: '<=',
		threshold: 0.5,
	},
	{...named, kind: 'ratio', name: 'RequestsFail', bad: 'http_requests_total{code=~"5.."}', total: 'http_requests_total', threshold: 0.05},
	{
		...named,
		kind: 'ratio',
		name: 'MostRequestsFail',
		bad: 'http_requests_total{code=~"5.."}',
		total: 'http_requests_total',
		threshold: 0.9,
		by: [],
	},
	// Nothing has failed yet: there is no series of it.
	{
		...named,
		kind: 'ratio',
		name: 'CallsFail',
		bad: 'grpc_requests_total{code=~"Internal|Unknown"}',
		total: 'grpc_requests_total',
		threshold: 0.01,
	},
	// Failures are counted apart.
	{...named, kind: 'ratio', name: 'JobsFail', bad: 'queue_errors_total', total: 'queue_jobs_total', threshold: 0.2, for: '30m'},
	{
		...named,
		kind: 'latency',
		name: 'RequestsSlow',
		selector: 'http_request_duration_seconds',
		isNative: false,
		quantile: 0.99,
		threshold: 0.3,
	},
	{
		...named,
		kind: 'latency',
		name: 'RequestsVerySlow',
		selector: 'http_request_duration_seconds',
		isNative: false,
		quantile: 0.5,
		threshold: 2,
		by: [],
	},
	{...named, kind: 'latency', name: 'CallsSlow', selector: 'rpc_duration_seconds', isNative: true, quantile: 0.9, threshold: 0.3},
	{
		...named,
		kind: 'burn',
		name: 'ShopErrorBudgetBurn',
		slo: 'shop',
		objective: objective(0.999),
		bad: 'http_requests_total{code=~"5.."}',
		total: 'http_requests_total',
	},
	{
		...named,
		kind: 'burn',
		name: 'CallsErrorBudgetBurn',
		slo: 'calls "inner"',
		objective: objective(0.9),
		bad: 'grpc_requests_total{code!="OK"}',
		total: 'grpc_requests_total',
		by: [],
	},
	{kind: 'absence', name: 'WebGone', severity: 'critical', runbook: named.runbook, selector: 'up{job="web",instance!=""}'},
	{
		...named,
		kind: 'exhaustion',
		name: 'PoolFills',
		used: 'pool_connections',
		capacity: 'pool_connections_limit',
		window: '1h',
		horizon: '4h',
		from: 0.5,
	},
	...[
		'sum by (namespace) (rate(http_requests_total{code="500"}[5m])) / sum by (namespace) (pool_connections)',
		'max without (pod) (queue_depth{service="web"})',
		'100 * (1 - avg by (service) (pool_connections) / avg by (service) (pool_connections_limit))',
		'pool_connections / on (namespace, service) group_left () max by (namespace, service) (pool_connections_limit)',
		'increase(queue_jobs_total[1h])',
	].map(
		(expr, index): Intent => ({
			kind: 'expression',
			name: `Own${index + 1}`,
			severity: 'info',
			runbook: named.runbook,
			expr,
			compare: '>',
			threshold: 12,
		}),
	),
];
