import {type ClumpedBefore, clumpedBefore} from '../../../../../analysis/canary/evidence/clumped-before.ts';
import type {Counts, Interval, MetricVerdict} from '../../../../../analysis/canary/metric.ts';
import {MkcoaError} from '../../../../../core/error.ts';
import type {ChosenMetric} from '../../../metrics/choosing/chosen-metric.ts';
import {histogramBefore} from '../../../metrics/reading/histogram-before.ts';
import {readBefore} from '../../../metrics/reading/read-before.ts';
import {answering} from '../../../metrics/sampler-of.ts';
import type {Arm} from '../../../metrics/sides.ts';
import type {DeployPorts} from '../../../ports.ts';

type Known = {readonly clumped: ClumpedBefore; readonly counts: Counts} | {readonly clumped?: undefined; readonly why: string};

const nobody: Counts = {total: 0, bad: 0};
const plus = (one: Counts, other: Counts): Counts => ({total: one.total + other.total, bad: one.bad + other.bad});

/**
 * How the errors of the stable version came before a canary: asked for when the judging begins or is resumed, and again only where nobody could say.
 * Then the judge takes nothing for granted, and the verdict says so. A baseline has no time before, so its place is the stable version's.
 * @param agoMs how long ago the time before ended, which is where the first stage that this run judges began
 */
export function beforeCanary({metrics}: Pick<DeployPorts, 'metrics'>, namespace: string, agoMs: () => number) {
	const known = new Map<ChosenMetric, Known>();
	return {
		async read(chosen: ChosenMetric, stable: Arm): Promise<void> {
			const {reading} = chosen;
			if (reading.kind !== 'requests' || known.get(chosen)?.clumped !== undefined) return;
			try {
				const before = await readBefore(await answering(metrics), reading, namespace, {arm: stable, agoMs: agoMs()});
				const clumped = clumpedBefore(before, reading.place.by === 'pod' ? 'pod' : 'all');
				known.set(chosen, {clumped, counts: before.flat().reduce(plus, nobody)});
			} catch (error) {
				if (!(error instanceof MkcoaError)) throw error;
				const {what, why} = error.trouble;
				known.set(chosen, {why: why === undefined ? what : `${what}: ${why}`});
			}
		},
		of: (chosen: ChosenMetric): ClumpedBefore | undefined => known.get(chosen)?.clumped,
		/**
		 * What the stable version counted before, as a look of no time at which the canary had no requests; undefined where nobody can say. For a run that
		 * begins with the canary alone, such as one that goes on where another died: it saw nothing of the stable version itself.
		 */
		async usual(chosen: ChosenMetric, stable: Arm): Promise<Interval | undefined> {
			const {reading} = chosen;
			const found = known.get(chosen);
			if (found?.clumped !== undefined) return {kind: 'counts', spanMs: 0, canary: nobody, stable: found.counts};
			if (reading.kind !== 'histogram') return undefined;
			try {
				return await histogramBefore(await answering(metrics), reading, namespace, {arm: stable, agoMs: agoMs()});
			} catch (error) {
				if (!(error instanceof MkcoaError)) throw error;
				return undefined;
			}
		},
		/** The verdict, which also says where nothing is known. */
		told(chosen: ChosenMetric, verdict: MetricVerdict): MetricVerdict {
			const found = known.get(chosen);
			if (found === undefined || found.clumped !== undefined) return verdict;
			return {...verdict, before: `how errors came before is not known: ${found.why}`};
		},
	};
}
