import {expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import {mergePatch} from '../../../src/core/patch/merge-patch.ts';

// RFC 7386, appendix A.
const rows: readonly (readonly [Json, Json, Json])[] = [
	[{a: 'b'}, {a: 'c'}, {a: 'c'}],
	[{a: 'b'}, {b: 'c'}, {a: 'b', b: 'c'}],
	[{a: 'b'}, {a: null}, {}],
	[{a: 'b', b: 'c'}, {a: null}, {b: 'c'}],
	[{a: ['b']}, {a: 'c'}, {a: 'c'}],
	[{a: 'c'}, {a: ['b']}, {a: ['b']}],
	[{a: {b: 'c'}}, {a: {b: 'd', c: null}}, {a: {b: 'd'}}],
	[{a: [{b: 'c'}]}, {a: [1]}, {a: [1]}],
	[
		['a', 'b'],
		['c', 'd'],
		['c', 'd'],
	],
	[{a: 'b'}, ['c'], ['c']],
	[{a: 'foo'}, null, null],
	[{a: 'foo'}, 'bar', 'bar'],
	[{e: null}, {a: 1}, {e: null, a: 1}],
	[[1, 2], {a: 'b', c: null}, {a: 'b'}],
	[{}, {a: {bb: {ccc: null}}}, {a: {bb: {}}}],
];

test.each(rows)('merges into %j the patch %j', (target, patch, expected) => {
	expect(mergePatch(target, patch)).toEqual(expected);
});

test('keeps a key called __proto__ as a key', () => {
	const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'));
	expect(JSON.stringify(merged)).toBe('{"__proto__":{"polluted":true}}');
	expect(Object.hasOwn({}, 'polluted')).toBe(false);
});
