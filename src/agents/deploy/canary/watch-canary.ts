import type {ErrorCounts} from '../../../analysis/canary/error-evidence.ts';
import {type CanaryVerdict, judgeCanary} from '../../../analysis/canary/verdict.ts';
import {sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Event} from '../../../core/event.ts';
import type {Context} from '../../../core/tool.ts';
import type {PodNames} from '../metrics/judgement.ts';
import {patienceMs} from '../rollout/stuck-watch.ts';
import type {Look} from '../staged/wait-for.ts';
import type {CanarySight} from './see-canary.ts';

/** A verdict as screens and printers get it: the words, and the one number that they do not hold. */
export const verdictEvent = ({verdict, reason, evidence}: CanaryVerdict): Event => ({
	kind: 'verdict',
	verdict,
	text: reason,
	data: evidence === undefined ? {} : {evidence},
});

/** A stage that has not seen enough by its end is prolonged this often, then the canary is taken back. */
const maxProlongations = 3;

/** Looks within one interval: often enough to stop a bad version early, and within a long interval no rarer than every ten seconds. */
const looksPerInterval = 6;
const longestLookMs = 10_000;

/** A canary pod that was ready may be moved by a drain or a scale-down of nodes: it has so long to stand again. */
const absentMs = 30_000;

export type Watch = {
	/** Both sides at one moment. */
	readonly see: () => Promise<CanarySight>;
	readonly intervalMs: number;
	/** Undefined where errors are not judged. */
	readonly sample: ((pods: PodNames) => Promise<ErrorCounts>) | undefined;
};

/** Looks at one canary through all its stages, and keeps what it has seen. Time is counted in looks: a clock that jumps changes nothing. */
export function watchCanary(watch: Watch, context: Pick<Context<unknown>, 'clock' | 'signal' | 'emit'>) {
	const {clock, signal, emit} = context;
	const intervals: ErrorCounts[] = [];
	const lookMs = Math.min(longestLookMs, watch.intervalMs / looksPerInterval);
	const looks = Math.round(watch.intervalMs / lookMs);
	let stuckMs = 0;
	let absentForMs = 0;
	let earlier = 0;
	/** Why the newest look got no metrics. */
	let unmeasured: string | undefined;

	/** @param limitMs how long pods may be missing or not ready */
	async function lookAt(wanted: number, limitMs: number, {between, patiently}: Look): Promise<CanaryVerdict> {
		await between();
		const sight = await patiently(watch.see);
		if (watch.sample !== undefined) await addInterval(watch.sample, sight.names);
		return judged(sight, wanted, limitMs);
	}

	function judged({canary, missing, troubles}: CanarySight, wanted: number, limitMs: number): CanaryVerdict {
		const lasting = troubles.filter(trouble => trouble.lasting).map(({text}) => text);
		const verdict = judgeCanary({
			intervals: watch.sample === undefined ? undefined : intervals,
			earlier,
			canaryPods: {wanted, ready: canary.ready, restarts: canary.restarts, lastEnd: canary.lastEnd},
			stuck: missing === undefined ? (stuckMs >= patienceMs ? lasting : []) : [missing],
			waiting: troubles.map(({text}) => text),
			overdue: absentForMs >= limitMs,
		});
		stuckMs = lasting.length > 0 ? stuckMs + lookMs : 0;
		absentForMs = canary.ready < wanted ? absentForMs + lookMs : 0;
		// What was counted before says nothing of now.
		if (verdict.verdict !== 'pass' || unmeasured === undefined) return verdict;
		return {...verdict, verdict: 'not-enough-data', reason: `${verdict.reason}, and nothing is counted since: ${unmeasured}`};
	}

	/** A metrics server that fails for a moment gives an interval without data, never a verdict. */
	async function addInterval(sample: NonNullable<Watch['sample']>, pods: PodNames) {
		try {
			intervals.push(await sample(pods));
			unmeasured = undefined;
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			unmeasured = error.trouble.what;
			emit({kind: 'note', text: `No metrics for this look: ${error.trouble.what}`});
		}
	}

	return {
		/** One stage: stops early on a failure; without enough data it is prolonged, then answered as it is. */
		async judge(wanted: number, weight: number, look: Look): Promise<CanaryVerdict> {
			earlier = intervals.length;
			for (let prolonged = 0; ; prolonged++) {
				const verdict = await oneInterval(wanted, look);
				if (verdict.verdict === 'not-enough-data' && prolonged < maxProlongations) {
					emit({kind: 'note', text: `Stage ${weight} % goes on: ${verdict.reason}`});
					continue;
				}
				emit(verdictEvent(verdict));
				return verdict;
			}
		},
	};

	async function oneInterval(wanted: number, look: Look): Promise<CanaryVerdict> {
		for (let looked = 1; ; looked++) {
			await sleep(clock, lookMs, signal);
			const verdict = await lookAt(wanted, absentMs, look);
			if (verdict.verdict === 'fail' || looked === looks) return verdict;
			emit({kind: 'progress', text: verdict.reason, done: looked, total: looks});
		}
	}
}
