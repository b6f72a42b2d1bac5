import {DriftError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {ConflictError, type Effects} from '../../../../core/tool.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {WorkloadName} from '../lease/held-by.ts';
import type {Holding} from '../lease/hold-lease.ts';
import {ChangedRecord} from './changed-record.ts';
import {type RecordChange, type RolloutRecord, sealedKeys} from './record.ts';
import {type RecordSeal, recordSeal} from './record-seal.ts';
import {rolloutRefs} from './rollout-objects.ts';

/** `isSigned`: whoever made the request could read the key of the rollout. `uid` is that of the ConfigMap. */
export type KeptRecord = RolloutRecord & {readonly isSigned: boolean; readonly uid: string | undefined};

export type RecordKeeper = {
	/** Undefined where there is none. @throws ChangedRecord where it is not as mkcoa left it, LeaseLost where somebody took the rollout over */
	readonly read: () => Promise<KeptRecord | undefined>;
	/** @throws DriftError where it was deleted; as `read` */
	readonly write: (change: RecordChange) => Promise<void>;
};

type Needs = {
	readonly workload: WorkloadName;
	readonly hold: Pick<Holding, 'renew'>;
	readonly cluster: Pick<Cluster, 'get'>;
	readonly effects: Pick<Effects, 'tend'>;
};

/**
 * Keeps the record of a rollout whose Lease is held. Other terminals write requests into it, so a conflict is read again; all else has to be as this
 * run left it, so that an older record is not taken for the present one either.
 */
export function keepRecord({workload, hold, cluster, effects}: Needs): RecordKeeper {
	const refs = rolloutRefs(workload);
	let seal: RecordSeal | undefined;
	let seen: KubeObject | undefined;
	/** As this run left it. A write whose answer was lost may have been done or not. */
	let left: readonly KubeObject[] = [];

	async function read(): Promise<KeptRecord | undefined> {
		const found = await cluster.get(refs.record);
		seen = undefined;
		if (found === undefined) return undefined;
		seal ??= await sealIn(cluster, refs.script);
		const record = seal?.opened(found);
		if (seal === undefined || record === undefined || !isLeft(seal, found)) {
			// Whoever took the Lease over writes a record of its own.
			await hold.renew();
			throw new ChangedRecord(workload, found, changedFields(left.at(-1), found));
		}
		seen = found;
		left = [found];
		const {request, answered} = record;
		return {...record, uid: found.metadata.uid, isSigned: request !== undefined && seal.isSigned(request, answered.turn)};
	}

	const isLeft = (sealed: RecordSeal, found: KubeObject) =>
		left.length === 0 || left.some(record => sealed.of(record) === sealed.of(found));

	async function write(change: RecordChange): Promise<void> {
		if (seen === undefined) await read();
		for (;;) {
			if (seen === undefined || seal === undefined)
				throw new DriftError([`ConfigMap ${refs.record.namespace}/${refs.record.name} was deleted`]);
			const {patch, after} = seal.patch(seen, change);
			left = [seen, after];
			try {
				seen = (await effects.tend({op: 'patch', ref: refs.record, type: 'merge', patch}, seen)) ?? undefined;
				left = [after];
				return;
			} catch (error) {
				if (!(error instanceof ConflictError)) throw error;
				await hold.renew();
				await read();
			}
		}
	}

	return {read, write};
}

async function sealIn(cluster: Pick<Cluster, 'get'>, ref: Parameters<Cluster['get']>[0]): Promise<RecordSeal | undefined> {
	const secret = await cluster.get(ref);
	return secret === undefined ? undefined : recordSeal(secret);
}

function changedFields(left: KubeObject | undefined, found: KubeObject): readonly string[] {
	if (left === undefined) return [];
	const [before, now] = [textMapAt(left, 'data'), textMapAt(found, 'data')];
	return sealedKeys.filter(key => before[key] !== now[key]);
}
