import type {Interval} from '../../core/canary-evidence.ts';
import {mean} from '../statistics/summary.ts';
import {type GaugePoints, pairedPoints} from './gauge/paired-points.ts';
import {type RankShift, rankShift} from './gauge/rank-test.ts';
import type {CanaryMetric, GaugeInterval, MetricVerdict} from './metric.ts';
import {percent} from './percent.ts';
import {minutesOf} from './totals.ts';

/** Below it the normal approximation is no good, and a real difference of 30 % is seen in one of two cases at best (Kayenta's test, simulated). */
const fewestPoints = 15;

/** Chance of a false alarm, over all looks. */
const doubt = 0.01;

/** Of the rank test at the nth number of points that it is computed at: looks at 15, 21, 30, … points, each with its part of the whole doubt. */
const growth = Math.SQRT2;

/** Of a later stage: with fewer points a side no rank test can exclude anything at 95 %. */
const fewestOfStage = 5;

/**
 * Judges a gauge by ranks: Mann-Whitney's shift on one point a minute and side. Looks in between find no fault: that test is computed
 * when there are 15 points, and each time that there are 1.4 times as many, with the nth part 1/(n(n + 1)) of the doubt; so the sum over all looks is
 * bounded however long it goes on. A canary fails when even the lower bound of the shift is outside the tolerance. It passes by all minutes of the
 * present stage, and by those alone: a quiet stage before says nothing of a larger share.
 */
export function judgeGauge(
	metric: CanaryMetric,
	intervals: readonly GaugeInterval[],
	ofStage: readonly GaugeInterval[],
	isAlone = false,
): MetricVerdict {
	if (isAlone) return untested(metric);
	const points = pairedPoints(intervals);
	const stage = ofStage.length === intervals.length ? points : pairedPoints(ofStage);
	const count = points.canary.length;
	if (stage.canary.length === 0)
		return {
			...known(metric, points),
			verdict: 'not-enough-data',
			reason: `no values of both versions in the same minute: nothing tells ${metric.name}`,
		};
	if (count >= fewestPoints) {
		const computed = firstOf(points, pointsAt(computationsOf(count)));
		const shift = shiftOf(metric, computed, doubtAt(computationsOf(count)));
		if (shift.lower > metric.tolerance)
			return {
				...known(metric, computed),
				...within(metric, shift, computed),
				verdict: 'fail',
				reason: `${told(metric, shift, computed)}, at least ${shiftText(shift.lower, directionOf(metric))} it`,
			};
	}
	const missing = Math.max(fewestPoints - count, fewestOfStage - stage.canary.length);
	if (missing > 0) return {...known(metric, stage), ...tooFew(stage, count, missing, ofStage)};
	return {...known(metric, stage), ...excluding(metric, stage)};
}

const known = ({name}: CanaryMetric, {canary, stable}: GaugePoints) => ({
	metric: name,
	test: 'rank test of one point a minute (Mann-Whitney)',
	...(canary.length > 0 && {canary: mean(canary), stable: mean(stable)}),
	canarySamples: canary.length,
	stableSamples: stable.length,
});

/** Pods that serve nobody are no measure for pods that serve all. */
const untested = ({name}: CanaryMetric): MetricVerdict => ({
	...{metric: name, test: 'none', verdict: 'not-enough-data', canarySamples: 0, stableSamples: 0},
	reason: `${name} is not compared: the stable version gets no requests`,
});

/** How many points the nth computation takes, 1 being the first. */
const pointsAt = (computation: number) => Math.round(fewestPoints * growth ** (computation - 1));

/** How many computations there were by so many points. */
function computationsOf(points: number): number {
	let computation = 1;
	while (pointsAt(computation + 1) <= points) computation++;
	return computation;
}

const doubtAt = (computation: number) => doubt / (computation * (computation + 1));

const firstOf = ({canary, stable}: GaugePoints, count: number): GaugePoints => ({
	canary: canary.slice(0, count),
	stable: stable.slice(0, count),
});

type Answer = Pick<MetricVerdict, 'verdict' | 'reason' | 'minutesMore' | 'within'>;

function tooFew({canary}: GaugePoints, count: number, missing: number, ofStage: readonly GaugeInterval[]): Answer {
	const reason =
		count < fewestPoints
			? `${count} minutes have values of both versions, ${fewestPoints} are needed`
			: `${canary.length} minutes of this step have values of both versions, ${fewestOfStage} are needed`;
	return {verdict: 'not-enough-data', reason, minutesMore: Math.max(1, Math.ceil((missing * minutesOf(ofStage)) / canary.length))};
}

/** A pass has to say what it excludes. */
function excluding(metric: CanaryMetric, stage: GaugePoints): Answer {
	const shift = shiftOf(metric, stage, doubt);
	const reason = told(metric, shift, stage);
	const direction = directionOf(metric);
	const sure = within(metric, shift, stage);
	if (shift.upper <= Math.max(0.5, 2 * metric.tolerance))
		return {
			...sure,
			verdict: 'pass',
			reason: `${reason}; more than ${shiftText(Math.max(0, shift.upper), direction)} it is excluded (95 % sure)`,
		};
	return {
		...sure,
		verdict: 'not-enough-data',
		reason: `${reason}; up to ${shiftText(shift.upper, direction)} it cannot be excluded yet`,
		minutesMore: Math.max(1, Math.round(stage.canary.length * (growth - 1))),
	};
}

/** How much worse the canary is, as parts of the stable version's mean. */
function shiftOf({worse}: CanaryMetric, points: GaugePoints, doubtBelow: number): RankShift {
	const turned = (values: readonly number[]) => values.map(value => (worse === 'higher' ? value : -value));
	const [canary, stable] = [turned(points.canary), turned(points.stable)];
	const {estimate, lower, upper} = rankShift({canary, stable}, doubtBelow, 0.05);
	const scale = Math.abs(mean(stable));
	const relative = (value: number) => (scale === 0 ? (value === 0 ? 0 : Number.POSITIVE_INFINITY * Math.sign(value)) : value / scale);
	return {estimate: relative(estimate), lower: relative(lower), upper: relative(upper)};
}

/** The shift as values of the canary, beside the stable version's mean. */
function within({worse}: CanaryMetric, {lower, upper}: RankShift, {stable}: GaugePoints): {readonly within?: Interval} {
	const usual = mean(stable);
	const [near, far] = [lower, upper].map(part => usual + (worse === 'higher' ? part : -part) * Math.abs(usual));
	if (near === undefined || far === undefined || !Number.isFinite(near) || !Number.isFinite(far)) return {};
	return {within: {low: Math.min(near, far), high: Math.max(near, far)}};
}

const told = (metric: CanaryMetric, {estimate}: RankShift, {canary}: GaugePoints) =>
	`the canary is ${shiftText(estimate, directionOf(metric))} the stable version in ${canary.length} minutes`;

const directionOf = ({worse}: CanaryMetric) => (worse === 'higher' ? 'above' : 'below');

const shiftText = (part: number, direction: string) =>
	Number.isFinite(part) ? `${percent(part)} ${direction}` : `any amount ${direction}`;
