import {expect, test} from 'vitest';
import {diffObjects} from '../../../src/core/diff/diff.ts';
import {pathText} from '../../../src/core/diff/path-text.ts';
import type {Json, JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {FieldChange} from '../../../src/core/plan.ts';
import {deployment, object, schema} from '../../support/kube-objects.ts';

const valueText = (value: Json | undefined) => (value === undefined ? '' : JSON.stringify(value));
const changeText = ({path, operation, before, after, secret, owner}: FieldChange) =>
	`${operation} ${pathText(path)} ${secret ? '(secret)' : `${valueText(before)}>${valueText(after)}`}${owner === undefined ? '' : ` by ${owner}`}`;
const diff = (before: KubeObject | null, after: KubeObject | null) => diffObjects(before, after, schema).map(changeText);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const containers = 'spec.template.spec.containers[name=web]';
const secret = (parts: JsonObject) => object('v1', 'Secret', 'db', parts);
const config = (data: JsonObject) => object('v1', 'ConfigMap', 'settings', {data});
const rollout = (spec: JsonObject) => object('argoproj.io/v1alpha1', 'Rollout', 'web', {spec});
const env = (...pairs: readonly (readonly [string, string])[]) =>
	deployment({container: {env: pairs.map(([name, value]) => ({name, value}))}});

test.each<[string, KubeObject, KubeObject, readonly string[]]>([
	[
		'an image',
		deployment(),
		deployment({container: {image: 'x:2'}}),
		[`replace ${containers}.image "registry.example.com/shop/web:1.0">"x:2"`],
	],
	['replicas', deployment(), deployment({replicas: 6}), ['replace spec.replicas 4>6']],
	['a label that is added', deployment(), deployment({metadata: {labels: {team: 'a'}}}), ['add metadata.labels.team >"a"']],
	['a label that is removed', deployment({metadata: {labels: {team: 'a'}}}), deployment(), ['remove metadata.labels.team "a">']],
	[
		'a container that is added',
		deployment(),
		deployment({
			pod: {
				containers: [
					{name: 'proxy', image: 'p'},
					{name: 'web', image: 'registry.example.com/shop/web:1.0'},
				],
			},
		}),
		['add spec.template.spec.containers[name=proxy] >{"name":"proxy","image":"p"}'],
	],
	[
		'a port, by number and protocol',
		deployment({container: {ports: [{containerPort: 53, protocol: 'UDP'}, {containerPort: 53}]}}),
		deployment({
			container: {
				ports: [
					{containerPort: 53, protocol: 'TCP', name: 'dns'},
					{containerPort: 53, protocol: 'UDP'},
				],
			},
		}),
		[`add ${containers}.ports[containerPort=53,protocol=TCP].name >"dns"`],
	],
	[
		'an argument: the list as a whole',
		deployment({container: {args: ['a']}}),
		deployment({container: {args: ['a', 'b']}}),
		[`replace ${containers}.args ["a"]>["a","b"]`],
	],
	[
		'a mount, by its path',
		deployment({container: {volumeMounts: [{name: 'a', mountPath: '/a'}]}}),
		deployment({container: {volumeMounts: [{name: 'b', mountPath: '/a'}]}}),
		[`replace ${containers}.volumeMounts[mountPath=/a].name "a">"b"`],
	],
	[
		'a finalizer, by its value',
		deployment({metadata: {finalizers: ['a', 'b']}}),
		deployment({metadata: {finalizers: ['b', 'c']}}),
		['remove metadata.finalizers[=a] "a">', 'add metadata.finalizers[=c] >"c"'],
	],
	[
		'a toleration: the list as a whole',
		deployment({pod: {tolerations: []}}),
		deployment({pod: {tolerations: [{key: 'x'}]}}),
		['replace spec.template.spec.tolerations []>[{"key":"x"}]'],
	],
	[
		'an empty directory in place of nothing',
		deployment({pod: {volumes: [{name: 'a'}]}}),
		deployment({pod: {volumes: [{name: 'a', emptyDir: {}}]}}),
		['add spec.template.spec.volumes[name=a].emptyDir >{}'],
	],
	[
		'a quantity',
		deployment({container: {resources: {limits: {cpu: '1'}}}}),
		deployment({container: {resources: {limits: {cpu: '1500m'}}}}),
		[`replace ${containers}.resources.limits.cpu "1">"1500m"`],
	],
	['a list that became a text', config({a: 'x'}), {...config({}), data: 'x'}, ['replace data {"a":"x"}>"x"']],
	[
		'the order of arguments',
		deployment({container: {args: ['a', 'b']}}),
		deployment({container: {args: ['b', 'a']}}),
		[`replace ${containers}.args ["a","b"]>["b","a"]`],
	],
	[
		'two items with one key: the list as a whole',
		env(['A', '1'], ['A', '2']),
		env(['A', '1']),
		[`replace ${containers}.env [{"name":"A","value":"1"},{"name":"A","value":"2"}]>[{"name":"A","value":"1"}]`],
	],
])('tells %s', (_, before, after, expected) => {
	expect(diff(before, after)).toEqual(expected);
});

const noisy = {uid: 'u', resourceVersion: '7', generation: 3, managedFields: [], creationTimestamp: '2026-01-01T00:00:00Z'};

test.each<[string, KubeObject, KubeObject]>([
	[
		'1000m and 1',
		deployment({container: {resources: {limits: {cpu: '1000m'}}}}),
		deployment({container: {resources: {limits: {cpu: '1'}}}}),
	],
	[
		'2048Mi and 2Gi',
		deployment({container: {resources: {requests: {memory: '2048Mi'}}}}),
		deployment({container: {resources: {requests: {memory: '2Gi'}}}}),
	],
	[
		'0.5 and 500m',
		deployment({container: {resources: {requests: {cpu: 0.5}}}}),
		deployment({container: {resources: {requests: {cpu: '500m'}}}}),
	],
	[
		'a quantity of a volume claim',
		object('v1', 'PersistentVolumeClaim', 'a', {spec: {resources: {requests: {storage: '1Gi'}}}}),
		object('v1', 'PersistentVolumeClaim', 'a', {spec: {resources: {requests: {storage: '1024Mi'}}}}),
	],
	[
		'a quota',
		object('v1', 'ResourceQuota', 'a', {spec: {hard: {'requests.cpu': '1e3'}}}),
		object('v1', 'ResourceQuota', 'a', {spec: {hard: {'requests.cpu': '1k'}}}),
	],
	['bookkeeping of the server', deployment({metadata: noisy}), {...deployment(), status: {replicas: 2}}],
	[
		'the order of containers',
		deployment({pod: {containers: [{name: 'a'}, {name: 'b'}]}}),
		deployment({pod: {containers: [{name: 'b'}, {name: 'a'}]}}),
	],
	['the order of env variables', env(['A', '1'], ['B', '2']), env(['B', '2'], ['A', '1'])],
	['the order of finalizers', deployment({metadata: {finalizers: ['a', 'b']}}), deployment({metadata: {finalizers: ['b', 'a']}})],
	[
		'a default of the server',
		deployment(),
		deployment({
			pod: {dnsPolicy: 'ClusterFirst', restartPolicy: 'Always'},
			spec: {strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}}},
		}),
	],
	[
		'a port without its protocol',
		deployment({container: {ports: [{containerPort: 80}]}}),
		deployment({container: {ports: [{containerPort: 80, protocol: 'TCP'}]}}),
	],
	[
		'an int and the same as a text',
		deployment({spec: {strategy: {rollingUpdate: {maxSurge: 1}}}}),
		deployment({spec: {strategy: {rollingUpdate: {maxSurge: '1'}}}}),
	],
	['empty labels', deployment({metadata: {labels: {}}}), deployment()],
	['an empty list', deployment({container: {env: []}}), deployment()],
	['null', deployment({container: {securityContext: null}}), deployment()],
	['a Secret written as text', secret({data: {p: base64('x')}}), secret({stringData: {p: 'x'}})],
	['a Secret encoded anew', secret({data: {p: 'eHg='}}), secret({data: {p: 'eHg'}})],
	['a quantity of a custom resource', rollout({resources: {limits: {cpu: '1'}}}), rollout({resources: {limits: {cpu: '1000m'}}})],
])('tells nothing of %s', (_, before, after) => {
	expect(diff(before, after)).toEqual([]);
	expect(diff(after, before)).toEqual([]);
});

test.each<[string, KubeObject, KubeObject, readonly string[]]>([
	[
		'a Secret',
		secret({data: {a: base64('1'), b: base64('2')}}),
		secret({data: {b: base64('3')}, stringData: {c: '4'}}),
		['remove data.a (secret)', 'replace data.b (secret)', 'add data.c (secret)'],
	],
	[
		'an env variable by name',
		env(['DB_PASSWORD', 'a'], ['LEVEL', 'x']),
		env(['DB_PASSWORD', 'b'], ['LEVEL', 'y']),
		[`replace ${containers}.env[name=DB_PASSWORD].value (secret)`, `replace ${containers}.env[name=LEVEL].value "x">"y"`],
	],
	['a new env variable', env(), env(['API_KEY', 'abc']), [`add ${containers}.env[name=API_KEY] >{"name":"API_KEY","value":"‹redacted›"}`]],
	[
		'credentials that change in a URL',
		env(['URL', 'amqp://u:old@mq']),
		env(['URL', 'amqp://u:new@mq']),
		[`replace ${containers}.env[name=URL].value (secret)`],
	],
	[
		'a URL that changes around its credentials',
		env(['URL', 'amqp://u:old@mq']),
		env(['URL', 'amqp://u:new@mq2']),
		[`replace ${containers}.env[name=URL].value "amqp://u:‹redacted›@mq">"amqp://u:‹redacted›@mq2"`],
	],
	['a ConfigMap key', config({'api-key': 'a'}), config({'api-key': 'b'}), ['replace data.api-key (secret)']],
	[
		'an argument',
		deployment({container: {args: ['--token', 'a']}}),
		deployment({container: {args: ['--token', 'b']}}),
		[`replace ${containers}.args (secret)`],
	],
	[
		'an annotation',
		deployment({metadata: {annotations: {'x.io/token': 'a'}}}),
		deployment({metadata: {annotations: {'x.io/token': 'b'}}}),
		['replace metadata.annotations["x.io/token"] (secret)'],
	],
])('hides %s', (_, before, after, expected) => {
	expect(diff(before, after)).toEqual(expected);
});

test.each<[string, KubeObject, KubeObject, readonly string[]]>([
	[
		'items with names by name',
		rollout({analysis: [{name: 'a', n: 1}, {name: 'b'}]}),
		rollout({analysis: [{name: 'b'}, {name: 'a', n: 2}]}),
		['replace spec.analysis[name=a].n 1>2'],
	],
	[
		'items without names by position',
		rollout({steps: [{setWeight: 5}, {pause: {}}]}),
		rollout({steps: [{setWeight: 10}, {pause: {}}]}),
		['replace spec.steps[0].setWeight 5>10'],
	],
	[
		'lists of another length as a whole',
		rollout({steps: [{setWeight: 5}]}),
		rollout({steps: []}),
		['replace spec.steps [{"setWeight":5}]>[]'],
	],
	['a pause without an end', rollout({steps: [{}]}), rollout({steps: [{pause: {}}]}), ['add spec.steps[0].pause >{}']],
	[
		'its pod template like any other',
		rollout({template: {spec: {containers: [{name: 'a', ports: [{containerPort: 1}]}]}}}),
		rollout({template: {spec: {containers: [{name: 'a', ports: [{containerPort: 1, protocol: 'TCP'}], image: 'x'}]}}}),
		['add spec.template.spec.containers[name=a].image >"x"'],
	],
])('a custom resource: %s', (_, before, after, expected) => {
	expect(diff(before, after)).toEqual(expected);
});

test('a key may be called like something that every object of JavaScript has', () => {
	expect(diff(config({}), config({constructor: 'a', toString: 'b'}))).toEqual(['add data.constructor >"a"', 'add data.toString >"b"']);
	expect(diff(config({toString: 'b'}), config({toString: 'c'}))).toEqual(['replace data.toString "b">"c"']);
});

test('a new object tells its fields without what names it', () => {
	expect(diff(null, object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{port: 80}], type: 'ClusterIP'}}))).toEqual([
		'add spec.selector.app >"web"',
		'add spec.ports[port=80,protocol=TCP] >{"port":80}',
	]);
});

test('a new object without fields tells none', () => {
	expect(diff(null, object('v1', 'ServiceAccount', 'web'))).toEqual([]);
});

test('a deleted object loses its fields', () => {
	expect(diff(config({a: '1'}), null)).toEqual(['remove data.a "1">']);
	expect(diff(null, null)).toEqual([]);
});

test('names the manager that owns a field, and not mkcoa', () => {
	const managed = (manager: string, field: string) => ({manager, operation: 'Update', fieldsV1: {'f:spec': {[`f:${field}`]: {}}}});
	const before = deployment({metadata: {managedFields: [managed('kube-controller-manager', 'replicas'), managed('mkcoa', 'paused')]}});
	expect(diff(before, deployment({replicas: 5, spec: {paused: true}}))).toEqual([
		'replace spec.replicas 4>5 by kube-controller-manager',
		'add spec.paused >true',
	]);
});
