import {expect, test} from 'vitest';
import {at, jsonPatch, mergePatch, post, strategicPatch} from '../../servers/questions.ts';
import {configMap, deployment} from '../objects.ts';
import {cause, refusal, versionOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

/** The room with a ConfigMap, and its patches. */
async function withOne(room: Room) {
	const {ask, path} = room;
	const made = await ask(post(path('configmaps'), configMap('one', {color: 'blue', size: 'big'}, {labels: {app: 'web'}})));
	const one = path('configmaps', 'one');
	return {...room, made, one, merge: (body: unknown) => ask(mergePatch(one, body)), json: (body: unknown) => ask(jsonPatch(one, body))};
}

/** Merge patches and JSON patches. */
export const patches: Chapter = open => {
	test('a merge patch lays fields over, and null takes one away', async () => {
		const {merge} = await withOne(await open());
		const reply = await merge({data: {color: null, shape: 'round'}});
		expect(reply.status).toBe(200);
		expect(reply).toHaveProperty('body.data', {size: 'big', shape: 'round'});
	});

	test('a null for what is not there is no change', async () => {
		const {merge, made} = await withOne(await open());
		const reply = await merge({data: {shape: null}});
		expect(reply.status).toBe(200);
		expect(versionOf(reply)).toBe(versionOf(made));
	});

	test('a merge patch replaces lists whole', async () => {
		const {ask, path} = await open();
		const containers = ['main', 'side'].map(name => ({name, image: 'x:1'}));
		await ask(post(path('deployments'), deployment('web', {replicas: 0, spec: {paused: true}, template: {containers}})));
		const patch = {spec: {template: {spec: {containers: [{name: 'new', image: 'y:1'}]}}}};
		const reply = await ask(mergePatch(path('deployments', 'web'), patch));
		expect(at(reply.body, 'spec', 'template', 'spec', 'containers')).toMatchObject([{name: 'new', image: 'y:1'}]);
	});

	test.each(['merge-patch', 'strategic-merge-patch'])('an empty %s is no change', async type => {
		const {ask, one, made} = await withOne(await open());
		const reply = await ask({method: 'PATCH', path: one, body: {}, headers: {'content-type': `application/${type}+json`}});
		expect(reply.status).toBe(200);
		expect(versionOf(reply)).toBe(versionOf(made));
	});

	test('a JSON patch adds, replaces, removes, moves and copies, one after the other', async () => {
		const {json} = await withOne(await open());
		const reply = await json([
			{op: 'test', path: '/data/color', value: 'blue'},
			{op: 'replace', path: '/data/color', value: 'red'},
			{op: 'copy', from: '/data/color', path: '/data/shade'},
			{op: 'move', from: '/data/size', path: '/data/width'},
			{op: 'add', path: '/metadata/annotations', value: {'example.com/a': '1'}},
			{op: 'replace', path: '/metadata/annotations/example.com~1a', value: '2'},
			{op: 'remove', path: '/metadata/labels/app'},
		]);
		expect(reply.status).toBe(200);
		expect(reply).toHaveProperty('body.data', {color: 'red', shade: 'red', width: 'big'});
		expect(reply).toHaveProperty('body.metadata.annotations', {'example.com/a': '2'});
		expect(reply).not.toHaveProperty('body.metadata.labels');
	});

	test('a JSON patch whose test fails changes nothing', async () => {
		const {ask, json, one} = await withOne(await open());
		const reply = await json([
			{op: 'replace', path: '/data/size', value: 'small'},
			{op: 'test', path: '/data/color', value: 'red'},
		]);
		expect(reply).toMatchObject(refusal(422, 'Invalid', 'the server rejected our request due to an error in our request'));
		expect(await ask({path: one})).toHaveProperty('body.data', {color: 'blue', size: 'big'});
	});

	test('a JSON patch of a path that is not there is refused', async () => {
		const {json} = await withOne(await open());
		for (const patch of [
			{op: 'remove', path: '/metadata/labels/tier'},
			{op: 'add', path: '/status/phase', value: 'x'},
			{op: 'turn', path: '/data/color', value: 'x'},
		]) {
			expect(await json([patch])).toMatchObject(refusal(422, 'Invalid', 'the server rejected our request due to an error in our request'));
		}
	});

	test('a JSON patch inserts into lists by place, and at the end', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 0, spec: {paused: true}})));
		const containers = '/spec/template/spec/containers';
		const reply = await ask(
			jsonPatch(path('deployments', 'web'), [
				{op: 'add', path: `${containers}/0`, value: {name: 'first', image: 'x:1'}},
				{op: 'add', path: `${containers}/-`, value: {name: 'last', image: 'x:1'}},
			]),
		);
		expect(at(reply.body, 'spec', 'template', 'spec', 'containers')).toMatchObject([{name: 'first'}, {name: 'main'}, {name: 'last'}]);
	});

	test.each([
		['merge-patch', '{"data":', 'error decoding patch: unexpected end of JSON input'],
		['merge-patch', '[]', 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}'],
		['json-patch', '{"op":"add"}', 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'],
	])('a %s that cannot be read is refused', async (type, body, message) => {
		const {ask, one} = await withOne(await open());
		expect(await ask({method: 'PATCH', path: one, body, headers: {'content-type': `application/${type}+json`}})).toMatchObject(
			refusal(400, 'BadRequest', message),
		);
	});

	test('a patch of a type that nobody knows is refused', async () => {
		const {ask, one} = await withOne(await open());
		expect(await ask({method: 'PATCH', path: one, body: {}, headers: {'content-type': 'application/json'}})).toMatchObject(
			refusal(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {}),
		);
	});

	test('a body of a type that nobody knows is refused', async () => {
		const {ask, path} = await open();
		const reply = await ask({...post(path('configmaps'), 'color=blue'), headers: {'content-type': 'application/x-www-form-urlencoded'}});
		expect(reply).toMatchObject({status: 415, body: {reason: 'UnsupportedMediaType'}});
	});

	test.each(['merge-patch', 'strategic-merge-patch', 'json-patch'])('a %s of what is not there is refused', async type => {
		const {ask, path} = await open();
		const body = type === 'json-patch' ? [] : {};
		expect(
			await ask({method: 'PATCH', path: path('configmaps', 'none'), body, headers: {'content-type': `application/${type}+json`}}),
		).toMatchObject(refusal(404, 'NotFound', 'configmaps "none" not found', {name: 'none', kind: 'configmaps'}));
	});

	test.each(['merge-patch', 'json-patch', 'strategic-merge-patch'])('a value of another type in a %s is refused', async type => {
		const {ask, one} = await withOne(await open());
		const body = type === 'json-patch' ? [{op: 'add', path: '/data/size', value: 7}] : {data: {size: 7}};
		const reply = await ask({method: 'PATCH', path: one, body, headers: {'content-type': `application/${type}+json`}});
		expect(reply).toMatchObject({
			status: 422,
			body: {reason: 'Invalid', details: {causes: [{reason: 'FieldValueInvalid', field: 'patch'}]}},
		});
		const why =
			type === 'strategic-merge-patch'
				? 'Invalid value: "map[data:map[size:7]]": cannot convert int64 to string'
				: 'json: cannot unmarshal number into Go struct field ConfigMap.data of type string';
		expect(String(at(reply.body, 'message')).endsWith(why)).toBe(true);
	});

	test('a patch cannot rename', async () => {
		const {merge} = await withOne(await open());
		expect(await merge({metadata: {name: 'two'}})).toMatchObject(
			refusal(400, 'BadRequest', 'the name of the object (two) does not match the name on the URL (one)'),
		);
	});

	test('a patch cannot change what is immutable', async () => {
		const {ask, path} = await open();
		await ask(post(path('secrets'), {apiVersion: 'v1', kind: 'Secret', metadata: {name: 'one'}, immutable: true, stringData: {a: 'b'}}));
		const message = 'Forbidden: field is immutable when `immutable` is set';
		expect(await ask(mergePatch(path('secrets', 'one'), {stringData: {a: 'c'}}))).toMatchObject(
			refusal(422, 'Invalid', `Secret "one" is invalid: data: ${message}`, {causes: [cause('FieldValueForbidden', 'data', message)]}),
		);
		const type = 'Invalid value: "other": field is immutable';
		expect(await ask(strategicPatch(path('secrets', 'one'), {type: 'other'}))).toMatchObject({
			status: 422,
			body: {details: {causes: [cause('FieldValueInvalid', 'type', type)]}},
		});
	});
};
