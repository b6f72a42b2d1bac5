import {type ClumpedBefore, clumpedBefore} from '../../../../../analysis/canary/evidence/clumped-before.ts';
import type {MetricVerdict} from '../../../../../analysis/canary/metric.ts';
import {MkcoaError} from '../../../../../core/error.ts';
import type {ChosenMetric} from '../../../metrics/choosing/chosen-metric.ts';
import {readBefore} from '../../../metrics/reading/read-before.ts';
import {answering} from '../../../metrics/sampler-of.ts';
import {type Arm, sideOf} from '../../../metrics/sides.ts';
import type {DeployPorts} from '../../../ports.ts';

type Known = {readonly clumped: ClumpedBefore} | {readonly clumped?: undefined; readonly why: string};

/**
 * How the errors of the stable version came before a canary: asked for once, when the judging begins or is resumed. Where nobody can say, the judge
 * takes nothing for granted, and the verdict says so. A baseline has no time before, so its place is the stable version's.
 */
export function beforeCanary({metrics}: Pick<DeployPorts, 'metrics'>, namespace: string) {
	const known = new Map<ChosenMetric, Known>();
	return {
		async read(chosen: ChosenMetric, stable: Arm): Promise<void> {
			const {reading} = chosen;
			if (reading.kind !== 'requests' || known.has(chosen)) return;
			try {
				known.set(chosen, {clumped: clumpedBefore(await readBefore(await answering(metrics), reading, namespace, sideOf(stable)))});
			} catch (error) {
				if (!(error instanceof MkcoaError)) throw error;
				const {what, why} = error.trouble;
				known.set(chosen, {why: why === undefined ? what : `${what}: ${why}`});
			}
		},
		of: (chosen: ChosenMetric): ClumpedBefore | undefined => known.get(chosen)?.clumped,
		/** The verdict, which also says where nothing is known. */
		told(chosen: ChosenMetric, verdict: MetricVerdict): MetricVerdict {
			const found = known.get(chosen);
			if (found === undefined || found.clumped !== undefined) return verdict;
			return {...verdict, before: `how errors came before is not known: ${found.why}`};
		},
	};
}
