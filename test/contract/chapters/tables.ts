import {expect, test} from 'vitest';
import {at, post, table} from '../../servers/questions.ts';
import {configMap, deployment, pod, podSpec, secret, service} from '../objects.ts';
import {type Reply, refusal} from '../reply.ts';
import type {Chapter} from '../room.ts';

const form = (as: string, version = 'v1') => ({accept: `application/json;as=${as};v=${version};g=meta.k8s.io`});
const columnsOf = ({body}: Reply) => {
	const definitions = at(body, 'columnDefinitions');
	return Array.isArray(definitions) ? definitions.map(column => [at(column, 'name'), at(column, 'type'), at(column, 'priority')]) : [];
};
const cellsOf = ({body}: Reply) => {
	const rows = at(body, 'rows');
	return Array.isArray(rows) ? rows.map(row => at(row, 'cells')) : [];
};
const age = expect.stringMatching(/^\d+s$/);

/** Other forms than JSON as it is. */
export const tables: Chapter = open => {
	test('a Table has the columns that kubectl shows, and a row for each object', async () => {
		const {ask, path} = await open();
		await ask(post(path('secrets'), secret('one', {a: 'b', c: 'd'})));
		const reply = await ask({path: path('secrets'), headers: table});
		expect(reply).toMatchObject({
			status: 200,
			body: {kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: {resourceVersion: expect.stringMatching(/^\d+$/)}},
		});
		expect(columnsOf(reply)).toEqual([
			['Name', 'string', 0],
			['Type', 'string', 0],
			['Data', 'string', 0],
			['Age', 'string', 0],
		]);
		expect(cellsOf(reply)).toEqual([['one', 'Opaque', 2, age]]);
	});

	test('columns of a higher priority are for the wide view', async () => {
		const {ask, path} = await open();
		await ask(post(path('deployments'), deployment('web', {replicas: 0})));
		const reply = await ask({path: path('deployments'), headers: table});
		expect(columnsOf(reply)).toEqual([
			['Name', 'string', 0],
			['Ready', 'string', 0],
			['Up-to-date', 'string', 0],
			['Available', 'string', 0],
			['Age', 'string', 0],
			['Containers', 'string', 1],
			['Images', 'string', 1],
			['Selector', 'string', 1],
		]);
		expect(cellsOf(reply)).toEqual([['web', '0/0', 0, 0, age, 'main', 'x:1', 'app=web']]);
	});

	test('a pod that waits for a node is Pending', async () => {
		const {ask, path} = await open();
		await ask(post(path('pods'), pod('web', {...podSpec(), schedulerName: 'none'})));
		expect(cellsOf(await ask({path: path('pods'), headers: table}))).toEqual([
			['web', '0/1', 'Pending', '0', age, '<none>', '<none>', '<none>', '<none>'],
		]);
	});

	test('a service shows its ports', async () => {
		const {ask, path} = await open();
		await ask(
			post(
				path('services'),
				service('web', {
					ports: [
						{name: 'a', port: 80},
						{name: 'b', port: 53, protocol: 'UDP'},
					],
				}),
			),
		);
		const reply = await ask({path: path('services', 'web'), headers: table});
		const ip = expect.stringMatching(/^10\.96\.\d+\.\d+$/);
		expect(cellsOf(reply)).toEqual([['web', 'ClusterIP', ip, '<none>', '80/TCP,53/UDP', age, 'app=web']]);
	});

	test('an empty Table has columns and no rows', async () => {
		const {ask, path} = await open();
		const reply = await ask({path: path('secrets'), headers: table});
		expect(columnsOf(reply)).toHaveLength(4);
		expect(at(reply.body, 'rows')).toEqual([]);
	});

	test('a row carries as much of its object as is asked for', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one', {color: 'blue'})));
		const row = async (query: string) =>
			at((await ask({path: `${path('configmaps', 'one')}${query}`, headers: table})).body, 'rows', 0, 'object');
		expect(await row('?includeObject=None')).toBeNull();
		expect(await row('?includeObject=Object')).toMatchObject({kind: 'ConfigMap', metadata: {name: 'one'}, data: {color: 'blue'}});
		const metadata = {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: {name: 'one'}};
		expect(await row('?includeObject=Metadata')).toMatchObject(metadata);
		expect(await row('')).toMatchObject(metadata);
		expect(await row('')).not.toHaveProperty('data');
	});

	test('another amount than these is refused', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one')));
		expect(await ask({path: `${path('configmaps', 'one')}?includeObject=Half`, headers: table})).toMatchObject(
			refusal(
				400,
				'BadRequest',
				"Unable to convert to Table as requested: includeObject: Invalid value: \"Half\": must be 'Metadata', 'Object', 'None', or empty",
			),
		);
	});

	test('a Table can be paged and selected', async () => {
		const {ask, path} = await open();
		for (const name of ['a', 'b', 'c']) await ask(post(path('secrets'), secret(name, {}, {labels: {app: 'web'}})));
		const reply = await ask({path: `${path('secrets')}?limit=2`, headers: table});
		expect(reply).toMatchObject({body: {metadata: {remainingItemCount: 1, continue: expect.any(String)}}});
		expect(cellsOf(reply)).toHaveLength(2);
		expect(
			cellsOf(await ask({path: `${path('secrets')}?labelSelector=app%3Dweb&fieldSelector=metadata.name%3Dc`, headers: table})),
		).toEqual([['c', 'Opaque', 0, age]]);
	});

	test('what is created can be answered as a Table, and a refusal never is', async () => {
		const {ask, path} = await open();
		const made = await ask({...post(path('configmaps'), configMap('one', {color: 'blue'})), headers: table});
		expect(made.status).toBe(201);
		expect(cellsOf(made)).toEqual([['one', 1, age]]);
		expect(await ask({path: path('configmaps', 'none'), headers: table})).toMatchObject(
			refusal(404, 'NotFound', 'configmaps "none" not found'),
		);
	});

	test('the metadata alone, of one and of many', async () => {
		const {ask, path} = await open();
		await ask(post(path('secrets'), secret('one', {a: 'b'}, {labels: {app: 'web'}})));
		const one = await ask({path: path('secrets', 'one'), headers: form('PartialObjectMetadata')});
		expect(one).toMatchObject({
			status: 200,
			body: {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: {name: 'one', labels: {app: 'web'}}},
		});
		expect(one).not.toHaveProperty('body.data');
		const many = await ask({path: path('secrets'), headers: form('PartialObjectMetadataList')});
		expect(many).toMatchObject({status: 200, body: {kind: 'PartialObjectMetadataList', items: [one.body]}});
	});

	test('the metadata of one is no form for many, nor the other way round', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one')));
		expect(await ask({path: path('configmaps'), headers: form('PartialObjectMetadata')})).toMatchObject(
			refusal(406, 'NotAcceptable', 'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)'),
		);
		expect(await ask({path: path('configmaps', 'one'), headers: form('PartialObjectMetadataList')})).toMatchObject(
			refusal(406, 'NotAcceptable', 'you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)'),
		);
	});

	test('of several forms the first one that is known is taken', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one', {color: 'blue'})));
		const kindFor = async (...forms: readonly string[]) =>
			at((await ask({path: path('configmaps', 'one'), headers: {accept: forms.join(',')}})).body, 'kind');
		expect(await kindFor(form('Table', 'v9').accept, 'application/json')).toBe('ConfigMap');
		expect(await kindFor(form('Table', 'v9').accept, form('Table').accept, 'application/json')).toBe('Table');
		expect(await kindFor('text/html', '*/*')).toBe('ConfigMap');
	});

	test('a form that nobody knows is refused', async () => {
		const {ask, path} = await open();
		await ask(post(path('configmaps'), configMap('one')));
		const known = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
		const html = {accept: 'text/html'};
		expect(await ask({path: path('configmaps', 'one'), headers: html})).toMatchObject(
			refusal(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${known}`, {}),
		);
		const streams = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
		expect(await ask({path: path('configmaps'), headers: html})).toMatchObject(
			refusal(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${known}, ${streams}`, {}),
		);
		for (const headers of [form('Table', 'v9'), form('Chair')]) {
			expect(await ask({path: path('configmaps'), headers})).toMatchObject(
				refusal(406, 'NotAcceptable', `only the following media types are accepted: ${known}`),
			);
		}
	});
};
