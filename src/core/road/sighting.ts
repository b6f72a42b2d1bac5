import {claimsOf, fieldOwners, ourManager} from '../diff/managed-fields.ts';
import {isJsonObject} from '../json.ts';
import {numberAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import type {Write} from '../plan.ts';
import {brokenBy, preconditionOf} from './precondition.ts';
import {shows} from './shows.ts';

/** Whether an object shows that a write reached it, when no answer told. */
export type Sighting = 'done' | 'not done' | 'unknown';

/**
 * Looks for the trace of one write. Writes are bound to the version of `before`, so an object that is as before was not written, and one whose
 * fields mkcoa claims otherwise than before was. Whoever deleted an object, it is gone. A command leaves no trace.
 * @param before the object as the write found it; null where there was none
 */
export function sightingOf(write: Write, before: KubeObject | null, live: KubeObject | undefined): Sighting {
	const {op, ref} = write;
	if (op === 'exec') return 'unknown';
	if (op === 'delete' || op === 'evict') return isGoing(before, live) ? 'done' : 'not done';
	if (live === undefined || brokenBy(preconditionOf(before ?? undefined, ref), live) === undefined) return 'not done';
	if (before === null) return claimsOf(live) !== noClaims || isMadeUnclaimed(write, live) ? 'done' : 'not done';
	if (before.metadata.uid !== live.metadata.uid) return 'not done';
	return claimsOf(before) !== claimsOf(live) || isScaledByUs(write, before, live) ? 'done' : 'unknown';
}

/**
 * The server keeps no time with a claim of the scale subresource (seen on Kubernetes 1.36), so a second scaling leaves the claims as they were.
 * The number tells: whoever else had set it would have taken it over.
 */
function isScaledByUs(write: Write, before: KubeObject, live: KubeObject): boolean {
	if (write.op !== 'patch' || write.subresource !== 'scale' || !isJsonObject(write.patch)) return false;
	const [wanted, was, is] = [write.patch, before, live].map(object => numberAt(object, 'spec', 'replicas'));
	return (
		wanted !== undefined &&
		was !== wanted &&
		is === wanted &&
		fieldOwners(live)(['spec', 'replicas']).some(({manager}) => manager === ourManager)
	);
}

/** A server that keeps no claims tells by the content alone. */
const isMadeUnclaimed = (write: Write, live: KubeObject): boolean =>
	live.metadata.managedFields === undefined && write.op === 'create' && shows(write, undefined, live);

const noClaims = claimsOf({apiVersion: '', kind: '', metadata: {name: ''}});

const isGoing = (before: KubeObject | null, live: KubeObject | undefined) =>
	live === undefined || live.metadata.uid !== before?.metadata.uid || live.metadata.deletionTimestamp !== undefined;
