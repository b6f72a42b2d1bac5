import fc from 'fast-check';
import {expect, test} from 'vitest';
import {stripControl} from '../../../src/core/text/strip-control.ts';

test.each([
	['\u001b[31mred\u001b[0m', 'red'],
	['\u001b]8;;https://evil\u0007link\u001b]8;;\u0007', 'link'],
	['a\u202eb\u2066c', 'abc'],
	['zero\u200bwidth\ufeff', 'zerowidth'],
	['tag\u{e0041}\u{e0042}', 'tag'],
	['bell\u0007\u0000\u009b31m', 'bell'],
	['line\r\nnext\ttab', 'line\nnext\ttab'],
	['over\rwrite', 'overwrite'],
	['한국어 ✓ é', '한국어 ✓ é'],
])('strips %j', (text, expected) => {
	expect(stripControl(text)).toBe(expected);
});

test('stripping twice changes nothing', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.string()), text => {
			expect(stripControl(stripControl(text))).toBe(stripControl(text));
		}),
		{numRuns: 500},
	);
});
