import {judgeCanary} from '../../../../analysis/canary/verdict.ts';
import type {CanaryEvidence} from '../../../../core/canary-evidence.ts';
import {sleep} from '../../../../core/clock.ts';
import type {Context} from '../../../../core/tool.ts';
import type {ChosenMetric} from '../../metrics/choosing/chosen-metric.ts';
import {canaryEvidence, type JudgedMetric} from '../../metrics/evidence-of.ts';
import {inTime} from '../../metrics/in-time.ts';
import {podNames} from '../../metrics/sides.ts';
import type {DeployPorts} from '../../ports.ts';
import {readServingPods} from '../../rollout/pod-evidence.ts';
import {patienceMs} from '../../rollout/stuck-watch.ts';
import {pulseMeanwhile} from '../../staged/pulse-meanwhile.ts';
import type {Judged, Look, StageVerdict} from '../../staged/wait-for.ts';
import {combineVerdicts} from './judging/combine-verdicts.ts';
import {measureCanary} from './judging/measure-canary.ts';
import type {CanarySight} from './see-canary.ts';

/** A stage that has not seen enough lasts so many intervals, and longer where the traffic is sure to bring an answer soon. */
const usualIntervals = 4;
export const mostIntervals = 10;

/** Looks within one interval: often enough to stop a bad version early, and within a long interval no rarer than every ten seconds. */
const looksPerInterval = 6;
const longestLookMs = 10_000;

/** Most scrapers look once a minute: a new pod that has no series before that may have them still, however short the interval is. */
const firstScrapeMs = 75_000;

/** A canary pod that was ready may be moved by a drain or a scale-down of nodes: it has so long to stand again. */
const absentMs = 30_000;

export type Watch = {
	readonly namespace: string;
	/** Both sides at one moment. */
	readonly see: () => Promise<CanarySight>;
	readonly intervalMs: number;
	readonly chosen: readonly ChosenMetric[];
	readonly byPods: readonly string[];
};

/** Looks at one canary through all its stages, and keeps what it has seen. Time is counted in looks: a clock that jumps changes nothing. */
export function watchCanary({namespace, see, intervalMs, chosen, byPods}: Watch, context: Context<DeployPorts>) {
	const {ports, clock, signal, emit} = context;
	const measured = measureCanary(inTime(ports), namespace, chosen, {emit, clock});
	const lookMs = Math.min(longestLookMs, intervalMs / looksPerInterval);
	const looks = Math.round(intervalMs / lookMs);
	const mayStayOpen = new Set(chosen.filter(({needsTraffic}) => needsTraffic === true).map(({metric}) => metric.name));
	let stuckMs = 0;
	let absentForMs = 0;

	async function lookAt(wanted: number, {between, patiently}: Look) {
		await between();
		const sight = await patiently(see);
		await pulseMeanwhile(measured.look(sight.arms), between, context);
		const metrics = measured.judged();
		const judgedBy = [...metrics.map(({chosen: {metric}}) => metric.name), ...byPods];
		const pods = judgedPods(sight, wanted);
		const combined = (mayStayOpen: ReadonlySet<string>) =>
			combineVerdicts(
				pods,
				metrics.map(each => each.verdict),
				judgedBy,
				{mayStayOpen},
			);
		return {sight, metrics, verdict: combined(new Set()), atLast: () => withoutSeries(combined(mayStayOpen), metrics)};
	}

	/** Whether all that lacks data, and has to have it, will have it before the longest stage is over. */
	function isSoon(metrics: readonly JudgedMetric[], intervals: number): boolean {
		const lacking = metrics.filter(({verdict, chosen: {needsTraffic}}) => verdict.verdict === 'not-enough-data' && needsTraffic !== true);
		const leftMs = (mostIntervals - intervals) * intervalMs;
		return lacking.length > 0 && lacking.every(({verdict: {minutesMore}}) => minutesMore !== undefined && minutesMore * 60_000 <= leftMs);
	}

	/** Whether a metric has no series of a version that may not have been scraped yet. */
	const isUnscraped = (metrics: readonly JudgedMetric[], intervals: number) =>
		intervals * intervalMs < firstScrapeMs && metrics.some(({isWithoutSeries}) => isWithoutSeries === true);

	function judgedPods({canary, missing, troubles}: CanarySight, wanted: number) {
		const lasting = troubles.filter(trouble => trouble.lasting).map(({text}) => text);
		const verdict = judgeCanary({
			canaryPods: {wanted, ready: canary.ready, restarts: byPods.includes('restarts') ? canary.restarts : 0, lastEnd: canary.lastEnd},
			stuck: missing === undefined ? (stuckMs >= patienceMs ? lasting : []) : [missing],
			waiting: troubles.map(({text}) => text),
			overdue: absentForMs >= absentMs,
		});
		stuckMs = lasting.length > 0 ? stuckMs + lookMs : 0;
		absentForMs = canary.ready < wanted ? absentForMs + lookMs : 0;
		return verdict;
	}

	async function oneInterval(wanted: number, look: Look) {
		for (let looked = 1; ; looked++) {
			await sleep(clock, lookMs, signal);
			const seen = await lookAt(wanted, look);
			if (seen.verdict.verdict === 'fail' || looked === looks) return seen;
			await look.seen?.({...seen.verdict, evidence: evidenceOf(seen)});
			emit({kind: 'progress', text: seen.verdict.reason, done: looked, total: looks});
		}
	}

	/** The verdict with all that it rests on; of a bad one also what the canary's pods tell. */
	async function told({sight: {arms}, metrics}: Awaited<ReturnType<typeof lookAt>>, verdict: StageVerdict): Promise<StageVerdict> {
		const words = verdict.verdict === 'fail' ? await readServingPods(arms.canary.pods, context) : [];
		const evidence = evidenceOf({sight: {arms}, metrics}, words);
		emit({kind: 'verdict', verdict: verdict.verdict, text: verdict.reason, data: {}, evidence});
		return {...verdict, evidence};
	}

	return {
		/** One stage: stops early on a failure; without enough data it is prolonged, then answered as it is. */
		async judge(stage: Judged, look: Look): Promise<StageVerdict> {
			const {pods: wanted, weight} = stage;
			await look.between();
			const {arms} = await look.patiently(see);
			await pulseMeanwhile(measured.nextStage({share: stage.share, beganMs: look.beganMs}, arms), look.between, context);
			let why = '';
			for (let intervals = 1; ; intervals++) {
				const seen = await oneInterval(wanted, look);
				const {verdict, reason} = seen.verdict;
				if (verdict !== 'not-enough-data') return told(seen, seen.verdict);
				const isLong = intervals >= usualIntervals && !isUnscraped(seen.metrics, intervals);
				if (isLong && !isSoon(seen.metrics, intervals)) return told(seen, seen.atLast());
				if (reason !== why) emit({kind: 'note', text: `${weight === 0 ? 'The stage of copies' : `Stage ${weight} %`} goes on: ${reason}`});
				why = reason;
			}
		},
	};
}

/** Where a metric has no series over a whole stage, no time helps: the verdict names them. */
function withoutSeries(verdict: StageVerdict, metrics: readonly JudgedMetric[]): StageVerdict {
	const why = metrics.flatMap(({isWithoutSeries, missing, verdict: each}) =>
		isWithoutSeries === true && missing !== undefined && each.verdict === 'not-enough-data' ? [missing] : [],
	);
	if (verdict.verdict !== 'not-enough-data' || verdict.uncounted === true || why.length === 0) return verdict;
	return {...verdict, reason: `${verdict.reason}; ${[...new Set(why)].join('; ')}`, noSeries: true};
}

/** Numbers of both versions, and what pods tell of a bad one. */
function evidenceOf(
	{sight: {arms}, metrics}: {readonly sight: Pick<CanarySight, 'arms'>; readonly metrics: readonly JudgedMetric[]},
	words: CanaryEvidence['words'] = [],
): CanaryEvidence {
	const {canary, stable, baseline} = arms;
	return canaryEvidence(metrics, {canary: podNames(canary.pods), stable: podNames((baseline ?? stable).pods)}, words);
}
