import {canonicalJson} from '../../../core/json.ts';
import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {imagesOf} from './container-summary.ts';
import {wordAt} from './fields.ts';
import {controllerOf} from './owner-chain.ts';

/** One revision of a workload's pod template. */
export type Revision = {
	readonly number: number;
	/** The ReplicaSet or ControllerRevision that keeps it. */
	readonly source: string;
	/** `web=nginx:1.27` */
	readonly images: readonly string[];
	/** `kubernetes.io/change-cause`; `''` where nobody wrote one. */
	readonly cause: string;
	/** ISO 8601. */
	readonly created: string;
	/** Whether the workload's template is this one now. */
	readonly current: boolean;
	/** Pods that run it, as far as the source tells. */
	readonly pods: number;
};

const cause = ({metadata}: KubeObject) => metadata.annotations?.['kubernetes.io/change-cause'] ?? '';
const owned = (workload: KubeObject, objects: readonly KubeObject[]) =>
	objects.filter(object => controllerOf(object)?.uid === workload.metadata.uid);

/** The revision that a pod was made of, as its controller names it; undefined for pods that nobody rolls out. */
export const revisionOfPod = ({metadata: {labels}}: KubeObject): string | undefined =>
	labels?.['pod-template-hash'] ?? labels?.['controller-revision-hash'];

/** Whether a revision's template is the workload's, but for the hash label that the controller adds. */
function sameTemplate(workload: KubeObject, replicaSet: KubeObject): boolean {
	const labels = (object: KubeObject) => {
		const found = valueAt(object, 'spec', 'template', 'metadata', 'labels') ?? {};
		return Object.entries(found ?? {}).filter(([key]) => key !== 'pod-template-hash');
	};
	const spec = (object: KubeObject) => canonicalJson(valueAt(object, 'spec', 'template', 'spec'));
	const annotations = (object: KubeObject) => canonicalJson(valueAt(object, 'spec', 'template', 'metadata', 'annotations') ?? {});
	return (
		spec(workload) === spec(replicaSet) &&
		annotations(workload) === annotations(replicaSet) &&
		canonicalJson(Object.fromEntries(labels(workload))) === canonicalJson(Object.fromEntries(labels(replicaSet)))
	);
}

function replicaSetRevision(workload: KubeObject, replicaSet: KubeObject): Revision {
	return {
		number: Number(replicaSet.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0),
		source: replicaSet.metadata.name,
		images: imagesOf(replicaSet),
		cause: cause(replicaSet),
		created: replicaSet.metadata.creationTimestamp ?? '',
		current: sameTemplate(workload, replicaSet),
		pods: numberAt(replicaSet, 'status', 'replicas') ?? 0,
	};
}

/** A ControllerRevision holds a patch of the template, `spec.template` with `$patch: replace`. */
function controllerRevision(workload: KubeObject, revision: KubeObject, newest: number): Revision {
	const number = numberAt(revision, 'revision') ?? 0;
	const name = revision.metadata.name;
	const current = wordAt(workload, 'status', 'currentRevision');
	const update = wordAt(workload, 'status', 'updateRevision');
	return {
		number,
		source: name,
		images: imagesOf({spec: valueAt(revision, 'data', 'spec') ?? {}}),
		cause: cause(revision),
		created: revision.metadata.creationTimestamp ?? '',
		current: update === '' ? number === newest : name === update,
		pods:
			name === update
				? (numberAt(workload, 'status', 'updatedReplicas') ?? 0)
				: name === current
					? (numberAt(workload, 'status', 'currentReplicas') ?? 0)
					: 0,
	};
}

/**
 * Revisions of a Deployment, StatefulSet or DaemonSet, oldest first.
 * @param history the ReplicaSets or ControllerRevisions of its namespace; others' are left out
 */
export function revisionsOf(workload: KubeObject, history: readonly KubeObject[]): readonly Revision[] {
	const own = owned(workload, history);
	const newest = Math.max(0, ...own.map(object => numberAt(object, 'revision') ?? 0));
	return own
		.map(object => (object.kind === 'ReplicaSet' ? replicaSetRevision(workload, object) : controllerRevision(workload, object, newest)))
		.toSorted((a, b) => a.number - b.number);
}
