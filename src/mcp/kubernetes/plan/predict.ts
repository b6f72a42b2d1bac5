import {diffObjects} from '../../../core/diff/diff.ts';
import {isJsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Change, Write} from '../../../core/plan.ts';
import type {Cluster, DryRun} from '../port.ts';
import {fieldConflict} from './field-conflict.ts';
import {localAfter} from './local-after.ts';

/** What one write would do to its object. */
export type Prediction = {
	readonly write: Write;
	readonly before: KubeObject | undefined;
	/** Null where the object would be gone. */
	readonly after: KubeObject | null;
	readonly change: Change;
	/** The server's own warnings. */
	readonly warnings: readonly string[];
	/** It is kept by a server that computes no change beforehand. */
	readonly neverAsked?: true | undefined;
};

/**
 * Asks the server what a write would do, and tells the difference. Only reads and dry runs.
 * Where the server refuses the dry run, the answer is computed here and says why.
 * @param offline why the server cannot be asked at all, such as a namespace that this very plan creates
 * @throws MkcoaError `field-conflict` when server-side apply would take fields from others
 */
export async function predict(cluster: Cluster, write: Write, offline?: string): Promise<Prediction> {
	const reading = offline === undefined ? cluster.get(write.ref) : undefined;
	const asking: Promise<DryRun> =
		offline === undefined ? cluster.dryRun(write) : Promise.resolve({computed: 'refused', reason: offline} as const);
	// Both go out at once, and a refusal to read is told before one to write.
	asking.catch(() => {});
	const before = await reading;
	const {kubeSchema} = await import('./loaded-schema.ts');
	const dryRun = await asking;
	if (dryRun.computed === 'conflict') throw fieldConflict(write.ref, dryRun);
	const answer =
		dryRun.computed === 'server' ? dryRun.after : localAfter(write, before, kubeSchema.kind(write.ref.apiVersion, write.ref.kind));
	const after = resulting(answer, write, before);
	const change: Change = {
		ref: write.ref,
		operation: operationOf(write, before),
		fields: diffObjects(before ?? null, after, kubeSchema),
		...(dryRun.computed === 'server' ? {computed: 'server'} : {computed: 'local', why: dryRun.reason}),
	};
	const neverAsked = dryRun.computed === 'refused' ? dryRun.never : undefined;
	return {write, before, after, change, warnings: dryRun.computed === 'server' ? dryRun.warnings : [], ...(neverAsked && {neverAsked})};
}

/**
 * The scale subresource answers a Scale: of the object itself only the replicas change, and a server leaves a zero out of it. A status dry run
 * answers an eviction.
 */
function resulting(answer: KubeObject | null, write: Write, before: KubeObject | undefined): KubeObject | null {
	if (write.op === 'delete' || write.op === 'evict') return null;
	const isScale = write.op === 'patch' && write.subresource === 'scale';
	if (!isScale || before === undefined) return answer;
	const wanted = isJsonObject(answer?.spec) ? (answer.spec.replicas ?? 0) : 0;
	return {...before, spec: {...(isJsonObject(before.spec) ? before.spec : {}), replicas: wanted}};
}

function operationOf({op}: Write, before: KubeObject | undefined): Change['operation'] {
	switch (op) {
		case 'exec':
			return 'run';
		case 'delete':
		case 'evict':
			return 'delete';
		case 'replace':
			return 'replace';
		default:
			return before === undefined ? 'create' : 'update';
	}
}
