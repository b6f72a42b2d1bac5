import {expect, test} from 'vitest';
import {stringify} from 'yaml';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {Emit} from '../../../../src/core/event.ts';
import {canonicalJson, type Json} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {ResourceType} from '../../../../src/mcp/kubernetes/port.ts';
import {resourceApply} from '../../../../src/mcp/kubernetes/tools/resource-apply.ts';
import {carryOut, hastyClock, rehearse, told} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {fakeKinds} from '../../../support/fake-kinds.ts';
import {deployment, objectOf} from '../../../support/shop-objects.ts';

const yaml = (...objects: readonly object[]) => objects.map(object => stringify(object)).join('---\n');
const configMap = (name: string, data: object, namespace?: string) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, ...(namespace === undefined ? {} : {namespace})},
	data,
});
const newImage = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web'},
	spec: {template: {spec: {containers: [{name: 'web', image: 'web:2'}]}}},
};

const plan = (manifest: string, objects: readonly KubeObject[] = [], input: object = {}) =>
	rehearse(resourceApply, {manifest, ...input}, fakeCluster({objects}));

test('plans a new object and a change, each with its condition', async () => {
	const draft = await plan(yaml(newImage, configMap('settings', {a: '1'})), [deployment()]);
	expect(draft.steps.map(({title}) => title)).toEqual(['Create ConfigMap shop/settings', 'Change Deployment shop/web']);
	expect(draft.preconditions.map(({ref, uid}) => [ref.kind, uid])).toEqual([
		['ConfigMap', null],
		['Deployment', 'uid-Deployment-web'],
	]);
	expect(draft.changes[1]?.fields).toEqual([
		{path: ['spec', 'template', 'spec', 'containers', {name: 'web'}, 'image'], operation: 'replace', before: 'web:1', after: 'web:2'},
	]);
	expect(draft.summary).toBe('Apply 2 of 2 objects: create 1, change 1');
});

test('leaves out objects that are as the manifest says', async () => {
	const draft = await plan(yaml(configMap('same', {a: '1'}), configMap('other', {a: '2'})), [
		objectOf('v1', 'ConfigMap', 'same', {data: {a: '1'}}),
	]);
	expect(draft.steps.map(({title}) => title)).toEqual(['Create ConfigMap shop/other']);
});

test('has nothing to do when all are as the manifest says', async () => {
	const fake = fakeCluster({objects: [objectOf('v1', 'ConfigMap', 'same', {data: {a: '1'}})]});
	const {outcome} = await carryOut(resourceApply, {manifest: yaml(configMap('same', {a: '1'}))}, fake);
	expect(outcome).toMatchObject({kind: 'nothing-to-do', plan: {summary: 'The object is as the manifest says'}});
});

test('applies in the order in which the objects need each other', async () => {
	const fake = fakeCluster();
	const manifest = yaml({...deployment('web'), metadata: {name: 'web', namespace: 'new'}}, configMap('settings', {a: '1'}, 'new'), {
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name: 'new'},
	});
	const {outcome} = await carryOut(resourceApply, {manifest}, fake);
	expect(outcome.kind).toBe('done');
	expect(fake.calls.filter(call => call.startsWith('send'))).toEqual([
		'send apply Namespace new',
		'send apply ConfigMap new/settings',
		'send apply Deployment new/web',
	]);
});

test('says that objects of a new namespace can be checked only after it is made', async () => {
	const draft = await plan(yaml({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'new'}}, configMap('settings', {a: '1'}, 'new')));
	expect(draft.changes.map(({computed, why}) => [computed, why])).toEqual([
		['server', undefined],
		['local', 'its namespace new is created by this plan, so the server can check it only after'],
	]);
});

const definition = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'things.x.io'},
	spec: {group: 'x.io', scope: 'Namespaced', names: {kind: 'Thing', plural: 'things'}, versions: [{name: 'v1'}]},
};

test('says that an object of a new kind can be checked only after its definition is there', async () => {
	const draft = await plan(yaml({apiVersion: 'x.io/v1', kind: 'Thing', metadata: {name: 'one'}}, definition));
	expect(draft.steps.map(({title}) => title)).toEqual(['Create CustomResourceDefinition things.x.io', 'Create Thing shop/one']);
	expect(told(draft.consequences)).toContain(
		'warning not-asked: The server did not compute this change: its kind Thing is defined by this plan, so the server can check it only after',
	);
});

test('waits for a new kind to be served before it applies an object of it', async () => {
	const kinds = [...fakeKinds];
	const fake = fakeCluster({kinds});
	const manifest = yaml(definition, {apiVersion: 'x.io/v1', kind: 'Thing', metadata: {name: 'one'}});
	const emit: Emit = event => {
		if (event.kind === 'progress' && kinds.length === fakeKinds.length)
			kinds.push({...fakeKinds[4], apiVersion: 'x.io/v1', kind: 'Thing', plural: 'things'} as ResourceType);
	};
	const {outcome} = await carryOut(resourceApply, {manifest}, fake, {road: {clock: hastyClock(), emit}});
	expect(outcome).toMatchObject({kind: 'done'});
	expect(fake.object('Thing', 'one')).toBeDefined();
});

test('puts objects without a namespace into the one that was asked for', async () => {
	const draft = await plan(yaml(configMap('a', {})), [], {namespace: 'other'});
	expect(draft.input).toEqual({objects: ['ConfigMap other/a'], namespace: 'other'});
});

test.each([
	[
		'an unknown kind',
		yaml({apiVersion: 'x.io/v1', kind: 'Thing', metadata: {name: 'a'}}),
		'document 1, line 1: the cluster has no kind Thing of x.io/v1',
	],
	[
		'a missing name',
		yaml(configMap('a', {}), {apiVersion: 'v1', kind: 'Pod', metadata: {generateName: 'a-'}}),
		'document 2, line 7: Pod has no metadata.name',
	],
	['a missing kind', 'apiVersion: v1', 'document 1, line 1: kind is missing'],
	['a missing version', 'kind: Pod', 'document 1, line 1: apiVersion is missing'],
	['one object twice', yaml(configMap('a', {}), configMap('a', {b: 'c'})), 'ConfigMap a stands twice in the text'],
	[
		'several problems at once',
		'kind: Pod\n---\napiVersion: v1\n',
		'document 1, line 1: apiVersion is missing; document 2, line 3: kind is missing',
	],
])('applies nothing with %s', async (_, manifest, why) => {
	const fake = fakeCluster();
	const {outcome} = await carryOut(resourceApply, {manifest}, fake);
	expect(outcome).toMatchObject({kind: 'failed', error: {code: 'bad-manifest', why: expect.stringContaining(why)}});
	expect(fake.calls.filter(call => call.startsWith('send'))).toEqual([]);
});

test.each(['invalid', 'webhook-failed', 'conversion-failed', 'namespace-ending'])(
	'one object that is refused (%s) does not hide the problems of the others',
	async code => {
		const fake = fakeCluster({
			dryRun({ref: {name}}) {
				if (name === 'b') return undefined;
				throw new MkcoaError({kind: 'environment', code, what: `${name} was refused`});
			},
		});
		const {outcome} = await carryOut(resourceApply, {manifest: yaml(configMap('a', {}), configMap('b', {}), configMap('c', {}))}, fake);
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'bad-manifest', why: expect.stringMatching(/document 1.*a was refused.*document 3.*c was refused/)},
		});
		expect(fake.calls.filter(call => call.startsWith('send'))).toEqual([]);
	},
);

test('refuses an object of another namespace than the one asked for', async () => {
	await expect(plan(yaml(configMap('a', {}, 'shop')), [], {namespace: 'other'})).rejects.toThrow(
		'ConfigMap a is of namespace shop, and other was asked for',
	);
});

test('names who owns a field instead of taking it', async () => {
	const conflicts = [
		{field: '.spec.replicas', manager: 'kube-controller-manager'},
		{field: '.metadata.labels.team', manager: 'argocd-controller'},
	];
	const fake = fakeCluster({
		objects: [deployment()],
		dryRun: () => ({computed: 'conflict', conflicts, message: 'Apply failed with 2 conflicts'}),
	});
	const {outcome} = await carryOut(resourceApply, {manifest: yaml(newImage)}, fake);
	expect(outcome).toMatchObject({
		kind: 'failed',
		error: {
			code: 'field-conflict',
			what: 'Deployment shop/web was not changed',
			why: 'kube-controller-manager owns .spec.replicas; argocd-controller owns .metadata.labels.team',
			next: expect.stringContaining('Argo CD keeps it'),
		},
	});
});

test('keeps the values of secrets out of the plan and writes them all the same', async () => {
	const manifest = yaml({apiVersion: 'v1', kind: 'Secret', metadata: {name: 'keys'}, stringData: {password: 'canary-hunter2'}});
	const fake = fakeCluster();
	const {outcome, trail} = await carryOut(resourceApply, {manifest}, fake);
	expect(canonicalJson({outcome, events: trail.events} as unknown as Json)).not.toContain('canary-hunter2');
	expect(fake.object('Secret', 'keys')).toMatchObject({stringData: {password: 'canary-hunter2'}});
});

test('passes the warnings of the server on', async () => {
	const after = objectOf('v1', 'ConfigMap', 'a', {data: {a: '1'}});
	const fake = fakeCluster({dryRun: () => ({computed: 'server', after, warnings: ['v1 ConfigMap is old']})});
	const draft = await rehearse(resourceApply, {manifest: yaml(configMap('a', {a: '1'}))}, fake);
	expect(told(draft.consequences)).toContain('warning server-warning: The server warns: v1 ConfigMap is old');
});

test('drops a status that somebody copied into the manifest', async () => {
	const draft = await plan(yaml({...configMap('a', {a: '1'}), status: {phase: 'x'}}));
	expect(draft.steps[0]?.writes[0]).not.toHaveProperty('manifest.status');
});
