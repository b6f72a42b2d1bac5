import {count} from '../../core/text/count.ts';

/** What is known of the canary's pods at one look. */
export type CanaryObservation = {
	/** Restarts of containers that serve; init containers may try again. `lastEnd` says how one ended, such as `OOMKilled (exit code 137)`. */
	readonly canaryPods: {readonly wanted: number; readonly ready: number; readonly restarts: number; readonly lastEnd?: string | undefined};
	/** Sentences on pods that do not run and will not by waiting, most telling first. */
	readonly stuck: readonly string[];
	/** Sentences on pods that are not ready yet. */
	readonly waiting?: readonly string[];
	/** Whether the time to become ready is over. */
	readonly overdue: boolean;
};

/** `not-enough-data`: pods are still on their way. */
export type CanaryVerdict = {readonly verdict: 'pass' | 'fail' | 'not-enough-data'; readonly reason: string};

/** Judges a canary by its pods alone: the kubelets' words need no statistics. */
export function judgeCanary({canaryPods, stuck, waiting = [], overdue}: CanaryObservation): CanaryVerdict {
	const {wanted, ready, restarts, lastEnd} = canaryPods;
	const fail = (reason: string) => ({verdict: 'fail', reason}) as const;
	if (restarts > 0)
		return fail(`${count(restarts, 'container restart')} in the canary${because(lastEnd === undefined ? stuck : [lastEnd, ...stuck])}`);
	if (stuck.length > 0) return fail(`${wanted - ready} of ${count(wanted, 'canary pod')} cannot run${because(stuck)}`);
	if (ready < wanted) {
		const reason = `${ready} of ${count(wanted, 'canary pod')} ready`;
		return overdue
			? fail(`${reason} when the time was over${because(waiting)}`)
			: {verdict: 'not-enough-data', reason: `${reason}${because(waiting)}`};
	}
	return {verdict: 'pass', reason: `all ${count(wanted, 'canary pod')} ready, no restarts; errors were not judged`};
}

const because = (why: readonly string[]) => (why[0] === undefined ? '' : ` (${why[0]})`);
