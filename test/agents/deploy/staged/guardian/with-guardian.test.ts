import {expect, test} from 'vitest';
import type {Script} from '../../../../../src/agents/deploy/staged/act.ts';
import {guardianProgram} from '../../../../../src/agents/deploy/staged/guardian/guard.ts';
import {withGuardian} from '../../../../../src/agents/deploy/staged/guardian/with-guardian.ts';
import {readScript, rolloutRefs, scriptDigest, scriptSecret} from '../../../../../src/agents/deploy/staged/record/rollout-objects.ts';
import {textAt, valueAt} from '../../../../../src/core/kube/json-at.ts';
import type {Write} from '../../../../../src/core/plan.ts';
import {createRedactor} from '../../../../../src/core/secrets/redact.ts';

const workload = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'shop', uid: 'u1'}};
const web = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const route = {apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace: 'shop', name: 'web'};
const patch = (ref: typeof web, type: 'json' | 'merge', value: Extract<Write, {op: 'patch'}>['patch']): Write => ({
	op: 'patch',
	ref,
	type,
	patch: value,
});

const script: Script = {
	acts: [{title: 'Start', writes: [], ifDies: 'a'}],
	wayBack: [
		{
			title: 'Bring back',
			writes: [patch(web, 'json', [{op: 'replace', path: '/spec/template', value: {secret: 'planted'}}])],
			ifDies: 'b',
			after: 1,
		},
		{
			title: 'Pods',
			writes: [
				patch(web, 'json', [
					{op: 'replace', path: '/spec/template', value: {secret: 'planted'}},
					{op: 'replace', path: '/spec/replicas', value: 3},
				]),
			],
			ifDies: 'c',
		},
		{title: 'Route', writes: [patch(route, 'merge', {spec: {rules: []}}), {op: 'delete', ref: {...web, name: 'web-canary'}}], ifDies: 'd'},
	],
};

const plurals: {readonly [kind: string]: string} = {Deployment: 'deployments', HTTPRoute: 'httproutes'};
const cluster = {
	typeOfRef: async ({apiVersion, kind}: {readonly apiVersion: string; readonly kind: string}) => ({
		apiVersion,
		kind,
		plural: plurals[kind] ?? '',
		singular: '',
		shortNames: [],
		categories: [],
		namespaced: true,
		verbs: [],
		subresources: [],
	}),
};

test('a guardian stands first and goes last, and may patch what it restores and nothing else', async () => {
	const refs = rolloutRefs({namespace: 'shop', name: 'web'});
	const guarded = await withGuardian(cluster, script, {workload, refs, image: 'node:24'});
	const made = guarded.acts[0]?.writes.flatMap(write => (write.op === 'create' ? [write.manifest] : [])) ?? [];
	expect(made.map(({kind}) => kind)).toEqual(['ServiceAccount', 'Role', 'RoleBinding', 'Job']);
	expect(made[1]?.rules).toEqual([
		{apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['mkcoa-rollout-web'], verbs: ['get', 'patch']},
		{apiGroups: [''], resources: ['configmaps'], resourceNames: ['mkcoa-rollout-web'], verbs: ['patch']},
		{apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['patch']},
		{apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], resourceNames: ['web'], verbs: ['patch']},
	]);
	const [container] = [valueAt(made[3], 'spec', 'template', 'spec', 'containers')].flat();
	expect(textAt(container ?? null, 'image')).toBe('node:24');
	const orders = JSON.parse(textAt([valueAt(container ?? null, 'env')].flat()[0] ?? null, 'value') ?? '');
	expect(orders.restores).toEqual([
		{
			path: '/apis/apps/v1/namespaces/shop/deployments/web',
			type: 'application/json-patch+json',
			body: '[{"op":"replace","path":"/spec/replicas","value":3}]',
			needed: true,
		},
		{
			path: '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/web',
			type: 'application/merge-patch+json',
			body: '{"spec":{"rules":[]}}',
			needed: false,
		},
	]);
	// What belongs to a later part of the way stays behind its act, which is one further on now.
	expect(guarded.wayBack.map(({after}) => after)).toEqual([2, undefined, undefined, undefined]);
	for (const end of [guarded.acts.at(-1), guarded.wayBack.at(-1)])
		expect(end?.writes.map(({op, ref}) => [op, ref.kind])).toEqual(
			['Job', 'RoleBinding', 'Role', 'ServiceAccount'].map(kind => ['delete', kind]),
		);
});

test('a guardian may patch a route of another namespace, by a Role there that goes with it', async () => {
	const far = {title: 'Route', writes: [patch({...route, namespace: 'edge'}, 'merge', {spec: {rules: []}})], ifDies: 'b'};
	const refs = rolloutRefs({namespace: 'shop', name: 'web'});
	const guarded = await withGuardian(cluster, {acts: script.acts, wayBack: [far]}, {workload, refs, image: 'node:24'});
	const made = guarded.acts[0]?.writes.flatMap(write => (write.op === 'create' ? [write.manifest] : [])) ?? [];
	expect(guarded.acts[0]?.title).toMatch(/; for its routes with a Role in namespace edge$/);
	expect(made.map(({kind, metadata}) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
		'ServiceAccount shop/mkcoa-guardian-web',
		'Role shop/mkcoa-guardian-web',
		'RoleBinding shop/mkcoa-guardian-web',
		'Role edge/mkcoa-guardian-shop-web',
		'RoleBinding edge/mkcoa-guardian-shop-web',
		'Job shop/mkcoa-guardian-web',
	]);
	// Its owner lies elsewhere, so the collector would take it away at once.
	expect(made.map(({metadata}) => metadata.ownerReferences?.length)).toEqual([1, 1, 1, undefined, undefined, 1]);
	expect(made[1]?.rules).toHaveLength(2);
	expect(made[3]?.rules).toEqual([
		{apiGroups: ['gateway.networking.k8s.io'], resources: ['httproutes'], resourceNames: ['web'], verbs: ['patch']},
	]);
	expect(made[4]).toMatchObject({
		roleRef: {kind: 'Role', name: 'mkcoa-guardian-shop-web'},
		subjects: [{kind: 'ServiceAccount', name: 'mkcoa-guardian-web', namespace: 'shop'}],
	});
	for (const end of [guarded.acts.at(-1), guarded.wayBack.at(-1)])
		expect(end?.writes.filter(({ref}) => ref.namespace === 'edge').map(({op, ref}) => [op, ref.kind])).toEqual([
			['delete', 'RoleBinding'],
			['delete', 'Role'],
		]);
	// Another machine takes it for what it is.
	expect(readScript(scriptSecret(refs.script, workload, guarded), scriptDigest(guarded))).toEqual(guarded);
});

test('where a copy serves everything for a part of the way, the guardian looks at both, and knows which part', async () => {
	const copy = {...web, name: 'web-canary'};
	const acts: Script['acts'] = [
		{title: 'Send 100 %', writes: [patch(route, 'merge', {spec: {rules: []}})], ifDies: 'a'},
		{title: 'Judge', writes: [], wait: {kind: 'judge', weight: 100, share: 1, pods: 3}, ifDies: 'a'},
		{title: 'Promote', writes: [patch(web, 'json', [])], ifDies: 'a'},
	];
	const refs = rolloutRefs({namespace: 'shop', name: 'web'});
	const guarded = await withGuardian(cluster, {acts, wayBack: script.wayBack}, {workload, refs, image: 'node:24', copy});
	const text = JSON.stringify(guarded.acts[0]?.writes);
	expect(text).toContain('\\"standIn\\":{\\"from\\":1,\\"until\\":3,');
	expect(guarded.acts.map(({title}) => title).slice(1, 4)).toEqual(['Send 100 %', 'Judge', 'Promote']);
	for (const name of ['web', 'web-canary'])
		expect(text).toContain(JSON.stringify({apiGroups: ['apps'], resources: ['deployments'], resourceNames: [name], verbs: ['get']}));
	expect(guarded.acts[0]?.title).toMatch(/; not while web-canary serves everything and web has fewer pods, nor once that is rolled$/);
});

test('nothing of a guardian reads like a secret, so a plan shows its program as it is', async () => {
	const guarded = await withGuardian(cluster, script, {workload, refs: rolloutRefs({namespace: 'shop', name: 'web'}), image: 'node:24'});
	const made = guarded.acts[0]?.writes.flatMap(write => (write.op === 'create' ? [write.manifest] : [])) ?? [];
	const {json, text} = createRedactor();
	expect(json(made)).toEqual(made);
	const program = guardianProgram();
	expect(text(program)).toBe(program);
	// As a minifier may write it.
	const dense = program.replaceAll(/\s*\n\s*/g, '').replaceAll("'", '`');
	expect(text(dense)).toBe(dense);
});
