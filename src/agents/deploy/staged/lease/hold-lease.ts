import {type Clock, sleep} from '../../../../core/clock.ts';
import type {KubeObject, Ref} from '../../../../core/kube/kube-object.ts';
import {ConflictError, type Effects} from '../../../../core/tool.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {isPassing} from '../patience.ts';
import {endedElsewhere, heldBy, type WorkloadName} from './held-by.ts';
import {hostOf, isHeld, type Lease, leaseMs, personOf, readLease, released, renewEveryMs, renewedBy, takenBy} from './lease.ts';

type Needs = {
	readonly ref: Ref;
	readonly workload: WorkloadName;
	readonly holder: string;
	readonly cluster: Pick<Cluster, 'get'>;
	readonly effects: Pick<Effects, 'tend'>;
	readonly clock: Clock;
	readonly holderDied: (holder: string) => boolean;
	readonly signal: AbortSignal;
};

/** The right to write, for as long as it is renewed. */
export type Holding = {
	/** Takes the Lease, or goes on with it. @throws `rollout-held` while somebody else lives */
	readonly take: () => Promise<void>;
	/**
	 * Renews when a third of the time is over. A server that does not answer is no reason to stop while the Lease lasts.
	 * @throws LeaseLost when somebody else took it; the server's own error when it ran out and cannot be renewed
	 */
	readonly keep: () => Promise<void>;
	/** Renews now. @throws as `keep`, but also while the Lease lasts */
	readonly renew: () => Promise<void>;
	/** Lets it go before its time, so that somebody else need not wait. */
	readonly release: () => Promise<void>;
};

/** Somebody else holds the Lease, or took it away: not one more write may be sent. */
export class LeaseLost extends Error {
	override readonly name = 'LeaseLost';
}

/** Holds one Lease by compare and swap on its version. */
export function holdLease({ref, workload, holder, cluster, effects, clock, holderDied, signal}: Needs): Holding {
	let seen: KubeObject | undefined;
	let renewedMs = 0;

	async function write(patchOf: (live: KubeObject, nowMs: number) => ReturnType<typeof renewedBy>): Promise<void> {
		// Counted from before the request: the server may have stored it then.
		const nowMs = clock.now();
		if (seen === undefined) throw new LeaseLost(`somebody deleted Lease ${ref.name}`);
		seen = (await effects.tend({op: 'patch', ref, type: 'merge', patch: patchOf(seen, nowMs)}, seen)) ?? undefined;
		renewedMs = nowMs;
	}

	async function free(): Promise<Lease> {
		seen = await cluster.get(ref);
		if (seen === undefined) throw endedElsewhere(workload);
		const lease = readLease(seen);
		if (lease.holder !== holder && isHeld(lease, {clock, holderDied})) throw heldBy(workload, lease, clock.now());
		return lease;
	}

	async function take(): Promise<void> {
		for (;;) {
			const found = await free();
			// The clock of another machine may be behind: whoever lives there renews within this time.
			if (found.holder !== '' && hostOf(found.holder) !== hostOf(holder)) await sleep(clock, 1.5 * renewEveryMs, signal);
			const lease = await free();
			if (lease.renewedAt !== found.renewedAt) throw heldBy(workload, lease, clock.now());
			try {
				return await write((_live, nowMs) => (lease.holder === holder ? renewedBy(holder, nowMs) : takenBy(holder, nowMs, lease)));
			} catch (error) {
				if (!(error instanceof ConflictError)) throw error;
			}
		}
	}

	async function renew(): Promise<void> {
		for (;;) {
			try {
				return await write((_live, nowMs) => renewedBy(holder, nowMs));
			} catch (error) {
				if (!(error instanceof ConflictError)) throw error;
				seen = await cluster.get(ref);
				const now = seen === undefined ? '' : readLease(seen).holder;
				if (now !== holder) throw new LeaseLost(now === '' ? `Lease ${ref.name} was taken away` : `${personOf(now)} took the rollout over`);
			}
		}
	}

	return {
		take,
		renew,
		release: () => write(() => released),
		async keep() {
			const sinceMs = clock.now() - renewedMs;
			if (sinceMs < renewEveryMs) return;
			try {
				await renew();
			} catch (error) {
				if (!isPassing(error) || clock.now() - renewedMs >= leaseMs) throw error;
			}
		},
	};
}
