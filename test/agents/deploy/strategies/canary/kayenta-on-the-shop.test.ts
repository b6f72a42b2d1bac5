import {describe, expect, test, vi} from 'vitest';
import {deploymentCanary} from '../../../../../src/agents/deploy/tools/deployment-canary.ts';
import type {Event} from '../../../../../src/core/event.ts';
import {shopRoad} from '../../../../support/shop-road.ts';

// Canaries that run at once share a processor.
vi.setConfig({testTimeout: 60_000});

const {run, sandbox, ports} = await shopRoad();
const image = (name: string, tag: string) => `registry.example/shop/${name}:${tag}`;

const ratio = (name: string, code: string) => ({
	name,
	groups: ['errors'],
	query: {
		type: 'prometheus',
		customInlineTemplate: `PromQL:sum(rate(http_requests_total{namespace="\${location}",pod=~"\${scope}-.*",code=~"${code}"}[1m])) / sum(rate(http_requests_total{namespace="\${location}",pod=~"\${scope}-.*"}[1m]))`,
	},
	analysisConfigurations: {canary: {direction: 'increase', nanStrategy: 'replace', critical: false}},
});
const config = (...metrics: readonly object[]) => JSON.stringify({name: 'golden', metrics, classifier: {groupWeights: {errors: 100}}});
const errors = config(ratio('errors', '5..'));

describe.concurrent('a canary that a Kayenta config judges', () => {
	test('passes by its score, and shows what the score is made of', async () => {
		const events: Event[] = [];
		const {outcome, trail} = await run(
			deploymentCanary,
			{name: 'web', image: image('web', '1.5.0'), steps: '50,100', interval: '4m', kayenta: errors},
			{emit: event => events.push(event)},
		);
		expect(outcome).toMatchObject({
			kind: 'done',
			output: {
				verdict: 'promoted',
				stages: [
					{
						weight: 50,
						verdict: {
							...{verdict: 'pass', kayenta: {score: 100, pass: 95, groups: [{name: 'errors', score: 100, weight: 100}]}},
							evidence: {metrics: [{metric: 'errors', verdict: 'pass', stable: {samples: 17}}]},
						},
					},
				],
			},
		});
		const plan = trail.entries[0]?.plan;
		expect(plan?.steps.map(({title}) => title).find(title => title.startsWith('Judge'))).toMatch(
			/by the Kayenta config golden, restarts and readiness$/,
		);
		expect(plan?.verify.join('\n')).toMatch(/A score of 95 passes; one from 75 on goes on/);
		expect(plan?.consequences.map(({id}) => id)).toEqual(expect.arrayContaining(['kayenta-unequal']));
		expect(events.filter(({kind}) => kind === 'verdict')).toMatchObject([{verdict: 'pass', text: "Kayenta's score is 100, and 95 passes"}]);
	});

	test('is taken back by a bad score, with the metric that made it bad', async () => {
		const {outcome} = await run(deploymentCanary, {
			name: 'search',
			image: image('search', '5.1.0-bad'),
			steps: '50,100',
			interval: '4m',
			kayenta: errors,
		});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'canary-failed'}, left: [], output: {verdict: 'rolled-back'}});
		expect(outcome.kind === 'failed' && outcome.error.why).toBe("Kayenta's score is 0, and 75 is the least to go on: errors is High");
	});

	test('goes on by a marginal score, and fails by it at the last step', async () => {
		const two = config(ratio('errors', '5..'), ratio('answers', '2..'));
		const {outcome} = await run(deploymentCanary, {
			name: 'catalog',
			image: image('catalog', '9.9.9-bad'),
			steps: '33,67,100',
			interval: '4m',
			kayenta: two,
			kayentaScores: '95,50',
		});
		const output = outcome.kind === 'failed' ? outcome.output : undefined;
		expect(output).toMatchObject({stages: [{verdict: {verdict: 'pass'}}, {verdict: {verdict: 'fail'}}]});
	});
});

test('a plan names metrics without numbers that the config takes for zero', async () => {
	const kayenta = config(ratio('errors', '5..'), ratio('wrong', '9..'));
	const {outcome} = await run(deploymentCanary, {name: 'cart', image: image('cart', '3.2.0'), interval: '4m', kayenta}, {mode: 'plan'});
	if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
	expect(outcome.plan.consequences.find(({id}) => id === 'kayenta-zeros')?.text).toMatch(
		/wrong ha(s|ve) no numbers now, and the config takes none for zero: .* no step passes$/,
	);
});

describe('what the plan refuses', () => {
	test.each([
		['a cluster without Prometheus', {kayenta: errors}, 'no-metrics', true],
		['an interval of too few points', {kayenta: errors, interval: '60s'}, 'bad-kayenta-config', false],
		['another choice of metrics', {kayenta: errors, metrics: ['error-ratio']}, 'bad-kayenta-config', false],
		[
			'metrics that the workload does not have',
			{kayenta: config({...ratio('errors', '5..'), query: {metricName: 'nothing'}, analysisConfigurations: {}})},
			'metric-without-series',
			false,
		],
		[
			'one series for each pod',
			{kayenta: config({...ratio('errors', '5..'), query: {metricName: 'http_requests_total', groupByFields: ['pod']}})},
			'several-series',
			false,
		],
	])('%s', async (_name, more, code, isBlind) => {
		const blind = {...ports, metrics: async () => ({why: 'the cluster has no Prometheus'})};
		const {outcome} = await run(
			deploymentCanary,
			{name: 'cart', image: image('cart', '3.2.0'), interval: '4m', ...more},
			isBlind ? {ports: blind} : {},
		);
		expect(outcome).toMatchObject({kind: 'failed', error: {code, next: expect.stringMatching(/./)}});
		expect(sandbox.machine.get('Deployment', 'shop', 'cart-canary')).toBeUndefined();
	});
});
