import {judgeMetric} from '../../../src/analysis/canary/judge-metric.ts';
import type {GaugeInterval} from '../../../src/analysis/canary/metric.ts';
import type {Cell} from './cells.ts';
import {normal, type Random, seeded} from './random.ts';
import {type Outcome, outcomeOf} from './result.ts';

const pods = 3;
const spread = 0.2;
/** What `--metrics saturation` tolerates when nothing is said. */
const metric = {name: 'gauge', kind: 'gauge', worse: 'higher', tolerance: 0.25} as const;
/** Minutes at which the product computes its test; looks in between change nothing. */
const computedAt = [15, 21, 30, 42, 60];

/** Simulates one cell of gauges. */
export function runGauge({times, correlation}: Extract<Cell, {kind: 'gauge'}>, runs: number, seed: number): readonly Outcome[] {
	const next = seeded(seed);
	const minutes = Array.from({length: runs}, () => {
		const canary = series(next, times, correlation);
		const stable = series(next, 1, correlation);
		const looks = canary.map((values, at): GaugeInterval => ({kind: 'gauge', spanMs: 60_000, canary: values, stable: stable[at] ?? []}));
		const isBad = (minute: number) => judgeMetric(metric, looks.slice(0, minute), {stageFrom: 0}).verdict === 'fail';
		return computedAt.find(isBad) ?? Number.POSITIVE_INFINITY;
	});
	return [outcomeOf('mkcoa', minutes)];
}

/** One value a pod and minute; what pods of a side have in common goes on from minute to minute. */
function series(next: Random, times: number, correlation: number): readonly (readonly number[])[] {
	let common = normal(next);
	return Array.from({length: 60}, () => {
		common = correlation * common + Math.sqrt(1 - correlation ** 2) * normal(next);
		return Array.from({length: pods}, () => times * (1 + spread * (correlation > 0 ? common : normal(next))));
	});
}
