import {describe, expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {deployToolset} from '../../../../src/agents/deploy/toolset.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {AnyTool, Context} from '../../../../src/core/tool.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {withRolloutKinds} from '../../../support/rollout-kinds.ts';
import {toolContext} from '../../../support/tool-context.ts';

const selector = {matchLabels: {app: 'web'}};
const template = {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'main', image: 'web:1'}]}};
const metadata = {name: 'web', namespace: 'shop', uid: 'uid-web', generation: 1};
const deployment: KubeObject = {apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: {replicas: 2, selector, template}};
const target = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'};
const controlling = (apiVersion: string, kind: string, spec: JsonObject): KubeObject => ({
	apiVersion,
	kind,
	metadata: {...metadata, uid: 'uid-controller'},
	spec,
	status: {observedGeneration: '1', phase: 'Healthy', currentPodHash: 'a', stableRS: 'a'},
});
const argo = (strategy: JsonObject) => controlling('argoproj.io/v1alpha1', 'Rollout', {replicas: 2, selector, template, strategy});
const flagger = (analysis: JsonObject) => controlling('flagger.app/v1beta1', 'Canary', {targetRef: target, analysis});
const kruise = (strategy: JsonObject) => controlling('rollouts.kruise.io/v1beta1', 'Rollout', {workloadRef: target, strategy});

/** The plan of one deploy command line for `web`. */
async function planned(command: string, controller: KubeObject) {
	const tool: AnyTool<DeployPorts> | undefined = deployToolset.find(({name}) => name === command) as AnyTool<DeployPorts> | undefined;
	if (tool === undefined || !('plan' in tool)) throw new Error(`no tool ${command}`);
	const {cluster} = fakeCluster({
		kinds: withRolloutKinds,
		objects: [controller, ...(controller.apiVersion.startsWith('argo') ? [] : [deployment])],
	});
	const {context} = toolContext(cluster);
	const ports: DeployPorts = {cluster, metrics: () => Promise.reject(new Error('nobody asks for metrics'))};
	const input = tool.input.parse({name: 'web', namespace: 'shop', image: 'web:2'});
	return tool.plan(input, {...context, ports} as Context<DeployPorts>);
}

describe('deploy blue-green of what a controller rolls out', () => {
	test.each<readonly [string, KubeObject, RegExp]>([
		[
			'an Argo Rollout that promotes itself',
			argo({blueGreen: {activeService: 'web'}}),
			/blue-green strategy.*as soon as the new pods are ready/,
		],
		['one that waits for a person', argo({blueGreen: {activeService: 'web', autoPromotionEnabled: false}}), /when somebody promotes it/],
		['one that waits a while', argo({blueGreen: {activeService: 'web', autoPromotionSeconds: 30}}), /and 30 s are over/],
		['a Flagger analysis in rounds', flagger({interval: '1m', iterations: 10, threshold: 2}), /by its own analysis/],
		['a Kruise blue-green', kruise({blueGreen: {steps: [{replicas: '100%'}]}}), /by its own steps/],
	])('%s gets the new version, and its controller does the rest', async (_, controller, told) => {
		const plan = await planned('deployment_blue_green', controller);
		expect(plan.input).toMatchObject({controller: expect.any(String), until: 'rest'});
		expect(plan.summary).toMatch(/^Roll .*shop\/web out: web:1 → web:2$/);
		expect(plan.steps).toHaveLength(1);
		expect(plan.consequences.find(({id}) => id === 'steps-are-its-own')?.text).toMatch(told);
	});

	test.each<readonly [string, KubeObject, RegExp, string]>([
		['an Argo Rollout', argo({canary: {steps: [{setWeight: 25}]}}), /in its spec is canary,/, 'rollouts.argoproj.io/web'],
		['an Argo Rollout without any', argo({}), /names no strategy/, 'rollouts.argoproj.io/web'],
		['a Flagger canary', flagger({interval: '1m', maxWeight: 50, stepWeight: 10}), /by weights or requests/, 'canaries.flagger.app/web'],
		['a Flagger A/B test', flagger({interval: '1m', iterations: 5, match: [{}]}), /by weights or requests/, 'canaries.flagger.app/web'],
		['a Kruise canary', kruise({canary: {steps: []}}), /in its spec is canary,/, 'rollouts.rollouts.kruise.io/web'],
	])('%s of another strategy is refused, and that strategy is named', async (_, controller, why, word) => {
		await expect(planned('deployment_blue_green', controller)).rejects.toMatchObject({
			trouble: {
				code: 'not-possible',
				what: expect.stringMatching(/shop\/web is not rolled out blue-green$/),
				why: expect.stringMatching(why),
				next: `Roll the new version out by it: mkcoa deploy canary ${word} -n shop --image IMAGE`,
			},
		});
	});
});

test('a canary of a Rollout that goes over at once says so', async () => {
	const plan = await planned('deployment_canary', argo({blueGreen: {activeService: 'web'}}));
	expect(plan.consequences.map(({text}) => text).join()).toMatch(
		/all requests go over at once.*steps, checks and times of this command say nothing here/,
	);
});
