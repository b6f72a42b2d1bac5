import {describe, expect, test} from 'vitest';
import {takeOutFarOff} from '../../../src/analysis/time-series/far-off.ts';
import {forecast} from '../../../src/analysis/time-series/forecast.ts';
import {daily, synthetic} from './synthetic.ts';

const seasonal = synthetic(1, 504, {season: daily(20), noise: 2});
const changed = (values: ArrayLike<number>, by: {readonly [time: number]: number}) =>
	Float64Array.from(values, (value, time) => by[time] ?? value);

describe('samples far off all others', () => {
	test.each([
		['one', {200: 1e6}],
		['one below', {200: -1e6}],
		['the first', {0: 1e6}],
		['two in a row, as of a counter that was misread', {200: 1e18, 201: -1e18}],
		['two apart', {100: 1e6, 300: 1e6}],
	])('are taken out: %s', (_, by) => {
		const values = changed(seasonal, by);
		expect(takeOutFarOff(values)).toBe(Object.keys(by).length);
		for (const [time, value] of values.entries()) expect(value).toBe(time in by ? Number.NaN : seasonal[time]);
	});

	test.each<[string, Float64Array]>([
		['none', seasonal],
		['those at the end, which may be what comes', changed(seasonal, {503: 1e6})],
		['those before a gap', changed(seasonal, {200: 1e6, 201: Number.NaN})],
		['what happens again', changed(seasonal, {100: 1e6, 200: 1e6, 300: 1e6})],
		['what stays', changed(seasonal, {200: 1e6, 201: 1e6, 202: 1e6})],
		['a burst ten times as large', changed(seasonal, {200: 500})],
		['a series that hardly ever is anything', changed(new Float64Array(500), {200: 1})],
	])('stay: %s', (_, values) => {
		const before = Float64Array.from(values);
		expect(takeOutFarOff(values)).toBe(0);
		expect(values).toEqual(before);
	});

	// It said 267,000 of a series about 100.
	test('do not move a forecast', () => {
		const past = seasonal.subarray(0, 480);
		const misread = forecast(changed(past, {470: 1e8}), {horizon: 24, stepSeconds: 3600});
		const plain = forecast(past, {horizon: 24, stepSeconds: 3600});
		if (misread.kind === 'refused' || plain.kind === 'refused') throw new Error('refused');
		expect(misread.seasons).toEqual([24]);
		expect(misread.reasons[0]).toBe('1 sample far off all others, as if misread: counted as missing');
		for (const [step, {median}] of misread.steps.entries()) expect(Math.abs(median - (plain.steps[step]?.median ?? 0))).toBeLessThan(1);
	});
});
