import {type Clock, sleep} from '../../../../core/clock.ts';
import type {KubeObject, Ref} from '../../../../core/kube/kube-object.ts';
import {ConflictError, type Effects} from '../../../../core/tool.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Patience} from '../patience.ts';
import {endedElsewhere, heldBy, type WorkloadName} from './held-by.ts';
import {isHeld, type Lease, leaseMs, personOf, readLease, released, renewEveryMs, renewedBy, takenBy} from './lease.ts';
import {LeaseLost, renewBeside} from './renew-beside.ts';

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
	readonly take: (patiently: Patience) => Promise<void>;
	/** Does some work while the Lease is renewed beside it. @throws as `renewBeside` */
	readonly during: <End>(work: (signal: AbortSignal) => Promise<End>) => Promise<End>;
	/** Goes before each write: a Lease that may run out before the write arrives is renewed first. @throws as `renew` */
	readonly sure: () => Promise<void>;
	/** Renews now. @throws LeaseLost when somebody else took it, the server's own error where it does not answer */
	readonly renew: () => Promise<void>;
	/** Renews it no more beside the work: it is going to be deleted. */
	readonly rest: () => Promise<void>;
	/** Lets it go before its time, so that somebody else need not wait. */
	readonly release: () => Promise<void>;
};

/** After this without a renewal a write might arrive when somebody else has taken the Lease. */
const sureMs = leaseMs - renewEveryMs;

/** Holds one Lease by compare and swap on its version. */
export function holdLease({ref, workload, holder, cluster, effects, clock, holderDied, signal}: Needs): Holding {
	let seen: KubeObject | undefined;
	let renewedMs = 0;
	let renewal: Promise<void> | undefined;
	let isResting = false;

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

	async function take(patiently: Patience): Promise<void> {
		for (;;) {
			const found = await patiently(free);
			// The clock of another machine may be behind. Whoever lives there renews within this time, or writes no more after it.
			if (found.holder !== '' && found.holder !== holder && !holderDied(found.holder)) await sleep(clock, leaseMs, signal);
			const lease = await patiently(free);
			if (lease.renewedAt !== found.renewedAt) throw heldBy(workload, lease, clock.now());
			try {
				return await patiently(() =>
					write((_live, nowMs) => (lease.holder === holder ? renewedBy(holder, nowMs) : takenBy(holder, nowMs, lease))),
				);
			} catch (error) {
				if (!(error instanceof ConflictError)) throw error;
			}
		}
	}

	async function renewNow(): Promise<void> {
		for (;;) {
			// What this run is about to delete, or has deleted without an answer, may be gone already.
			if (seen === undefined && isResting) return;
			try {
				return await write((_live, nowMs) => renewedBy(holder, nowMs));
			} catch (error) {
				if (!(error instanceof ConflictError)) throw error;
				seen = await cluster.get(ref);
				if (seen === undefined && isResting) return;
				const now = seen === undefined ? '' : readLease(seen).holder;
				if (now !== holder) throw new LeaseLost(now === '' ? `Lease ${ref.name} was taken away` : `${personOf(now)} took the rollout over`);
			}
		}
	}

	/** One at a time: each is bound to the version that the one before left. */
	function renew(): Promise<void> {
		renewal ??= renewNow().finally(() => {
			renewal = undefined;
		});
		return renewal;
	}

	async function rest(): Promise<void> {
		isResting = true;
		await renewal?.catch(() => {});
	}

	const sinceMs = () => clock.now() - renewedMs;

	return {
		take,
		renew,
		rest,
		during: work =>
			renewBeside(work, {clock, signal, renew: async () => (isResting ? undefined : renew()), ranOut: () => sinceMs() >= leaseMs}),
		sure: async () => (sinceMs() < sureMs ? undefined : renew()),
		async release() {
			await rest();
			await write(() => released);
		},
	};
}
