import {expect, test} from 'vitest';
import {readKubeSchema} from '../../../src/core/diff/kube-schema.ts';
import {kubeSchemaJson} from '../../../src/core/generated/kube-schema.ts';
import {mergePatch} from '../../../src/core/patch/merge-patch.ts';
import {jsonPatch} from '../../../src/sandbox/api/patch/json-patch.ts';
import {strategicPatch} from '../../../src/sandbox/api/patch/strategic-patch.ts';
import {deployment, deployments, startApi} from './support/api-client.ts';

const podSpec = readKubeSchema(kubeSchemaJson).at('v1', 'Pod', ['spec']);
const deploymentSpec = readKubeSchema(kubeSchemaJson).at('apps/v1', 'Deployment', ['spec']);
const a = {name: 'a', image: '1', env: [{name: 'X', value: '1'}]};
const b = {name: 'b', image: '1'};

test.each([
	['merges items by name', {containers: [a, b]}, {containers: [{name: 'a', image: '2'}]}, {containers: [{...a, image: '2'}, b]}],
	['adds an item in front', {containers: [a]}, {containers: [b]}, {containers: [b, a]}],
	['deletes an item', {containers: [a, b]}, {containers: [{name: 'a', $patch: 'delete'}]}, {containers: [b]}],
	[
		'merges below an item',
		{containers: [a]},
		{containers: [{name: 'a', env: [{name: 'X', value: '2'}]}]},
		{containers: [{...a, env: [{name: 'X', value: '2'}]}]},
	],
	[
		'orders items',
		{containers: [a, b]},
		{'$setElementOrder/containers': [{name: 'b'}, {name: 'a'}], containers: [{name: 'b', image: '2'}]},
		{containers: [{...b, image: '2'}, a]},
	],
	['replaces a list on demand', {containers: [a, b]}, {containers: [{$patch: 'replace'}, b]}, {containers: [b]}],
	['replaces an atomic list', {tolerations: [{key: 'x'}]}, {tolerations: [{key: 'y'}]}, {tolerations: [{key: 'y'}]}],
	['removes with null', {nodeName: 'n', priority: 1}, {nodeName: null}, {priority: 1}],
	[
		'replaces an object on demand',
		{securityContext: {runAsUser: 1}},
		{securityContext: {$patch: 'replace', fsGroup: 2}},
		{securityContext: {fsGroup: 2}},
	],
] as const)('a strategic patch %s', (_what, target, patch, expected) => {
	expect(strategicPatch(target, patch, podSpec)).toEqual(expected);
});

test('a strategic patch keeps only the keys it lists where the type says so', () => {
	const target = {strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1}}};
	const patch = {strategy: {$retainKeys: ['type'], type: 'Recreate'}};
	expect(strategicPatch(target, patch, deploymentSpec)).toEqual({strategy: {type: 'Recreate'}});
});

test('a strategic patch takes values out of a list of scalars', () => {
	const patch = {'$deleteFromPrimitiveList/finalizers': ['a'], finalizers: ['c']};
	const metadata = readKubeSchema(kubeSchemaJson).at('v1', 'Pod', ['metadata']);
	expect(strategicPatch({finalizers: ['a', 'b']}, patch, metadata)).toEqual({finalizers: ['c', 'b']});
});

test('a merge patch replaces lists and removes with null', () => {
	expect(mergePatch({a: {x: 1, y: 2}, l: [1, 2]}, {a: {x: null}, l: [3]})).toEqual({a: {y: 2}, l: [3]});
});

test.each([
	['add', [{op: 'add', path: '/l/1', value: 'n'}], {l: ['a', 'n', 'b'], o: {'x/y': 1}}],
	['add at the end', [{op: 'add', path: '/l/-', value: 'n'}], {l: ['a', 'b', 'n'], o: {'x/y': 1}}],
	['replace an escaped key', [{op: 'replace', path: '/o/x~1y', value: 2}], {l: ['a', 'b'], o: {'x/y': 2}}],
	['remove', [{op: 'remove', path: '/l/0'}], {l: ['b'], o: {'x/y': 1}}],
	['move', [{op: 'move', from: '/l/0', path: '/o/z'}], {l: ['b'], o: {'x/y': 1, z: 'a'}}],
	[
		'test and copy',
		[
			{op: 'test', path: '/l/0', value: 'a'},
			{op: 'copy', from: '/l/1', path: '/c'},
		],
		{l: ['a', 'b'], o: {'x/y': 1}, c: 'b'},
	],
] as const)('a JSON patch can %s', (_what, patch, expected) => {
	expect(jsonPatch({l: ['a', 'b'], o: {'x/y': 1}}, patch)).toEqual(expected);
});

test.each([
	[[{op: 'remove', path: '/none'}]],
	[[{op: 'test', path: '/a', value: 2}]],
	[[{op: 'add', path: '/none/deep', value: 2}]],
	[[{op: 'add', path: '/l/7', value: 2}]],
] as const)('a JSON patch that does not fit is unprocessable: %j', patch => {
	expect(() => jsonPatch({a: 1, l: []}, patch)).toThrow('the server rejected our request due to an error in our request');
});

test.each([
	[
		'words for a number',
		{spec: {replicas: 'three'}},
		422,
		' "" is invalid: patch: Invalid value: "map[spec:map[replicas:three]]": unrecognized type: int32',
	],
	[
		'a field no type has',
		{spec: {replica: 3}},
		422,
		' "" is invalid: patch: Invalid value: "map[spec:map[replica:3]]": strict decoding error: unknown field "spec.replica"',
	],
	[
		'an item without its key',
		{spec: {template: {spec: {containers: [{image: 'x:2'}]}}}},
		500,
		'map: map[image:x:2] does not contain declared merge key: name',
	],
] as const)('a strategic patch with %s is refused in words about the patch', async (_what, body, status, message) => {
	const {call} = await startApi();
	await call('POST', deployments, {body: deployment('web')});
	const reply = await call('PATCH', `${deployments}/web?fieldValidation=Strict`, {type: 'application/strategic-merge-patch+json', body});
	expect([reply.status, reply.body.message]).toEqual([status, message]);
});

test('a field given twice is refused when asked strictly, and warned of otherwise', async () => {
	const {call} = await startApi();
	const body = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"d"},"data":{"a":"1","b":"[{\\"","a":"2"}}';
	const path = '/api/v1/namespaces/default/configmaps';
	expect((await call('POST', `${path}?fieldValidation=Strict`, {body})).body.message).toContain(
		'strict decoding error: duplicate field "data.a"',
	);
	expect((await call('POST', path, {body})).headers.get('warning')).toBe('299 - "duplicate field \\"data.a\\""');
});
