import {expect, test} from 'vitest';
import {anomaliesIn} from '../../../src/analysis/anomalies/anomalies-in.ts';
import {randomNumbers, series} from './random-series.ts';

const startMs = Date.parse('2026-01-05T00:00:00Z');
const stepMs = 300_000;
const points = (values: readonly number[]) => values.map((value, row) => [startMs + row * stepMs, value] as const);

test('an outage is one anomaly with its beginning, its end and a sentence', () => {
	const {normal} = randomNumbers(21);
	const values = series(2000, row => (row >= 1500 && row < 1510 ? 0 : 100 + normal()));
	const [outage, ...more] = anomaliesIn(points(values)).filter(({fromMs}) => fromMs >= startMs + 1500 * stepMs);
	expect(more).toEqual([]);
	expect(outage?.fromMs).toBe(startMs + 1500 * stepMs);
	expect(outage?.toMs).toBeLessThan(startMs + 1560 * stepMs);
	expect(outage?.severity).toBeGreaterThan(5);
	expect(outage?.explanation).toMatchObject({reason: 'level', value: 0});
	expect(outage?.explanation.text).toMatch(/^stays at about 0, where 9\d\.\d* to 10\d\.?\d* is usual$/);
});

test('nothing is found in nothing, in one value, and in values that are none', () => {
	expect(anomaliesIn([])).toEqual([]);
	expect(anomaliesIn([[0, 1]])).toEqual([]);
	expect(anomaliesIn(points(series(3000, () => Number.NaN)))).toEqual([]);
});
