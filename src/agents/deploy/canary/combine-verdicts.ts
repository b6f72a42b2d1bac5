import type {MetricVerdict} from '../../../analysis/canary/metric.ts';
import type {CanaryVerdict} from '../../../analysis/canary/verdict.ts';
import {count} from '../../../core/text/count.ts';
import type {StageVerdict} from '../staged/wait-for.ts';

/** What people read of one metric that is not decided. */
const open = ({reason, minutesMore}: MetricVerdict) =>
	minutesMore === undefined ? reason : `${reason}, about ${count(Math.max(1, Math.ceil(minutesMore)), 'more minute')} at this traffic`;

/**
 * One verdict of a stage. Kubelet's words first: pods that do not run need no statistics. One metric that fails is a failure, and all must pass.
 * @param byPods readiness and restarts
 */
export function combineVerdicts(byPods: CanaryVerdict, metrics: readonly MetricVerdict[], judgedBy: readonly string[]): StageVerdict {
	const told = (verdict: StageVerdict['verdict'], reason: string): StageVerdict => ({verdict, reason, judgedBy, metrics});
	if (byPods.verdict !== 'pass' || metrics.length === 0) return told(byPods.verdict, byPods.reason);
	const failed = metrics.filter(({verdict}) => verdict === 'fail');
	if (failed.length > 0) return told('fail', failed.map(({reason}) => reason).join('; '));
	const undecided = metrics.filter(({verdict}) => verdict === 'not-enough-data');
	if (undecided.length > 0) return told('not-enough-data', undecided.map(open).join('; '));
	return told('pass', metrics.map(({reason}) => reason).join('; '));
}
