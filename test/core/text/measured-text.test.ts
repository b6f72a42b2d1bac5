import {expect, test} from 'vitest';
import {measuredText} from '../../../src/core/text/measured-text.ts';

test.each([
	[0, 'bytes', '0 B'],
	[1023, 'bytes', '1020 B'],
	[1024, 'bytes', '1 KiB'],
	[74_655_432, 'bytes', '71.2 MiB'],
	[2 ** 60, 'bytes', '1020 PiB'],
	[1536, 'bytesPerSecond', '1.5 KiB/s'],
	[0.0779, 'cores', '77.9m'],
	[0, 'cores', '0'],
	[2.5, 'cores', '2.5'],
	[55.06, 'perSecond', '55.1/s'],
	[12_345, 'perSecond', '12.3 k/s'],
	[0.001_26, 'ratio', '0.1 %'],
	[0.0413, 'seconds', '41.3 ms'],
	[3, 'number', '3'],
	[1_500_000, 'number', '1.5 M'],
	[-2048, 'bytes', '-2 KiB'],
	[Number.NaN, 'number', 'no number'],
	[Number.POSITIVE_INFINITY, 'seconds', 'endless'],
] as const)('%d %s is told as %s', (value, unit, text) => {
	expect(measuredText(value, unit)).toBe(text);
});
