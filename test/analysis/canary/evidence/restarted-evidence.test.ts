import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Pair} from '../../../../src/analysis/canary/evidence/likelihood.ts';
import {restartedEvidence} from '../../../../src/analysis/canary/evidence/restarted-evidence.ts';
import {evidenceToFail} from '../../../../src/analysis/canary/evidence/sequential-evidence.ts';

const counts = (canary: number, bad: number, stable: number, stableBad: number): Pair => ({
	canary: {total: canary, bad},
	stable: {total: stable, bad: stableBad},
});

function evidenceOf(intervals: readonly Pair[], spanMs = 10_000): number {
	const evidence = restartedEvidence({worse: 'higher', tolerance: 0});
	for (const interval of intervals) evidence.add(interval, spanMs);
	return evidence.value();
}

const times = (n: number, pair: Pair): readonly Pair[] => Array.from({length: n}, () => pair);

describe('restartedEvidence', () => {
	test('decides within two minutes when 5 % fail instead of 0.1 %', () => {
		expect(evidenceOf(times(12, counts(20, 1, 380, 0)))).toBeGreaterThan(evidenceToFail);
	});
	test('is not moved by a single burst among quiet minutes', () => {
		const burst = [...times(60, counts(17, 0, 316, 0)), counts(17, 12, 316, 0), ...times(60, counts(17, 0, 316, 0))];
		expect(evidenceOf(burst)).toBeLessThan(evidenceToFail);
	});
	test('decides when the burst comes again and again', () => {
		const bursts = Array.from({length: 8}, () => [counts(17, 12, 316, 0), ...times(11, counts(17, 0, 316, 0))]).flat();
		expect(evidenceOf(bursts)).toBeGreaterThan(evidenceToFail);
	});
	test('falls when the canary is better', () => expect(evidenceOf(times(60, counts(100, 0, 100, 2)))).toBeLessThan(0.01));
	test('a version that begins to fail after a good hour is seen, and not outvoted by that hour', () => {
		const good = times(360, counts(100, 1, 100, 1));
		expect(evidenceOf(good)).toBeLessThan(evidenceToFail);
		expect(evidenceOf([...good, ...times(72, counts(100, 5, 100, 1))])).toBeGreaterThan(evidenceToFail);
	});
	test('looks that caught one side each, as scrapes fall, say the same as looks that caught both, a reading later', () => {
		const apart = Array.from({length: 3}, () => [counts(0, 0, 900, 1), counts(100, 12, 0, 0)]).flat();
		expect(evidenceOf(apart, 30_000)).toBeCloseTo(evidenceOf(times(2, counts(100, 12, 900, 1)), 60_000), 6);
	});
	test.each([
		['the canary', counts(250, 0, 0, 0), counts(0, 0, 250, 0)],
		['the stable version', counts(0, 0, 250, 0), counts(250, 0, 0, 0)],
	])('an outage of both that the scrape of %s shows first is no fault of the canary', (_name, first, second) => {
		const failing = ({canary, stable}: Pair): Pair => counts(canary.total, canary.total * 0.3, stable.total, stable.total * 0.3);
		const quiet = Array.from({length: 5}, () => [first, second]).flat();
		// The one that is read late still shows a good minute where the other shows the outage, and an outage where that one is good again.
		const looks = [...quiet, failing(first), second, first, failing(second), ...quiet];
		const evidence = looks.map((_, at) => evidenceOf(looks.slice(0, at + 1), 30_000));
		expect(Math.max(...evidence)).toBeLessThan(evidenceToFail);
	});
	test('is finite and not negative for any counts', () => {
		const side = fc.record({total: fc.nat(1e6), bad: fc.nat(1e6)}).map(({total, bad}) => ({total, bad: Math.min(total, bad)}));
		fc.assert(
			fc.property(fc.array(fc.record({canary: side, stable: side}), {maxLength: 40}), intervals => {
				const value = evidenceOf(intervals, 60_000);
				expect(value >= 0 && Number.isFinite(value)).toBe(true);
			}),
		);
	});
});
