import {judgeMetric} from '../../../../../analysis/canary/judge-metric.ts';
import type {Interval, MetricVerdict} from '../../../../../analysis/canary/metric.ts';
import {someOf} from '../../../../../core/text/count.ts';
import type {Context} from '../../../../../core/tool.ts';
import type {ChosenMetric} from '../../../metrics/choosing/chosen-metric.ts';
import type {JudgedMetric} from '../../../metrics/evidence-of.ts';
import {samplerOf} from '../../../metrics/sampler-of.ts';
import type {Arms} from '../../../metrics/sides.ts';
import type {DeployPorts} from '../../../ports.ts';
import {beforeCanary} from './before-canary.ts';

type Missing = {readonly why: string; readonly code: string};
type Kept = {
	readonly chosen: ChosenMetric;
	readonly intervals: Interval[];
	stageFrom: number;
	missing: Missing | undefined;
	/** What the stable version counted before stands in front of the intervals. */
	isRecalled: boolean;
};

/** A metric without a test for its kind decides nothing. */
const hasTest = ({verdict}: JudgedMetric) => verdict.test !== 'none';

const isFailure = ({code}: Missing) => code !== 'no-series';

/** Of gauges nothing is recalled. */
const hasNoStable = (interval: Interval) =>
	interval.kind === 'counts' ? interval.stable.total <= 0 : interval.kind === 'latency' && interval.stable.every(count => count <= 0);

/** What was counted before says nothing of now, and where nothing can be counted it is not the requests that are missing. */
function unseen(verdict: MetricVerdict, missing: Missing): MetricVerdict {
	if (verdict.verdict === 'pass')
		return {
			...verdict,
			verdict: 'not-enough-data',
			uncounted: isFailure(missing),
			reason: `${verdict.reason}, and nothing is counted since: ${missing.why}`,
		};
	if (verdict.verdict === 'fail' || !isFailure(missing)) return verdict;
	const reason =
		verdict.canarySamples > 0 ? `nothing can be counted now, ${missing.why}; ${verdict.reason}` : `nothing can be counted: ${missing.why}`;
	return {...verdict, uncounted: true, reason};
}

/** Keeps what each metric showed at each look of one canary, over all its stages: evidence adds up. */
export function measureCanary(
	ports: DeployPorts,
	namespace: string,
	chosen: readonly ChosenMetric[],
	{emit, clock}: Pick<Context<DeployPorts>, 'emit' | 'clock'>,
) {
	const sample = samplerOf(ports, {namespace, chosen});
	const kept = chosen.map((each): Kept => ({chosen: each, intervals: [], stageFrom: 0, missing: undefined, isRecalled: false}));
	/** Why looks have no numbers, as it was told last. */
	let told: ReadonlySet<string> = new Set();
	let isAlone = false;
	/** Whether this run judged a stage in which both versions had requests. */
	let sawBoth = false;
	/** Where the time before ended, by this machine's clock. */
	let endedMs: number | undefined;
	const before = beforeCanary(ports, namespace, () => (endedMs === undefined ? 0 : Math.max(0, clock.now() - endedMs)));

	/** A server that is away for an hour is told once, and so is its return. */
	function tellSilence(silent: ReadonlySet<string>): void {
		for (const why of silent) if (!told.has(why)) emit({kind: 'note', text: `No metrics since this look: ${why}`});
		if (told.size > 0 && silent.size === 0) emit({kind: 'note', text: 'Metrics are there again'});
		told = silent;
	}

	/** One look. A metrics server that fails for a moment gives a look without data, never a verdict, and is asked again for what it did not tell. */
	async function look(arms: Arms): Promise<void> {
		const sampled = await sample(arms);
		for (const each of kept) {
			const found = sampled.find(({metric}) => metric === each.chosen.metric.name);
			each.missing = undefined;
			if (found?.interval !== undefined) each.intervals.push(found.interval);
			else each.missing = {why: found?.missing ?? 'nothing is read', code: found?.code ?? 'no-series'};
		}
		tellSilence(new Set(kept.flatMap(({missing}) => (missing === undefined || !isFailure(missing) ? [] : [missing.why]))));
		if (isAlone) await Promise.all(kept.filter(lacksUsual).map(each => askAgain(each, arms.stable)));
	}

	/** A run that begins with the canary alone, or could count nothing while both served, has nothing of its own to compare with. */
	const lacksUsual = ({isRecalled, intervals}: Kept) => !isRecalled && (!sawBoth || intervals.every(hasNoStable));

	async function askAgain(each: Kept, stable: Arms['stable']): Promise<void> {
		await before.read(each.chosen, stable);
		await recall(each, stable);
	}

	/** Puts what the stable version counted before this run in front of all that it sees itself. */
	async function recall(each: Kept, stable: Arms['stable']): Promise<void> {
		const usual = await before.usual(each.chosen, stable);
		if (usual === undefined) return;
		each.intervals.unshift(usual);
		each.stageFrom++;
		each.isRecalled = true;
	}

	return {
		look,
		/**
		 * From here on a new stage: it needs traffic of its own to pass, and what came until now, as while somebody held the stage before, is not its
		 * own. Where nothing can be read now, that is in the next look that can. With a share of 1 the stable version has no traffic.
		 * @param beganMs when a run before this one began the stage: what came later is not the time before
		 */
		async nextStage({share, beganMs}: {readonly share: number; readonly beganMs?: number | undefined}, arms: Arms): Promise<void> {
			endedMs ??= beganMs ?? clock.now();
			await Promise.all([look(arms), ...chosen.map(each => before.read(each, arms.stable))]);
			isAlone = share >= 1;
			for (const each of kept) {
				const isLate = each.missing !== undefined && each.intervals.length > 0;
				each.stageFrom = each.intervals.length + Number(isLate);
			}
			if (isAlone) await Promise.all(kept.filter(lacksUsual).map(each => recall(each, arms.stable)));
			else sawBoth = true;
			const idle = isAlone ? kept.flatMap(({chosen: {metric}}) => (metric.kind === 'gauge' ? [metric.name] : [])) : [];
			if (idle.length > 0)
				emit({
					kind: 'note',
					text: `${someOf(idle)} ${idle.length === 1 ? 'is' : 'are'} not compared at 100 %: the stable version gets no requests`,
				});
		},
		judged: (): readonly JudgedMetric[] =>
			kept
				.map(({chosen: each, intervals, stageFrom, missing}): JudgedMetric => {
					const verdict = before.told(each, judgeMetric(each.metric, intervals, {stageFrom, isAlone, before: before.of(each)}));
					if (missing === undefined) return {chosen: each, intervals, verdict};
					const isWithoutSeries = !isFailure(missing) && intervals.length <= stageFrom;
					return {chosen: each, intervals, verdict: unseen(verdict, missing), missing: missing.why, isWithoutSeries};
				})
				.filter(hasTest),
	};
}
