import {mean} from '../statistics/summary.ts';
import {pairedPoints} from './gauge/paired-points.ts';
import {rankShift} from './gauge/rank-test.ts';
import type {CanaryMetric, GaugeInterval, MetricVerdict} from './metric.ts';
import {percent} from './percent.ts';
import {minutesOf} from './totals.ts';

/** Below it the normal approximation is no good, and a real difference of 30 % is seen in one of two cases at best (Kayenta's test, simulated). */
const fewestPoints = 15;

/** Chance of a false alarm, over all looks. */
const doubt = 0.01;

/** Of the rank test at the nth number of points that it is computed at: looks at 15, 21, 30, … points, each with its part of the whole doubt. */
const growth = Math.SQRT2;

/**
 * Judges a gauge by ranks: Mann-Whitney's shift on one point a minute and side. Looks in between change nothing: the test is computed
 * when there are 15 points, and each time that there are 1.4 times as many, with the nth part 1/(n(n + 1)) of the doubt; so the sum over all looks is
 * bounded however long it goes on. A canary fails when even the lower bound of the shift is outside the tolerance.
 */
export function judgeGauge(
	metric: CanaryMetric,
	intervals: readonly GaugeInterval[],
	ofStage: readonly GaugeInterval[],
	isAlone = false,
): MetricVerdict {
	if (isAlone) return untested(metric);
	const points = pairedPoints(intervals);
	const count = points.canary.length;
	const known = {
		metric: metric.name,
		test: 'rank test of one point a minute (Mann-Whitney)',
		...(count > 0 && {canary: mean(points.canary), stable: mean(points.stable)}),
		canarySamples: count,
		stableSamples: points.stable.length,
	};
	if (pairedPoints(ofStage).canary.length === 0)
		return {...known, verdict: 'not-enough-data', reason: `no values of both versions in the same minute: nothing tells ${metric.name}`};
	if (count < fewestPoints) {
		const minutesMore = Math.max(1, Math.ceil(((fewestPoints - count) * minutesOf(intervals)) / count));
		return {
			...known,
			verdict: 'not-enough-data',
			reason: `${count} minutes have values of both versions, ${fewestPoints} are needed`,
			minutesMore,
		};
	}
	return {...known, ...byRanks(metric, points)};
}

/** Pods that serve nobody are no measure for pods that serve all. */
const untested = ({name}: CanaryMetric): MetricVerdict => ({
	...{metric: name, test: 'none', verdict: 'not-enough-data', canarySamples: 0, stableSamples: 0},
	reason: `${name} is not compared: the stable version gets no requests`,
});

/** How many points the nth computation takes, 1 being the first. */
const pointsAt = (computation: number) => Math.round(fewestPoints * growth ** (computation - 1));

function byRanks(
	{worse, tolerance}: CanaryMetric,
	points: ReturnType<typeof pairedPoints>,
): Pick<MetricVerdict, 'verdict' | 'reason' | 'minutesMore'> {
	let computation = 1;
	while (pointsAt(computation + 1) <= points.canary.length) computation++;
	const taken = (values: readonly number[]) => values.slice(0, pointsAt(computation)).map(value => (worse === 'higher' ? value : -value));
	const [canary, stable] = [taken(points.canary), taken(points.stable)];
	const shift = rankShift({canary, stable}, doubt / (computation * (computation + 1)), 0.05);
	const scale = Math.abs(mean(stable));
	const relative = (value: number) => (scale === 0 ? (value === 0 ? 0 : Number.POSITIVE_INFINITY * Math.sign(value)) : value / scale);
	const direction = worse === 'higher' ? 'above' : 'below';
	const reason = `the canary is ${shiftText(relative(shift.estimate), direction)} the stable version in ${canary.length} minutes`;
	if (relative(shift.lower) > tolerance)
		return {verdict: 'fail', reason: `${reason}, at least ${shiftText(relative(shift.lower), direction)} it`};
	if (relative(shift.upper) <= Math.max(0.5, 2 * tolerance))
		return {
			verdict: 'pass',
			reason: `${reason}; more than ${shiftText(Math.max(0, relative(shift.upper)), direction)} it is excluded (95 % sure)`,
		};
	return {
		verdict: 'not-enough-data',
		reason: `${reason}; up to ${shiftText(relative(shift.upper), direction)} it cannot be excluded yet`,
		minutesMore: Math.max(1, pointsAt(computation + 1) - points.canary.length),
	};
}

const shiftText = (part: number, direction: string) =>
	Number.isFinite(part) ? `${percent(part)} ${direction}` : `any amount ${direction}`;
