import {describe, expect, test} from 'vitest';
import {median, spreadOf} from './statistics.ts';

describe('the median', () => {
	test.each([
		{values: [3], middle: 3},
		{values: [9, 1, 5], middle: 5},
		{values: [4, 1, 3, 2], middle: 2.5},
		{values: [], middle: Number.NaN},
	])('of $values is $middle', ({values, middle}) => expect(median(values)).toBe(middle));

	test('stands between the smallest and the largest', () => expect(spreadOf([9, 1, 5])).toEqual({median: 5, min: 1, max: 9}));
});
