import {expect, test} from 'vitest';
import {burstsOf} from '../../../src/analysis/log-templates/bursts.ts';
import {addTo, type TimeCounts} from '../../../src/analysis/log-templates/time-counts.ts';

const countsAt = (moments: readonly number[]) =>
	moments.reduce((times: TimeCounts | undefined, atMs) => addTo(times, atMs, 1), undefined) ?? {widthMs: 1, counts: new Map()};
const hour = {fromMs: 0, untilMs: 3_600_000};
const steady = Array.from({length: 360}, (_, index) => index * 10_000);

test('lines at a constant rate have no burst', () => {
	expect(burstsOf(countsAt(steady), hour)).toEqual([]);
});

test('many lines in one minute are a burst there', () => {
	const crowd = Array.from({length: 100}, (_, index) => 1_800_000 + index * 600);
	const [burst, ...others] = burstsOf(countsAt([...steady, ...crowd]), hour);
	expect(others).toEqual([]);
	expect(burst?.fromMs).toBeLessThanOrEqual(1_800_000);
	expect(burst?.untilMs).toBeGreaterThan(1_800_000);
	expect(burst?.count).toBeGreaterThanOrEqual(100);
});

test('a few lines are no burst, however close together', () => {
	expect(burstsOf(countsAt([5, 6, 7, 8]), hour)).toEqual([]);
});

test('holds no more buckets for a year than for an hour, and loses no line', () => {
	const times = countsAt(Array.from({length: 10_000}, (_, index) => index * 3_153_600));
	expect(times.counts.size).toBeLessThanOrEqual(64);
	expect(times.counts.values().reduce((sum, lines) => sum + lines, 0)).toBe(10_000);
});
