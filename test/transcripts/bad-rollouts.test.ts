import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {foundation} from '../../src/sandbox/scenarios/foundation.ts';
import {autoscaler, namespace, quota, service} from '../../src/sandbox/scenarios/objects.ts';
import {minutes} from '../../src/sandbox/scenarios/scenario.ts';
import {deployment} from '../../src/sandbox/scenarios/workloads.ts';
import {type Sandbox, startSandbox} from '../../src/sandbox/start.ts';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const app = (space: string, name: string, replicas = 2, tag = '1') =>
	deployment({namespace: space, name, image: `registry.example/${name}:${tag}`, replicas, port: 8080, cpu: '100m', memory: '64Mi'});
const serviceOf = (space: string, name: string, selector?: {readonly [key: string]: string}) =>
	service({namespace: space, name, port: 80, targetPort: 8080, ...(selector === undefined ? {} : {selector})});

const world: readonly KubeObject[] = [
	...['front', 'tight'].map(name => namespace(name)),
	app('front', 'web'),
	serviceOf('front', 'web'),
	app('front', 'lonely'),
	serviceOf('front', 'lonely', {app: 'nobody'}),
	app('front', 'tracker'),
	serviceOf('front', 'public', {app: 'traker'}),
	app('front', 'grown'),
	serviceOf('front', 'grown'),
	autoscaler('front', 'grown', 'grown', [2, 6], 70),
	app('front', 'moving'),
	serviceOf('front', 'moving'),
	quota('tight', 'pods', {pods: '2'}),
	app('tight', 'full'),
	serviceOf('tight', 'full'),
];

let sandbox: Sandbox;
let folder = '';
beforeAll(async () => {
	folder = await temporaryFolder();
	sandbox = await startSandbox({
		scenario: {
			history: [
				{agoMs: minutes(10), objects: [...foundation(), ...world]},
				// Ready a minute after its start.
				{agoMs: 5000, objects: [app('front', 'moving', 2, '2-slow')]},
			],
		},
	});
	writeFileSync(join(folder, 'kubeconfig'), sandbox.kubeconfig);
});
afterAll(() => sandbox.stop());

const canary = (name: string, ...more: readonly string[]) => [
	'deploy',
	'canary',
	name,
	'-n',
	'front',
	'--image',
	`registry.example/${name}:9`,
	...more,
];

const outcomeOf = async (words: readonly string[]) => {
	const {code, out} = await runMkcoa([...words, '--kubeconfig', join(folder, 'kubeconfig'), '--json', '--dry-run'], {folder});
	return {code, outcome: JSON.parse(out)};
};

describe('a rollout that cannot go well is refused in words of its own, with a way on:', () => {
	const lag = 'lag=queue_lag{namespace="{{namespace}}",pod=~"{{pods}}"};worse=higher';
	const rows: readonly (readonly [string, readonly string[], string, RegExp, RegExp])[] = [
		['steps that do not rise', canary('web', '--steps', '50,25'), 'usage', /higher than the one before it/, /--help/],
		['a step over 100', canary('web', '--steps', '50,120'), 'usage', /a percentage from 1 to 100/, /--help/],
		[
			'a pause where nothing stands',
			canary('web', '--pause-at', '100'),
			'bad-pause',
			/no step of 100 % to pause at: the steps below 100 % are 25, 50/,
			/--pause-at 25/,
		],
		[
			'a route that does not reach the workload',
			canary('web', '--traffic', 'httproute'),
			'route-misses-workload',
			/No HTTPRoute or GRPCRoute leads to web/,
			/--traffic replicas/,
		],
		[
			'a metric without series',
			canary('web', '--metrics', 'latency-p99'),
			'metric-without-series',
			/web cannot be judged by latency-p99/,
			/scraped/,
		],
		[
			'a query without series',
			canary('web', '--metrics', lag),
			'metric-without-series',
			/web cannot be judged by lag.*answers nothing/,
			/Try the query/,
		],
		[
			'more canary pods than the quota has room for',
			['deploy', 'canary', 'full', '-n', 'tight', '--image', 'registry.example/full:2'],
			'quota-too-small',
			/The canary of full does not fit into ResourceQuota pods.*2 pods more.*0 is left/,
			/--steps 10,25/,
		],
		[
			'a preview that the quota has no room for',
			['deploy', 'blue-green', 'full', '-n', 'tight', '--image', 'registry.example/full:2'],
			'quota-too-small',
			/The preview of full does not fit into ResourceQuota pods/,
			/^Raise the quota, or use: mkcoa deploy rolling full -n tight/,
		],
		[
			'a switch where no Service selects the pods',
			['deploy', 'blue-green', 'lonely', '-n', 'front', '--image', 'registry.example/lonely:2'],
			'no-service',
			/There is nothing to switch for lonely.*no Service selects its pods/,
			/deploy rolling lonely/,
		],
		[
			'a switch where a Service all but selects the pods',
			['deploy', 'blue-green', 'tracker', '-n', 'front', '--image', 'registry.example/tracker:2'],
			'no-service',
			/Service public selects no pod of tracker: it asks for app=traker, where they carry app=tracker/,
			/mend the selector: mkcoa k8s patch service public -n front/,
		],
		[
			'a workload that is rolling already',
			canary('moving'),
			'rolling-already',
			/moving is in the middle of a rollout.*of its \d pods/,
			/deploy rollback moving -n front/,
		],
		[
			'a workload that is rolling already, by a rolling update',
			['deploy', 'rolling', 'moving', '-n', 'front', '--image', 'registry.example/moving:9'],
			'rolling-already',
			/moving is in the middle of a rollout.*of its \d pods/,
			/deploy status moving -n front.*deploy rollback moving -n front/,
		],
	];
	test.each(rows)('%s', async (_, words, errorCode, what, next) => {
		const {code, outcome} = await outcomeOf(words);
		expect([code, outcome.kind, outcome.error?.code]).toEqual([1, 'failed', errorCode]);
		expect(`${outcome.error.what}: ${outcome.error.why}`).toMatch(what);
		expect(outcome.error.next).toMatch(next);
	});
});

describe('what a person should know before the yes stands in the plan:', () => {
	test.each([
		['a Service that selects nothing', canary('lonely'), 'service-selects-nothing', 'danger', /Service lonely selects no pod of lonely/],
		[
			'a Service whose selector is one letter off',
			canary('tracker'),
			'service-selects-nothing',
			'danger',
			/Service public selects no pod of tracker: it asks for app=traker, where they carry app=tracker/,
		],
		[
			'the same before a rolling update',
			['deploy', 'rolling', 'tracker', '-n', 'front', '--image', 'registry.example/tracker:9'],
			'service-selects-nothing',
			'warning',
			/Service public selects no pod of tracker/,
		],
		[
			'an autoscaler that owns the number of pods',
			canary('grown'),
			'autoscaler-owns-replicas',
			'warning',
			/owns the pods of grown: they stay/,
		],
	])('%s', async (_, words, id, severity, text) => {
		const {code, outcome} = await outcomeOf(words);
		expect(code).toBe(0);
		expect(outcome.plan.consequences).toContainEqual(expect.objectContaining({id, severity, text: expect.stringMatching(text)}));
	});
});
