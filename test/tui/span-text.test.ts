import {expect, test} from 'vitest';
import {spanText} from '../../src/tui/span-text.ts';

test.each([
	[-5, '0.0 s'],
	[420, '0.4 s'],
	[12_900, '12 s'],
	[60_000, '1 min'],
	[200_000, '3 min 20 s'],
	[15 * 60_000 + 4000, '15 min'],
	[125 * 60_000, '2 h 5 min'],
])('%i ms are %s', (ms, expected) => {
	expect(spanText(ms)).toBe(expected);
});
