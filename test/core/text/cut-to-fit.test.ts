import fc from 'fast-check';
import {expect, test} from 'vitest';
import {cutToFit} from '../../../src/core/text/cut-to-fit.ts';

const rows = (amount: number) => Array.from({length: amount}, (_, index) => ({name: `web-${index}`, ready: true}));

test.each([
	['what fits stays as it is', {rows: rows(3)}, 1000, {rows: rows(3)}, []],
	['a list loses its end', {rows: rows(300)}, 4000, {rows: rows(80)}, ['220 of 300 entries of rows']],
	['a text loses its end', {log: 'x'.repeat(5000)}, 4100, {log: `${'x'.repeat(4000)}…`}, ['1000 of 5000 letters of log']],
	[
		'what cannot be made small enough is left out',
		rows(9).map(() => rows(9)),
		200,
		null,
		['all of it: it is larger than one answer, so ask for less'],
	],
	[
		'an object keeps its own fields',
		{podsLeftOut: [], lines: rows(50), total: 50, text: 'x'.repeat(300), more: {a: 1, b: 2}},
		200,
		{podsLeftOut: [], lines: [], total: 50, text: `${'x'.repeat(20)}…`, more: {}},
		['50 of 50 entries of lines', '280 of 300 letters of text', '2 of 2 fields of more'],
	],
])('%s', (_name, value, characters, smaller, leftOut) => {
	expect(cutToFit(value, characters)).toEqual({value: smaller, leftOut});
});

test('whatever the value, it fits, and says so when something is missing', () => {
	fc.assert(
		fc.property(fc.jsonValue({maxDepth: 4, noUnicodeString: false}), fc.integer({min: 200, max: 2000}), (value, characters) => {
			// The generator's own type of JSON is ours.
			const {value: smaller, leftOut} = cutToFit(value as never, characters);
			expect(JSON.stringify(smaller).length).toBeLessThanOrEqual(characters);
			expect(leftOut.length === 0).toBe(JSON.stringify(smaller) === JSON.stringify(value));
		}),
	);
});
