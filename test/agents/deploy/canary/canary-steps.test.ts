import {describe, expect, test} from 'vitest';
import {canaryManifest} from '../../../../src/agents/deploy/canary/canary-manifest.ts';
import {canaryScript} from '../../../../src/agents/deploy/canary/canary-steps.ts';
import {imageChange} from '../../../../src/agents/deploy/workload.ts';
import {stagesOf} from '../../../../src/analysis/canary/stages.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

const change = imageChange(webDeployment(), 'registry.example/shop/web:1.5.0');

const script = (replicas: number, weights: readonly number[], keepStable = false) =>
	canaryScript({
		stable: webDeployment({replicas}),
		namespace: 'shop',
		change,
		stages: stagesOf(replicas, weights, keepStable),
		replicas,
		interval: '60s',
		judgedBy: 'readiness',
	});

describe('canaryManifest', () => {
	const manifest = canaryManifest(webDeployment(), change, 1);

	test('copies the pods with the new image and a label of their own', () => {
		expect(manifest.spec).toEqual({
			replicas: 1,
			progressDeadlineSeconds: 600,
			strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}},
			selector: {matchLabels: {app: 'web', 'mkcoa.dev/track': 'canary'}},
			template: {
				metadata: {annotations: {'prometheus.io/scrape': 'true'}, labels: {app: 'web', tier: 'front', 'mkcoa.dev/track': 'canary'}},
				spec: {containers: [{name: 'web', image: 'registry.example/shop/web:1.5.0'}]},
			},
		});
	});

	test('carries nothing by which Argo CD or Helm would take it for theirs and prune it', () => {
		expect(manifest.metadata).toEqual({
			name: 'web-canary',
			namespace: 'shop',
			labels: {app: 'web', 'mkcoa.dev/track': 'canary'},
			annotations: {'mkcoa.dev/canary-of': 'web'},
		});
	});

	test('refuses a name that leaves no room for the suffix', () => {
		expect(() => canaryManifest(webDeployment({name: 'w'.repeat(250)}), change, 1)).toThrowError(/too long a name for a canary/);
	});
});

describe('canaryScript', () => {
	test('tells every step before anything happens, the way back included', () => {
		expect(script(4, [25, 50, 100]).steps.map(({title, on}) => (on === undefined ? title : `[${on}] ${title}`))).toEqual([
			'Start web-canary with 1 pod of registry.example/shop/web:1.5.0',
			'Take web from 4 to 3 pods',
			'Judge 25 % of the traffic for 60s by readiness',
			'Grow web-canary to 2 pods',
			'Take web from 3 to 2 pods',
			'Judge 50 % of the traffic for 60s by readiness',
			'Promote: web gets registry.example/shop/web:1.5.0 and 4 pods',
			'Remove web-canary',
			'[failure] If the verdict is bad: web back to 4 pods',
			'[failure] If the verdict is bad: remove web-canary',
		]);
	});

	test('one pod stays one pod: the canary comes on top', () => {
		expect(script(1, [50, 100]).steps.map(({title}) => title)).toEqual([
			'Start web-canary with 1 pod of registry.example/shop/web:1.5.0',
			'Judge 50 % of the traffic for 60s by readiness',
			'Promote: web gets registry.example/shop/web:1.5.0 and 1 pod',
			'Remove web-canary',
			'If the verdict is bad: remove web-canary',
		]);
	});

	test('never touches the number of pods that an autoscaler owns', () => {
		const writes = script(9, [10, 50, 100], true)
			.steps.filter(({on}) => on === undefined)
			.flatMap(step => step.writes);
		const ofStable = writes.filter(({ref}) => ref.name === 'web');
		expect(ofStable).toHaveLength(1);
		expect(ofStable[0]).toMatchObject({op: 'patch', type: 'json'});
		expect(JSON.stringify(ofStable)).not.toContain('/spec/replicas');
	});

	test('the places of the acts point at their steps', () => {
		const {steps, stages, promote, removeCanary, restore, discard} = script(4, [25, 50, 100]);
		expect(stages.map(({grow, shrink, judge}) => [grow, shrink, judge])).toEqual([
			[0, 1, 2],
			[3, 4, 5],
		]);
		expect([promote, removeCanary, restore, discard].map(index => steps[index ?? -1]?.writes[0]?.op)).toEqual([
			'patch',
			'delete',
			'patch',
			'delete',
		]);
	});
});
