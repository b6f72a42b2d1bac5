import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {stagesOf} from '../../../src/analysis/canary/stages.ts';

const pods = (replicas: number, weights: readonly number[], keepStable?: boolean) =>
	stagesOf(replicas, weights, keepStable).map(({weight, canary, stable}) => [weight, canary, stable]);

describe('stagesOf', () => {
	test.each<[replicas: number, weights: readonly number[], expected: number[][]]>([
		[
			10,
			[10, 50, 100],
			[
				[10, 1, 9],
				[50, 5, 5],
			],
		],
		[
			4,
			[25, 50, 100],
			[
				[25, 1, 3],
				[50, 2, 2],
			],
		],
		[
			3,
			[5, 25, 50, 67, 100],
			[
				[50, 1, 2],
				[67, 2, 1],
			],
		],
		[1, [50, 100], [[50, 1, 1]]],
		[2, [99, 100], [[99, 1, 1]]],
		[10, [41, 100], [[41, 4, 6]]],
		[10, [100], []],
	])('%i replicas at %j', (replicas, weights, expected) => expect(pods(replicas, weights)).toEqual(expected));

	test('puts the canary on top when the stable side may not shrink', () => {
		expect(pods(9, [10, 50, 100], true)).toEqual([
			[10, 1, 9],
			[50, 9, 9],
		]);
	});

	test('never leaves a side without pods, and the canary only grows', () => {
		const weights = fc
			.uniqueArray(fc.integer({min: 1, max: 100}), {minLength: 1, maxLength: 8})
			.map(list => [...list].sort((a, b) => a - b));
		fc.assert(
			fc.property(fc.integer({min: 1, max: 5000}), weights, fc.boolean(), (replicas, list, keep) => {
				const stages = stagesOf(replicas, list, keep);
				for (const {canary, stable, share} of stages) {
					expect(canary).toBeGreaterThanOrEqual(1);
					expect(stable).toBeGreaterThanOrEqual(1);
					expect(share).toBeCloseTo(canary / (canary + stable));
				}
				expect(stages.map(({canary}) => canary)).toEqual(stages.map(({canary}) => canary).toSorted((a, b) => a - b));
			}),
		);
	});
});
