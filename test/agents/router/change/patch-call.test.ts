import {describe, expect, it} from 'vitest';
import {changeAt, type Step} from '../../../../src/agents/router/change/change-at.ts';
import {patchCall} from '../../../../src/agents/router/change/patch-call.ts';
import type {Json} from '../../../../src/core/json.ts';
import {jsonPatch} from '../../../../src/core/patch/json-patch.ts';
import {jsonPatchBetween} from '../../../../src/core/patch/json-patch-between.ts';

const list = {
	list: [
		{name: 'a', value: '1'},
		{name: 'b', value: '2'},
		{name: 'c', value: '3'},
	],
};

const rows: readonly (readonly [string, Json, readonly Step[], Json | undefined, Json])[] = [
	['a value in a map', {a: {b: 1}}, ['a', 'b'], 2, {a: {b: 2}}],
	['a place that is missing on the way', {}, ['a', 'b', 'c'], 2, {a: {b: {c: 2}}}],
	['a key with a slash', {labels: {}}, ['labels', 'a.io/b~c'], 'x', {labels: {'a.io/b~c': 'x'}}],
	['a key that goes', {a: {b: 1, c: 2}}, ['a', 'b'], undefined, {a: {c: 2}}],
	['nothing where nothing is', {a: 1}, ['b', 'c'], undefined, {a: 1}],
	[
		'an item of a list by its name',
		list,
		['list', {named: 'b'}, 'value'],
		'9',
		{list: [list.list[0] ?? null, {name: 'b', value: '9'}, list.list[2] ?? null]},
	],
	['an item that goes', list, ['list', {named: 'a'}], undefined, {list: list.list.slice(1)}],
	['an item that is new', list, ['list', {named: 'd'}, 'value'], '4', {list: [...list.list, {name: 'd', value: '4'}]}],
];

describe('changing one place', () => {
	it.each(rows)('%s', (_, before, path, value, after) => {
		expect(changeAt(before, path, () => value)).toEqual(after);
	});

	it.each(rows)('leads there by a JSON patch: %s', (_, before, path, value, after) => {
		const changed = changeAt(before, path, () => value);
		expect(jsonPatch(before, JSON.parse(JSON.stringify(jsonPatchBetween(before, changed))))).toEqual(after);
	});

	it('takes several items out and changes another at once', () => {
		const after = {
			list: [
				{name: 'b', value: '7'},
				{name: 'z', value: '0'},
			],
		};
		const operations = jsonPatchBetween(list, after);
		expect(operations.filter(({op}) => op === 'remove').map(({path}) => path)).toEqual(['/list/2', '/list/0']);
		expect(jsonPatch(list, JSON.parse(JSON.stringify(operations)))).toEqual(after);
	});

	it('fails on a list that was sorted anew in the meantime', () => {
		const operations = jsonPatchBetween(
			list,
			changeAt(list, ['list', {named: 'b'}, 'value'], () => '9'),
		);
		const sorted = {list: list.list.toReversed().slice(1)};
		expect(() => jsonPatch(sorted, JSON.parse(JSON.stringify(operations)))).toThrow('the value is another one');
	});

	it('writes a variable whole, its name beside its value', () => {
		const before = {
			env: [
				{name: 'A', value: '1'},
				{name: 'B', value: '2'},
			],
		};
		expect(
			jsonPatchBetween(
				before,
				changeAt(before, ['env', {named: 'B'}, 'value'], () => '3'),
			),
		).toEqual([
			{op: 'test', path: '/env/1/name', value: 'B'},
			{op: 'replace', path: '/env/1', value: {name: 'B', value: '3'}},
		]);
	});

	it('names the object in the call', () => {
		const node = {apiVersion: 'v1', kind: 'Node', metadata: {name: 'n1'}};
		expect(patchCall(node, {...node, spec: {unschedulable: true}})).toEqual({
			tool: 'resource_patch',
			input: {kind: 'Node', name: 'n1', type: 'json', patch: '[{"op":"add","path":"/spec","value":{"unschedulable":true}}]'},
		});
	});
});
