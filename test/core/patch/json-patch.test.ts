import {expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import {jsonPatch} from '../../../src/core/patch/json-patch.ts';

// Most rows come from RFC 6902, appendix A.
const rows: readonly (readonly [string, Json, Json, Json])[] = [
	['adds a member', {foo: 'bar'}, [{op: 'add', path: '/baz', value: 'qux'}], {foo: 'bar', baz: 'qux'}],
	[
		'adds a list item before the one at its place',
		{foo: ['bar', 'baz']},
		[{op: 'add', path: '/foo/1', value: 'qux'}],
		{foo: ['bar', 'qux', 'baz']},
	],
	['appends with a dash', {foo: [1]}, [{op: 'add', path: '/foo/-', value: [2]}], {foo: [1, [2]]}],
	['removes a member', {baz: 'qux', foo: 'bar'}, [{op: 'remove', path: '/baz'}], {foo: 'bar'}],
	['removes a list item', {foo: [1, 2, 3]}, [{op: 'remove', path: '/foo/1'}], {foo: [1, 3]}],
	['replaces a value', {baz: 'qux'}, [{op: 'replace', path: '/baz', value: 'boo'}], {baz: 'boo'}],
	[
		'moves a value',
		{foo: {bar: 'baz', waldo: 'fred'}, qux: {}},
		[{op: 'move', from: '/foo/waldo', path: '/qux/thud'}],
		{foo: {bar: 'baz'}, qux: {thud: 'fred'}},
	],
	[
		'moves a list item',
		{foo: ['all', 'grass', 'cows', 'eat']},
		[{op: 'move', from: '/foo/1', path: '/foo/3'}],
		{foo: ['all', 'cows', 'eat', 'grass']},
	],
	['copies a value', {a: {b: 1}}, [{op: 'copy', from: '/a', path: '/c'}], {a: {b: 1}, c: {b: 1}}],
	[
		'goes on after a test that holds',
		{a: {x: 1, y: 2}},
		[
			{op: 'test', path: '/a', value: {y: 2, x: 1}},
			{op: 'remove', path: '/a/x'},
		],
		{a: {y: 2}},
	],
	[
		'reads ~1 as a slash and ~0 as a tilde',
		{'a/b': 1, 'm~n': 2},
		[
			{op: 'replace', path: '/a~1b', value: 3},
			{op: 'remove', path: '/m~0n'},
		],
		{'a/b': 3},
	],
	['replaces the whole document', {a: 1}, [{op: 'replace', path: '', value: [1]}], [1]],
	['replaces an explicit null', {a: null}, [{op: 'replace', path: '/a', value: 1}], {a: 1}],
	['changes deep inside lists', {a: [{b: [1, 2]}]}, [{op: 'replace', path: '/a/0/b/1', value: 9}], {a: [{b: [1, 9]}]}],
];

test.each(rows)('%s', (_, document, patch, expected) => {
	const before = structuredClone(document);
	expect(jsonPatch(document, patch)).toEqual(expected);
	expect(document).toEqual(before);
});

const refused: readonly (readonly [string, Json, Json, string])[] = [
	['a patch that is no list', {}, {op: 'add'}, 'A JSON patch is a list of operations'],
	['an unknown operation', {}, [{op: 'merge', path: '/a'}], 'Operation 1 (merge /a): the operation is none of'],
	['a failed test', {a: 1}, [{op: 'test', path: '/a', value: 2}], 'Operation 1 (test /a): the value is another one'],
	['removing what is not there', {}, [{op: 'remove', path: '/a'}], 'there is no a'],
	['replacing what is not there', {}, [{op: 'replace', path: '/a', value: 1}], 'there is no a'],
	['a place past the end', {a: [1]}, [{op: 'add', path: '/a/2', value: 1}], 'the list has no place 2'],
	['a place with a leading zero', {a: [1, 2]}, [{op: 'remove', path: '/a/01'}], 'the list has no place 01'],
	['a dash where nothing is added', {a: [1]}, [{op: 'remove', path: '/a/-'}], 'the list has no place -'],
	['a path without its slash', {a: 1}, [{op: 'remove', path: 'a'}], 'the path does not start with a slash'],
	['an add without a value', {}, [{op: 'add', path: '/a'}], 'the value is missing'],
	['a parent that is missing', {}, [{op: 'add', path: '/a/b', value: 1}], 'there is no a'],
	['moving a value into itself', {a: {b: 1}}, [{op: 'move', from: '/a', path: '/a/b'}], 'into itself'],
	['names of the prototype', {}, [{op: 'add', path: '/__proto__/x', value: 1}], 'there is no __proto__'],
	['removing everything', {a: 1}, [{op: 'remove', path: ''}], 'the whole object cannot be removed'],
];

test.each(refused)('refuses %s', (_, document, patch, message) => {
	expect(() => jsonPatch(document, patch)).toThrow(message);
});
