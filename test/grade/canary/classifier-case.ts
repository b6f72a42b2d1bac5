import * as z from 'zod';
import {classify} from '../../../src/analysis/canary/kayenta/classify.ts';
import {replaceNaN, withoutNaN} from '../../../src/analysis/canary/kayenta/missing-values.ts';
import type {Miss} from '../grade-set.ts';
import {isNear, number, numbers} from './numbers.ts';

const pair = z.tuple([z.number(), z.number()]);

const classifierCase = z.object({
	name: z.string(),
	classifier: z.enum(['MannWhitney', 'MeanInequality']),
	control: numbers,
	experiment: numbers,
	tolerance: z.number().default(0.25),
	confLevel: z.number().default(0.98),
	effectSizeThresholds: pair.default([1, 1]),
	criticalThresholds: pair.default([1, 1]),
	effectSizeMeasure: z.enum(['meanRatio', 'cles']).default('meanRatio'),
	direction: z.string().transform(text => z.enum(['increase', 'decrease', 'either']).parse(text.toLowerCase())),
	nanStrategy: z.string().transform(text => z.enum(['remove', 'replace']).parse(text.toLowerCase())),
	isCriticalMetric: z.boolean().default(false),
	isDataRequired: z.boolean().default(false),
	expected: z.string(),
	expectedCritical: z.boolean().optional(),
	expectedDeviation: number.optional(),
	expectedReason: z.string().optional(),
});

/** What one case of the classifier was missed by; undefined where it is right. */
export function classifierMiss(row: unknown): Miss | undefined {
	const known = classifierCase.parse(row);
	const clean = (values: readonly number[]) => (known.nanStrategy === 'remove' ? withoutNaN(values) : replaceNaN(values, 0));
	const got = classify(clean(known.control), clean(known.experiment), {
		...known,
		confidence: known.confLevel,
		isCritical: known.isCriticalMetric,
		mustHaveData: known.isDataRequired,
	});
	const right =
		got.class === known.expected &&
		got.isCritical === (known.expectedCritical ?? got.isCritical) &&
		(known.expectedDeviation === undefined || isNear(got.deviation, known.expectedDeviation, 1e-6)) &&
		(known.expectedReason === undefined || got.reason !== '');
	if (right) return undefined;
	const expected = `${known.expected}, critical ${known.expectedCritical}, deviation ${known.expectedDeviation}`;
	return {case: known.name, expected, got: `${got.class}, critical ${got.isCritical}, deviation ${got.deviation}`};
}
