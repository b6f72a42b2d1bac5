import type {JournaledEffect} from '../../../core/journal.ts';
import {brokenBy, preconditionOf} from '../../../core/precondition.ts';
import type {Cluster} from '../port.ts';

/**
 * Effects of a run, each done or not. A process that died in the middle of a write left only what it was about to do; the object tells
 * whether it was done: it is no longer as it was before. What it is now then counts as what was written.
 * A program or an eviction tells nothing afterwards and counts as done, so that nobody takes it for undone.
 */
export const settledEffects = (cluster: Pick<Cluster, 'get'>, effects: readonly JournaledEffect[]): Promise<readonly JournaledEffect[]> =>
	Promise.all(effects.map(async effect => (effect.state === 'intended' ? settled(cluster, effect) : effect)));

async function settled(cluster: Pick<Cluster, 'get'>, effect: JournaledEffect): Promise<JournaledEffect> {
	const {write, before, unavailable} = effect;
	if (unavailable !== undefined || write.op === 'exec' || write.op === 'evict') return {...effect, state: 'done'};
	const live = await cluster.get(write.ref);
	const isAsBefore = brokenBy(preconditionOf(before ?? undefined, write.ref), live) === undefined;
	return isAsBefore ? effect : {...effect, state: 'done', after: live ?? null};
}
