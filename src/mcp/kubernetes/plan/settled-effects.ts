import type {KubeSchema} from '../../../core/diff/kube-schema.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {JournaledEffect, SealedValues} from '../../../core/journal.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {sightingOf} from '../../../core/road/sighting.ts';
import {unsealWrite} from '../../../core/secrets/seal.ts';
import type {Cluster} from '../port.ts';
import {localAfter} from './local-after.ts';

type Settling = {
	readonly cluster: Pick<Cluster, 'get'>;
	readonly schema: KubeSchema;
	/** Asked for only where an answer was lost. */
	readonly sealed: () => Promise<SealedValues>;
};

/**
 * Effects of a run, each done or not. Where an answer was lost, the object tells. What counts as written is what the write would have made of
 * the object, never what stands there now: that may be somebody else's. A program or an eviction tells nothing afterwards and counts as done,
 * so that nobody takes it for undone.
 */
export const settledEffects = (effects: readonly JournaledEffect[], settling: Settling): Promise<readonly JournaledEffect[]> =>
	Promise.all(effects.map(async effect => (effect.state === 'intended' ? settled(effect, settling) : effect)));

async function settled(effect: JournaledEffect, settling: Settling): Promise<JournaledEffect> {
	const {write, before, unavailable} = effect;
	if (unavailable !== undefined || write.op === 'exec' || write.op === 'evict') return {...effect, state: 'done'};
	const live = await settling.cluster.get(write.ref);
	if (sightingOf(write, before, live) === 'not done') return effect;
	// What nobody had before and mkcoa claims now was made by this write.
	if (before === null) return {...effect, state: 'done', after: live ?? null};
	return {...effect, state: 'done', ...(await wouldBe(effect, before, settling))};
}

/** Sealed values are kept for a limited time only: then nobody can say what was written. */
async function wouldBe(
	{write}: JournaledEffect,
	before: KubeObject,
	{schema, sealed}: Settling,
): Promise<Pick<JournaledEffect, 'after' | 'unavailable'>> {
	try {
		return {after: localAfter(unsealWrite(write, await sealed()), before, schema.kind(write.ref.apiVersion, write.ref.kind))};
	} catch (error) {
		if (error instanceof MkcoaError) return {unavailable: error.message};
		throw error;
	}
}
