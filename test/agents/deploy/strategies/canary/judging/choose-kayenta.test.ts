import {expect, test} from 'vitest';
import {chooseKayenta} from '../../../../../../src/agents/deploy/strategies/canary/judging/choose-kayenta.ts';
import type {KubeObject} from '../../../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../../../support/fake-cluster.ts';
import {metricsOver} from '../../../../../support/metrics-over.ts';

const hash = '7c9f5b8d4';
const labels = {app: 'web'};
const stable: KubeObject = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', namespace: 'shop'},
	spec: {selector: {matchLabels: labels}},
};
const pod: KubeObject = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {
		...{name: `web-${hash}-4xk2v`, generateName: `web-${hash}-`, namespace: 'shop'},
		labels: {...labels, 'pod-template-hash': hash},
	},
	spec: {},
};
const text = JSON.stringify({
	name: 'golden',
	metrics: [
		{
			name: 'lag',
			groups: ['lag'],
			query: {type: 'prometheus', customInlineTemplate: 'PromQL:sum(lag{pod=~"{{pods}}"})'},
			analysisConfigurations: {canary: {direction: 'increase'}},
		},
	],
	classifier: {groupWeights: {lag: 100}},
});
const asked = {text, scores: undefined, parameters: [], metrics: [], interval: '4m', baseline: true, service: undefined, steps: '50,100'};

test('a config is tried on the pods before where those of now are not scraped yet', async () => {
	const {ports, set, end, pass} = metricsOver();
	const all = {...ports, cluster: fakeCluster({objects: [stable, pod]}).cluster};
	await expect(chooseKayenta(all, stable, asked)).rejects.toMatchObject({trouble: {code: 'metric-without-series'}});
	const before = 'web-6d4cf56db6-qd5gl';
	set('lag', {pod: before}, 1);
	end(before);
	pass(60_000);
	const unscraped = await chooseKayenta(all, stable, asked);
	expect(unscraped.notes).toEqual([]);
	set('lag', {pod: pod.metadata.name}, 1);
	expect(await chooseKayenta(all, stable, asked)).toEqual(unscraped);
});
