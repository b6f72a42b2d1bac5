import {expect, test} from 'vitest';
import {at, erase, post} from '../../servers/questions.ts';
import {definitions, withLamps} from '../lamps.ts';
import {definition} from '../objects.ts';
import {cause, refusal} from '../reply.ts';
import type {Chapter} from '../room.ts';

/** Definitions of kinds. */
export const kindDefinitions: Chapter = open => {
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

	test('with its definition a kind and its objects are gone', async () => {
		const room = await open();
		const {ask, eventually} = room;
		const {group, lamps, light} = await withLamps(room);
		await light('one');
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
