import {restartedEvidence} from '../../../src/analysis/canary/evidence/restarted-evidence.ts';
import {evidenceToFail} from '../../../src/analysis/canary/evidence/sequential-evidence.ts';
import {comparedBound, quantileOf} from '../../../src/analysis/canary/latency/histogram.ts';
import type {Cell} from './cells.ts';
import {binomial, type Random, seeded} from './random.ts';
import {type Outcome, outcomeOf} from './result.ts';
import {kayentaHigh} from './rivals.ts';
import {looksPerMinute, requestsOf} from './worlds.ts';

/** The usual buckets of Prometheus' clients, in seconds. */
export const upperBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Number.POSITIVE_INFINITY];
const [median, sigma] = [0.08, 0.5];
const quantiles = [0.5, 0.95, 0.99];
/** What `--metrics latency-p99` tolerates when nothing is said. */
const tolerance = 0.1;
const minutesWatched = 60;

/** Requests per bucket of one side and look. */
export type Buckets = {readonly canary: readonly number[]; readonly stable: readonly number[]};

/** Simulates one cell of latencies; each quantile is judged on the same rollouts, and Kayenta sees it once a minute. */
export function runLatency({times, traffic}: Extract<Cell, {kind: 'latency'}>, runs: number, seed: number): readonly Outcome[] {
	const next = seeded(seed);
	const parts = {canary: bucketParts(times), stable: bucketParts(1)};
	const results = quantiles.map(quantile => ({quantile, own: [] as number[], kayenta: [0, 0]}));
	for (let run = 0; run < runs; run++) {
		const looks = Array.from({length: minutesWatched * looksPerMinute}, (_, look) => ({
			canary: bucketsOf(next, requestsOf(traffic.canary, look), parts.canary),
			stable: bucketsOf(next, requestsOf(traffic.stable, look), parts.stable),
		}));
		const minutes = perMinute(looks);
		for (const {quantile, own, kayenta} of results) {
			own.push(minuteOf(looks, quantile));
			for (const [at, minute] of [10, 60].entries())
				kayenta[at] = (kayenta[at] ?? 0) + Number(kayentaOn(minutes.slice(0, minute), quantile));
		}
	}
	return results.flatMap(({quantile, own, kayenta: [by10 = 0, by60 = 0]}) => {
		const name = `p${quantile * 100}`;
		return [outcomeOf(`mkcoa ${name}`, own), {judge: `Kayenta ${name}`, by10: by10 / runs, by60: by60 / runs}];
	});
}

/**
 * The minute of the first look that fails, by the steps of the product's `judgeLatency`, kept up look by look instead of computed anew
 * (test/bench/canary/run-latency.test.ts holds them side by side).
 */
export function minuteOf(looks: readonly Buckets[], quantile: number): number {
	const sum = {canary: upperBounds.map(() => 0), stable: upperBounds.map(() => 0)};
	const evidence = new Map<number, ReturnType<typeof evidenceAt>>();
	for (const [at, look] of looks.entries()) {
		for (const side of ['canary', 'stable'] as const)
			for (const [bucket, count] of look[side].entries()) sum[side][bucket] = (sum[side][bucket] ?? 0) + count;
		const bound = comparedBound({upperBounds, ...sum}, quantile);
		const known = evidence.get(bound) ?? evidenceAt(bound, looks.slice(0, at));
		evidence.set(bound, known);
		for (const [other, one] of evidence) one.add(countsAbove(look, other), 60_000 / looksPerMinute);
		if (known.value() < evidenceToFail) continue;
		const [canary = 0, stable = 0] = [quantileOf(upperBounds, sum.canary, quantile), quantileOf(upperBounds, sum.stable, quantile)];
		if (canary > stable * (1 + tolerance)) return (at + 1) / looksPerMinute;
	}
	return Number.POSITIVE_INFINITY;
}

/** Evidence on one bound from the looks so far. */
function evidenceAt(bound: number, looks: readonly Buckets[]) {
	const evidence = restartedEvidence({worse: 'higher', tolerance: 0});
	for (const look of looks) evidence.add(countsAbove(look, bound), 60_000 / looksPerMinute);
	return evidence;
}

function countsAbove(look: Buckets, bound: number) {
	const side = (counts: readonly number[]) => {
		let [total, bad] = [0, 0];
		for (const [bucket, count] of counts.entries()) {
			total += count;
			if (bucket > bound) bad += count;
		}
		return {total, bad};
	};
	return {canary: side(look.canary), stable: side(look.stable)};
}

function bucketParts(times: number): readonly number[] {
	const below = upperBounds.map(bound => normalBelow(Math.log(bound / (median * times)) / sigma));
	return below.map((part, at) => part - (below[at - 1] ?? 0));
}

/** One bucket after the other, each a binomial of what is left. */
export function bucketsOf(next: Random, requests: number, parts: readonly number[]): readonly number[] {
	let [left, part] = [requests, 1];
	return parts.map(here => {
		const count = part <= 1e-12 ? 0 : binomial(next, left, Math.min(1, here / part));
		left -= count;
		part -= here;
		return count;
	});
}

/** Part of a standard normal below z (Abramowitz and Stegun 26.2.17; error below 1e-7). */
function normalBelow(z: number): number {
	if (z === Number.POSITIVE_INFINITY) return 1;
	const t = 1 / (1 + 0.2316419 * Math.abs(z));
	const tail = ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) * t * Math.exp((-z * z) / 2);
	return z > 0 ? 1 - tail / Math.sqrt(2 * Math.PI) : tail / Math.sqrt(2 * Math.PI);
}

function perMinute(looks: readonly Buckets[]): readonly Buckets[] {
	return Array.from({length: looks.length / looksPerMinute}, (_, minute) => {
		const part = looks.slice(minute * looksPerMinute, (minute + 1) * looksPerMinute);
		const side = (name: 'canary' | 'stable') => upperBounds.map((_bound, at) => part.reduce((sum, look) => sum + (look[name][at] ?? 0), 0));
		return {canary: side('canary'), stable: side('stable')};
	});
}

function kayentaOn(minutes: readonly Buckets[], quantile: number): boolean {
	const points = (side: 'canary' | 'stable') => minutes.map(minute => quantileOf(upperBounds, minute[side], quantile) ?? Number.NaN);
	return kayentaHigh(points('stable'), points('canary'));
}
