import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ratioStages, surgeIn} from '../../../../../../src/agents/deploy/strategies/canary/judging/canary-stages.ts';
import {splitPath} from '../../../../../../src/agents/deploy/strategies/canary/script/split-path.ts';

const words = (path: ReturnType<typeof splitPath>) => path.map(({canary, stable}) => `${stable}+${canary}`).join(' ');

test.each([
	['as many as it takes', 10, Number.POSITIVE_INFINITY, '10+4 6+4'],
	['one on top', 10, 1, '10+1 9+1 9+2 8+2 8+3 7+3 7+4 6+4'],
	['three on top', 10, 3, '10+3 7+3 7+4 6+4'],
	['none on top', 10, 0, '9+0 9+1 8+1 8+2 7+2 7+3 6+3 6+4'],
])('from nothing to 40 %% of ten pods with %s', (_name, replicas, surge, path) => {
	expect(words(splitPath({canary: 0, stable: replicas}, {canary: 4, stable: 6}, {replicas, surge, baseline: false}))).toBe(path);
});

test('a baseline serves too: the stable side gives way to both', () => {
	expect(words(splitPath({canary: 0, stable: 10}, {canary: 4, stable: 2}, {replicas: 10, surge: 2, baseline: true}))).toBe(
		'10+2 6+2 6+4 2+4',
	);
});

test('never more on top than was allowed, always enough that serve, and always to its end', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 3, max: 60}),
			fc.integer({min: 1, max: 99}),
			fc.constantFrom(0, 1, 2, 8, Number.POSITIVE_INFINITY),
			fc.boolean(),
			(replicas, weight, surge, baseline) => {
				const sizes = {replicas, weights: [weight], keepStable: false, surge: Number.isFinite(surge) ? surge : undefined};
				const [stage] = ratioStages(sizes);
				if (stage === undefined) throw new Error('no stage');
				const goal = {canary: stage.canary, stable: baseline ? Math.max(1, stage.stable - stage.canary) : stage.stable};
				const path = splitPath({canary: 0, stable: replicas}, goal, {replicas, surge, baseline});
				expect(path.at(-1)).toEqual(goal);
				for (const {canary, stable} of path) {
					expect(canary + stable).toBeLessThanOrEqual(replicas + surge);
					expect(canary * (baseline ? 2 : 1) + stable).toBeGreaterThanOrEqual(replicas - (surge === 0 ? 1 : 0));
				}
			},
		),
	);
});

test.each([
	['1', 1],
	['25%', 3],
	['0', 0],
	[undefined, undefined],
])('a surge of %s of ten pods', (text, surge) => {
	expect(surgeIn(text, 10)).toBe(surge);
});
