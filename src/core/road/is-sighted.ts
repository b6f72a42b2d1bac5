import {MkcoaError} from '../error.ts';
import {type KubeObject, refText} from '../kube/kube-object.ts';
import type {Write} from '../plan.ts';
import {shows} from './shows.ts';
import {sightingOf} from './sighting.ts';

/**
 * Whether a write whose answer nobody has reached its object.
 * @param before the object as the write found it; null where there was none
 * @throws MkcoaError `pre-image-unavailable` where the object shows neither that the write reached it nor that it did not
 */
export function isSighted(write: Write, before: KubeObject | null, live: KubeObject | undefined): boolean {
	const sighting = sightingOf(write, before, live);
	if (sighting !== 'unknown') return sighting === 'done';
	// A patch made twice within a second leaves the same trace; what it sets is there all the same.
	if (shows(write, before ?? undefined, live)) return true;
	throw unknowable(write, 'its answer was lost, and the object does not show who changed it');
}

export const unknowable = ({ref}: Write, why: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'pre-image-unavailable',
		what: `It cannot be told whether ${refText(ref)} was written already`,
		why,
		next: 'Look at it, and take back what was done or make a new plan',
	});
