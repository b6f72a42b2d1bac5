import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {configMap, ingress, quota, roleBinding, secret} from '../../../../src/sandbox/scenarios/objects.ts';
import {minutes} from '../../../../src/sandbox/scenarios/scenario.ts';
import {cronJob, job} from '../../../../src/sandbox/scenarios/workloads.ts';
import {rehearsals, rolling, smallCluster, web} from './rehearsals.ts';

const {rehearsed, rehearsedSince} = rehearsals();
const quick = ['--ready-within', '60s'];

const definition = (kind: string, plural: string, group = 'example.com'): KubeObject => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: `${plural}.${group}`},
	spec: {
		group,
		scope: 'Namespaced',
		names: {kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List`},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
			},
		],
	},
});
const custom = (kind: string, name: string, group = 'example.com'): KubeObject => ({
	apiVersion: `${group}/v1`,
	kind,
	metadata: {name, namespace: 'front'},
});
const [gateway, istio] = ['gateway.networking.k8s.io', 'networking.istio.io'];

test('what a copy has none of is told by kind and number, and what is there of a kind it has is not', async () => {
	const {code, report} = await rehearsed(
		[
			definition('Certificate', 'certificates'),
			definition('Foo', 'foos'),
			definition('Bar', 'bars'),
			...['a', 'b', 'c'].map(name => custom('Certificate', name)),
			custom('Foo', 'a'),
			definition('GRPCRoute', 'grpcroutes', gateway),
			definition('DestinationRule', 'destinationrules', istio),
			custom('GRPCRoute', 'web', gateway),
			custom('DestinationRule', 'web', istio),
			{...job({namespace: 'front', name: 'tidy', image: 'registry.example/tidy:1', cpu: '10m'})},
			cronJob({namespace: 'front', name: 'nightly', image: 'registry.example/tidy:1', cpu: '10m'}, '0 3 * * *'),
			ingress('front', 'door', 'front.example', {'/': 'web'}),
			roleBinding('front', 'readers', 'view', 'ada'),
			web(),
		],
		rolling,
	);
	expect([code, report.notCopied]).toEqual([0, ['3 Certificates and 1 Foo']]);
});

/** Two pods that run for a day. */
const busy = (cpu: string) =>
	job({
		namespace: 'front',
		name: 'import',
		image: 'registry.example/import:1',
		cpu,
		memory: '16Mi',
		annotations: {'sandbox.mkcoa.dev/run-seconds': '86400'},
		spec: {parallelism: 2, completions: 2},
	});

test('pods of a Job that runs take their part of the nodes', async () => {
	const {code, report} = await rehearsed([web(), busy('650m')], [...rolling, ...quick]);
	expect([code, report.findings[0].text]).toEqual([
		1,
		expect.stringMatching(/^A pod of web finds no node: 0\/2 nodes are available: 2 Insufficient cpu/),
	]);
});

test('and of a quota', async () => {
	const {code, report} = await rehearsedSince(
		[
			{agoMs: minutes(20), objects: [...smallCluster(), web(), busy('50m')]},
			{agoMs: minutes(10), objects: [quota('front', 'four', {pods: '4'})]},
		],
		[...rolling, ...quick],
	);
	expect([code, report.unready, report.findings[0].text]).toEqual([
		1,
		[],
		expect.stringMatching(/^ReplicaSet web-\w+ cannot make a pod: exceeded quota: four, requested: pods=1, used: pods=4, limited: pods=4/),
	]);
});

test('who may read one namespace alone is told so, and hears nothing about room', async () => {
	const rules = [
		{apiGroups: ['*'], resources: ['deployments', 'replicasets', 'pods', 'services', 'events', 'leases', 'configmaps'], verbs: ['*']},
	];
	const objects: readonly KubeObject[] = [
		{apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: {name: 'team', namespace: 'front'}, rules},
		{
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'RoleBinding',
			metadata: {name: 'team', namespace: 'front'},
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'team'},
			subjects: [{kind: 'User', name: 'ada', apiGroup: 'rbac.authorization.k8s.io'}],
		},
		configMap('front', 'settings', {LEVEL: 'info'}),
		secret('front', 'door', {pin: 'planted'}),
		web({env: [{name: 'PIN', valueFrom: {secretKeyRef: {name: 'door', key: 'pin'}}}]}),
	];
	const {code, report, error} = await rehearsedSince(
		[{agoMs: minutes(10), objects: [...smallCluster(), ...objects]}],
		['k8s', 'restart', 'web'],
		{tokens: {ada: {name: 'ada', groups: []}}},
	);
	expect([code, error, report?.findings]).toEqual([0, undefined, [{id: 'surge', level: 'fine', text: expect.any(String)}]]);
	expect(report.notCopied).toEqual(
		expect.arrayContaining([
			'secrets: reading them is not allowed',
			'pods of other namespaces: reading them is not allowed',
			'nodes: reading them is not allowed, so whether pods find room was not rehearsed',
		]),
	);
	expect(report.notCopied.at(-1)).toMatch(/, if there are any: reading them is not allowed$/);
});
