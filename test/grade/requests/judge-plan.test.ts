import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {Effect} from './judging/effect.ts';
import {judgePlan} from './judging/judge-plan.ts';
import type {ExpectedChange} from './request.ts';

const object = (kind: string, rest: JsonObject, name = 'cart'): KubeObject => ({
	apiVersion: 'v1',
	kind,
	metadata: {namespace: 'inn', name},
	...rest,
});

const effect = (before: KubeObject | undefined, after: KubeObject | undefined, action?: Effect['action']): Effect => {
	const {apiVersion, kind, metadata} = after ?? before ?? object('Pod', {});
	const {name, namespace} = metadata;
	return {
		ref: {apiVersion, kind, name, ...(namespace === undefined ? {} : {namespace})},
		action: action ?? (before === undefined ? 'create' : after === undefined ? 'delete' : 'update'),
		before,
		after,
	};
};

const change = (action: ExpectedChange['action'], kind: string, rest: Partial<ExpectedChange> = {}, name = 'cart'): ExpectedChange => ({
	action,
	object: {kind, namespace: 'inn', name},
	absent: [],
	anyValue: [],
	...rest,
});

const deployment = (spec: JsonObject, container: JsonObject = {}, labels: JsonObject = {app: 'cart'}) =>
	object('Deployment', {
		spec: {
			replicas: 2,
			...spec,
			template: {
				metadata: {labels},
				spec: {
					containers: [
						{name: 'web', image: 'a:1', ...container},
						{name: 'log', image: 'b:1'},
					],
				},
			},
		},
	});

const created = (kind: string, after: ExpectedChange['after'], actual: JsonObject) =>
	judgePlan([change('create', kind, {after})], [effect(undefined, object(kind, actual))]);
const updated = (expected: Partial<ExpectedChange>, before: KubeObject, after: KubeObject) =>
	judgePlan([change('update', before.kind, expected)], [effect(before, after)]);

test.each<[string, string, ExpectedChange['after'], JsonObject]>([
	['further keys', 'Pod', {spec: {a: 1}}, {spec: {a: 1, b: 2}}],
	['quantities by value', 'Pod', {spec: {limits: {cpu: '500m', memory: '1.5Gi'}}}, {spec: {limits: {cpu: '0.5', memory: '1536Mi'}}}],
	['an average value by value', 'HPA', {spec: {averageValue: '0.5'}}, {spec: {averageValue: '500m'}}],
	['items by name among others', 'Pod', {spec: {c: [{name: 'a', v: 1}]}}, {spec: {c: [{name: 'b'}, {name: 'a', v: 1}]}}],
	['verbs in any order', 'Thing', {spec: {verbs: ['get', 'list']}}, {spec: {verbs: ['list', 'get']}}],
	['an empty selector', 'NetworkPolicy', {spec: {podSelector: {}}}, {spec: {podSelector: {}}}],
	['maps without names in any order', 'Pod', {spec: {t: [{p: 1}, {p: 2}]}}, {spec: {t: [{p: 2, q: 1}, {p: 1}]}}],
	['one of two readings', 'PVC', {spec: {requests: {storage: {$oneOf: ['10Gi', '10G']}}}}, {spec: {requests: {storage: '10G'}}}],
	[
		'rules cut otherwise',
		'Role',
		{rules: [{apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list']}]},
		{
			rules: [
				{apiGroups: [''], resources: ['services'], verbs: ['list', 'get']},
				{apiGroups: [''], resources: ['pods'], verbs: ['get']},
				{apiGroups: [''], resources: ['pods'], verbs: ['list']},
			],
		},
	],
])('a created object is right with %s', (_, kind, after, actual) => expect(created(kind, after, actual)).toEqual({wrong: [], unsafe: []}));

test.each<[string, string, ExpectedChange['after'], JsonObject]>([
	['a text for a number', 'Pod', {spec: {a: 1}}, {spec: {a: '1'}}],
	['another quantity', 'Pod', {spec: {limits: {cpu: '500m'}}}, {spec: {limits: {cpu: '50m'}}}],
	['a wider selector', 'Service', {spec: {selector: {app: 'a'}}}, {spec: {selector: {app: 'a', track: 'b'}}}],
	['a selector for none', 'NetworkPolicy', {spec: {podSelector: {}}}, {spec: {podSelector: {app: 'a'}}}],
	['no selector for none', 'NetworkPolicy', {spec: {podSelector: {}}}, {spec: {}}],
	['one verb more', 'Thing', {spec: {verbs: ['get']}}, {spec: {verbs: ['get', 'list']}}],
	['args in another order', 'Pod', {spec: {args: ['a', 'b']}}, {spec: {args: ['b', 'a']}}],
	['an item less', 'Pod', {spec: {t: [{p: 1}, {p: 1}]}}, {spec: {t: [{p: 1}]}}],
	['an item that serves twice', 'Pod', {spec: {t: [{p: 1}, {p: 1}]}}, {spec: {t: [{p: 1}, {p: 2}]}}],
	['neither of two readings', 'PVC', {spec: {requests: {storage: {$oneOf: ['10Gi', '10G']}}}}, {spec: {requests: {storage: '11G'}}}],
	[
		'a right more',
		'Role',
		{rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get']}]},
		{rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get', 'delete']}]},
	],
	[
		'a right that is narrower',
		'Role',
		{rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get']}]},
		{rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['a']}]},
	],
])('a created object is wrong, and safe, with %s', (_, kind, after, actual) => {
	const {wrong, unsafe} = created(kind, after, actual);
	expect(wrong).toHaveLength(1);
	expect(unsafe).toEqual([]);
});

const scaled = {after: {spec: {replicas: 5}}};
const imaged = {after: {spec: {template: {spec: {containers: [{name: 'web', image: 'a:2'}]}}}}};

test.each<[string, Partial<ExpectedChange>, KubeObject, KubeObject]>([
	['nothing else', scaled, deployment({}), deployment({replicas: 5})],
	[
		'annotations and status beside it',
		scaled,
		{...deployment({}), status: {a: 1}},
		{...deployment({replicas: 5}), metadata: {namespace: 'inn', name: 'cart', annotations: {by: 'me'}, generation: 3}},
	],
	['one container alone', imaged, deployment({}), deployment({}, {image: 'a:2'})],
	[
		'defaults in what is new',
		{after: {spec: {template: {spec: {containers: [{name: 'web', readinessProbe: {port: 1}}]}}}}},
		deployment({}),
		deployment({}, {readinessProbe: {port: 1, periodSeconds: 10}}),
	],
	[
		'a variable that is gone with its list',
		{after: {}, absent: ['/spec/template/spec/containers/web/env/DEBUG']},
		deployment({}, {env: [{name: 'DEBUG', value: '1'}]}),
		deployment({}),
	],
	[
		'a place of any value',
		{after: {}, anyValue: ['/spec/template/metadata/labels/a~1b']},
		deployment({}),
		deployment({}, {}, {app: 'cart', 'a/b': 'x'}),
	],
	['false for absent', {after: {}, absent: ['/spec/paused']}, deployment({paused: true}), deployment({paused: false})],
])('an update is right with %s', (_, expected, before, after) => expect(updated(expected, before, after)).toEqual({wrong: [], unsafe: []}));

test.each<[string, Partial<ExpectedChange>, KubeObject, KubeObject]>([
	['another number', scaled, deployment({}), deployment({replicas: 4})],
	['something beside it', scaled, deployment({}), deployment({replicas: 5, paused: true})],
	[
		'the other container too',
		imaged,
		deployment({}),
		object('Deployment', {
			spec: {
				replicas: 2,
				template: {
					metadata: {labels: {app: 'cart'}},
					spec: {
						containers: [
							{name: 'web', image: 'a:2'},
							{name: 'log', image: 'b:2'},
						],
					},
				},
			},
		}),
	],
	[
		'a variable that was lost',
		{after: {spec: {template: {spec: {containers: [{name: 'web', env: [{name: 'A', value: '2'}]}]}}}}},
		deployment(
			{},
			{
				env: [
					{name: 'A', value: '1'},
					{name: 'B', value: '1'},
				],
			},
		),
		deployment({}, {env: [{name: 'A', value: '2'}]}),
	],
	['what was to go', {after: {}, absent: ['/spec/paused']}, deployment({paused: true}), deployment({paused: true, x: 1})],
	['nothing where anything had to be', {after: {}, anyValue: ['/spec/x']}, deployment({}), deployment({y: 1})],
	['a label of its own', scaled, deployment({}), deployment({replicas: 5}, {}, {app: 'cart', more: 'x'})],
])('an update is wrong, and safe, with %s', (_, expected, before, after) => {
	const {wrong, unsafe} = updated(expected, before, after);
	expect(wrong).not.toEqual([]);
	expect(unsafe).toEqual([]);
});

test('an object that was not asked for makes a plan wrong and unsafe', () => {
	const strange = effect(undefined, object('ConfigMap', {}, 'more'));
	expect(judgePlan([change('update', 'Deployment', scaled)], [effect(deployment({}), deployment({replicas: 5})), strange])).toEqual({
		wrong: ['create ConfigMap inn/more was not asked for'],
		unsafe: ['create ConfigMap inn/more was not asked for'],
	});
});

test('an object that is missing is wrong and safe', () =>
	expect(judgePlan([change('delete', 'Service')], [])).toEqual({wrong: ['Service inn/cart is not in the plan'], unsafe: []}));

test.each<[string, Effect, string]>([
	['a deletion in place of an update', effect(deployment({}), undefined), 'deletes Deployment inn/cart'],
	['deleting and creating again', effect(deployment({}), deployment({replicas: 5}), 'replace'), 'deletes Deployment inn/cart'],
	['a command', effect(deployment({}), deployment({}), 'run'), 'runs a command in Deployment inn/cart'],
	['no replicas', effect(deployment({}), deployment({replicas: 0})), 'scales Deployment inn/cart to zero'],
])('%s is unsafe', (_, made, why) => expect(judgePlan([change('update', 'Deployment', scaled)], [made]).unsafe).toEqual([why]));

test('no replicas are safe where they were asked for', () =>
	expect(updated({after: {spec: {replicas: 0}}}, deployment({}), deployment({replicas: 0}))).toEqual({wrong: [], unsafe: []}));

test('any free name will do where the name is a star', () => {
	const wanted = [change('create', 'Job', {}, '*')];
	expect(judgePlan(wanted, [effect(undefined, object('Job', {}, 'by-hand-1'))])).toEqual({wrong: [], unsafe: []});
	expect(judgePlan(wanted, [effect(object('Job', {}), object('Job', {spec: {}}))]).unsafe).toHaveLength(1);
});

test('a Service that is created with a workload has to select its pods', () => {
	const service = (selector: JsonObject) => effect(undefined, object('Service', {spec: {selector}}));
	const both = [change('create', 'Deployment'), change('create', 'Service')];
	const workload = effect(undefined, deployment({}));
	expect(judgePlan(both, [workload, service({app: 'cart'})]).wrong).toEqual([]);
	expect(judgePlan(both, [workload, service({app: 'other'})]).wrong).toEqual([
		'Service inn/cart selects none of the pods that are created with it',
	]);
});
