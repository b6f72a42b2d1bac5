import {expect, test} from 'vitest';
import {apply, at, erase, mergePatch, post, strategicPatch, table} from '../../cluster/compare/row.ts';
import {definition} from '../objects.ts';
import {cause, namesOf, type Reply, refusal, warningsOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const schema = {
	required: ['spec'],
	properties: {
		spec: {
			type: 'object',
			required: ['color'],
			properties: {
				color: {type: 'string', enum: ['red', 'blue']},
				watts: {type: 'integer', minimum: 1, maximum: 100, default: 40},
				tags: {type: 'array', maxItems: 2, items: {type: 'string', maxLength: 3}},
				port: {'x-kubernetes-int-or-string': true},
				free: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true},
			},
		},
	},
};
const columns = [
	{name: 'Color', type: 'string', jsonPath: '.spec.color'},
	{name: 'Watts', type: 'integer', jsonPath: '.spec.watts', priority: 1},
	{name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'},
];

/** The room with a kind of its own, which is served. */
async function withLamps({ask, eventually, namespace}: Room) {
	const group = `${namespace}.example`;
	const made = await ask(post(definitions, definition('lamp', group, {schema, additionalPrinterColumns: columns})));
	const lamps = `/apis/${group}/v1/namespaces/${namespace}/lamps`;
	await eventually({path: lamps}, ({status}) => status === 200);
	const lamp = (name: string, spec?: object) => ({
		apiVersion: `${group}/v1`,
		kind: 'Lamp',
		metadata: {name},
		...(spec === undefined ? {} : {spec}),
	});
	const light = (name: string, spec?: object, query = '') => ask(post(`${lamps}${query}`, lamp(name, spec)));
	return {group, made, lamps, lamp, light};
}

const invalidLamp = (group: string, reason: string, field: string, message: string) =>
	refusal(422, 'Invalid', `Lamp.${group} "one" is invalid: ${field}: ${message}`, {
		name: 'one',
		group,
		kind: 'Lamp',
		causes: [cause(reason, field, message)],
	});

/** Kinds that people define. */
export const customKinds: Chapter = open => {
	test('a definition is established, and then served and discovered', async () => {
		const room = await open();
		const {group, made} = await withLamps(room);
		expect(made).toMatchObject({status: 201, body: {kind: 'CustomResourceDefinition', spec: {conversion: {strategy: 'None'}}}});
		const stored = await room.ask({path: `${definitions}/lamps.${group}`});
		expect(stored).toMatchObject({body: {status: {acceptedNames: {kind: 'Lamp', plural: 'lamps'}, storedVersions: ['v1']}}});
		const conditions = at(stored.body, 'status', 'conditions');
		for (const type of ['NamesAccepted', 'Established']) {
			expect(conditions).toContainEqual(expect.objectContaining({type, status: 'True'}));
		}
		const discovered = await room.eventually({path: `/apis/${group}/v1`}, ({status}) => status === 200);
		expect(discovered).toMatchObject({
			body: {
				resources: [
					{
						name: 'lamps',
						singularName: 'lamp',
						namespaced: true,
						kind: 'Lamp',
						verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
					},
				],
			},
		});
	});

	test('defaults are filled in', async () => {
		const {light} = await withLamps(await open());
		expect(await light('one', {color: 'red'})).toMatchObject({
			status: 201,
			body: {kind: 'Lamp', metadata: {generation: 1}, spec: {color: 'red', watts: 40}},
		});
	});

	test('fields that the schema does not know are dropped with a warning, but where it keeps them', async () => {
		const {light} = await withLamps(await open());
		const reply = await light('one', {color: 'red', shade: 'dark', free: {any: {thing: 1}}});
		expect(reply).toHaveProperty('body.spec', {color: 'red', watts: 40, free: {any: {thing: 1}}});
		expect(warningsOf(reply)).toEqual(['unknown field "spec.shade"']);
		expect(await light('two', {color: 'red', shade: 'dark'}, '?fieldValidation=Strict')).toMatchObject(
			refusal(400, 'BadRequest', 'Lamp in version "v1" cannot be handled as a Lamp: strict decoding error: unknown field "spec.shade"'),
		);
	});

	test.each([
		['no spec', undefined, 'FieldValueRequired', 'spec', 'Required value'],
		['no color', {}, 'FieldValueRequired', 'spec.color', 'Required value'],
		[
			'a color that there is not',
			{color: 'green'},
			'FieldValueNotSupported',
			'spec.color',
			'Unsupported value: "green": supported values: "red", "blue"',
		],
		[
			'a text for a number',
			{color: 'red', watts: 'x'},
			'FieldValueTypeInvalid',
			'spec.watts',
			'Invalid value: "string": spec.watts in body must be of type integer: "string"',
		],
		[
			'too few watts',
			{color: 'red', watts: 0},
			'FieldValueInvalid',
			'spec.watts',
			'Invalid value: 0: spec.watts in body should be greater than or equal to 1',
		],
		[
			'too many watts',
			{color: 'red', watts: 101},
			'FieldValueInvalid',
			'spec.watts',
			'Invalid value: 101: spec.watts in body should be less than or equal to 100',
		],
		['too many tags', {color: 'red', tags: ['a', 'b', 'c']}, 'FieldValueTooMany', 'spec.tags', 'Too many: 3: must have at most 2 items'],
		[
			'a tag that is too long',
			{color: 'red', tags: ['long']},
			'FieldValueTooLong',
			'spec.tags[0]',
			'Too long: may not be more than 3 bytes',
		],
		[
			'a port that is neither',
			{color: 'red', port: true},
			'FieldValueTypeInvalid',
			'spec.port',
			'Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
		],
	])('an object with %s is refused', async (_, spec, reason, field, message) => {
		const {group, light} = await withLamps(await open());
		expect(await light('one', spec)).toMatchObject(invalidLamp(group, reason, field, message));
	});

	test('a patch is checked as a creation is', async () => {
		const {ask, ...room} = await open();
		const {group, lamps, light} = await withLamps({ask, ...room});
		await light('one', {color: 'red'});
		expect(await ask(mergePatch(`${lamps}/one`, {spec: {color: 'green'}}))).toMatchObject(
			invalidLamp(group, 'FieldValueNotSupported', 'spec.color', 'Unsupported value: "green": supported values: "red", "blue"'),
		);
		expect(await ask(mergePatch(`${lamps}/one`, {spec: {color: 'blue'}}))).toMatchObject({status: 200, body: {metadata: {generation: 2}}});
	});

	test('a strategic patch is not for kinds that people define', async () => {
		const {ask, ...room} = await open();
		const {lamps, light} = await withLamps({ask, ...room});
		await light('one', {color: 'red'});
		expect(await ask(strategicPatch(`${lamps}/one`, {spec: {color: 'blue'}}))).toMatchObject(
			refusal(
				415,
				'UnsupportedMediaType',
				'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
			),
		);
	});

	test('an apply knows owners and conflicts, and refuses what the schema does not know', async () => {
		const {ask, ...room} = await open();
		const {group, lamps, lamp} = await withLamps({ask, ...room});
		const applied = (manager: string, spec: object) => ask(apply(`${lamps}/one?fieldManager=${manager}`, lamp('one', spec)));
		expect(await applied('ann', {color: 'red'})).toMatchObject({status: 201, body: {spec: {color: 'red', watts: 40}}});
		expect(await applied('bob', {color: 'blue'})).toMatchObject(
			refusal(409, 'Conflict', 'Apply failed with 1 conflict: conflict with "ann": .spec.color'),
		);
		expect(await applied('ann', {color: 'red', shade: 'dark'})).toMatchObject(
			refusal(500, '', `failed to create typed patch object (/one; ${group}/v1, Kind=Lamp): .spec.shade: field not declared in schema`),
		);
	});

	test('a Table has the columns that the definition names', async () => {
		const {ask, ...room} = await open();
		const {lamps, light} = await withLamps({ask, ...room});
		await light('one', {color: 'red'});
		const reply = await ask({path: lamps, headers: table});
		expect(reply).toMatchObject({
			body: {
				columnDefinitions: [
					{name: 'Name', type: 'string', priority: 0},
					{name: 'Color', type: 'string', priority: 0, description: 'Custom resource definition column (in JSONPath format): .spec.color'},
					{name: 'Watts', type: 'integer', priority: 1},
					{name: 'Age', type: 'date', priority: 0},
				],
				rows: [{cells: ['one', 'red', 40, expect.any(String)]}],
			},
		});
	});

	test('objects are listed with their kind', async () => {
		const {ask, ...room} = await open();
		const {group, lamps, light} = await withLamps({ask, ...room});
		await light('one', {color: 'red'});
		const list: Reply = await ask({path: lamps});
		expect(list).toMatchObject({body: {kind: 'LampList', items: [{kind: 'Lamp', apiVersion: `${group}/v1`}]}});
		expect(namesOf(list)).toEqual(['one']);
	});

	test('with its definition a kind and its objects are gone', async () => {
		const {ask, eventually, ...room} = await open();
		const {group, lamps, light} = await withLamps({ask, eventually, ...room});
		await light('one', {color: 'red'});
		expect((await ask(erase(`${definitions}/lamps.${group}`))).status).toBe(200);
		await eventually({path: lamps}, ({status}) => status === 404);
		await eventually({path: `${definitions}/lamps.${group}`}, ({status}) => status === 404);
		await eventually({path: `/apis/${group}`}, ({status}) => status === 404);
	});

	test.each([
		[
			'a scope that there is not',
			{scope: 'Everywhere'},
			{},
			[['FieldValueNotSupported', 'spec.scope', 'Unsupported value: "Everywhere": supported values: "Cluster", "Namespaced"']],
		],
		[
			'no version to store',
			{},
			{storage: false},
			[
				[
					'FieldValueInvalid',
					'spec.versions',
					'Invalid value: [{"Name":"v1","Served":true,"Storage":false,"Deprecated":false,"DeprecationWarning":null,"Schema":null,"Subresources":null,"AdditionalPrinterColumns":null,"SelectableFields":null}]: must have exactly one version marked as storage version',
				],
				['FieldValueInvalid', 'status.storedVersions', 'Invalid value: null: must have at least one stored version'],
			],
		],
		['no schema', {}, {schema: undefined}, [['FieldValueRequired', 'spec.versions[0].schema.openAPIV3Schema', 'Required value']]],
	])('a definition with %s is refused', async (_, spec, version, causes) => {
		const {ask, namespace} = await open();
		const sound = definition('lamp', `${namespace}.example`);
		const versions = sound.spec.versions.map(one => ({...one, ...version}));
		expect(await ask(post(definitions, {...sound, spec: {...sound.spec, ...spec, versions}}))).toMatchObject({
			status: 422,
			body: {reason: 'Invalid', details: {causes: causes.map(([reason = '', field = '', message = '']) => cause(reason, field, message))}},
		});
	});

	test('a definition is named after what it defines', async () => {
		const {ask, namespace} = await open();
		const sound = definition('lamp', `${namespace}.example`);
		const name = `lights.${namespace}.example`;
		const message = `Invalid value: "${name}": must be spec.names.plural+"."+spec.group`;
		expect(await ask(post(definitions, {...sound, metadata: {name}}))).toMatchObject(
			refusal(422, 'Invalid', `CustomResourceDefinition.apiextensions.k8s.io "${name}" is invalid: metadata.name: ${message}`),
		);
	});
};
