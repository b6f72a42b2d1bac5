import * as z from 'zod';
import {cles, cohenD, meanRatio} from '../../../src/analysis/canary/kayenta/effect-size.ts';
import {mannWhitney, searchRange, wilcoxonDiff} from '../../../src/analysis/canary/kayenta/mann-whitney.ts';
import {replaceNaN, withoutNaN} from '../../../src/analysis/canary/kayenta/missing-values.ts';
import {outliersOf, withoutOutliers} from '../../../src/analysis/canary/kayenta/outliers.ts';
import {scoresOf} from '../../../src/analysis/canary/kayenta/scores.ts';
import {normalQuantile} from '../../../src/analysis/statistics/normal-quantile.ts';
import {deviation, mean, percentile} from '../../../src/analysis/statistics/summary.ts';
import type {Miss} from '../grade-set.ts';
import {isNear, number, numbers} from './numbers.ts';

const detector = z.discriminatedUnion('type', [
	z.object({type: z.literal('iqr'), factor: z.number(), reduceSensitivity: z.boolean().default(false)}),
	z.object({type: z.literal('kSigma'), k: z.number()}),
]);
const scored = z.object({
	name: z.string(),
	classification: z.enum(['Pass', 'High', 'Low', 'Nodata', 'NodataFailMetric']),
	groups: z.array(z.string()).default([]),
	critical: z.boolean().default(false),
});
const samples = z.object({control: numbers, experiment: numbers});

/** What the kinds compute: numbers by name. */
type Computed = {readonly [name: string]: number};

const asNumbers = (values: readonly (number | boolean)[]): Computed =>
	Object.fromEntries(values.map((value, at) => [String(at), Number(value)]));

/** By the kind of a case, from its row. */
const kinds: {readonly [kind: string]: (row: unknown) => Computed} = {
	mannWhitney: row => {
		const {experiment, control, confLevel} = samples.extend({confLevel: z.number()}).parse(row);
		return mannWhitney(experiment, control, confLevel);
	},
	mannWhitneySteps: row => steps(z.object({x: numbers, y: numbers, confLevel: z.number()}).parse(row)),
	normalQuantile: row => ({value: normalQuantile(z.object({probability: z.number()}).parse(row).probability)}),
	summary: row => {
		const {values} = z.object({values: numbers}).parse(row);
		const ends = values.length === 0 ? {min: 0, max: 0} : {min: Math.min(...values), max: Math.max(...values)};
		return {...ends, mean: mean(values), std: deviation(values), count: values.length};
	},
	meanRatio: row => ({value: meanRatio(samples.parse(row).control, samples.parse(row).experiment)}),
	cles: row => ({value: cles(samples.parse(row).control, samples.parse(row).experiment)}),
	cohenD: row => ({value: cohenD(samples.parse(row).control, samples.parse(row).experiment)}),
	outliers: row => {
		const known = z.object({values: numbers, detector}).parse(row);
		return asNumbers(outliersOf(known.values, known.detector));
	},
	removeOutliers: row => {
		const known = z.object({values: numbers, detector}).parse(row);
		return asNumbers(withoutOutliers(known.values, known.detector));
	},
	removeNaN: row => asNumbers(withoutNaN(z.object({values: numbers}).parse(row).values)),
	replaceNaN: row => {
		const known = z.object({values: numbers, replacement: z.number()}).parse(row);
		return asNumbers(replaceNaN(known.values, known.replacement));
	},
	score: row => {
		const {metrics, groupWeights} = z
			.object({metrics: z.array(scored), groupWeights: z.record(z.string(), z.number()).default({})})
			.parse(row);
		const {score, groups} = scoresOf(
			metrics.map(metric => ({...metric, class: metric.classification, isCritical: metric.critical})),
			groupWeights,
		);
		const sorted = groups.map(group => group.score).sort((one, other) => one - other);
		return {summaryScore: score, ...Object.fromEntries(sorted.map((value, at) => [`groupScoresSorted.${at}`, value]))};
	},
};

/** Every step of the search for the interval, as the case names them. */
function steps({x, y, confLevel}: {x: readonly number[]; y: readonly number[]; confLevel: number}): Computed {
	const {low, high} = searchRange(x, y);
	const quantileForLower = -normalQuantile((1 - confLevel) / 2);
	return {
		muMin: low,
		muMax: high,
		quantileForLower,
		quantileForUpper: -quantileForLower,
		diffAtMuMinForLower: wilcoxonDiff(low, quantileForLower, x, y),
		diffAtMuMaxForLower: wilcoxonDiff(high, quantileForLower, x, y),
		diffAtMuMinForUpper: wilcoxonDiff(low, -quantileForLower, x, y),
		diffAtMuMaxForUpper: wilcoxonDiff(high, -quantileForLower, x, y),
		...mannWhitney(x, y, confLevel),
	};
}

const common = z.object({
	kind: z.string(),
	suite: z.string().default(''),
	name: z.string(),
	expected: z.unknown(),
	within: z.union([z.number(), z.record(z.string(), z.number())]).default(0),
});

/** What one case of the statistics was missed by; undefined where it is right. */
export function statisticsMiss(row: unknown): Miss | undefined {
	const {kind, suite, name, expected, within} = common.parse(row);
	const compute = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
	const [wanted, got] = kind === 'percentile' || kind === 'wilcoxonDiff' ? perValue(kind, row) : [flat(expected), compute?.(row) ?? {}];
	const allowed = (key: string) => (typeof within === 'number' ? within : (within[key] ?? 0));
	const isRight = Object.entries(wanted).every(([key, value]) => isNear(got[key] ?? Number.POSITIVE_INFINITY, value, allowed(key)));
	const isWhole = Array.isArray(expected) ? Object.keys(got).length === Object.keys(wanted).length : true;
	return isRight && isWhole ? undefined : {case: `${suite}: ${name}`, expected: JSON.stringify(wanted), got: JSON.stringify(got)};
}

/** Kinds whose case holds several questions with an answer each. Answers within the allowed difference are set to the expected value. */
function perValue(kind: string, row: unknown): readonly [Computed, Computed] {
	if (kind === 'percentile') {
		const asked = z.array(z.object({percentile: z.number(), value: number, within: z.number().default(0)}));
		const known = z.object({values: numbers, expected: asked}).parse(row);
		const got = known.expected.map(({percentile: at, value, within}) => {
			const found = percentile(known.values, at);
			return isNear(found, value, within) ? value : found;
		});
		return [asNumbers(known.expected.map(({value}) => value)), asNumbers(got)];
	}
	const asked = z.array(z.object({mu: z.number(), quantile: z.number(), value: number, within: z.number().default(1e-6)}));
	const known = z.object({x: numbers, y: numbers, expected: asked}).parse(row);
	const got = known.expected.map(({mu, quantile, value, within}) => {
		const found = wilcoxonDiff(mu, quantile, known.x, known.y);
		return isNear(found, value, within) ? value : found;
	});
	return [asNumbers(known.expected.map(({value}) => value)), asNumbers(got)];
}

/** Numbers of an expectation by name: of an object its own, of a list by place, of one number `value`. */
function flat(expected: unknown): Computed {
	if (Array.isArray(expected)) return asNumbers(z.array(z.union([number, z.boolean()])).parse(expected));
	if (typeof expected !== 'object' || expected === null) return {value: number.parse(expected)};
	return Object.fromEntries(
		Object.entries(expected).flatMap(([key, value]: [string, unknown]) =>
			Array.isArray(value) ? numbers.parse(value).map((part, at) => [`${key}.${at}`, part]) : [[key, number.parse(value)]],
		),
	);
}
