import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Bundle} from '../../../../../src/agents/deploy/bundle/bundle.ts';
import {restoreBundle} from '../../../../../src/agents/deploy/bundle/restore-bundle.ts';
import {compileRollback} from '../../../../../src/agents/deploy/strategies/rollback/compile-rollback.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../../../support/kube-objects.ts';
import {loadedSchema} from '../../../../support/loaded-schema.ts';
import {leftBy, worldOf} from '../../../../support/written-world.ts';

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const texts = fc.dictionary(word, word, {maxKeys: 4});
const encoded = fc.dictionary(
	word,
	word.map(text => Buffer.from(text).toString('base64')),
	{maxKeys: 4},
);

/** All that a bundle holds, in any state. */
const state = fc.record({
	workload: fc
		.record({image: word, env: texts, labels: texts, replicas: fc.integer({min: 1, max: 9})})
		.map(({image, env, labels, replicas}) =>
			deployment({
				replicas,
				container: {image, ...(Object.keys(env).length === 0 ? {} : {env: Object.entries(env).map(([name, value]) => ({name, value}))})},
				spec: {template: {metadata: {labels: {...labels, app: 'web'}}, spec: {containers: [{name: 'web', image}]}}},
			}),
		),
	config: texts.map(data => object('v1', 'ConfigMap', 'web', {data})),
	secret: encoded.map(data => object('v1', 'Secret', 'web', {type: 'Opaque', data})),
	scaler: fc
		.integer({min: 1, max: 9})
		.map(minReplicas => object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {spec: {minReplicas, maxReplicas: 9}})),
	service: texts.map(more => object('v1', 'Service', 'web', {spec: {selector: {...more, app: 'web'}, ports: [{port: 80}]}})),
	route: fc.integer({min: 0, max: 100}).map(weight =>
		object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', {
			spec: {
				rules: [
					{
						backendRefs: [
							{name: 'web', weight},
							{name: 'other', weight: 100 - weight},
						],
					},
				],
			},
		}),
	),
});

type State = {readonly [part in 'workload' | 'config' | 'secret' | 'scaler' | 'service' | 'route']: KubeObject};
const bundleOf = ({workload, config, secret, scaler, service, route}: State): Bundle => ({
	workload,
	revision: 4,
	configs: [config],
	secrets: [secret],
	scalers: [scaler],
	budgets: [],
	services: [service],
	routes: [route],
	leftOut: [],
});

/** The number of pods stays what it is. */
const comparable = (objects: Iterable<KubeObject>) =>
	[...objects]
		.map(each => (each.kind === 'Deployment' ? {...each, spec: {...Object(each.spec), replicas: 0}} : withoutEmpty(each)))
		.sort((a, b) => a.kind.localeCompare(b.kind));
/** The server tells no empty map of data from a missing one. */
const withoutEmpty = ({data, ...rest}: KubeObject) => ({...rest, kind: rest.kind, data: data ?? {}});

test('whatever was changed, a rollback is as it was before, and its way back as it is now', () => {
	fc.assert(
		fc.property(state, state, fc.subarray(['config', 'secret', 'scaler', 'service', 'route'] as const), (before, now, gone) => {
			const present = Object.entries(now).flatMap(([part, each]) => (gone.some(missing => missing === part) ? [] : [each]));
			const live = worldOf(present);
			const {writes, left} = restoreBundle(bundleOf(before), live, loadedSchema);
			const {acts, wayBack} = compileRollback({workload: now.workload, revision: 4, writes, live, withinMs: 1000});
			const after = leftBy(acts, live);
			expect(left).toEqual([]);
			expect(comparable(after.values())).toEqual(comparable(Object.values(before)));
			for (let done = 0; done <= acts.length; done++)
				expect(comparable(leftBy(wayBack, leftBy(acts.slice(0, done), live)).values())).toEqual(comparable(present));
		}),
		{numRuns: 150},
	);
});
