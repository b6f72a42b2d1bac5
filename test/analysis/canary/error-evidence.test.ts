import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type ErrorCounts, errorEvidence, lastingEvidence, totalCounts} from '../../../src/analysis/canary/error-evidence.ts';

const interval = (canaryRequests: number, canaryErrors: number, stableRequests: number, stableErrors: number): ErrorCounts => ({
	canary: {requests: canaryRequests, errors: canaryErrors},
	stable: {requests: stableRequests, errors: stableErrors},
});

/** Small seeded generator (mulberry32), so that a failing simulation can be run again. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const binomial = (next: () => number, n: number, p: number) => Array.from({length: n}, next).filter(value => value < p).length;

type Arms = {readonly canary: number; readonly stable: number; readonly share?: number; readonly looks: number; readonly runs: number};

/** Share of simulated rollouts that any of `looks` looks calls bad, at 200 requests a look. */
function calledBad({canary, stable, share = 0.5, looks, runs}: Arms): number {
	const next = random(20_261_125);
	const requests = 200 * share;
	const bad = Array.from({length: runs}, () => {
		const seen: ErrorCounts[] = [];
		for (let look = 0; look < looks; look++) {
			seen.push(interval(requests, binomial(next, requests, canary), 200 - requests, binomial(next, 200 - requests, stable)));
			if (errorEvidence(seen) >= 100) return true;
		}
		return false;
	});
	return bad.filter(Boolean).length / runs;
}

describe('errorEvidence', () => {
	test('says nothing when there are no errors', () => expect(errorEvidence([interval(1000, 0, 9000, 0)])).toBeCloseTo(1));
	test('says nothing when one side has no traffic', () => expect(errorEvidence([interval(0, 0, 100, 3)])).toBe(1));
	test('falls below 1 when the canary is better', () => expect(errorEvidence([interval(1000, 1, 1000, 30)])).toBeLessThan(0.01));
	test('is overwhelming for 12 % against 0.1 %', () => expect(errorEvidence([interval(200, 24, 1800, 2)])).toBeGreaterThan(1e6));
	test('depends on the intervals, not only on their sum, when the traffic moved', () => {
		const moved = [interval(100, 1, 900, 9), interval(500, 5, 500, 5)];
		expect(errorEvidence(moved)).toBeLessThan(1.1);
		expect(totalCounts(moved)).toEqual(interval(600, 6, 1400, 14));
	});

	test('looks that caught one side each, as scrapes fall, say the same as one look that caught both', () => {
		const apart = [interval(0, 0, 900, 1), interval(100, 12, 0, 0), interval(0, 0, 900, 1), interval(100, 12, 0, 0)];
		expect(errorEvidence(apart)).toBeCloseTo(errorEvidence([interval(100, 12, 900, 1), interval(100, 12, 900, 1)]), 3);
	});

	test('is finite and not negative for any counts', () => {
		const side = fc
			.record({requests: fc.nat(1e6), errors: fc.nat(1e6)})
			.map(({requests, errors}) => ({requests, errors: Math.min(errors, requests)}));
		fc.assert(
			fc.property(fc.array(fc.record({canary: side, stable: side}), {maxLength: 20}), intervals => {
				const evidence = errorEvidence(intervals);
				expect(evidence).toBeGreaterThanOrEqual(0);
				expect(Number.isFinite(evidence) && Number.isFinite(lastingEvidence(intervals))).toBe(true);
			}),
		);
	});

	test.each([
		[0.5, 0.01],
		[0.1, 0.001],
		[0.1, 0.05],
		[0.9, 0.01],
	])(
		'with %d of the traffic and an error ratio of %d calls a good canary bad in at most 1 %% of rollouts, looked at thirty times',
		(share, ratio) => {
			expect(calledBad({canary: ratio, stable: ratio, share, looks: 30, runs: 300})).toBeLessThanOrEqual(0.01);
		},
	);

	test('sees a tenfold error ratio of 1 % within thirty minutes at 100 requests a minute, as Fisher on totals does', () => {
		expect(calledBad({canary: 0.01, stable: 0.001, looks: 30, runs: 300})).toBeGreaterThan(0.95);
	});
});

describe('lastingEvidence', () => {
	test('says nothing of one interval', () => expect(lastingEvidence([interval(100, 50, 900, 0)])).toBe(1));
	test('does not move for one burst among quiet intervals', () => {
		const burst = [interval(100, 0, 900, 1), interval(100, 40, 900, 1), interval(100, 0, 900, 0)];
		expect(errorEvidence(burst)).toBeGreaterThan(1e6);
		expect(lastingEvidence(burst)).toBeLessThan(1.1);
	});
	test('is overwhelming as soon as the errors come again', () => {
		expect(lastingEvidence([interval(100, 12, 900, 1), interval(100, 12, 900, 1)])).toBeGreaterThan(1e6);
	});
});
