import {expect, test} from 'vitest';
import {age, sinceText} from '../../../src/core/text/age.ts';

test.each([
	[-5, '0s'],
	[45_000, '45s'],
	[119_000, '119s'],
	[5 * 60_000, '5m'],
	[26 * 3_600_000, '26h'],
	[3 * 86_400_000, '3d'],
	[800 * 86_400_000, '2y'],
])('an age of %i ms is %s', (ms, text) => {
	expect(age(ms)).toBe(text);
});

const time = '2026-11-25T10:00:00Z';
const nowMs = Date.parse('2026-11-25T10:05:00Z');

test.each([
	['an age for people', time, true, '5m'],
	['the time itself in a pipe', time, false, time],
	['nothing where the cluster tells none', '', true, ''],
])('a moment is %s', (_, given, terminal, text) => {
	expect(sinceText(given, {width: 80, terminal, nowMs})).toBe(text);
});
