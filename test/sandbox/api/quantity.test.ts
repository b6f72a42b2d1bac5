import {expect, test} from 'vitest';
import {canonicalQuantity} from '../../../src/sandbox/api/decode/quantity.ts';

test.each([
	[1, '1'],
	['1000m', '1'],
	['0.5', '500m'],
	['0.1', '100m'],
	['1500m', '1500m'],
	['1024Mi', '1Gi'],
	['1500Mi', '1500Mi'],
	['1.5Gi', '1536Mi'],
	['1000Mi', '1000Mi'],
	['1000k', '1M'],
	['0', '0'],
	['0Mi', '0'],
	['-1000m', '-1'],
	['2e3', '2e3'],
	['much', 'much'],
])('%s is written back as %s', (given, text) => {
	expect(canonicalQuantity(given)).toBe(text);
});
