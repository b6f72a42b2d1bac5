import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {anomaliesSet} from './anomalies-set.ts';
import {bestThreshold, finalScore, rawScore, windowsOf} from './nab-score.ts';
import {profilesIn, publishedRows, type Series, seriesIn} from './nab-series.ts';

const standard = {tpWeight: 1, fnWeight: 1, fpWeight: 0.11};
const labelled = {rows: 100, windows: [{from: 40, to: 49}]};
const detectedAt = (...rows: readonly number[]) => ({
	...labelled,
	scores: Float64Array.from({length: 100}, (_, row) => (rows.includes(row) ? 1 : 0)),
});

// Check values of the benchmark's page; the window costs 1 until a row in it is detected.
test.each([
	[14, 0],
	[15, -0.11],
	[50, -0.029793],
	[53, -0.08849],
	[58, -0.108528],
	[77, -0.11],
])('a detection at row %i outside the window gives %d', (row, value) => {
	expect(rawScore(detectedAt(row), 1, standard)).toBeCloseTo(value - 1, 6);
});

test.each([
	[40, 1],
	[44, 0.917429],
	[45, 0.859793],
	[49, 0.248242],
])('a detection at row %i in the window gives %d, and later ones add nothing', (row, value) => {
	expect(rawScore(detectedAt(row), 1, standard)).toBeCloseTo(value, 6);
	expect(rawScore(detectedAt(row, 49), 1, standard)).toBeCloseTo(value, 6);
});

test('silence is 0, the first row of each window alone is 100', () => {
	expect(finalScore(rawScore(detectedAt(), 1, standard), 1, standard)).toBe(0);
	expect(finalScore(rawScore(detectedAt(40), 1, standard), 1, standard)).toBe(100);
});

test('the best threshold takes all rows of one score, or none where silence is best', () => {
	expect(bestThreshold([detectedAt(40, 90)], standard)).toEqual({threshold: 1, raw: expect.closeTo(0.89, 9)});
	expect(bestThreshold([detectedAt(90)], standard)).toEqual({threshold: Number.POSITIVE_INFINITY, raw: -1});
	expect(bestThreshold([{rows: 100, windows: [], scores: new Float64Array(100)}], standard).threshold).toBe(Number.POSITIVE_INFINITY);
});

const folder = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../../shared'), 'data/monitoring/nab');
const isThere = existsSync(folder);
/** Read once for all detectors, and let go again: it is much. */
let published: readonly {readonly series: Series; readonly rows: ReturnType<typeof publishedRows>}[] = [];
beforeAll(() => {
	if (isThere) published = seriesIn(folder).map(series => ({series, rows: publishedRows(folder, series.name)}));
});
afterAll(() => {
	published = [];
});

// The benchmark's data are not part of the project; where they are absent these count as skipped.
test.runIf(isThere).each([
	['ARTime', 0.337609, 26.0547, [72.08, 62.57, 78.0]],
	['skyline', 0.857142857143, -18.6173, [34.22, 23.54, 44.85]],
	['twitterADVec', 1, -2.6956, [47.72, 33.99, 54.41]],
] as const)('gives the published rows of %s their scores', (detector, threshold, raw, finals) => {
	const set = published.map(({series, rows}) => ({...series, scores: rows.get(detector) ?? []}));
	const profiles = profilesIn(folder);
	const best = bestThreshold(set, profiles.get('standard') ?? standard);
	expect(best.threshold).toBe(threshold);
	expect(best.raw).toBeCloseTo(raw, 4);
	const scores = ['standard', 'reward_low_FP_rate', 'reward_low_FN_rate'].map(name => {
		const profile = profiles.get(name) ?? standard;
		return finalScore(bestThreshold(set, profile).raw, windowsOf(set), profile);
	});
	scores.forEach((score, at) => {
		expect(score).toBeCloseTo(finals[at] ?? 0, 2);
	});
});

test.runIf(isThere)('the detector reaches 65 with its own threshold', {timeout: 120_000}, () => {
	const {score = 0, right, total} = anomaliesSet(folder);
	expect(total).toBe(59);
	expect(right).toBeGreaterThanOrEqual(47);
	expect(score).toBeGreaterThanOrEqual(0.65);
});
