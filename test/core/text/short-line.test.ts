import fc from 'fast-check';
import {expect, test} from 'vitest';
import {shortLine} from '../../../src/core/text/short-line.ts';

test.each([
	['what fits stays', 'Back-off', 8, 'Back-off'],
	['what is cut says so', 'Back-off pulling', 8, 'Back-of…'],
	['lines become one', ' a\nb\tc ', 10, 'a b c'],
	['a letter of two units is not cut in two', '🦀🦀🦀🦀', 3, '🦀🦀…'],
	['what is far too long', 'x'.repeat(10_000_000), 4, 'xxx…'],
	['blanks without end', ' '.repeat(1000), 4, '…'],
])('%s', (_what, text, most, wanted) => {
	expect(shortLine(text, most)).toBe(wanted);
});

test('is never longer than asked for, nor more than a line', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), fc.integer({min: 1, max: 50}), (text, most) => {
			const line = shortLine(text, most);
			return [...line].length <= most && !/[\n\r\t]/.test(line);
		}),
	);
});
