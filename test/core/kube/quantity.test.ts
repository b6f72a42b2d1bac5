import {expect, test} from 'vitest';
import {cpuText, memoryText, quantityOf} from '../../../src/core/kube/quantity.ts';

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
