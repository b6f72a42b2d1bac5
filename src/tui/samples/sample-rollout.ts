import type {RolloutPicture} from '../../core/rollout-picture.ts';
import {sampleNow} from './sample-now.ts';

const looks = (values: string) => values.split(' ').map(value => (value === '-' ? null : Number(value) / 1000));

export const sampleRollout: RolloutPicture = {
	summary: 'Canary of shop/web: image 1.43.0 to 10, 25, 50 and 100 %',
	target: 'prod, namespace shop',
	state: 'running',
	startedAt: sampleNow - 9 * 60_000,
	endsAt: sampleNow + 12 * 60_000,
	step: {index: 3, of: 9, title: 'Judge 25 % for 5 minutes'},
	progress: {text: 'look', done: 14, total: 20},
	led: 'alice@laptop',
	weighed: 'by ready pods of Service web',
	weights: [
		{name: 'new', share: 0.25},
		{name: 'stable', share: 0.75},
	],
	verdict: {verdict: 'not-enough-data', text: 'about 3 more minutes at this traffic'},
	metrics: [
		{
			metric: 'error rate',
			verdict: 'not-enough-data',
			reason: 'a difference of 0.5 % could still hide',
			test: 'sequential test of two ratios',
			minutesMore: 3,
			worse: 'higher',
			tolerance: 0.005,
			unit: 'ratio',
			query: 'sum(rate(http_requests_total{code=~"5.."}[1m]))',
			source: 'prometheus.monitoring',
			spanMs: 14 * 15_000,
			canary: {value: 0.012, samples: 412, looks: looks('0 18 - 9 22 14 8 11 16 12 9 14 10 12')},
			stable: {value: 0.009, samples: 1260, looks: looks('9 10 8 9 11 9 8 9 10 9 9 8 9 9')},
			within: {low: 0.005, high: 0.027},
		},
	],
	tree: [
		{
			name: 'Deployment web',
			state: 'good',
			text: '6 of 6 ready, image 1.42.0',
			children: [{name: 'ReplicaSet web-66d8', state: 'good', text: '6 of 6 ready, revision 42', children: []}],
		},
		{
			name: 'Deployment web-canary',
			state: 'moving',
			text: '1 of 2 ready, image 1.43.0',
			children: [
				{
					name: 'ReplicaSet web-canary-7d9f',
					state: 'moving',
					text: '1 of 2 ready',
					children: [
						{name: 'web-canary-7d9f-x2x1', state: 'good', text: 'ready, node a-1', children: []},
						{name: 'web-canary-7d9f-k8w2', state: 'bad', text: 'CrashLoopBackOff, 3 restarts', children: []},
					],
				},
			],
		},
	],
	told: ['Send 10 % to the canary', 'pass: 10 % is no worse', 'Send 25 % to the canary'],
};

/** Its process died. */
export const stoppedRollout: RolloutPicture = {
	...sampleRollout,
	state: 'stopped',
	endsAt: undefined,
	led: 'nobody; the last sign of life came 2m ago',
	next: ['Go on with it: mkcoa deploy resume web -n shop', 'Take it back: mkcoa deploy abort web -n shop'],
};

/** Its judge took it back. */
export const endedRollout: RolloutPicture = {
	...sampleRollout,
	state: 'failed',
	endsAt: undefined,
	step: undefined,
	progress: undefined,
	verdict: {verdict: 'fail', text: "at 25 %, error rate: 12.0 % of the canary's 412 requests failed"},
	reason: "it was taken back, because 12.0 % of the canary's 412 requests failed; web runs web=shop/web:1.42.0",
	weights: [
		{name: 'new', share: 0},
		{name: 'stable', share: 1},
	],
	next: ['See how it is: mkcoa deploy status web -n shop'],
};
