import {sleep} from '../../../core/clock.ts';
import {type Ref, refText} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import type {Effects} from '../../../core/tool.ts';
import type {OnCluster} from '../tool-input.ts';
import {isBudgetRefusal} from './eviction.ts';

/** Between two tries of an eviction that a budget refuses: what kubectl drain waits. */
const retryMs = 5000;
const pollMs = 2000;

/**
 * Evicts, and tries again while a disruption budget refuses, until `deadlineMs` of the clock.
 * @throws the server's refusal when the time is over
 */
export async function evictInTurn(
	{ref, uid}: Watched,
	effects: Effects,
	{ports, clock, signal, emit}: OnCluster,
	deadlineMs: number,
): Promise<void> {
	for (;;) {
		// It may have gone by itself, or in an earlier run of the same plan: then there is nothing to evict.
		if ((await ports.cluster.get(ref))?.metadata.uid !== uid) return;
		try {
			await effects.perform({op: 'evict', ref});
			return;
		} catch (error) {
			if (!isBudgetRefusal(error) || clock.now() + retryMs > deadlineMs) throw error;
			emit({kind: 'progress', text: `${refText(ref)} waits: a disruption budget allows no eviction now`});
			await sleep(clock, retryMs, signal);
		}
	}
}

/** An object, mostly a pod, as the plan saw it. */
type Watched = {readonly ref: Ref; readonly uid: string | null};

/** Waits until none of these objects is there any more; the answer names those that still are when the time is over. */
export async function waitUntilGone(
	objects: readonly Watched[],
	{ports, clock, signal, emit}: OnCluster,
	deadlineMs: number,
): Promise<readonly Ref[]> {
	for (;;) {
		const live = await Promise.all(objects.map(({ref}) => ports.cluster.get(ref)));
		// A StatefulSet makes a new pod under the old name: that one is another.
		const left = objects.filter(({uid}, index) => live[index] !== undefined && live[index]?.metadata.uid === uid).map(({ref}) => ref);
		const [gone, all] = [objects.length - left.length, objects.length];
		const what = objects.every(({ref}) => ref.kind === 'Pod') ? count(all, 'pod') : count(all, 'object');
		emit({kind: 'progress', text: `${gone} of ${what} ${all === 1 ? 'is' : 'are'} gone`, done: gone, total: all});
		if (left.length === 0 || clock.now() + pollMs > deadlineMs) return left;
		await sleep(clock, pollMs, signal);
	}
}
