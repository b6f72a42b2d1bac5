import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
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

describe('one of several counters falls', () => {
	type Values = {readonly [key: string]: number};
	const rowsOf = (values: Values) => Object.entries(values).map(([key, value]) => ({group: 'web-1', key, value}));
	/** What each grew by at the last of these looks. */
	function grownAtLast(looks: readonly Values[], areSums = false) {
		const grow = counterGrowth();
		const all = looks.map(values => grow(rowsOf(values), () => false, {areSums}));
		return Object.fromEntries((all.at(-1) ?? []).map(({key, grown}) => [key, grown]));
	}

	test.each<[string, readonly Values[], Values]>([
		[
			'one that nobody used was forgotten and counts from zero, the others go on',
			[
				{GET: 105, POST: 900_000, failed: 40},
				{GET: 2, POST: 900_030, failed: 40},
			],
			{GET: 2, POST: 30, failed: 0},
		],
		[
			'all fall: the program was started anew',
			[
				{GET: 900_000, failed: 40},
				{GET: 30, failed: 2},
			],
			{GET: 30, failed: 2},
		],
		[
			'those that had counted nothing say nothing',
			[
				{GET: 900_000, failed: 0},
				{GET: 30, failed: 2},
			],
			{GET: 30, failed: 2},
		],
		['nor do those that are not there yet', [{GET: 900_000, failed: 40}, {GET: 30}], {GET: 30}],
		['nor those that are there for the first time', [{GET: 900_000}, {GET: 30, failed: 2}], {GET: 30, failed: 2}],
		[
			'one that is past its former value after a new start counts what is certain',
			[
				{GET: 900_000, failed: 1},
				{GET: 30, failed: 3},
			],
			{GET: 30, failed: 2},
		],
	])('%s', (_, looks, grown) => expect(grownAtLast(looks)).toEqual(grown));

	test('sums lose what a forgotten series had: nothing of their program counts in that look, and everything after it', () => {
		const looks = [
			{ok: 900_000, failed: 40},
			{ok: 899_925, failed: 41},
			{ok: 899_955, failed: 42},
		];
		expect(grownAtLast(looks.slice(0, 2), true)).toEqual({ok: 0, failed: 0});
		expect(grownAtLast(looks, true)).toEqual({ok: 30, failed: 1});
	});

	test('which one it was can be told, so that sums of unknown series can be left out', () => {
		const grow = counterGrowth();
		grow(rowsOf({total: 100, bad: 2}), () => false);
		expect(grow(rowsOf({total: 60, bad: 3}), () => false).map(({key, isAnew}) => [key, isAnew])).toEqual([
			['total', true],
			['bad', false],
		]);
	});
});
