import fc from 'fast-check';
import {expect, test} from 'vitest';
import {splitItems} from '../../../../../src/mcp/kubernetes/client/read/split-items.ts';

function read(text: string, sizes: readonly number[] = []) {
	const bytes = Buffer.from(text);
	const chunks: Buffer[] = [];
	let at = 0;
	for (const size of sizes) {
		chunks.push(bytes.subarray(at, at + size));
		at += size;
	}
	chunks.push(bytes.subarray(at));
	const items: unknown[] = [];
	const split = splitItems(chunks);
	let step = split.next();
	for (; !step.done; step = split.next()) items.push(step.value);
	return {items, envelope: step.value};
}

test('whatever the objects hold and wherever the bytes part, the items are those of JSON.parse', () => {
	const object = fc.dictionary(fc.string({unit: 'binary'}), fc.jsonValue());
	fc.assert(
		fc.property(fc.array(object, {maxLength: 5}), object, fc.array(fc.nat(20)), fc.boolean(), (items, metadata, sizes, itemsFirst) => {
			const list = itemsFirst ? {items, metadata} : {kind: 'List', metadata, items, after: [1]};
			const text = JSON.stringify(list);
			const plain = JSON.parse(text);
			expect(read(text, sizes)).toEqual({items: plain.items, envelope: {...plain, items: []}});
		}),
	);
});

test.each([
	['no items at all', '{"kind":"List"}', [], {kind: 'List'}],
	['items that are null', '{"items":null}', [], {items: null}],
	['an empty list with spaces', '{ "items" : [ ] }', [], {items: []}],
	[
		'items of something else than the answer',
		'{"metadata":{"items":[{"a":1}]},"items":[{"b":[{"items":[1]}]}]}',
		[{b: [{items: [1]}]}],
		{metadata: {items: [{a: 1}]}, items: []},
	],
	[
		'a text that looks like items',
		String.raw`{"note":"\"items\":[{","items":[{"a":"]}\\"}]}`,
		[{a: ']}\\'}],
		{note: '"items":[{', items: []},
	],
])('reads %s', (_name, text, items, envelope) => {
	for (let size = 1; size < 4; size++)
		expect(
			read(
				text,
				Array.from({length: text.length}, () => size),
			),
		).toEqual({items, envelope});
});

test.each(['', 'nonsense', '[1]', '{"items":[{"a":1}', '<html>'])('refuses %j', text => {
	expect(() => read(text)).toThrow(SyntaxError);
});
