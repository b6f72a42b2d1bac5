import {expect, test} from 'vitest';
import type {Script} from '../../../../../src/agents/deploy/staged/act.ts';
import {forecastOf} from '../../../../../src/agents/deploy/strategies/canary/forecast.ts';
import {fakeCluster} from '../../../../support/fake-cluster.ts';
import {metricsOver} from '../../../../support/metrics-over.ts';
import {webDeployment} from '../../../../support/web-deployment.ts';

const script = (...shares: readonly number[]): Script => ({
	acts: shares.map(share => ({title: '', writes: [], ifDies: '', wait: {kind: 'judge', weight: share * 100, share, pods: 1}})),
	wayBack: [],
});
const errors = {
	metric: {name: 'error-ratio', kind: 'counts', worse: 'higher', tolerance: 0},
	reading: {
		kind: 'requests',
		place: {by: 'pod', keyLabel: 'pod', namespaceLabel: 'namespace', matchers: ''},
		counter: 'http_requests_total',
		codeLabel: 'code',
	},
	query: '',
	source: 'test',
} as const;

/** What is told of a workload that gets so many requests a minute, one in a thousand failed; undefined: nobody counts them. */
async function forecast(perMinute: number | undefined, shares: readonly number[], {interval = '60s', baseline = false} = {}) {
	const rates = [
		{labels: {code: '200'}, value: ((perMinute ?? 0) / 60) * 0.999, atMs: 0},
		{labels: {code: '503'}, value: ((perMinute ?? 0) / 60) * 0.001, atMs: 0},
	];
	const metrics = {...metricsOver().metrics, query: async () => rates};
	const ports = {cluster: fakeCluster().cluster, metrics: async () => ({metrics})};
	const chosen = perMinute === undefined ? [] : [errors];
	const notes = await forecastOf(ports, {
		stable: webDeployment(),
		script: script(...shares),
		interval,
		chosen,
		service: undefined,
		baseline,
	});
	return notes.map(({id, severity, text}) => `${id} ${severity}: ${text}`);
}

test.each([
	['nobody counts requests', undefined, [0.25, 0.5], {}, ['forecast info: Judging takes 2m or more: 2 steps of 60s']],
	['nothing is judged', 210, [], {}, []],
	[
		'traffic is enough for each step',
		6000,
		[0.25, 0.5],
		{},
		[
			'forecast info: Judging takes 2m or more: 2 steps of 60s. At the 6000 requests a minute of now an answer on errors takes about 10s at 25 % and 10s at 50 %',
		],
	],
	[
		'a step is prolonged',
		210,
		[0.25],
		{},
		[
			'forecast info: Judging takes 60s or more: 1 step of 60s. At the 210 requests a minute of now an answer on errors takes about 3m at 25 %: a step is prolonged until then',
		],
	],
	[
		'a step can never have enough',
		210,
		[0.05],
		{},
		[
			'forecast info: Judging takes 60s or more: 1 step of 60s. At the 210 requests a minute of now an answer on errors takes about 14m at 5 %, and a step of 60s is prolonged to 10m at most: then the canary is taken back for want of data, so use --interval 14m',
		],
	],
	['a longer interval mends it', 210, [0.05], {interval: '14m'}, [expect.stringMatching(/about 14m at 5 %$/)]],
	['hardly any traffic', 2, [0.05], {}, [expect.stringMatching(/more than 4h at 5 %.*begin with a larger step, or wait for traffic$/)]],
	['no traffic', 0, [0.5], {}, [expect.stringMatching(/No request has reached web for some minutes, and without any no step passes$/)]],
	['a baseline has the traffic of a canary', 210, [0.05], {interval: '30m', baseline: true}, [expect.stringMatching(/about \d+m at 5 %$/)]],
] as const)('%s', async (_name, perMinute, shares, more, expected) => {
	expect(await forecast(perMinute, shares, more)).toEqual(expected);
});
