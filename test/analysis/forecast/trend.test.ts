import {describe, expect, test} from 'vitest';
import type {Point} from '../../../src/analysis/forecast/theil-sen.ts';
import {timeLeft} from '../../../src/analysis/forecast/time-left.ts';
import {trendOf} from '../../../src/analysis/forecast/trend.ts';
import {drifting, normalOf, randomOf, seriesOf, stepMs} from './random-series.ts';

const seeds = Array.from({length: 300}, (_, index) => index + 1);
type Make = (noise: () => number, random: () => number) => readonly Point[];
const noiseOf = (seed: number) => {
	const random = randomOf(seed);
	return {noise: normalOf(random), random};
};
const rising = (make: Make) =>
	seeds.filter(seed => {
		const {noise, random} = noiseOf(seed);
		return trendOf(make(noise, random)).kind === 'rising';
	}).length;

/** Mebibytes, of a program that holds about 200. */
const quiet: readonly (readonly [string, Make])[] = [
	['flat, with noise', noise => seriesOf(() => 200 + 5 * noise())],
	[
		'flat, with noise that is much like a moment ago',
		noise => {
			const slow = drifting(noise, 0.8);
			return seriesOf(() => 200 + 10 * slow());
		},
	],
	[
		'a garbage collector whose period is longer than a block',
		(noise, random) => {
			const [phase, period] = [random() * 20, 6 + random() * 14];
			return seriesOf(index => 150 + 100 * (((index + phase) % period) / period) + 2 * noise());
		},
	],
	[
		'a step at any time',
		(noise, random) => {
			const at = random() * 96;
			return seriesOf(index => (index < at ? 150 : 230) + 3 * noise());
		},
	],
	['a start that comes to rest', noise => seriesOf(index => 250 - 150 * Math.exp(-index / 8) + 3 * noise())],
	[
		'a day of work',
		(noise, random) => {
			const phase = random() * 96;
			return seriesOf(index => 200 + 50 * Math.sin((2 * Math.PI * (index + phase)) / 96) + 4 * noise());
		},
	],
	['a fall', noise => seriesOf(index => 300 - index + 3 * noise())],
];

const leaks: readonly (readonly [string, Make])[] = [
	['with noise', noise => seriesOf(index => 100 + 0.5 * index + 4 * noise())],
	[
		'under a garbage collector',
		(noise, random) => {
			const phase = random() * 9;
			return seriesOf(index => 100 + 0.8 * index + 40 * (((index + phase) % 9) / 9) + 2 * noise());
		},
	],
	['in small steps', noise => seriesOf(index => 100 + 8 * Math.floor(index / 8) + 2 * noise())],
	['with peaks', (noise, random) => seriesOf(index => 100 + 0.5 * index + 3 * noise() + (random() < 0.1 ? 150 : 0))],
];

describe('what is no trend', () => {
	test('so many false alarms come of 300 series each', () => {
		expect(quiet.map(([name, make]) => `${String(rising(make)).padStart(3)}  ${name}`).join('\n')).toMatchInlineSnapshot(`
			"  0  flat, with noise
			  1  flat, with noise that is much like a moment ago
			  0  a garbage collector whose period is longer than a block
			  0  a step at any time
			  0  a start that comes to rest
			  0  a day of work
			  0  a fall"
		`);
	});
});

describe('a leak', () => {
	test.each(leaks)('%s is seen in 95 of 100 series', (_, make) => {
		expect(rising(make) / seeds.length).toBeGreaterThanOrEqual(0.95);
	});

	test('has its true time within the interval, mostly', () => {
		const hits = seeds.filter(seed => {
			const {noise} = noiseOf(seed);
			const trend = trendOf(seriesOf(index => 100 + 0.5 * index + 4 * noise()));
			if (trend.kind !== 'rising') return false;
			const truth = 0.5 / stepMs;
			return trend.lowPerMs <= truth && truth <= trend.highPerMs;
		});
		expect(hits.length / seeds.length).toBeGreaterThanOrEqual(0.95);
	});

	test('is judged from the last start on', () => {
		const twice = seriesOf(index => 100 + 2 * (index % 48));
		expect(trendOf(twice).kind).toBe('none');
		expect(trendOf(twice, 48 * stepMs)).toMatchObject({kind: 'rising', samples: 49});
		expect(trendOf(twice, 80 * stepMs)).toEqual({kind: 'too-few', samples: 17, spanMs: 16 * stepMs});
	});
});

describe('time left', () => {
	const rate = 1 / 3_600_000;
	const trend = {kind: 'rising', perMs: rate, lowPerMs: rate / 2, highPerMs: rate * 2, level: 90, samples: 96, spanMs: 1} as const;
	test.each([
		[100, {seconds: 36_000, earliestSeconds: 18_000, latestSeconds: 72_000}],
		[90, {seconds: 0, earliestSeconds: 0, latestSeconds: 0}],
		[50, {seconds: 0, earliestSeconds: 0, latestSeconds: 0}],
	])('until %d', (limit, told) => {
		expect(timeLeft(trend, limit)).toEqual(told);
	});

	test('has no end where the trend may be none', () => {
		expect(timeLeft({...trend, lowPerMs: 0, highPerMs: Number.POSITIVE_INFINITY}, 100)).toEqual({
			seconds: 36_000,
			earliestSeconds: 0,
			latestSeconds: null,
		});
	});
});
