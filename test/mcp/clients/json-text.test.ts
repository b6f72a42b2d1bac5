import fc from 'fast-check';
import {parse} from 'jsonc-parser';
import {describe, expect, test} from 'vitest';
import {BadJson, valueIn, withoutValue, withValue} from '../../../src/mcp/clients/json-text.ts';

const path = ['servers', 'mkcoa'];
const entry = {command: 'node', args: ['a', 'b']};

/** What a file is before, and what it is with the entry. */
const rows: readonly (readonly [string, string, string])[] = [
	[
		'an empty object',
		'{}',
		'{\n  "servers": {\n    "mkcoa": {\n      "command": "node",\n      "args": [\n        "a",\n        "b"\n      ]\n    }\n  }\n}',
	],
	[
		'tabs, and a member before',
		'{\n\t"servers": {\n\t\t"a": {}\n\t}\n}\n',
		'{\n\t"servers": {\n\t\t"a": {},\n\t\t"mkcoa": {\n\t\t\t"command": "node",\n\t\t\t"args": [\n\t\t\t\t"a",\n\t\t\t\t"b"\n\t\t\t]\n\t\t}\n\t}\n}\n',
	],
	[
		'a comment behind the last member, which stays its own',
		'{\n  "servers": {\n    "a": 1 // first\n    /* and last */\n  }\n}',
		'{\n  "servers": {\n    "a": 1, // first\n    /* and last */\n    "mkcoa": {\n      "command": "node",\n      "args": [\n        "a",\n        "b"\n      ]\n    }\n  }\n}',
	],
	[
		'a comma before the bracket',
		'{\n  "servers": {\n    "a": 1, // first\n  },\n}',
		'{\n  "servers": {\n    "a": 1, // first\n    "mkcoa": {\n      "command": "node",\n      "args": [\n        "a",\n        "b"\n      ]\n    },\n  },\n}',
	],
	[
		'lines of Windows',
		'{\r\n    "servers": {\r\n        "a": 1\r\n    }\r\n}\r\n',
		'{\r\n    "servers": {\r\n        "a": 1,\r\n        "mkcoa": {\r\n            "command": "node",\r\n            "args": [\r\n                "a",\r\n                "b"\r\n            ]\r\n        }\r\n    }\r\n}\r\n',
	],
	['one line', '{"servers":{"a":1},"z":2}', '{"servers":{"a":1, "mkcoa": { "command": "node", "args": ["a", "b"] }},"z":2}'],
	[
		'a comment alone in the list',
		'{\n  "servers": {\n    // none yet\n  }\n}',
		'{\n  "servers": {\n    // none yet\n    "mkcoa": {\n      "command": "node",\n      "args": [\n        "a",\n        "b"\n      ]\n    }\n  }\n}',
	],
];

describe.each(rows)('%s', (_, before, after) => {
	test('takes an entry, and every other character stays', () => {
		expect(withValue(before, path, entry, true)).toBe(after);
		expect(parse(after)).toMatchObject({...parse(before), servers: {...parse(before).servers, mkcoa: entry}});
	});

	test('loses it again to the letter', () => {
		const hadList = valueIn(before, ['servers'], true) !== undefined;
		const left = withoutValue(after, path, true);
		expect(hadList ? left : withoutValue(left, ['servers'], true)).toBe(before);
	});

	test('takes it twice as once', () => {
		expect(withValue(after, path, entry, true)).toBe(after);
	});
});

test('a value is replaced where it stands, laid out as it was', () => {
	const text = '{"servers": {\n  "mkcoa": {"command": "node", "args": ["a", "b"], "disabled": true} // mine\n}}';
	expect(withValue(text, [...path, 'args'], ['c'], true)).toBe(text.replace('["a", "b"]', '["c"]'));
});

test('a member goes from the middle with its own comma, and a comment before that comma stays', () => {
	expect(withoutValue('{"servers": {\n  "mkcoa": 1 /* why */,\n  "b": 2\n}}', path, true)).toBe('{"servers": { /* why */\n  "b": 2\n}}');
});

test.each([
	['a comment where none is read', '{\n  // hello\n}', false, 'it is not valid JSON there', 2],
	['a comma before a bracket where none is read', '{"servers": {"a": 1,}}', false, 'it is not valid JSON there', 1],
	['half a document', '{"servers": {', true, 'it is not valid JSON there', 1],
	['a list', '[]', true, 'it holds no object', 1],
	['a list of servers that is no object', '{\n "servers": []}', true, 'servers is no object', 2],
	['a list of servers that stands there twice', '{"servers": {},\n\n"servers": {}}', true, 'servers stands in it twice', 3],
	['an entry that stands there twice', '{"servers": {"mkcoa": {},\n"mkcoa": {}}}', true, 'mkcoa stands in it twice', 2],
	['more brackets than anybody writes', '{"servers":'.repeat(5000), true, 'it is nested too deeply', 1],
])('refuses %s, and names the line', (_, text, comments, why, line) => {
	const edit = () => withValue(text, path, entry, comments);
	expect(edit).toThrow(BadJson);
	expect(edit).toThrow(why);
	try {
		edit();
	} catch (error) {
		expect(error).toMatchObject({line});
	}
});

test.each(['constructor', 'toString', 'prototype'])('a server may be called %s', name => {
	const text = withValue('{}', ['servers', name], entry, false);
	expect(valueIn(text, ['servers', name], false)).toEqual(entry);
	expect(valueIn('{"servers": {}}', ['servers', name], false)).toBeUndefined();
});

test('any document takes an entry and loses it again to the letter', () => {
	const document = fc.record({servers: fc.option(fc.dictionary(fc.string(), fc.jsonValue()), {nil: undefined}), z: fc.jsonValue()});
	const layout = fc.record({indent: fc.constantFrom(undefined, 1, 2, 4, '\t'), eol: fc.constantFrom('\n', '\r\n'), end: fc.boolean()});
	fc.assert(
		fc.property(document, layout, (before, {indent, eol, end}) => {
			const {mkcoa: _, ...servers} = before.servers ?? {};
			const whole = before.servers === undefined ? {z: before.z} : {servers, z: before.z};
			const text = `${JSON.stringify(whole, null, indent)}${end ? '\n' : ''}`.replaceAll('\n', eol);
			const after = withValue(text, path, entry, false);
			expect(JSON.parse(after)).toEqual(JSON.parse(JSON.stringify({...whole, servers: {...servers, mkcoa: entry}})));
			const left = withoutValue(after, path, false);
			expect(before.servers === undefined ? withoutValue(left, ['servers'], false) : left).toBe(text);
		}),
	);
});
