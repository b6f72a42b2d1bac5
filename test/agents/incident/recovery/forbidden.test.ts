import {expect, test} from 'vitest';
import {checkedLess, forbidden} from '../../../../src/agents/incident/recovery/forbidden.ts';
import type {KubeObject, Ref} from '../../../../src/core/kube/kube-object.ts';
import type {Change, Consequence, Draft, Write} from '../../../../src/core/plan.ts';

const ref = (kind: string, name = 'web'): Ref => ({apiVersion: 'v1', kind, namespace: 'shop', name});
const remove = (kind: string): Write => ({op: 'delete', ref: ref(kind)});
const create = (kind: string): Write => ({op: 'create', ref: ref(kind), manifest: {apiVersion: 'v1', kind, metadata: {name: 'web'}}});
const change = (
	kind: string,
	path: Change['fields'][number]['path'],
	before: string | number | undefined,
	after: string | number,
): Change => ({
	ref: ref(kind),
	operation: 'update',
	fields: [{path, operation: 'replace', before, after}],
	computed: 'server',
});
const draft = (writes: readonly Write[], changes: readonly Change[] = [], consequences: readonly Consequence[] = []): Draft => ({
	input: {},
	summary: '',
	risk: {level: 'low', reasons: []},
	steps: [{title: '', writes}],
	changes,
	consequences,
	preconditions: [],
	verify: [],
	undo: {possible: true, how: ''},
});
const claim = (spec: KubeObject[string]): KubeObject => ({apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name: 'web'}, spec});
const level = ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'];

test.each<[string, Draft, readonly KubeObject[], string | undefined]>([
	['a field', draft([], [change('Service', ['spec', 'ports', 0, 'targetPort'], 9090, 8080)]), [], undefined],
	['a pod that something makes again', draft([remove('Pod')]), [], undefined],
	['a workload', draft([remove('Deployment')]), [], 'it would delete Deployment shop/web'],
	[
		'a workload that is made anew without its pods',
		draft([remove('StatefulSet'), create('StatefulSet')]),
		[],
		'it would delete StatefulSet shop/web',
	],
	[
		'a workload that is made anew around its pods',
		draft([{op: 'delete', ref: ref('StatefulSet'), propagation: 'Orphan'}, create('StatefulSet')]),
		[],
		undefined,
	],
	['a Service that is made anew', draft([remove('Service'), create('Service')]), [], undefined],
	['an autoscaler that came second', draft([remove('HorizontalPodAutoscaler')]), [], undefined],
	['a network policy', draft([remove('NetworkPolicy')]), [], 'it would delete NetworkPolicy shop/web'],
	['a Secret', draft([remove('Secret')]), [], 'it would delete Secret shop/web'],
	['a claim that waits', draft([remove('PersistentVolumeClaim'), create('PersistentVolumeClaim')]), [claim({})], undefined],
	[
		'a claim that is bound',
		draft([remove('PersistentVolumeClaim'), create('PersistentVolumeClaim')]),
		[claim({volumeName: 'pv-1'})],
		'PersistentVolumeClaim web is bound to a volume, and its data would go',
	],
	['scaled to zero', draft([], [change('Deployment', ['spec', 'replicas'], 3, 0)]), [], 'it would scale Deployment shop/web to zero'],
	['scaled down', draft([], [change('Deployment', ['spec', 'replicas'], 3, 1)]), [], undefined],
	['a weaker level', draft([], [change('Namespace', level, 'restricted', 'baseline')]), [], expect.stringContaining('Pod Security')],
	['a stricter level', draft([], [change('Namespace', level, 'baseline', 'restricted')]), [], undefined],
	[
		'rights beyond the ordinary',
		draft([], [], [{id: 'elevated-cluster-admin', severity: 'danger', text: 'It gets cluster-admin'}]),
		[],
		'it would give rights beyond the ordinary: It gets cluster-admin',
	],
])('%s', (_, plan, live, why) => {
	expect(forbidden(plan, live)).toEqual(why);
});

const hook = 'ValidatingWebhookConfiguration';
test.each<[string, Change, boolean]>([
	['a webhook that is asked no more', {...change(hook, [], undefined, ''), operation: 'delete', fields: []}, true],
	['a webhook that lets pass what it cannot be asked about', change(hook, ['webhooks', 0, 'failurePolicy'], 'Fail', 'Ignore'), true],
	['a webhook that is asked elsewhere', change(hook, ['webhooks', 0, 'clientConfig', 'service', 'name'], 'a', 'b'), false],
	['anything else', change('Service', ['spec', 'failurePolicy'], 'Fail', 'Ignore'), false],
])('%s checks less: %#', (_, changed, isLess) => {
	expect(checkedLess(draft([], [changed])) !== undefined).toBe(isLess);
});
