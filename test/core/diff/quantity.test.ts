import {expect, test} from 'vitest';
import {nanoUnits, sameQuantity} from '../../../src/core/diff/quantity.ts';

test.each([
	['1000m', '1'],
	['2048Mi', '2Gi'],
	['0.5', '500m'],
	['1e3', '1k'],
	['1E3', '1000'],
	['.5', '0.50'],
	['1.5Gi', '1536Mi'],
	['1E', '1000P'],
	['100000000n', '100m'],
	[1, '1'],
	['-1', '-1000m'],
	['12345678901234567890', '12345678901234567890'],
])('%s is %s', (left, right) => {
	expect(sameQuantity(left, right)).toBe(true);
});

test.each([
	['1', '1m'],
	['1M', '1Mi'],
	['9007199254740993', '9007199254740992'],
	['1G', '1Gi'],
	['x', '0'],
])('%s is not %s', (left, right) => {
	expect(sameQuantity(left, right)).toBe(false);
});

test.each(['', 'x', '1KB', '1 Gi', '.', '1e', '--1'])('%j is no quantity', text => {
	expect(nanoUnits(text)).toBeUndefined();
});

test('is told in billionths, rounded up', () => {
	expect([nanoUnits('500m'), nanoUnits('1Ki'), nanoUnits('0.1n')]).toEqual([500_000_000n, 1_024_000_000_000n, 1n]);
});
