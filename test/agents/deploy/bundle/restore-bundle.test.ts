import {describe, expect, test} from 'vitest';
import type {Bundle} from '../../../../src/agents/deploy/bundle/bundle.ts';
import {restoreBundle} from '../../../../src/agents/deploy/bundle/restore-bundle.ts';
import {type KubeObject, refKey, refOf} from '../../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../../support/kube-objects.ts';
import {loadedSchema} from '../../../support/loaded-schema.ts';

const web = deployment({metadata: {uid: 'uid-web'}});
const config = object('v1', 'ConfigMap', 'web', {metadata: {uid: 'u1', labels: {team: 'a'}}, data: {LEVEL: 'info', OLD: 'x'}});
const service = object('v1', 'Service', 'web', {
	metadata: {uid: 'u2', annotations: {'example.com/timeout': '5'}},
	spec: {clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'], selector: {app: 'web'}, ports: [{port: 80}]},
});

const bundle = (change: Partial<Bundle> = {}): Bundle => ({
	workload: web,
	revision: 4,
	configs: [],
	secrets: [],
	scalers: [],
	budgets: [],
	services: [],
	routes: [],
	leftOut: [],
	...change,
});
const restoring = (kept: Partial<Bundle>, live: readonly KubeObject[]) =>
	restoreBundle(bundle(kept), new Map(live.map(each => [refKey(refOf(each)), each])), loadedSchema);

describe('restoreBundle', () => {
	test('what is as it was takes no write, whatever the server and other people put beside it', () => {
		const live = {...config, metadata: {...config.metadata, resourceVersion: '9', labels: {team: 'b'}, annotations: {note: 'x'}}};
		expect(restoring({configs: [config]}, [web, live])).toEqual({writes: [], left: []});
	});

	test('a ConfigMap gets its keys back and loses those that came since; the template comes last', () => {
		const live = {...config, data: {LEVEL: 'debug', NEW: 'y'}};
		const changed = deployment({container: {image: 'registry.example.com/shop/web:2.0'}, replicas: 9});
		expect(restoring({configs: [config]}, [changed, live]).writes).toEqual([
			{op: 'patch', ref: refOf(config), type: 'merge', patch: {data: {LEVEL: 'info', NEW: null, OLD: 'x'}}},
			{op: 'patch', ref: refOf(web), type: 'json', patch: [{op: 'replace', path: '/spec/template', value: Object(web.spec).template}]},
		]);
	});

	test('a number of pods that is another now is left to the load of today', () => {
		expect(restoring({}, [deployment({replicas: 9})])).toEqual({writes: [], left: []});
	});

	test('what is gone is made again, a Service with a new address', () => {
		const {writes} = restoring({configs: [config], services: [service]}, [web]);
		expect(writes).toEqual([
			{op: 'create', ref: refOf(config), manifest: {...config, metadata: {name: 'web', namespace: 'shop', labels: {team: 'a'}}}},
			{
				op: 'create',
				ref: refOf(service),
				manifest: {
					...service,
					metadata: {name: 'web', namespace: 'shop', annotations: {'example.com/timeout': '5'}},
					spec: {selector: {app: 'web'}, ports: [{port: 80}]},
				},
			},
		]);
	});

	test('a Service keeps the address that it has, and gets its selector and annotations back', () => {
		const live = object('v1', 'Service', 'web', {
			metadata: {uid: 'u9', annotations: {'example.com/timeout': '60', 'kubectl.kubernetes.io/last-applied-configuration': '{}'}},
			spec: {clusterIP: '10.0.0.9', clusterIPs: ['10.0.0.9'], selector: {app: 'other'}, ports: [{port: 80}]},
		});
		expect(restoring({services: [service]}, [web, live]).writes).toEqual([
			{
				op: 'patch',
				ref: refOf(service),
				type: 'merge',
				patch: {metadata: {annotations: {'example.com/timeout': '5'}}, spec: {selector: {app: 'web'}}},
			},
		]);
	});

	test('an immutable one that holds something else, and a Secret of another type, are left and named', () => {
		const frozen = {...config, data: {LEVEL: 'debug'}, immutable: true};
		const kept = object('v1', 'Secret', 'db', {type: 'Opaque', data: {a: 'YQ=='}});
		const live = object('v1', 'Secret', 'db', {type: 'kubernetes.io/tls', data: {a: 'Yg=='}});
		expect(
			restoring({configs: [config], secrets: [kept], leftOut: ['Secret shop/x: reading it is not allowed']}, [web, frozen, live]),
		).toEqual({
			writes: [],
			left: [
				'ConfigMap shop/web stays as it is: it is immutable now, and holds something else',
				'Secret shop/db stays as it is: it was made again with another type',
				'Not kept with that revision: Secret shop/x: reading it is not allowed',
			],
		});
	});
});
