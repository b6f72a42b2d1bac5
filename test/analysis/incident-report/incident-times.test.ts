import {describe, expect, test} from 'vitest';
import {firstSign} from '../../../src/analysis/incident-report/first-sign.ts';
import {incidentTimes} from '../../../src/analysis/incident-report/incident-times.ts';
import type {Happening} from '../../../src/analysis/timeline/happening.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 12, minute)).toISOString();

describe('times of an incident', () => {
	const [sign, act, end] = [at(0), at(10), at(12)];
	test.each([
		['all known', {firstSignAt: sign, actedAt: act, recoveredAt: end}, [600, 600, 720], []],
		['acted, not recovered', {firstSignAt: sign, actedAt: act}, [600, 600, undefined], ['time to recover']],
		['the first sign forgotten', {actedAt: act, recoveredAt: end}, [], ['time to detect', 'time to act', 'time to recover']],
		['nobody acted', {firstSignAt: sign}, [], ['time to detect', 'time to act', 'time to recover']],
		['clocks that disagree', {firstSignAt: act, actedAt: sign, recoveredAt: end}, [0, 0, 120], []],
	])('%s', (_, known, [detect, toAct, recover], notKnown) => {
		const times = incidentTimes(known);
		expect([times.toDetectAtMostSeconds, times.toActSeconds, times.toRecoverSeconds]).toEqual([detect, toAct, recover]);
		expect(times.notKnown.map(({what}) => what)).toEqual(notKnown);
	});
});

describe('the first sign', () => {
	const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
	const seen = (minute: number, source: Happening['source'], {isBad = false, isAround = false} = {}): Happening & {isAround: boolean} => ({
		...{at: at(minute), ref, source, text: '', count: 1, isBad, isAround},
	});
	const bad = {isBad: true};
	test.each([
		['is the first bad thing', [seen(1, 'event', bad), seen(2, 'condition', bad)], 1],
		['comes after the change that led to it', [seen(1, 'event', bad), seen(3, 'write'), seen(4, 'condition', bad)], 4],
		['is kept where nothing bad came after the last change', [seen(1, 'event', bad), seen(3, 'write')], 1],
		['is none of the neighbours', [seen(1, 'event', {isBad: true, isAround: true}), seen(2, 'event', bad)], 2],
		['does not begin anew with what mkcoa did', [seen(1, 'event', bad), seen(3, 'journal'), seen(4, 'event', bad)], 1],
		['is not after the act', [seen(25, 'event', bad)], undefined],
		['is none where nothing is bad', [seen(1, 'write')], undefined],
	])('%s', (_, happenings, minute) => {
		expect(firstSign(happenings, Date.parse(at(20)))?.at).toBe(minute === undefined ? undefined : at(minute));
	});
});
