import {describe, expect, test} from 'vitest';
import {canaryManifest} from '../../../../../../src/agents/deploy/strategies/canary/script/canary-manifest.ts';
import {ratioScript} from '../../../../../../src/agents/deploy/strategies/canary/script/ratio-script.ts';
import {newVersion} from '../../../../../../src/agents/deploy/strategies/rolling/new-version.ts';
import {stagesOf} from '../../../../../../src/analysis/canary/stages.ts';
import {webDeployment} from '../../../../../support/web-deployment.ts';

const version = newVersion(webDeployment(), {image: 'registry.example/shop/web:1.5.0'});

const script = (replicas: number, weights: readonly number[], keepStable = false, pauseAt: readonly number[] = [], baseline = false) =>
	ratioScript({
		stable: webDeployment({replicas}),
		version,
		stages: stagesOf(replicas, weights, keepStable),
		replicas,
		keepStable,
		interval: '60s',
		judgedBy: 'readiness',
		readyWithinMs: 300_000,
		pauseAt,
		baseline,
	});

describe('canaryManifest', () => {
	const manifest = canaryManifest(webDeployment(), version.template, 1);

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
		expect(() => canaryManifest(webDeployment({name: 'w'.repeat(250)}), version.template, 1)).toThrowError(/too long a name for a canary/);
	});
});

describe('ratioScript', () => {
	test('tells every act before anything happens, and what the cluster looks like if mkcoa dies there', () => {
		const {acts, wayBack} = script(4, [25, 50, 100]);
		expect([...acts, ...wayBack].map(({title, ifDies}) => `${title} | ${ifDies}`)).toEqual([
			'Start web-canary with 1 pod of registry.example/shop/web:1.5.0 | web-canary serves 20 % with 1 pod, web the rest with 4',
			'Take web from 4 to 3 pods | web-canary serves 25 % with 1 pod, web the rest with 3',
			'Judge 25 % of the traffic for 60s by readiness | web-canary serves 25 % with 1 pod, web the rest with 3',
			'Grow web-canary to 2 pods | web-canary serves 40 % with 2 pods, web the rest with 3',
			'Take web from 3 to 2 pods | web-canary serves 50 % with 2 pods, web the rest with 2',
			'Judge 50 % of the traffic for 60s by readiness | web-canary serves 50 % with 2 pods, web the rest with 2',
			'Promote: web gets registry.example/shop/web:1.5.0 and 4 pods | web goes over to registry.example/shop/web:1.5.0 by itself, and web-canary serves beside it',
			'Remove web-canary | web runs registry.example/shop/web:1.5.0 alone',
			'Bring web back to 4 pods of registry.example/shop/web:1.4.2 | web comes back to registry.example/shop/web:1.4.2 by itself, and web-canary serves beside it',
			'Remove web-canary | web runs registry.example/shop/web:1.4.2 alone, as before',
		]);
	});

	test('one pod stays one pod: the canary comes on top', () => {
		expect(script(1, [50, 100]).acts.map(({title}) => title)).toEqual([
			'Start web-canary with 1 pod of registry.example/shop/web:1.5.0',
			'Judge 50 % of the traffic for 60s by readiness',
			'Promote: web gets registry.example/shop/web:1.5.0 and 1 pod',
			'Remove web-canary',
		]);
	});

	test('stands at a weight until somebody promotes', () => {
		const {acts} = script(4, [25, 50, 100], false, [25]);
		expect(acts.filter(({wait}) => wait?.kind === 'hold').map(({title}) => title)).toEqual(['Stay at 25 % until somebody promotes']);
	});

	test('never touches the number of pods that an autoscaler owns', () => {
		const {acts, wayBack} = script(9, [10, 50, 100], true);
		const ofStable = [...acts, ...wayBack].flatMap(({writes}) => writes).filter(({ref}) => ref.name === 'web');
		expect(ofStable.map(({op}) => op)).toEqual(['patch', 'patch']);
		expect(JSON.stringify(ofStable)).not.toContain('/spec/replicas');
	});
});

test('a baseline is named apart in what the cluster looks like, and no pod of it counts as one of the stable version', () => {
	const {acts, wayBack} = script(4, [25, 50, 100], false, [], true);
	const [first, ...others] = [...acts, ...wayBack].map(({title, ifDies}) => `${title} | ${ifDies}`);
	expect(first).toBe(
		'Start web-canary with 1 pod of registry.example/shop/web:1.5.0, and web-baseline with as many of registry.example/shop/web:1.4.2 | web-canary serves 17 % with 1 pod, web-baseline as much, web the rest with 4',
	);
	expect(others).toContain('Take web from 4 to 2 pods | web-canary serves 25 % with 1 pod, web-baseline as much, web the rest with 2');
	expect(others.filter(text => text.includes('by itself'))).toEqual([
		expect.stringMatching(/^Promote: .* by itself, and web-canary and web-baseline serve beside it$/),
		expect.stringMatching(/^Bring web back .* by itself, and web-canary and web-baseline serve beside it$/),
	]);
});
