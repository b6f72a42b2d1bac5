import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	type Before,
	type ClumpedBefore,
	clumpedBefore,
	clumpedText,
	effectBefore,
} from '../../../../src/analysis/canary/evidence/clumped-before.ts';
import {restartedEvidence} from '../../../../src/analysis/canary/evidence/restarted-evidence.ts';
import {evidenceToFail} from '../../../../src/analysis/canary/evidence/sequential-evidence.ts';

const minutes = 120;

/** Pods of 100 requests a minute; `bad` says how many fail in a minute of a pod. */
const hours = (pods: number, bad: (minute: number, pod: number) => number): Before =>
	Array.from({length: pods}, (_, pod) => Array.from({length: minutes}, (_, minute) => ({total: 100, bad: bad(minute, pod)})));

const oneByOne = (minute: number, pod: number) => Number((minute * 7 + pod * 11) % 30 === 0);
const inThrees = (minute: number, pod: number) => 3 * Number((minute * 7 + pod * 11) % 90 === 0);
const together = (minute: number) => 2 * Number(minute % 20 === 5);

describe('clumpedBefore', () => {
	test('errors one by one have no clumping', () => {
		expect(clumpedBefore(hours(10, oneByOne))).toMatchObject({minutes, errors: 40, others: 0, ofPod: 1, ofAll: 1});
	});
	test('clumps of one pod show in a pod as in all of them', () => {
		const {ofPod, ofAll} = clumpedBefore(hours(10, inThrees));
		expect(ofPod).toBeGreaterThan(2.5);
		expect(Math.abs(ofAll - ofPod)).toBeLessThan(1);
	});
	test('minutes that are bad for all pods are worse for all together than for one', () => {
		const {ofPod, ofAll} = clumpedBefore(hours(10, together));
		expect(ofAll).toBeGreaterThan(4 * ofPod);
	});
	test('neighbouring minutes count as one clump', () => {
		const split = hours(1, minute => Number(minute % 30 === 5 || minute % 30 === 6));
		const apart = hours(1, minute => Number(minute % 30 === 5 || minute % 30 === 20));
		expect(clumpedBefore(split).ofPod).toBeGreaterThan(clumpedBefore(apart).ofPod + 0.5);
	});
	test('one outage of all does not make the judge blind', () => {
		const {ofPod, ofAll} = clumpedBefore(hours(10, (minute, pod) => (minute === 60 || minute === 61 ? 30 : oneByOne(minute, pod))));
		expect(ofPod).toBeLessThan(1.5);
		expect(ofAll).toBeLessThan(2);
	});
	test.each([
		['10 minutes', [[50, 60]], 12],
		['30 minutes', [[40, 70]], 32],
		['60 minutes', [[30, 90]], 62],
		['3 minutes', [[40, 43]], 5],
		[
			'two of 8 minutes',
			[
				[20, 28],
				[70, 78],
			],
			20,
		],
	] as const)('an outage of %s tells nothing of how errors come', (_name, times, outageMinutes) => {
		const isOut = (minute: number) => times.some(([from, to]) => minute >= from && minute < to);
		const found = clumpedBefore(hours(10, (minute, pod) => (isOut(minute) ? 30 : oneByOne(minute, pod))));
		expect(found).toMatchObject({minutes, outageMinutes, others: 0, ofPod: 1});
		expect(found.ofAll).toBeLessThan(2);
	});
	test('a burst is no outage, however often it comes', () => {
		const found = clumpedBefore(hours(10, (minute, pod) => (minute % 15 === 5 ? 4 : oneByOne(minute, pod))));
		expect(found).toMatchObject({outageMinutes: 0, learnt: 'all'});
		expect(found.ofAll).toBeGreaterThan(20);
	});
	test('short outages one after another are too loud to learn anything from', () => {
		const found = clumpedBefore(hours(10, (minute, pod) => (minute % 30 < 2 ? 30 : oneByOne(minute, pod))));
		expect(found.learnt).toBe('nothing');
	});
	test.each([
		['two hours', 120, 'all'],
		['ninety minutes', 90, 'clumps'],
	])('of %s is learnt what they can tell', (_name, seen, learnt) => {
		const before = hours(10, oneByOne).map(row => row.slice(-seen));
		expect(clumpedBefore(before)).toMatchObject({minutes: seen, learnt});
	});
	test('few errors do not say that they come one by one', () => {
		expect(clumpedBefore(hours(4, oneByOne)).learnt).toBe('clumps');
	});
	test('a pod that came late takes nothing from what the others tell', () => {
		const young = hours(1, () => 0).map(row => row.map((counts, minute) => (minute < 100 ? {total: 0, bad: 0} : counts)));
		expect(clumpedBefore([...hours(10, inThrees), ...young]).ofPod).toBeCloseTo(clumpedBefore(hours(10, inThrees)).ofPod, 0);
	});
	test('without anything it assumes nothing', () => {
		expect(clumpedBefore([])).toEqual({
			...{minutes: 0, outageMinutes: 0, errors: 0, others: 0, ofPod: 1, ofAll: 1},
			...{isWhole: false, learnt: 'clumps'},
		});
	});
	test('is finite and at least 1 for any counts', () => {
		const counts = fc.record({total: fc.nat(1e6), bad: fc.nat(1e6)});
		const rows = fc.array(fc.array(counts, {minLength: 5, maxLength: 5}), {maxLength: 4});
		fc.assert(
			fc.property(rows, before => {
				const {ofPod, ofAll} = clumpedBefore(before);
				expect([ofPod, ofAll].every(effect => effect >= 1 && Number.isFinite(effect))).toBe(true);
			}),
		);
	});
});

describe('where nobody knows which pod an error was of', () => {
	const whole = (pods: number, bad: (minute: number, pod: number) => number) => {
		const all = Array.from({length: minutes}, (_, minute) => {
			const ofPods = Array.from({length: pods}, (__, pod) => bad(minute, pod));
			return {total: 100 * pods, bad: ofPods.reduce((sum, one) => sum + one, 0)};
		});
		return clumpedBefore([all], 'all');
	};
	test('small bunches are taken for one pod’s', () => {
		const known = clumpedBefore(hours(10, inThrees));
		expect(effectBefore(whole(10, inThrees), 0.05)).toBeGreaterThan(0.8 * effectBefore(known, 0.05));
	});
	test('of large ones a small canary has its share', () => {
		const bursts = (minute: number) => 4 * Number(minute % 15 === 5);
		const known = clumpedBefore(hours(20, bursts));
		const found = whole(20, bursts);
		expect(found.ofAll).toBeCloseTo(known.ofAll, 5);
		expect(effectBefore(found, 0.05)).toBeLessThan(2 * effectBefore(known, 0.05));
		expect(effectBefore(found, 0.5)).toBeGreaterThan(0.4 * found.ofAll);
	});
});

describe('evidence with what was before', () => {
	/** Seven errors of the canary in two bunches, none of the stable version, in a minute each. */
	const evidenceOf = (before?: ClumpedBefore) => {
		const evidence = restartedEvidence({worse: 'higher', tolerance: 0}, before);
		for (let look = 0; look < 60; look++)
			evidence.add({canary: {total: 17, bad: look % 9 === 8 ? 1 : 0}, stable: {total: 317, bad: 0}}, 10_000);
		return evidence.value();
	};
	test('decides as without it where nothing is learnt from it', () => {
		const wild = clumpedBefore(hours(10, (minute, pod) => (minute % 30 < 2 ? 30 : oneByOne(minute, pod))));
		expect(evidenceOf(wild)).toBe(evidenceOf());
	});
	test('asks for as much as without it where too little was seen', () => {
		const few = clumpedBefore(hours(10, oneByOne).map(row => row.slice(-60)));
		expect(evidenceOf(few)).toBeCloseTo(evidenceOf(), 5);
	});
	test('decides where errors came one by one, and not where they came in bunches', () => {
		expect(evidenceOf(clumpedBefore(hours(10, oneByOne)))).toBeGreaterThan(evidenceToFail);
		expect(evidenceOf(clumpedBefore(hours(10, inThrees)))).toBeLessThan(evidenceToFail);
	});
});

test.each([
	['one by one', oneByOne, 'in the 120 minutes before, errors came one by one'],
	['in threes', inThrees, 'in the 120 minutes before, errors came in bunches, each with about 2 others'],
	[
		'one by one beside an outage',
		(minute: number, pod: number) => (minute >= 50 && minute < 60 ? 30 : oneByOne(minute, pod)),
		'in the 120 minutes before (without 12 of an outage), errors came one by one',
	],
	[
		'in crowds',
		(minute: number) => (minute % 30 < 2 ? 30 : 0),
		'in the 120 minutes before, so many errors came at once that nothing is taken from them',
	],
	[
		'one error',
		(minute: number, pod: number) => Number(minute === 3 && pod === 0),
		'in the 120 minutes before, too few errors came to tell how they come',
	],
])('errors %s are told in words', (_name, bad, text) => {
	expect(clumpedText(clumpedBefore(hours(10, bad)))).toBe(text);
});
