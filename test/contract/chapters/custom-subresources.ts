import {expect, test} from 'vitest';
import {at, mergePatch, post, put} from '../../servers/questions.ts';
import {generationOf, refusal} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const anything = {type: 'object', 'x-kubernetes-preserve-unknown-fields': true};

/** A kind Lamp in a group of the room's own, with these subresources. @returns the path of its collection and how to write one */
async function lamps({ask, eventually, namespace}: Room, subresources: object) {
	const group = `${namespace}.example`;
	const version = {
		...{name: 'v1', served: true, storage: true, subresources},
		schema: {openAPIV3Schema: {type: 'object', properties: {spec: anything, status: anything}}},
	};
	const names = {plural: 'lamps', singular: 'lamp', kind: 'Lamp', listKind: 'LampList'};
	await ask(
		post(definitions, {
			...{apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition'},
			metadata: {name: `lamps.${group}`},
			spec: {group, scope: 'Namespaced', names, versions: [version]},
		}),
	);
	const collection = `/apis/${group}/v1/namespaces/${namespace}/lamps`;
	await eventually({path: collection}, ({status}) => status === 200);
	return {
		collection,
		lamp: (spec: object, more: object = {}) => ({apiVersion: `${group}/v1`, kind: 'Lamp', metadata: {name: 'a'}, spec, ...more}),
	};
}

/** The subresources that a CustomResourceDefinition asks for. */
export const customSubresources: Chapter = open => {
	test('the scale of a custom resource reads and writes the paths that its definition names', async () => {
		const room = await open();
		const {ask} = room;
		const {collection, lamp} = await lamps(room, {
			status: {},
			scale: {specReplicasPath: '.spec.size', statusReplicasPath: '.status.size', labelSelectorPath: '.status.who'},
		});
		await ask(post(collection, lamp({size: 2})));
		await ask(mergePatch(`${collection}/a/status`, {status: {size: 1, who: 'app=a'}}));
		expect(await ask({path: `${collection}/a/scale`})).toMatchObject({
			status: 200,
			body: {
				apiVersion: 'autoscaling/v1',
				kind: 'Scale',
				metadata: {name: 'a'},
				spec: {replicas: 2},
				status: {replicas: 1, selector: 'app=a'},
			},
		});
		expect(await ask(mergePatch(`${collection}/a/scale`, {spec: {replicas: 5}}))).toMatchObject({status: 200, body: {spec: {replicas: 5}}});
		expect(await ask({path: `${collection}/a`})).toMatchObject({body: {spec: {size: 5}, status: {size: 1}, metadata: {generation: 2}}});
	});

	test('a custom resource that does not say how many it wants cannot be scaled', async () => {
		const room = await open();
		const {ask} = room;
		const {collection, lamp} = await lamps(room, {scale: {specReplicasPath: '.spec.size', statusReplicasPath: '.status.size'}});
		await ask(post(collection, lamp({color: 'red'})));
		expect(await ask({path: `${collection}/a/scale`})).toMatchObject(
			refusal(500, 'InternalError', 'Internal error occurred: the spec replicas field ".spec.size" does not exist'),
		);
	});

	test('with a status subresource, the spec and the status of a custom resource are written apart', async () => {
		const room = await open();
		const {ask} = room;
		const {collection, lamp} = await lamps(room, {status: {}});
		const made = await ask(post(collection, lamp({color: 'red'}, {status: {lit: true}})));
		expect(made.status).toBe(201);
		expect(at(made.body, 'status')).toBeUndefined();
		const lit = await ask(mergePatch(`${collection}/a/status`, {spec: {color: 'blue'}, status: {lit: true}}));
		expect(lit).toMatchObject({status: 200, body: {spec: {color: 'red'}, status: {lit: true}}});
		expect(generationOf(lit)).toBe(1);
		const blue = await ask(mergePatch(`${collection}/a`, {spec: {color: 'blue'}, status: {lit: false}}));
		expect(blue).toMatchObject({status: 200, body: {spec: {color: 'blue'}, status: {lit: true}}});
		expect(generationOf(blue)).toBe(2);
	});

	test('without one, the status is a field like any other', async () => {
		const room = await open();
		const {ask} = room;
		const {collection, lamp} = await lamps(room, {});
		const made = await ask(post(collection, lamp({color: 'red'}, {status: {lit: true}})));
		expect(made).toMatchObject({status: 201, body: {status: {lit: true}}});
		expect(generationOf(await ask(mergePatch(`${collection}/a`, {status: {lit: false}})))).toBe(2);
		expect(generationOf(await ask(mergePatch(`${collection}/a`, {metadata: {labels: {room: 'hall'}}})))).toBe(2);
		expect(await ask(put(`${collection}/a/status`, lamp({})))).toMatchObject({status: 404});
	});
};
