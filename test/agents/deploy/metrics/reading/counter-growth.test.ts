import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {counterGrowth} from '../../../../../src/agents/deploy/metrics/reading/counter-growth.ts';

const life = fc.array(fc.record({grown: fc.nat(50), isSeen: fc.boolean(), startsAnew: fc.boolean()}), {maxLength: 30});

test('all that is counted comes out once, through gaps and new starts that can be seen', () => {
	fc.assert(
		fc.property(fc.boolean(), life, (isNew, looks) => {
			const grow = counterGrowth();
			let value = 0;
			let seen: number | undefined;
			let expected = 0;
			let counted = 0;
			for (const {grown, isSeen, startsAnew} of looks) {
				// A counter that is past its old value when it is looked at again cannot be told from one that went on.
				const anew = startsAnew && isSeen && seen !== undefined && grown < seen;
				value = anew ? grown : value + grown;
				if (!isSeen) continue;
				expected += seen === undefined ? (isNew ? value : 0) : anew ? value : value - seen;
				seen = value;
				counted += grow([{group: 'web-1', key: '200', value}], () => isNew)[0]?.grown ?? 0;
			}
			expect(counted).toBe(expected);
		}),
	);
});

test('groups know nothing of each other', () => {
	const grow = counterGrowth();
	const rows = (a: number, b: number) => [
		{group: 'a', key: 'x', value: a},
		{group: 'b', key: 'x', value: b},
	];
	grow(rows(10, 10), () => false);
	expect(grow(rows(3, 15), () => false).map(({grown}) => grown)).toEqual([3, 5]);
});

test('what came besides before a new start is no part of the growth after it', () => {
	const grow = counterGrowth();
	const rows = (ok: number, failed?: number) => [
		{group: 'a', key: '200', value: ok},
		...(failed === undefined ? [] : [{group: 'a', key: '500', value: failed}]),
	];
	grow(rows(100, 7), () => false);
	expect(grow(rows(20), () => false).map(({grown}) => grown)).toEqual([20]);
	expect(grow(rows(25, 2), () => false).map(({grown}) => grown)).toEqual([5, 2]);
});
