import fc from 'fast-check';
import {expect, test} from 'vitest';
import {shortTable} from '../../../../../src/mcp/kubernetes/client/read/short-table.ts';

const columnDefinitions = [{name: 'Name', type: 'string', format: 'name', description: 'the "rows":[ of a table', priority: 0}];

/** Keys in the order in which the API server writes them. */
const rowOf = (cells: readonly unknown[], name: string, namespace?: string) => ({
	cells,
	object: {
		kind: 'PartialObjectMetadata',
		apiVersion: 'meta.k8s.io/v1',
		metadata: {
			name,
			...(namespace === undefined ? {} : {namespace}),
			uid: 'u-1',
			labels: {'{"cells":[': ',"uid":', app: '"object":{'},
			managedFields: [{manager: 'kubectl', fieldsV1: {'f:cells': {'k:{"cells":["x"]}': {}}}}],
		},
	},
});
const tableOf = (rows: readonly unknown[]) => ({
	kind: 'Table',
	apiVersion: 'meta.k8s.io/v1',
	metadata: {resourceVersion: '7', continue: 'next'},
	columnDefinitions,
	rows,
});
const short = (value: unknown, namespaced = false) => shortTable(Buffer.from(JSON.stringify(value)), namespaced);

test('keeps cells and names, and leaves the rest of each object behind', () => {
	expect(short(tableOf([rowOf(['web', '1/1', 3, null, true], 'web', 'shop'), rowOf(['node-1'], 'node-1')]))).toEqual({
		...tableOf([]),
		rows: [
			{
				cells: ['web', '1/1', 3, null, true],
				object: {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: {name: 'web', namespace: 'shop'}},
			},
			{cells: ['node-1'], object: {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: {name: 'node-1'}}},
		],
	});
});

test('an empty table is a table', () => expect(short(tableOf([]))).toEqual(tableOf([])));

const name = fc.string({minLength: 1});
const tricky = fc.oneof(fc.string(), fc.constantFrom('{"cells":[', ',"uid":', '"object":{', '"rows":[', '\\', '\\"', ']}}', '한글'));
const cell = fc.oneof(tricky, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tricky, {maxLength: 2}));

test('whatever stands in the cells, a row is as it is when all is parsed', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.array(cell, {maxLength: 4}), fc.oneof(name, fc.constant('{"cells":[')), tricky), {maxLength: 4}),
			rows => {
				const table = tableOf(rows.map(([cells, called, namespace]) => rowOf(cells, called, namespace)));
				const read = short(table)?.rows;
				expect(read).toMatchObject(
					rows.map(([cells, called, namespace]) => ({
						cells: JSON.parse(JSON.stringify(cells)),
						object: {metadata: {name: called, namespace}},
					})),
				);
				expect(read).toHaveLength(rows.length);
			},
		),
	);
});

test.each([
	['a list', {kind: 'PodList', apiVersion: 'v1', items: []}],
	['keys in another order', tableOf([{object: {metadata: {name: 'web', uid: 'u'}}, cells: ['web']}])],
	['an object without metadata', tableOf([{cells: ['web'], object: {kind: 'Status'}}])],
	['rows without objects', tableOf([{cells: ['web'], object: null}])],
	['a uid before the name', tableOf([{cells: ['web'], object: {kind: 'X', metadata: {labels: {}, uid: 'u', name: 'web'}}}])],
])('%s is left to be parsed whole', (_name, value) => expect(short(value)).toBeUndefined());

test('a namespace behind the uid is missed, so that such a table is left to be parsed whole', () => {
	const table = tableOf([{cells: ['web'], object: {metadata: {name: 'web', uid: 'u', namespace: 'shop'}}}]);
	expect(short(table, true)).toBeUndefined();
});

test.each(['', 'no JSON', '{"kind":"Table","rows":[{"cells":["web"],"object":{"metadata":{"name":"w'])('so is %j', text =>
	expect(shortTable(Buffer.from(text), false)).toBeUndefined(),
);
