import {expect, test} from 'vitest';
import {post} from '../../servers/questions.ts';
import {labelValue, namePart, subdomain} from '../grammar.ts';
import {configMap, deployment, service} from '../objects.ts';
import {cause, invalidity, type Problem, refusal} from '../reply.ts';
import type {Chapter} from '../room.ts';

type Row = readonly [what: string, change: object, problems: readonly Problem[]];
const long = 'x'.repeat(254);

const rows: readonly Row[] = [
	['a capital letter in the name', {name: 'Big'}, [['FieldValueInvalid', 'metadata.name', `Invalid value: "Big": ${subdomain}`]]],
	[
		'a name of 254 characters',
		{name: long},
		[['FieldValueInvalid', 'metadata.name', `Invalid value: "${long}": must be no more than 253 characters`]],
	],
	['no name', {name: undefined}, [['FieldValueRequired', 'metadata.name', 'Required value: name or generateName is required']]],
	[
		'a label key that begins with a dash',
		{labels: {'-x': '1'}},
		[['FieldValueInvalid', 'metadata.labels', `Invalid value: "-x": ${namePart}`]],
	],
	[
		'a label key with two slashes',
		{labels: {'a/b/c': '1'}},
		[
			[
				'FieldValueInvalid',
				'metadata.labels',
				`Invalid value: "a/b/c": ${namePart.replace('name part', 'a valid label key')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
			],
		],
	],
	['a label value of one dash', {labels: {x: '-'}}, [['FieldValueInvalid', 'metadata.labels', `Invalid value: "-": ${labelValue}`]]],
	[
		'a label value of 64 characters',
		{labels: {x: 'y'.repeat(64)}},
		[['FieldValueInvalid', 'metadata.labels', `Invalid value: "${'y'.repeat(64)}": must be no more than 63 bytes`]],
	],
	[
		'a space in an annotation key',
		{annotations: {'a b': ''}},
		[['FieldValueInvalid', 'metadata.annotations', `Invalid value: "a b": ${namePart}`]],
	],
	[
		'a finalizer without a domain',
		{finalizers: ['nope']},
		[
			[
				'FieldValueInvalid',
				'metadata.finalizers[0]',
				'Invalid value: "nope": name is neither a standard finalizer name nor is it fully qualified',
			],
		],
	],
	[
		'an owner without kind and uid',
		{ownerReferences: [{apiVersion: 'v1', kind: '', name: 'x', uid: ''}]},
		[
			['FieldValueInvalid', 'metadata.ownerReferences.kind', 'Invalid value: "": must not be empty'],
			['FieldValueInvalid', 'metadata.ownerReferences.uid', 'Invalid value: "": must not be empty'],
		],
	],
];

/** Objects that cannot be. */
export const validity: Chapter = open => {
	test.each(rows)('%s is refused', async (_, metadata, causes) => {
		const {ask, path} = await open();
		const name = 'name' in metadata ? (metadata.name ?? '') : 'one';
		expect(await ask(post(path('configmaps'), configMap('one', {}, {...metadata})))).toMatchObject(
			invalidity('ConfigMap', String(name), causes),
		);
	});

	test('what is wrong with a template is told by its place in the deployment', async () => {
		const {ask, path} = await open();
		const message = 'Invalid value: {"app":"other"}: `selector` does not match template `labels`';
		expect(await ask(post(path('deployments'), deployment('web', {labels: {app: 'other'}, template: {containers: []}})))).toMatchObject({
			status: 422,
			body: {
				reason: 'Invalid',
				details: {
					causes: [
						cause('FieldValueInvalid', 'spec.template.metadata.labels', message),
						cause('FieldValueRequired', 'spec.template.spec.containers', 'Required value'),
					],
				},
			},
		});
	});

	test('a service of two ports wants names for both', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('services'), service('web', {ports: [{port: 80}, {port: 81}]})))).toMatchObject(
			invalidity('Service', 'web', [
				['FieldValueRequired', 'spec.ports[0].name', 'Required value'],
				['FieldValueRequired', 'spec.ports[1].name', 'Required value'],
			]),
		);
	});

	test('an object of another namespace than the path is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('configmaps'), configMap('one', {}, {namespace: 'default'})))).toMatchObject(
			refusal(400, 'BadRequest', 'the namespace of the provided object does not match the namespace sent on the request'),
		);
	});
};
