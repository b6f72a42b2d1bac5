import fc from 'fast-check';
import {expect, test} from 'vitest';
import {difference, type FieldSet, intersection, pathsOf, union} from '../../../src/sandbox/api/fields/field-set.ts';

const step = fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}', 'v:"y"');

/** Sets as they come from paths, so that every node is a member or leads to one. */
const sets = fc
	.array(fc.array(step, {minLength: 1, maxLength: 3}), {maxLength: 6})
	.map(paths => paths.reduce<FieldSet>((set, path) => union(set, alone(path)), {}));

const alone = ([first = '', ...rest]: readonly string[]): FieldSet => ({[first]: rest.length === 0 ? {} : alone(rest)});
const members = (set: FieldSet) => new Set(pathsOf(set));

test('sets of fields are sets of paths', () => {
	fc.assert(
		fc.property(sets, sets, (a, b) => {
			expect(members(union(a, b))).toEqual(new Set([...pathsOf(a), ...pathsOf(b)]));
			expect(members(difference(a, b))).toEqual(new Set(pathsOf(a).filter(path => !members(b).has(path))));
			expect(members(intersection(a, b))).toEqual(new Set(pathsOf(a).filter(path => members(b).has(path))));
		}),
	);
});

test('equal sets are written equally, however they were made', () => {
	fc.assert(
		fc.property(sets, sets, (a, b) => {
			expect(JSON.stringify(union(a, b))).toBe(JSON.stringify(union(b, a)));
			expect(JSON.stringify(difference(union(a, b), b))).toBe(JSON.stringify(difference(a, b)));
			expect(difference(a, a)).toEqual({});
		}),
	);
});

test('paths read as conflicts name them', () => {
	const set = {
		'f:spec': {'f:ports': {'k:{"containerPort":80,"protocol":"TCP"}': {'.': {}, 'f:name': {}}}},
		'f:metadata': {'f:finalizers': {'v:"hold"': {}}},
	};
	expect(pathsOf(set)).toEqual([
		'.spec.ports[containerPort=80,protocol="TCP"]',
		'.spec.ports[containerPort=80,protocol="TCP"].name',
		'.metadata.finalizers[="hold"]',
	]);
});
