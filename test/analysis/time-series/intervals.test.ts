import {expect, test} from 'vitest';
import {boundsOf} from '../../../src/analysis/time-series/intervals.ts';

const future = Float64Array.of(100, 100);
const errors = (...paths: readonly (readonly number[])[]) => paths.map(path => Float64Array.from(path));

test('bounds lie where the errors were, wider where they were larger', () => {
	const many = errors(...Array.from({length: 40}, (_, index) => [index - 20, 2 * (index - 20)]));
	const [near, far] = boundsOf(many, future, 40);
	expect(near?.low95).toBeLessThan(near?.low80 ?? 0);
	expect(near?.low80).toBeLessThan(90);
	expect(near?.high80).toBeGreaterThan(110);
	expect(near?.high95).toBeGreaterThan(near?.high80 ?? 0);
	expect((far?.high95 ?? 0) - 100).toBeGreaterThanOrEqual((near?.high95 ?? 0) - 100);
});

test('errors of few windows that all lay on one side bound both sides', () => {
	const [step] = boundsOf(errors([3, 3], [4, 4], [5, 5]), future, 2);
	expect(step?.low80).toBeLessThan(100);
	expect(step?.low95).toBeLessThanOrEqual(step?.low80 ?? 0);
	expect(step?.high80).toBeGreaterThan(100);
	expect(100 - (step?.low95 ?? 0)).toBeLessThan((step?.high95 ?? 0) - 100);
});
