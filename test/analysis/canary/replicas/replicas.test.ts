import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {approximateWeight} from '../../../../src/analysis/canary/replicas/approximate-weight.ts';
import {type BasicCanary, basicCanary} from '../../../../src/analysis/canary/replicas/basic-canary.ts';
import {
	type TrafficRoutedCanary,
	trafficRoutedCanary,
	weightOnAbort,
} from '../../../../src/analysis/canary/replicas/traffic-routed-canary.ts';

const pods = (desired: number, available = desired) => ({desired, available});

describe('approximateWeight', () => {
	test.each([
		[1, 75, 100, 1, {canary: 1, stable: 1}],
		[4, 90, 100, 1, {canary: 4, stable: 1}],
		[10, 5, 100, 0, {canary: 1, stable: 9}],
		[5, 90, 100, 0, {canary: 4, stable: 1}],
		[1, 50, 100, 0, {canary: 1, stable: 0}],
		[0, 50, 100, 1, {canary: 0, stable: 0}],
	] as const)('%i pods at %i of %i with a surge of %i', (replicas, weight, maxWeight, maxSurge, split) => {
		expect(approximateWeight(replicas, weight, maxWeight, maxSurge)).toEqual(split);
	});

	test('lies within a pod of the weight, and leaves no side without one in between', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 2, max: 200}),
				fc.integer({min: 1, max: 99}),
				fc.integer({min: 0, max: 3}),
				(replicas, weight, maxSurge) => {
					const {canary, stable} = approximateWeight(replicas, weight, 100, maxSurge);
					expect(Math.abs(canary - ((canary + stable) * weight) / 100)).toBeLessThanOrEqual(1);
					expect(Math.min(canary, stable)).toBeGreaterThan(0);
					expect(canary + stable).toBeLessThanOrEqual(replicas + Math.min(1, maxSurge));
				},
			),
		);
	});
});

describe('basicCanary', () => {
	const state = (more: Partial<BasicCanary>): BasicCanary => ({
		replicas: 4,
		weight: 30,
		maxSurge: 1,
		maxUnavailable: 2,
		canary: pods(0),
		stable: pods(4),
		olderPods: 0,
		...more,
	});

	test.each<[string, Partial<BasicCanary>, {readonly canary: number; readonly stable: number}]>([
		['on the way back only the canary goes down', {canary: pods(6, 5), stable: pods(4, 5)}, {canary: 1, stable: 4}],
		[
			'a stable side that does not serve is given up first',
			{replicas: 11, weight: 56, maxSurge: 0, maxUnavailable: '28%', canary: pods(9, 0), stable: pods(10)},
			{canary: 3, stable: 8},
		],
		['nothing goes down while older pods are there', {canary: pods(1), olderPods: 2, weight: 0}, {canary: 1, stable: 4}],
		['nothing is asked for where nothing is', {replicas: 0, canary: pods(0), stable: pods(0)}, {canary: 0, stable: 0}],
		['without surge and unavailability one pod gives way', {weight: 50, maxSurge: 0, maxUnavailable: '10%'}, {canary: 0, stable: 3}],
	])('%s', (_name, more, split) => {
		expect(basicCanary(state(more))).toEqual(split);
	});

	test('reaches the weight in both directions, within surge and unavailability at each step', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 30}),
				fc.integer({min: 0, max: 100}),
				fc.integer({min: 0, max: 4}),
				fc.integer({min: 0, max: 4}),
				fc.integer({min: 0, max: 100}),
				(replicas, weight, maxSurge, maxUnavailable, from) => {
					let sizes = approximateWeight(replicas, from, 100, maxSurge);
					const least = replicas - Math.min(replicas, maxSurge + maxUnavailable === 0 ? 1 : maxUnavailable);
					for (let step = 0; step < 2 * replicas + 4; step++) {
						sizes = basicCanary({
							replicas,
							weight,
							maxSurge,
							maxUnavailable,
							canary: pods(sizes.canary),
							stable: pods(sizes.stable),
							olderPods: 0,
						});
						expect(sizes.canary + sizes.stable).toBeLessThanOrEqual(replicas + maxSurge);
						expect(sizes.canary + sizes.stable).toBeGreaterThanOrEqual(least);
					}
					expect(sizes).toEqual(approximateWeight(replicas, weight, 100, maxSurge));
				},
			),
		);
	});
});

describe('trafficRoutedCanary', () => {
	const routed = (more: Partial<TrafficRoutedCanary>): TrafficRoutedCanary => ({
		replicas: 10,
		weight: 20,
		aborted: false,
		dynamicStableScale: true,
		stepWeights: [20, 60],
		canary: pods(6),
		stable: pods(4),
		...more,
	});

	test.each<[string, Partial<TrafficRoutedCanary>, {readonly canary: number; readonly stable: number}]>([
		['a size in pods leaves the stable side whole', {canaryScale: {replicas: 3}}, {canary: 3, stable: 10}],
		['a size in per cent moves both', {canaryScale: {weight: 70}}, {canary: 7, stable: 3}],
		['a size above all asks for no negative pods', {canaryScale: {weight: 200}}, {canary: 20, stable: 0}],
		['a weight of another whole', {weight: 200, maxWeight: 1000, traffic: {canary: 100, stable: 900}}, {canary: 2, stable: 9}],
		['going back by a step the canary follows its weight at once', {traffic: {canary: 60, stable: 40}}, {canary: 2, stable: 8}],
		['while it is aborted it keeps what its traffic needs', {aborted: true, traffic: {canary: 60, stable: 40}}, {canary: 6, stable: 8}],
		['a least number of pods holds for both', {weight: 95, minPods: 2, traffic: undefined}, {canary: 10, stable: 2}],
	])('%s', (_name, more, split) => {
		expect(trafficRoutedCanary(routed(more))).toEqual(split);
	});

	test('an abort steps down by the last step below, and to nothing where one side is missing', () => {
		expect(weightOnAbort(routed({}))).toBe(20);
		expect(weightOnAbort(routed({stepWeights: [50, 20, 30], canary: pods(4), stable: pods(10)}))).toBe(30);
		expect(weightOnAbort(routed({stable: undefined}))).toBe(0);
	});

	test('both sides carry at least the traffic that they have or will have, however it is sized', () => {
		const part = fc.integer({min: 0, max: 100});
		fc.assert(
			fc.property(fc.integer({min: 1, max: 50}), part, part, fc.boolean(), (replicas, weight, now, aborted) => {
				const traffic = {canary: now, stable: 100 - now};
				const {canary, stable} = trafficRoutedCanary(
					routed({replicas, weight, aborted, traffic, stepWeights: [weight], stable: pods(replicas)}),
				);
				expect(stable).toBeGreaterThanOrEqual(Math.ceil((replicas * traffic.stable) / 100));
				if (aborted) expect(canary).toBeGreaterThanOrEqual(Math.ceil((replicas * traffic.canary) / 100));
				else expect(canary).toBe(Math.ceil((replicas * weight) / 100));
			}),
		);
	});
});
