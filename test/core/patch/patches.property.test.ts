import fc from 'fast-check';
import {expect, test} from 'vitest';
import {canonicalJson, isJsonObject, type Json} from '../../../src/core/json.ts';
import {jsonPatch} from '../../../src/core/patch/json-patch.ts';
import {mergePatch, mergePatchBetween} from '../../../src/core/patch/merge-patch.ts';
import {strategicPatch} from '../../../src/core/patch/strategic-patch.ts';

// JSON as it comes over the wire: no -0, which JSON cannot say.
const json = fc.jsonValue({maxDepth: 3}).map(value => JSON.parse(JSON.stringify(value)) as Json);
const object = fc.dictionary(fc.string({maxLength: 6}), json, {maxKeys: 5, noNullPrototype: true});
const key = fc.string({maxLength: 6}).filter(name => name !== '__proto__');
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

test('what a JSON patch adds, it takes away again', () => {
	fc.assert(
		fc.property(object, key, json, (document, name, value) => {
			fc.pre(!Object.hasOwn(document, name));
			const added = jsonPatch(document, [{op: 'add', path: `/${escaped(name)}`, value}]);
			const test: Json = {op: 'test', path: `/${escaped(name)}`, value};
			expect(canonicalJson(jsonPatch(added, [test, {op: 'remove', path: `/${escaped(name)}`}]))).toBe(canonicalJson(document));
		}),
	);
});

test('a merge patch applied twice is a merge patch applied once', () => {
	fc.assert(
		fc.property(json, json, (document, patch) => {
			const once = mergePatch(document, patch);
			expect(canonicalJson(mergePatch(once, patch))).toBe(canonicalJson(once));
		}),
	);
});

test('an empty patch changes nothing', () => {
	fc.assert(
		fc.property(object, document => {
			const before = canonicalJson(document);
			expect(canonicalJson(mergePatch(document, {}))).toBe(before);
			expect(canonicalJson(jsonPatch(document, []))).toBe(before);
			expect(canonicalJson(strategicPatch(document, {}, undefined))).toBe(before);
		}),
	);
});

/** Keys that hold nothing are no keys to the API server; items of lists stay as they are. */
const withoutNulls = (value: Json): Json =>
	isJsonObject(value)
		? Object.fromEntries(
				Object.entries(value).flatMap(([name, inner]) => (inner === null || inner === undefined ? [] : [[name, withoutNulls(inner)]])),
			)
		: value;

test('the merge patch between two objects makes the second of the first', () => {
	fc.assert(
		fc.property(object, object, (before, after) => {
			const [from, to] = [withoutNulls(before), withoutNulls(after)];
			if (!isJsonObject(from) || !isJsonObject(to)) throw new Error('an object stays an object');
			expect(canonicalJson(mergePatch(from, mergePatchBetween(from, to)))).toBe(canonicalJson(to));
			expect(mergePatchBetween(from, from)).toEqual({});
		}),
	);
});
