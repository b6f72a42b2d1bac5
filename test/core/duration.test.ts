import {expect, test} from 'vitest';
import {parseDuration, parseSpan} from '../../src/core/duration.ts';

test.each([
	['30s', 30_000],
	['1h30m', 5_400_000],
	['500ms', 500],
	['1.5h', 5_400_000],
	['0s', undefined],
	['30', undefined],
	['', undefined],
	['-5m', undefined],
	['5 m', undefined],
])('%j is a duration of %s ms, and a span of as many', (text, ms) => {
	expect([parseDuration(text), parseSpan(text)]).toEqual([ms, ms]);
});

test.each([
	['7d', 604_800_000],
	['0d', undefined],
	['1d12h', undefined],
	['99999d', undefined],
])('%j is a span of %s ms, and no duration', (text, ms) => {
	expect([parseDuration(text), parseSpan(text)]).toEqual([undefined, ms]);
});
