import {expect, test} from 'vitest';
import {isBetter} from '../../../src/analysis/time-series/better-than.ts';
import {randomNumbers} from '../../analysis/anomalies/random-series.ts';

const alike = (value: number) => Array.from({length: 20}, () => value);

test('errors that are lower each time are better, and by a twentieth they are not', () => {
	expect(isBetter(alike(8), alike(10), 5)).toBe(true);
	expect(isBetter(alike(9.6), alike(10), 5)).toBe(false);
	expect(isBetter(alike(10), alike(8), 5)).toBe(false);
	expect(isBetter(alike(0), alike(0), 5)).toBe(false);
});

test('a gain of one origin in a few is chance, and of origins that overlap the same gain counts once', () => {
	const often = alike(10).map((error, origin) => (origin % 2 === 0 ? error / 2 : error));
	expect(isBetter([5, ...alike(10).slice(1)], alike(10), 20)).toBe(false);
	expect(isBetter(often, alike(10), 20)).toBe(true);
	expect(isBetter(often, alike(10), 1)).toBe(false);
});

test('of two that are as good as each other one in ten is called better', () => {
	const {normal} = randomNumbers(4);
	const errors = () => alike(0).map(() => Math.abs(10 + 5 * normal()));
	const called = Array.from({length: 1000}, () => isBetter(errors(), errors(), 20)).filter(Boolean).length;
	expect(called).toBeGreaterThan(60);
	expect(called).toBeLessThan(140);
});
