import {expect, test} from 'vitest';
import {judgeMoments, newFollowed} from '../../../../src/agents/monitoring/watch/followed-series.ts';
import {randomNumbers, series} from '../../../analysis/anomalies/random-series.ts';

const stepMs = 60_000;
const quiet = 1500;

/** What is told of a series whose first rows are learnt, then of each row behind them: which row, and how severe. */
function toldOf(values: readonly number[], learnt: number, least = 3) {
	const followed = newFollowed({range: {fromMs: 0, toMs: 0, stepMs}, window: '5m'} as never);
	const judge = (from: number, to: number, severe: number | undefined) =>
		judgeMoments(
			followed,
			'web',
			[{name: 'cpu', unit: 'cores', query: 'cpu', curves: [{labels: {}, values: values.slice(from, to)}]}] as never,
			{range: {fromMs: from * stepMs, toMs: (to - 1) * stepMs, stepMs}, least: severe},
		);
	judge(0, learnt, undefined);
	return values
		.slice(learnt)
		.flatMap((_, row) => judge(learnt + row, learnt + row + 1, least))
		.map(({atMs, severity}) => ({row: atMs / stepMs, severity}));
}

/** Noise, and what is more from some rows on. */
function noiseAnd(more: (row: number) => number) {
	const {normal} = randomNumbers(11);
	return series(quiet + 60, row => 100 + normal() + more(row));
}

test('what begins mildly while the watch learns, and becomes severe afterwards, is told', () => {
	const values = noiseAnd(row => (row >= quiet + 10 ? 400 : row >= quiet - 3 ? 6 : 0));
	const [first] = toldOf(values, quiet, 6);
	expect(first?.row).toBeGreaterThanOrEqual(quiet + 10);
	expect(first?.row).toBeLessThan(quiet + 14);
});

test('what was severe when the watch began is no news', () => {
	expect(
		toldOf(
			noiseAnd(row => (row >= quiet - 20 ? 60 : 0)),
			quiet,
		),
	).toEqual([]);
});

test('an episode is told once, and again when it becomes a hundred times as rare', () => {
	const values = noiseAnd(row => (row >= quiet + 20 ? 400 : row >= quiet ? 6 : 0));
	const told = toldOf(values, quiet);
	expect(told[0]?.row).toBeLessThan(quiet + 4);
	expect(told[1]?.row).toBeGreaterThanOrEqual(quiet + 20);
	expect(told[1]?.row).toBeLessThan(quiet + 24);
	expect(told.length).toBeLessThanOrEqual(3);
	for (const [index, {severity}] of told.slice(1).entries()) expect(severity).toBeGreaterThanOrEqual((told[index]?.severity ?? 0) + 2);
});
