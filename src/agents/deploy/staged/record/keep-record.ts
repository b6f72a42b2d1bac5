import {DriftError} from '../../../../core/error.ts';
import type {KubeObject, Ref} from '../../../../core/kube/kube-object.ts';
import {ConflictError, type Effects} from '../../../../core/tool.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Holding} from '../lease/hold-lease.ts';
import {type RecordChange, type RolloutRecord, readRecord, recordPatch} from './record.ts';

export type RecordKeeper = {
	/** Undefined where there is none. */
	readonly read: () => Promise<RolloutRecord | undefined>;
	/** @throws DriftError where it was deleted */
	readonly write: (change: RecordChange) => Promise<void>;
};

/** Keeps the record of a rollout whose Lease is held. Other terminals write requests into it, so a conflict is read again. */
export function keepRecord({
	ref,
	hold,
	cluster,
	effects,
}: {
	readonly ref: Ref;
	readonly hold: Holding;
	readonly cluster: Pick<Cluster, 'get'>;
	readonly effects: Pick<Effects, 'tend'>;
}): RecordKeeper {
	let seen: KubeObject | undefined;
	const read = async () => {
		seen = await cluster.get(ref);
		return seen === undefined ? undefined : readRecord(seen);
	};
	return {
		read,
		async write(change) {
			if (seen === undefined) await read();
			for (;;) {
				if (seen === undefined) throw new DriftError([`ConfigMap ${ref.namespace}/${ref.name} was deleted`]);
				try {
					seen = (await effects.tend({op: 'patch', ref, type: 'merge', patch: recordPatch(change)}, seen)) ?? undefined;
					return;
				} catch (error) {
					if (!(error instanceof ConflictError)) throw error;
					// Whoever took the Lease over writes positions of its own.
					await hold.renew();
					await read();
				}
			}
		},
	};
}
