import {diffObjects} from '../../../core/diff/diff.ts';
import {type KubeObject, refKey} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import type {Cluster} from '../port.ts';
import {localAfter} from './local-after.ts';
import {type Prediction, predict} from './predict.ts';
import {predictAnew} from './predict-anew.ts';

/**
 * What writes would do that follow each other. The server answers for each object's first one; what comes after a write of the same plan is computed from what
 * that write leaves, since the server knows nothing of it yet: so an object that is deleted first can be made anew, which the server tries under another name.
 * @throws MkcoaError what the server would refuse
 */
export async function predictInOrder(cluster: Cluster, writes: readonly Write[]): Promise<readonly Prediction[]> {
	const left = new Map<string, KubeObject | null>();
	const predictions: Prediction[] = [];
	for (const write of writes) {
		const key = refKey(write.ref);
		const earlier = left.get(key);
		const prediction = await predicted(cluster, write, earlier);
		left.set(key, prediction.after);
		predictions.push(prediction);
	}
	return predictions;
}

/** @param left what an earlier write leaves of the object; null where it is gone, undefined where there was none */
function predicted(cluster: Cluster, write: Write, left: KubeObject | null | undefined): Promise<Prediction> {
	if (left === undefined) return predict(cluster, write);
	return left === null && write.op === 'create' ? predictAnew(cluster, write) : predictAfter(write, left);
}

async function predictAfter(write: Write, left: KubeObject | null): Promise<Prediction> {
	const {kubeSchema} = await import('./loaded-schema.ts');
	const before = left ?? undefined;
	const after = localAfter(write, before, kubeSchema.kind(write.ref.apiVersion, write.ref.kind));
	const operation = after === null ? 'delete' : left === null ? 'create' : 'update';
	const why = left === null ? 'it is deleted by this plan first' : 'it is changed by this plan before';
	return {
		write,
		before,
		after,
		change: {
			ref: write.ref,
			operation,
			fields: diffObjects(left, after, kubeSchema),
			computed: 'local',
			why: `${why}, so the server can check it only then`,
		},
		warnings: [],
	};
}
