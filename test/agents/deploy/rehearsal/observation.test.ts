import {describe, expect, test} from 'vitest';
import {observeRehearsal} from '../../../../src/agents/deploy/rehearsal/observation.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

const refused = (pod: string, message: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Event',
	metadata: {name: `event-${pod}`, namespace: 'shop'},
	reason: 'FailedCreate',
	message: `Error creating: pods "${pod}" is forbidden: ${message}`,
	involvedObject: {apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace: 'shop', name: 'web-b7cf846f9'},
});

test('a quota is told once, however many pods it refused and however much of it was used by then', () => {
	const seen = observeRehearsal('shop', []);
	for (const [index, used] of ['300m', '300m', '350m'].entries()) {
		const message = `exceeded quota: small, requested: requests.cpu=350m, used: requests.cpu=${used}, limited: requests.cpu=400m`;
		seen.see({type: 'ADDED', object: refused(`web-b7cf846f9-${index}`, message)});
	}
	expect(seen.findings().filter(({level}) => level === 'bad')).toEqual([
		{
			id: 'quota',
			level: 'bad',
			text: 'ReplicaSet web-b7cf846f9 cannot make a pod: exceeded quota: small, requested: requests.cpu=350m, used: requests.cpu=350m, limited: requests.cpu=400m',
		},
	]);
});

test('two refusals of the same pod template are one', () => {
	const seen = observeRehearsal('shop', []);
	for (const name of ['a', 'b'])
		seen.see({type: 'ADDED', object: refused(`web-b7cf846f9-${name}`, 'violates PodSecurity "restricted:latest"')});
	expect(seen.findings().filter(({level}) => level === 'bad')).toMatchObject([
		{id: 'refused', text: 'ReplicaSet web-b7cf846f9 cannot make a pod: violates PodSecurity "restricted:latest"'},
	]);
});

const named = (apiVersion: string, kind: string, name: string, more: JsonObject): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop'},
	...more,
});
const waiting = (status: string): KubeObject =>
	named('v1', 'Pod', 'web-1', {status: {conditions: [{type: 'PodScheduled', status, message: '0/2 nodes are available'}]}});

describe('what stands in the way for a moment only keeps nothing from its end:', () => {
	const quota = refused('web-b7cf846f9-1', 'exceeded quota: small');
	const set = (replicas: number, readyReplicas: number) =>
		named('apps/v1', 'ReplicaSet', 'web-b7cf846f9', {spec: {replicas}, status: {readyReplicas}});
	test.each([
		['a quota, and the ReplicaSet has its pods after all', [quota, set(2, 2)], 'mind'],
		['but not one that has them not', [quota, set(2, 1)], 'bad'],
		['nor one that was taken back', [quota, set(0, 0)], 'bad'],
		['a node that was full, and the pod got one', [waiting('False'), waiting('True')], 'mind'],
		['but not a pod that still waits', [waiting('False')], 'bad'],
	] as const)('%s', (_, objects, level) => {
		const seen = observeRehearsal('shop', []);
		for (const object of objects) seen.see({type: 'MODIFIED', object});
		expect(seen.findings()[0]).toMatchObject({
			level,
			text: expect.stringMatching(level === 'mind' ? /^For a while only: / : /^(Replica|A pod)/),
		});
	});

	test('but not a pod that went without a node', () => {
		const seen = observeRehearsal('shop', []);
		seen.see({type: 'ADDED', object: waiting('False')});
		seen.see({type: 'DELETED', object: waiting('False')});
		expect(seen.findings()[0]).toMatchObject({id: 'unschedulable', level: 'bad'});
	});
});

describe('what a template names', () => {
	const web = named('apps/v1', 'Deployment', 'web', {
		spec: {
			template: {spec: {containers: [{name: 'web', envFrom: [{configMapRef: {name: 'settings'}}]}], imagePullSecrets: [{name: 'hub'}]}},
		},
	});
	const settings = named('v1', 'ConfigMap', 'settings', {data: {}});
	const hub = named('v1', 'Secret', 'hub', {data: {}});
	const references = (steps: readonly (readonly ['ADDED' | 'MODIFIED' | 'DELETED', KubeObject])[], start: readonly KubeObject[] = []) => {
		const seen = observeRehearsal('shop', start);
		for (const [type, object] of steps) seen.see({type, object});
		return seen.findings().filter(({id}) => id === 'broken-reference');
	};
	test('may come after it', () => {
		expect(
			references([
				['ADDED', web],
				['ADDED', settings],
				['ADDED', hub],
			]),
		).toEqual([]);
	});
	test('and is taken away under it is told', () => {
		expect(references([['DELETED', settings]], [web, settings, hub])).toMatchObject([
			{level: 'bad', text: 'web needs ConfigMap settings (environment of container web), which is not there'},
		]);
	});
	test('and was missing is told of a template that was taken back too', () => {
		expect(
			references(
				[
					['ADDED', web],
					['DELETED', web],
				],
				[settings],
			),
		).toEqual([{id: 'broken-reference', level: 'mind', text: 'web needs Secret hub (image pull secret), which is not there'}]);
	});
});
