import type {MetricVerdict} from '../../../../../analysis/canary/metric.ts';
import type {CanaryVerdict} from '../../../../../analysis/canary/verdict.ts';
import {count, someOf} from '../../../../../core/text/count.ts';
import type {StageVerdict} from '../../../staged/wait-for.ts';

/** What people read of one metric that is not decided. */
const open = ({reason, minutesMore}: MetricVerdict) =>
	minutesMore === undefined ? reason : `${reason}, about ${count(Math.max(1, Math.ceil(minutesMore)), 'more minute')} at this traffic`;

const isOpen = ({verdict}: MetricVerdict) => verdict === 'not-enough-data';

/** What some of a stage's metrics say: each sentence once, and of whom it is told where there are several. */
function told(some: readonly MetricVerdict[], all: readonly MetricVerdict[], wordsOf: (verdict: MetricVerdict) => string): string {
	const sentences = Map.groupBy(some, wordsOf);
	return [...sentences].map(([text, same]) => (all.length < 2 ? text : `${someOf(same.map(({metric}) => metric))}: ${text}`)).join('; ');
}

/** Of a stage that is over: names of the metrics that may stay open then. */
type Over = {readonly mayStayOpen: ReadonlySet<string>};

/**
 * One verdict of a stage. Kubelet's words first: pods that do not run need no statistics. One metric that fails is a failure, and all must pass;
 * at the end of a stage one that may stay open is told and decides nothing, as long as another one passes and it does not look worse itself.
 * @param byPods readiness and restarts
 */
export function combineVerdicts(
	byPods: CanaryVerdict,
	metrics: readonly MetricVerdict[],
	judgedBy: readonly string[],
	over: Over = {mayStayOpen: new Set()},
): StageVerdict {
	const stage = (verdict: StageVerdict['verdict'], reason: string): StageVerdict => ({verdict, reason, judgedBy, metrics});
	const said = (some: readonly MetricVerdict[]) => told(some, metrics, ({reason}) => reason);
	if (byPods.verdict !== 'pass' || metrics.length === 0) return stage(byPods.verdict, byPods.reason);
	const failed = metrics.filter(({verdict}) => verdict === 'fail');
	if (failed.length > 0) return stage('fail', said(failed));
	const undecided = metrics.filter(isOpen);
	if (undecided.length === 0) return stage('pass', said(metrics));
	const passed = metrics.filter(({verdict}) => verdict === 'pass');
	const lacking = told(undecided, metrics, open);
	const decidesNothing = (each: MetricVerdict) => over.mayStayOpen.has(each.metric) && each.canarySamples > 0 && each.looksWorse !== true;
	if (passed.length === 0 || !undecided.every(decidesNothing)) {
		const isUncounted = undecided.some(({uncounted}) => uncounted === true);
		return {...stage('not-enough-data', lacking), ...(isUncounted && {uncounted: true})};
	}
	return stage('pass', `${said(passed)}; not judged for want of requests: ${lacking}`);
}
