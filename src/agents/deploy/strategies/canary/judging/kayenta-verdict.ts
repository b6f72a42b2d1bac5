import * as z from 'zod';
import type {JudgedPair, KayentaResult} from '../../../../../analysis/canary/kayenta/judge-kayenta.ts';
import {type ScoreThresholds, usualThresholds} from '../../../../../analysis/canary/kayenta/kayenta-config.ts';
import {withoutData} from '../../../../../analysis/canary/kayenta/scores.ts';
import {count, someOf} from '../../../../../core/text/count.ts';
import {pairName} from '../../../metrics/kayenta/kayenta-evidence.ts';
import type {CompiledConfig} from '../../../metrics/kayenta/read-canary-config.ts';

/** Kayenta's answer to one stage as it stands in an output: scores are 0 to 100, `ratio` is the canary's mean over the stable one. */
export const kayentaScore = z.object({
	score: z.number(),
	pass: z.number(),
	marginal: z.number(),
	groups: z.array(z.object({name: z.string(), score: z.number(), weight: z.number().optional()})).readonly(),
	metrics: z
		.array(
			z.object({
				metric: z.string(),
				groups: z.array(z.string()).readonly(),
				class: z.enum(['Pass', 'High', 'Low', 'Nodata', 'NodataFailMetric']),
				reason: z.string(),
				ratio: z.number().optional(),
				critical: z.boolean(),
				muted: z.boolean(),
			}),
		)
		.readonly(),
});

export type KayentaScore = z.output<typeof kayentaScore>;

type Stage = {
	readonly thresholds: ScoreThresholds;
	/** Whether the version is promoted after it. */
	readonly isLast: boolean;
	/** Of the canary; undefined where nobody counts them. */
	readonly requests: number | undefined;
	/** Why the requests of this stage are not known though they were counted before. */
	readonly uncounted?: string | undefined;
};

/** `noSeries`: half of the metrics or more, or a critical one, have no numbers, which no time changes. */
type Answer = {readonly verdict: 'pass' | 'fail' | 'not-enough-data'; readonly reason: string; readonly noSeries?: boolean};

/**
 * What a score means for the rollout: as in Spinnaker a marginal one goes on, and the last stage has to pass. Beside it mkcoa's own rules: a
 * canary without traffic never passes, nor does one by metrics with too few points.
 */
export function stageAnswer(
	{score, verdict, reason, metrics}: KayentaResult,
	{thresholds: {pass, marginal}, isLast, requests, uncounted}: Stage,
): Answer {
	const bad = metrics.filter(metric => !metric.isMuted && metric.class !== 'Pass' && metric.class !== 'Nodata');
	const because = bad.length === 0 ? '' : `: ${someOf(bad.map(metric => `${pairName(metric)} is ${metric.class}`))}`;
	if (verdict === 'Nodata') return {verdict: 'not-enough-data', reason, noSeries: true};
	if (verdict === 'Fail') {
		const isCritical = metrics.some(metric => metric.isCritical && metric.class !== 'Pass');
		return {
			verdict: 'fail',
			reason: isCritical
				? `Kayenta's score is 0, since ${reason}`
				: `Kayenta's score is ${score}, and ${marginal} is the least to go on${because}`,
		};
	}
	const idle = withoutTraffic(metrics, requests, uncounted);
	if (idle !== undefined) return {verdict: 'not-enough-data', reason: idle};
	const zero = withoutNumbers(metrics);
	if (zero !== undefined) return {verdict: 'not-enough-data', reason: zero, noSeries: true};
	const weak = withoutPower(metrics);
	if (weak !== undefined) return {verdict: 'not-enough-data', reason: weak};
	const unknown = zeroText(metrics);
	if (verdict === 'Pass') return {verdict: 'pass', reason: `Kayenta's score is ${score}, and ${pass} passes${because}${unknown}`};
	if (isLast) return {verdict: 'fail', reason: `Kayenta's score is ${score} at the last step, which needs ${pass}${because}${unknown}`};
	return {
		verdict: 'pass',
		reason: `Kayenta's score is ${score}: marginal, below ${pass}, so it goes on and the last step has to pass${because}${unknown}`,
	};
}

/** Those that pass by zeros that nobody measured. */
const zeroed = (metrics: readonly JudgedPair[]) => metrics.filter(pair => pair.isEmpty && !pair.isMuted && pair.class === 'Pass');

const noNumbers = (pairs: readonly JudgedPair[]) =>
	`${someOf(pairs.map(pairName))} ${pairs.length === 1 ? 'has' : 'have'} no numbers of either version`;

function zeroText(metrics: readonly JudgedPair[]): string {
	const empty = zeroed(metrics);
	return empty.length === 0 ? '' : `; ${noNumbers(empty)}, taken for zero`;
}

/** Why a pass rests on zeros that nobody measured; undefined where the rest decides. A critical metric may not rest on them at all. */
function withoutNumbers(metrics: readonly JudgedPair[]): string | undefined {
	const empty = zeroed(metrics);
	const critical = empty.filter(({isNeeded}) => isNeeded);
	if (critical.length > 0) return `${noNumbers(critical)}, and ${critical.length === 1 ? 'it is' : 'they are'} critical`;
	const scored = metrics.filter(({isMuted}) => !isMuted);
	return (empty.length + withoutData(scored).length) * 2 < scored.length || empty.length === 0
		? undefined
		: `${noNumbers(empty)}, and zeros for half of the metrics or more say nothing`;
}

/** What a stage comes to in which the stable version gets no requests, so that no score can be: the pods run, and requests reach them. */
export function idleAnswer({requests, uncounted}: Pick<Stage, 'requests' | 'uncounted'>): Answer {
	const silent = uncounted !== undefined || requests !== undefined ? withoutTraffic([], requests, uncounted) : undefined;
	if (silent !== undefined) return {verdict: 'not-enough-data', reason: silent};
	return {
		verdict: 'pass',
		reason:
			'Kayenta gives no score at 100 %, since the stable version gets no requests to compare with; the canary pods run without a restart',
	};
}

/** Why nothing shows that the canary served anybody; undefined where something does. */
function withoutTraffic(metrics: readonly JudgedPair[], requests: number | undefined, uncounted: string | undefined): string | undefined {
	if (uncounted !== undefined) return `whether requests reach the canary is not known: ${uncounted}`;
	if (requests !== undefined) return requests > 0 ? undefined : 'no request reached the canary in this step, so nothing can be said of it';
	const isAlive = metrics.some(({samples}) => samples.experiment.some(value => Number.isFinite(value) && value !== 0));
	return isAlive ? undefined : 'every value of the canary is zero or missing, and nobody counts its requests: its score says nothing';
}

/** With fewer points on a side hardly any difference is certain at 98 %. */
const fewestPoints = 5;

/** Why a pass rests on too few points; undefined where more than half of the metrics could have told a difference. */
function withoutPower(metrics: readonly JudgedPair[]): string | undefined {
	const scored = metrics.filter(({isMuted}) => !isMuted);
	const blind = scored.filter(pair => pair.class === 'Pass' && pair.points < fewestPoints);
	if (blind.length === 0 || (blind.length + withoutData(scored).length) * 2 < scored.length) return undefined;
	const few = blind.map(pair => `${pairName(pair)} (${count(pair.points, 'point')})`);
	return `with fewer than ${fewestPoints} points on a side hardly anything can look worse, so its score says nothing: ${someOf(few)}`;
}

export const scoreOf = ({score, groups, metrics}: KayentaResult, {classifier}: CompiledConfig): KayentaScore => ({
	score,
	...(classifier.scoreThresholds ?? usualThresholds),
	groups: groups.map(({name, score: part}) => {
		const weight = classifier.groupWeights[name];
		return {name, score: part, ...(weight !== undefined && {weight})};
	}),
	metrics: metrics.map(pair => ({
		metric: pairName(pair),
		groups: pair.groups,
		class: pair.class,
		reason: pair.reason,
		...(Number.isFinite(pair.deviation) && {ratio: pair.deviation}),
		critical: pair.isCritical,
		muted: pair.isMuted,
	})),
});
