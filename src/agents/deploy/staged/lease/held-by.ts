import {MkcoaError, type Trouble} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import {type Lease, leaseEndMs, personOf} from './lease.ts';

/** `kind` is a Deployment where it is left out. */
export type WorkloadName = {readonly namespace: string; readonly name: string; readonly kind?: string | undefined};

/** The name that messages speak of, and by which a rollout is found. */
export const workloadName = ({kind, metadata: {name, namespace = ''}}: KubeObject): WorkloadName => ({
	namespace,
	name,
	...(kind === 'Deployment' ? {} : {kind}),
});

/** The workload as a command takes it: `web -n shop`, `statefulset/db -n shop`. */
export const commandWords = ({namespace, name, kind = 'Deployment'}: WorkloadName) =>
	`${kind === 'Deployment' ? '' : `${kind.toLowerCase()}/`}${name} -n ${namespace}`;

/** A holder as people read it; whoever may write Leases may write anything there. */
export const holderText = (holder: string) => plainLine(personOf(holder), 100) || 'nobody';

/** A rollout that somebody else carries out now: who, since when, the last sign of life, and what to do. */
export function heldBy({namespace, name}: WorkloadName, lease: Lease, nowMs: number): MkcoaError {
	const ago = (time: string) => age(nowMs - Date.parse(time));
	const endsInSeconds = Math.max(1, Math.ceil((leaseEndMs(lease) - nowMs) / 1000));
	const words = `${name} -n ${namespace}`;
	return new MkcoaError({
		kind: 'environment',
		code: 'rollout-held',
		what: `${holderText(lease.holder)} has been carrying out a rollout of ${name} for ${ago(lease.acquiredAt)}`,
		why: `the last sign of life came ${ago(lease.renewedAt)} ago; without another one it is free in ${endsInSeconds}s`,
		next: `See it with: mkcoa deploy status ${words}. Ask its holder to take it back with: mkcoa deploy abort ${words}. Once it is free, mkcoa deploy resume ${words} goes on with it`,
	});
}

/** What was to be gone on with is not there any more. */
export const endedElsewhere = ({namespace, name}: WorkloadName) =>
	new MkcoaError({
		kind: 'environment',
		code: 'rollout-ended',
		what: `There is no rollout of ${name} to go on with any more`,
		why: 'its Lease is gone, so somebody else brought it to its end',
		next: `See what serves with: mkcoa deploy status ${name} -n ${namespace}`,
	});

/** A plan is gone on with whose own rollout ended, and in whose place another one stands. */
export const anotherOne = (
	{namespace, name}: WorkloadName,
	{by, startedAt}: {readonly by: string; readonly startedAt: string},
): Trouble => ({
	kind: 'environment',
	code: 'another-rollout',
	what: `The rollout of ${name} that is to be gone on with is over, and another one stands there`,
	why: `${holderText(by)} began that one${startedAt === '' ? '' : ` at ${plainLine(startedAt, 40)}`}; nothing of it was touched`,
	next: `See how far it is: mkcoa deploy status ${name} -n ${namespace}`,
});
