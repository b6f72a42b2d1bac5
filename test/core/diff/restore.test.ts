import fc from 'fast-check';
import {expect, test} from 'vitest';
import {diffObjects} from '../../../src/core/diff/diff.ts';
import {pathText} from '../../../src/core/diff/path-text.ts';
import {restore} from '../../../src/core/diff/restore.ts';
import type {Json, JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {deployment, object, schema} from '../../support/kube-objects.ts';

const undo = (before: KubeObject, after: KubeObject, live: KubeObject) => {
	const {object: answer, restored, kept} = restore({before, after, live, schema});
	return {answer, restored: restored.map(({path}) => pathText(path)), kept: kept.map(({path, reason}) => `${pathText(path)}: ${reason}`)};
};
const env = (...names: readonly string[]) => deployment({container: {env: names.map(name => ({name, value: name}))}});
const probe = (parts: JsonObject | undefined) => deployment({container: parts === undefined ? {} : {livenessProbe: parts}});
const labels = (parts: JsonObject | undefined) => deployment({metadata: parts === undefined ? {} : {labels: parts}});
const web = 'spec.template.spec.containers[name=web]';

test('sets back what was changed, and leaves what others did since', () => {
	const live = {...deployment({replicas: 9, container: {image: 'x:2'}}), status: {replicas: 9}};
	expect(undo(deployment(), deployment({container: {image: 'x:2'}}), live)).toEqual({
		answer: {...deployment({replicas: 9}), status: {replicas: 9}},
		restored: [`${web}.image`],
		kept: [],
	});
});

test('keeps and names what somebody changed since', () => {
	const live = deployment({replicas: 6, container: {image: 'x:3'}});
	expect(undo(deployment(), deployment({replicas: 6, container: {image: 'x:2'}}), live)).toEqual({
		answer: deployment({container: {image: 'x:3'}}),
		restored: ['spec.replicas'],
		kept: [`${web}.image: it was changed since`],
	});
});

test.each<[string, KubeObject, KubeObject, KubeObject, KubeObject]>([
	['a label that was added', labels({a: '1'}), labels({a: '1', b: '2'}), labels({a: '1', b: '2', c: '3'}), labels({a: '1', c: '3'})],
	['the first label', labels(undefined), labels({b: '2'}), labels({b: '2'}), labels(undefined)],
	['a label that was removed', labels({a: '1', b: '2'}), labels({a: '1'}), labels({a: '1', c: '3'}), labels({a: '1', c: '3', b: '2'})],
	['an env variable with its place', env('A', 'B', 'C'), env('A', 'C'), env('A', 'C', 'D'), env('A', 'B', 'C', 'D')],
	['the first env variable', env('A', 'B'), env('B'), env('B'), env('A', 'B')],
	['an env variable behind one that is gone', env('A', 'B', 'C'), env('A', 'B'), env('A'), env('A', 'C')],
	['a probe that was added', probe(undefined), probe({periodSeconds: 5}), probe({periodSeconds: 5}), probe(undefined)],
	[
		'a finalizer',
		deployment({metadata: {finalizers: ['a', 'b']}}),
		deployment({metadata: {finalizers: ['b']}}),
		deployment({metadata: {finalizers: ['b', 'c']}}),
		deployment({metadata: {finalizers: ['a', 'b', 'c']}}),
	],
	['what is back already', deployment(), deployment({replicas: 6}), deployment(), deployment()],
])('sets back %s', (_, before, after, live, expected) => {
	const {answer, kept} = undo(before, after, live);
	expect(answer).toEqual(expected);
	expect(kept).toEqual([]);
});

test.each<[string, KubeObject, KubeObject, KubeObject, string]>([
	[
		'a probe that others changed stays whole',
		probe(undefined),
		probe({httpGet: {port: 1}, periodSeconds: 5}),
		probe({httpGet: {port: 1}, periodSeconds: 9}),
		`${web}.livenessProbe: it was changed since`,
	],
	[
		'a list that others changed',
		deployment({container: {args: ['a']}}),
		deployment({container: {args: ['b']}}),
		deployment({container: {args: ['b', 'c']}}),
		`${web}.args: it was changed since`,
	],
	['a label that others removed', labels({a: '1'}), labels({a: '2', b: '1'}), labels({b: '1'}), 'metadata.labels.a: it was removed since'],
	[
		'a container that others changed',
		deployment({pod: {containers: []}}),
		deployment(),
		deployment({container: {image: 'y'}}),
		`${web}: it was changed since`,
	],
])('keeps %s', (_, before, after, live, reason) => {
	expect(undo(before, after, live).kept).toEqual([reason]);
});

test('the bookkeeping of the server is no change and stays', () => {
	const stamped = (version: string, parts: Parameters<typeof deployment>[0]) =>
		deployment({...parts, metadata: {resourceVersion: version, uid: 'u', annotations: {'deployment.kubernetes.io/revision': version}}});
	const live = stamped('9', {replicas: 6});
	expect(undo(stamped('1', {}), stamped('5', {replicas: 6}), live).answer).toEqual(stamped('9', {}));
});

test('what is set back of a Secret is told by its keys alone', () => {
	const secret = (value: string) => object('v1', 'Secret', 'db', {data: {p: value}});
	expect(restore({before: secret('eA=='), after: secret('eQ=='), live: secret('eQ=='), schema})).toEqual({
		object: secret('eA=='),
		restored: [{path: ['data', 'p'], operation: 'replace', secret: true}],
		kept: [],
	});
});

/** One thing that people change, apart from all others: what it is in the three states, undefined for not there. */
type Knob = {readonly name: string; readonly states: readonly [Json | undefined, Json | undefined, Json | undefined]};
type Build = (values: {readonly [knob: string]: Json | undefined}) => KubeObject;

const some = (object: {readonly [key: string]: Json | undefined}): JsonObject =>
	Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
const pick = (
	values: {readonly [knob: string]: Json | undefined},
	names: readonly string[],
	item: (name: string, value: Json) => JsonObject,
) =>
	names.flatMap(name => {
		const value = values[name];
		return value === undefined ? [] : [item(name, value)];
	});

const builds: {readonly [kind: string]: {readonly knobs: readonly string[]; readonly build: Build}} = {
	Deployment: {
		knobs: [
			'label',
			'owner',
			'note',
			'image',
			'args',
			'LEVEL',
			'REGION',
			'MODE',
			'proxy',
			'shipper',
			'cpu',
			'memory',
			'node',
			'surge',
			'tolerations',
		],
		build: values =>
			object('apps/v1', 'Deployment', 'web', {
				metadata: {
					labels: {app: 'web', ...some({label: values.label, owner: values.owner})},
					annotations: {fixed: 'x', ...some({note: values.note})},
				},
				spec: {
					strategy: {rollingUpdate: {maxUnavailable: 2, ...some({maxSurge: values.surge})}},
					template: {
						spec: {
							...some({tolerations: values.tolerations === undefined ? undefined : [{key: values.tolerations}]}),
							nodeSelector: {fixed: 'x', ...some({node: values.node})},
							containers: [
								{
									name: 'web',
									...some({image: values.image, args: values.args === undefined ? undefined : [values.args, 'more']}),
									env: [{name: 'FIRST', value: 'x'}, ...pick(values, ['LEVEL', 'REGION', 'MODE'], (name, value) => ({name, value}))],
									resources: {limits: {pods: '1', ...some({cpu: values.cpu, memory: values.memory})}},
								},
								...pick(values, ['proxy', 'shipper'], (name, image) => ({name, image})),
							],
						},
					},
				},
			}),
	},
	ConfigMap: {
		knobs: ['a', 'b', 'c', 'd'],
		build: values => object('v1', 'ConfigMap', 'settings', {data: {fixed: 'x', ...some(values)}}),
	},
	Service: {
		knobs: ['http', 'grpc', 'app', 'tier', 'policy'],
		build: values =>
			object('v1', 'Service', 'web', {
				spec: {
					selector: {fixed: 'x', ...some({app: values.app, tier: values.tier})},
					...some({trafficDistribution: values.policy}),
					ports: [
						{port: 9, protocol: 'TCP', name: 'fixed'},
						...pick(values, ['http', 'grpc'], (name, targetPort) => ({port: name === 'http' ? 80 : 90, protocol: 'TCP', name, targetPort})),
					],
				},
			}),
	},
};

const value = fc.option(fc.constantFrom('v1', 'v2', 'v3'), {nil: undefined});
/** Most fields are untouched, changed by the change alone, or by others alone; some by both. */
const states = fc.oneof(
	value.map(same => [same, same, same] as const),
	fc.tuple(value, value).map(([before, after]) => [before, after, after] as const),
	fc.tuple(value, value).map(([before, live]) => [before, before, live] as const),
	fc.tuple(value, value, value),
);

const afterUndo = ([before, after, live]: Knob['states']) => (before !== after && live === after ? before : live);
const isLost = ([before, after, live]: Knob['states']) => before !== after && live !== after && live !== before;

test.each(Object.entries(builds))('a %s gets back exactly the fields that the change touched and others did not', (_, {knobs, build}) => {
	fc.assert(
		fc.property(fc.tuple(...knobs.map(() => states)), rows => {
			const at = (read: (row: Knob['states']) => Json | undefined) =>
				build(Object.fromEntries(knobs.map((name, index) => [name, read(rows[index] ?? [undefined, undefined, undefined])])));
			const [before, after, live] = [at(row => row[0]), at(row => row[1]), at(row => row[2])];
			const {object: answer, kept, restored} = restore({before, after, live, schema});
			expect(diffObjects(answer, at(afterUndo), schema)).toEqual([]);
			expect(kept).toHaveLength(rows.filter(isLost).length);
			expect(restored).toHaveLength(rows.filter(row => afterUndo(row) !== row[2]).length);
			expect(diffObjects(restore({before, after, live: after, schema}).object, before, schema)).toEqual([]);
		}),
		{numRuns: 600},
	);
});
