import * as z from 'zod';
import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Context} from '../../../../core/tool.ts';

/** A holder that says nothing for so long has died. */
const leaseSeconds = 30;
export const leaseMs = leaseSeconds * 1000;

/** Renewed at every third of its duration, so that two renewals may fail. */
export const renewEveryMs = leaseMs / 3;

/** Who carries a rollout out. Times are ISO 8601; all are empty where nobody holds it. */
export type Lease = {
	readonly holder: string;
	readonly acquiredAt: string;
	readonly renewedAt: string;
	readonly seconds: number;
	readonly transitions: number;
};

const spec = z.object({
	holderIdentity: z.string().catch(''),
	acquireTime: z.string().catch(''),
	renewTime: z.string().catch(''),
	leaseDurationSeconds: z.number().positive().catch(leaseSeconds),
	leaseTransitions: z.number().catch(0),
});

/** Reads a Lease as anybody may have written it: what is no such field counts as empty. */
export function readLease(object: KubeObject): Lease {
	const read = spec.parse(object.spec ?? {});
	return {
		holder: read.holderIdentity,
		acquiredAt: read.acquireTime,
		renewedAt: read.renewTime,
		seconds: read.leaseDurationSeconds,
		transitions: read.leaseTransitions,
	};
}

/** When a Lease runs out, in milliseconds; 0 for one that nobody holds. */
export function leaseEndMs({holder, renewedAt, seconds}: Lease): number {
	const renewedMs = Date.parse(renewedAt);
	return holder === '' || Number.isNaN(renewedMs) ? 0 : renewedMs + seconds * 1000;
}

/** How somebody tells whether a holder lives. */
export type Watcher = Pick<Context<unknown>, 'clock' | 'holderDied'>;

/** A Lease that ran out is free, and so is one that nobody took yet, or whose holder surely died. */
export const isHeld = (lease: Lease, {clock, holderDied}: Watcher) => leaseEndMs(lease) > clock.now() && !holderDied(lease.holder);

/** The cluster wants microseconds: `2026-01-01T00:00:00.000000Z`. */
const microTime = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z');

/** What the new holder writes. */
export const takenBy = (holder: string, nowMs: number, before: Lease): JsonObject => ({
	spec: {
		holderIdentity: holder,
		acquireTime: microTime(nowMs),
		renewTime: microTime(nowMs),
		leaseDurationSeconds: leaseSeconds,
		leaseTransitions: before.transitions + (before.holder === '' ? 0 : 1),
	},
});

/** What the holder writes while it lives. */
export const renewedBy = (holder: string, nowMs: number): JsonObject => ({spec: {holderIdentity: holder, renewTime: microTime(nowMs)}});

/** What the holder writes that ends before its time. */
export const released: JsonObject = {spec: {holderIdentity: null, acquireTime: null, renewTime: null}};

/** `alice@laptop` of `alice@laptop/1f2e3d4c`. */
export const personOf = (holder: string) => holder.replace(/\/[^/]*$/, '');
