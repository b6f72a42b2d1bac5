import {expect, test} from 'vitest';
import {ownAnomaliesSet} from './anomalies-set.ts';
import {ownSeries} from './own-series.ts';

test('makes the same series for the same seed, with one window where something happens', () => {
	const [all, again] = [ownSeries(3), ownSeries(3)];
	expect(all).toEqual(again);
	expect(all.filter(({category}) => category === 'quiet').every(({windows}) => windows.length === 0)).toBe(true);
	for (const {rows, values, windows} of all.filter(({category}) => category === 'strange')) {
		expect(values).toHaveLength(rows);
		expect(windows).toHaveLength(1);
		expect(windows[0]?.from).toBeGreaterThan(rows * 0.15);
		expect(windows[0]?.to).toBeLessThan(rows);
	}
});

// At first sight it found 26 of 27, with 0.86 false alarms a week; since each series' own episodes are measured 0.43.
test('finds incidents in kinds of metrics that it was not made for', {timeout: 120_000}, () => {
	const {right, total, score, figures} = ownAnomaliesSet();
	expect(total).toBe(27);
	expect(right).toBeGreaterThanOrEqual(25);
	expect(score).toBeGreaterThanOrEqual(0.7);
	expect(figures?.falseAlarmsPerWeek).toBeLessThanOrEqual(0.7);
});
