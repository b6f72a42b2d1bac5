import {judgeMetric} from '../../../../../analysis/canary/judge-metric.ts';
import type {Interval} from '../../../../../analysis/canary/metric.ts';
import type {Emit} from '../../../../../core/event.ts';
import type {ChosenMetric} from '../../../metrics/choosing/chosen-metric.ts';
import type {JudgedMetric} from '../../../metrics/evidence-of.ts';
import {samplerOf} from '../../../metrics/sampler-of.ts';
import type {Arms} from '../../../metrics/sides.ts';
import type {DeployPorts} from '../../../ports.ts';

type Kept = {readonly chosen: ChosenMetric; readonly intervals: Interval[]; stageFrom: number; missing: string | undefined};

/** A metric without a test for its kind decides nothing. */
const hasTest = ({verdict}: JudgedMetric) => verdict.test !== 'none';

/** Keeps what each metric showed at each look of one canary, over all its stages: evidence adds up. */
export function measureCanary(ports: DeployPorts, namespace: string, chosen: readonly ChosenMetric[], emit: Emit) {
	const sample = samplerOf(ports, {namespace, chosen});
	const kept = chosen.map((each): Kept => ({chosen: each, intervals: [], stageFrom: 0, missing: undefined}));
	return {
		/** One look. A metrics server that fails for a moment gives a look without data, never a verdict. */
		async look(arms: Arms): Promise<void> {
			const sampled = await sample(arms);
			for (const each of kept) {
				const found = sampled.find(({metric}) => metric === each.chosen.metric.name);
				each.missing = undefined;
				if (found?.interval !== undefined) each.intervals.push(found.interval);
				else each.missing = found?.missing ?? 'nothing is read';
			}
			const silent = sampled.flatMap(found => (found.interval === undefined && found.code !== 'no-series' ? [found.missing] : []));
			for (const why of new Set(silent)) emit({kind: 'note', text: `No metrics for this look: ${why}`});
		},
		/** From here on a new stage: it needs traffic of its own to pass. */
		nextStage() {
			for (const each of kept) each.stageFrom = each.intervals.length;
		},
		judged: (): readonly JudgedMetric[] =>
			kept
				.map(({chosen: each, intervals, stageFrom, missing}): JudgedMetric => {
					const verdict = judgeMetric(each.metric, intervals, {stageFrom});
					if (verdict.verdict !== 'pass' || missing === undefined) return {chosen: each, intervals, verdict, missing};
					// What was counted before says nothing of now.
					const reason = `${verdict.reason}, and nothing is counted since: ${missing}`;
					return {chosen: each, intervals, verdict: {...verdict, verdict: 'not-enough-data', reason}, missing};
				})
				.filter(hasTest),
	};
}
