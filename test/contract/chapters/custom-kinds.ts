import {expect, test} from 'vitest';
import {apply, mergePatch, strategicPatch, table} from '../../servers/questions.ts';
import {withLamps} from '../lamps.ts';
import {cause, namesOf, type Reply, refusal, warningsOf} from '../reply.ts';
import type {Chapter} from '../room.ts';

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

const version = {schema, additionalPrinterColumns: columns};

const invalidLamp = (group: string, reason: string, field: string, message: string) =>
	refusal(422, 'Invalid', `Lamp.${group} "one" is invalid: ${field}: ${message}`, {
		name: 'one',
		group,
		kind: 'Lamp',
		causes: [cause(reason, field, message)],
	});

/** Objects of kinds that people define. */
export const customKinds: Chapter = open => {
	test('defaults are filled in', async () => {
		const {light} = await withLamps(await open(), version);
		expect(await light('one', {color: 'red'})).toMatchObject({
			status: 201,
			body: {kind: 'Lamp', metadata: {generation: 1}, spec: {color: 'red', watts: 40}},
		});
	});

	test('fields that the schema does not know are dropped with a warning, but where it keeps them', async () => {
		const {light} = await withLamps(await open(), version);
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
		const {group, light} = await withLamps(await open(), version);
		expect(await light('one', spec)).toMatchObject(invalidLamp(group, reason, field, message));
	});

	test('a patch is checked as a creation is', async () => {
		const room = await open();
		const {ask} = room;
		const {group, lamps, light} = await withLamps(room, version);
		await light('one', {color: 'red'});
		expect(await ask(mergePatch(`${lamps}/one`, {spec: {color: 'green'}}))).toMatchObject(
			invalidLamp(group, 'FieldValueNotSupported', 'spec.color', 'Unsupported value: "green": supported values: "red", "blue"'),
		);
		expect(await ask(mergePatch(`${lamps}/one`, {spec: {color: 'blue'}}))).toMatchObject({status: 200, body: {metadata: {generation: 2}}});
	});

	test('a strategic patch is not for kinds that people define', async () => {
		const room = await open();
		const {ask} = room;
		const {lamps, light} = await withLamps(room, version);
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
		const room = await open();
		const {ask} = room;
		const {group, lamps, lamp} = await withLamps(room, version);
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
		const room = await open();
		const {ask} = room;
		const {lamps, light} = await withLamps(room, version);
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
		const room = await open();
		const {ask} = room;
		const {group, lamps, light} = await withLamps(room, version);
		await light('one', {color: 'red'});
		const list: Reply = await ask({path: lamps});
		expect(list).toMatchObject({body: {kind: 'LampList', items: [{kind: 'Lamp', apiVersion: `${group}/v1`}]}});
		expect(namesOf(list)).toEqual(['one']);
	});
};
