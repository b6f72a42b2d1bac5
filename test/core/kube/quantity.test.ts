import {expect, test} from 'vitest';
import {cpuText, memoryText, nanoUnits, quantityOf, sameQuantity} from '../../../src/core/kube/quantity.ts';

test.each([
	['250m', 0.25],
	['2', 2],
	['1.5', 1.5],
	['100n', 1e-7],
	['128Mi', 134_217_728],
	['1Gi', 1_073_741_824],
	['1G', 1e9],
	['12E', 12e18],
	['1e3', 1000],
	['1E3', 1000],
	['.5', 0.5],
	[4, 4],
])('reads %s', (text, value) => {
	expect(quantityOf(text)).toBeCloseTo(value, 10);
});

test.each(['', 'abc', '1Zi', '1 Gi', '--1'])('has no answer for “%s”', text => {
	expect(quantityOf(text)).toBeUndefined();
});

test('writes millicores and mebibytes', () => {
	expect([cpuText(0.25), cpuText(2), memoryText(134_217_728)]).toEqual(['250m', '2', '128Mi']);
});

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
