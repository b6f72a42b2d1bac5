import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Before, type ClumpedBefore, clumpedBefore, clumpedText} from '../../../../src/analysis/canary/evidence/clumped-before.ts';
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
	test('a pod that came late takes nothing from what the others tell', () => {
		const young = hours(1, () => 0).map(row => row.map((counts, minute) => (minute < 100 ? {total: 0, bad: 0} : counts)));
		expect(clumpedBefore([...hours(10, inThrees), ...young]).ofPod).toBeCloseTo(clumpedBefore(hours(10, inThrees)).ofPod, 0);
	});
	test('without anything it assumes nothing', () => {
		expect(clumpedBefore([])).toEqual({minutes: 0, errors: 0, others: 0, ofPod: 1, ofAll: 1});
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

describe('evidence with what was before', () => {
	/** Seven errors of the canary in two bunches, none of the stable version, in a minute each. */
	const evidenceOf = (before?: ClumpedBefore) => {
		const evidence = restartedEvidence({worse: 'higher', tolerance: 0}, before);
		for (let look = 0; look < 60; look++)
			evidence.add({canary: {total: 17, bad: look % 9 === 8 ? 1 : 0}, stable: {total: 317, bad: 0}}, 10_000);
		return evidence.value();
	};
	test('decides where errors came one by one, and not where they came in bunches', () => {
		expect(evidenceOf(clumpedBefore(hours(10, oneByOne)))).toBeGreaterThan(evidenceToFail);
		expect(evidenceOf(clumpedBefore(hours(10, inThrees)))).toBeLessThan(evidenceToFail);
	});
});

test.each([
	['one by one', oneByOne, 'in the 120 minutes before, errors came one by one'],
	['in threes', inThrees, 'in the 120 minutes before, errors came in bunches, each with about 2 others'],
	[
		'one error',
		(minute: number, pod: number) => Number(minute === 3 && pod === 0),
		'in the 120 minutes before, too few errors came to tell how they come',
	],
])('errors %s are told in words', (_name, bad, text) => {
	expect(clumpedText(clumpedBefore(hours(10, bad)))).toBe(text);
});
