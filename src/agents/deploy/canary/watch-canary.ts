import type {ErrorCounts} from '../../../analysis/canary/error-evidence.ts';
import {type CanaryVerdict, judgeCanary} from '../../../analysis/canary/verdict.ts';
import {sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Event} from '../../../core/event.ts';
import type {Context} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {isCanaryPod, podHealth, podsOf} from '../rollout/pod-health.ts';
import {liveDeployment} from '../workload.ts';
import type {PodNames} from './sample-errors.ts';

/** A verdict as screens and printers get it: the words, and the one number that they do not hold. */
export const verdictEvent = ({verdict, reason, evidence}: CanaryVerdict): Event => ({
	kind: 'verdict',
	verdict,
	text: reason,
	data: evidence === undefined ? {} : {evidence},
});

/** A stage that has not seen enough by its end is prolonged this often, then the canary is taken back. */
const maxProlongations = 3;

/** Looks within one interval: often enough to stop a bad version early. */
const looksPerInterval = 6;

export type Watch = {
	readonly namespace: string;
	readonly name: string;
	readonly intervalMs: number;
	readonly readyWithinMs: number;
	/** Undefined where errors cannot be judged. */
	readonly sample: ((pods: PodNames) => Promise<ErrorCounts>) | undefined;
};

/** Looks at one canary through all its stages, and keeps what it has seen. */
export function watchCanary(watch: Watch, context: Context<DeployPorts>) {
	const {ports, clock, signal, emit} = context;
	const intervals: ErrorCounts[] = [];

	async function look(wanted: number, overdue: boolean): Promise<CanaryVerdict> {
		const stable = await liveDeployment(ports.cluster, watch.namespace, watch.name);
		const pods = await podsOf(ports.cluster, stable);
		const canary = podHealth(pods.filter(isCanaryPod));
		const others = podHealth(pods.filter(pod => !isCanaryPod(pod)));
		if (watch.sample !== undefined) await addInterval(watch.sample, {canary: canary.names, stable: others.names});
		return judgeCanary({
			intervals: watch.sample === undefined ? undefined : intervals,
			canaryPods: {wanted, ready: canary.ready, restarts: canary.restarts},
			stuck: canary.stuck,
			overdue,
		});
	}

	/** A metrics server that fails for a moment gives an interval without data, never a verdict. */
	async function addInterval(sample: NonNullable<Watch['sample']>, pods: PodNames) {
		try {
			intervals.push(await sample(pods));
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			emit({kind: 'note', text: `No metrics for this look: ${error.trouble.what}`});
		}
	}

	return {
		/** Until `wanted` canary pods are ready. A verdict only when the canary has failed. */
		async untilReady(wanted: number): Promise<CanaryVerdict | undefined> {
			const start = clock.now();
			for (;;) {
				const verdict = await look(wanted, clock.now() - start >= watch.readyWithinMs);
				if (verdict.verdict === 'fail') return verdict;
				if (verdict.starting === undefined) return undefined;
				emit({kind: 'progress', text: verdict.reason});
				await sleep(clock, watch.intervalMs / looksPerInterval, signal);
			}
		},

		/** One stage: stops early on a failure; without enough data it is prolonged, then answered as it is. */
		async judge(wanted: number, weight: number): Promise<CanaryVerdict> {
			for (let prolonged = 0; ; prolonged++) {
				const verdict = await oneInterval(wanted);
				if (verdict.verdict === 'not-enough-data' && prolonged < maxProlongations) {
					emit({kind: 'note', text: `Stage ${weight} % goes on: ${verdict.reason}`});
					continue;
				}
				emit(verdictEvent(verdict));
				return verdict;
			}
		},
	};

	async function oneInterval(wanted: number): Promise<CanaryVerdict> {
		for (let looked = 1; ; looked++) {
			await sleep(clock, watch.intervalMs / looksPerInterval, signal);
			const verdict = await look(wanted, true);
			if (verdict.verdict === 'fail' || looked === looksPerInterval) return verdict;
			emit({kind: 'progress', text: verdict.reason, done: looked, total: looksPerInterval});
		}
	}
}
