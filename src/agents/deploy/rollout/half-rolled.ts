import {isUnseen} from '../../../analysis/health/workload-counts.ts';
import {MkcoaError} from '../../../core/error.ts';
import {numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count} from '../../../core/text/count.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {readinessOf} from './readiness.ts';

/** A rollout of Kubernetes' own that stands between two versions: pods of the newest one, and all that are to be. */
type HalfRolled = {readonly updated: number; readonly pods: number};

/**
 * Whether old pods of a workload wait to be replaced, as far as its status tells. Pods that stay as they are by the workload's own wish do not wait:
 * those below a partition, and all of OnDelete.
 */
function halfRolled(workload: KubeObject): HalfRolled | undefined {
	if (textAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete') return undefined;
	const {updated, pods} = podsOf(workload);
	return updated < pods ? {updated, pods} : undefined;
}

/** Pods that there are and would be replaced, and those that were. */
function podsOf(workload: KubeObject): HalfRolled {
	const status = (field: string) => numberAt(workload, 'status', field) ?? 0;
	if (workload.kind === 'DaemonSet') return {updated: status('updatedNumberScheduled'), pods: status('currentNumberScheduled')};
	return {updated: status('updatedReplicas'), pods: Math.max(0, status('replicas') - keptOld(workload))};
}

/** Pods of a StatefulSet that its partition keeps at the version before. */
function keptOld(workload: KubeObject): number {
	const partition = numberAt(workload, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
	return Math.max(0, partition - (numberAt(workload, 'spec', 'ordinals', 'start') ?? 0));
}

/**
 * A workload that Kubernetes is rolling out has no stable version that a new one could be compared with, or that could be gone back to.
 * @throws `rolling-already` with what to do
 */
export function refuseUnsettled(workload: KubeObject): void {
	const half = halfRolled(workload);
	const isNew = isUnseen(workload);
	if (half === undefined && !isNew) return;
	const {kind, metadata} = workload;
	const words = `${kind === 'Deployment' ? '' : `${kind.toLowerCase()}/`}${metadata.name} -n ${metadata.namespace}`;
	if (half === undefined || isNew)
		throw new MkcoaError({
			kind: 'usage',
			code: 'rolling-already',
			what: `Nobody can tell whether ${metadata.name} is in the middle of a rollout`,
			why: `its controller has not seen its last change yet, so its numbers of pods are of the time before (generation ${metadata.generation}, seen ${numberAt(workload, 'status', 'observedGeneration') ?? 'none'})`,
			next: `Run it again in a moment. Where it stays so, its controller does not run: mkcoa deploy status ${words}`,
		});
	throw new MkcoaError({
		kind: 'usage',
		code: 'rolling-already',
		what: `${metadata.name} is in the middle of a rollout`,
		why: `${half.updated} of its ${count(half.pods, 'pod')} ${half.updated === 1 ? 'is' : 'are'} of the newest version`,
		next: `Wait for it, and see how far it is: mkcoa deploy status ${words}. Or take it back: mkcoa deploy rollback ${words}`,
	});
}

/**
 * Why the present version of a workload is none to come back to: it has never served in every pod. Undefined where it has, or where nothing tells; a
 * version that served and is failing now has.
 */
export function neverWhole(workload: KubeObject): string | undefined {
	const half = halfRolled(workload);
	if (half !== undefined) return `only ${half.updated} of ${count(half.pods, 'pod')} ${half.updated === 1 ? 'is' : 'are'} of it`;
	const {done, ready, wanted} = readinessOf(workload);
	return done || !isUnfinished(workload) ? undefined : `${ready} of ${count(wanted, 'pod')} ${ready === 1 ? 'is' : 'are'} ready`;
}

/** The controller's own word that it has not brought the present template to its end yet. */
function isUnfinished(workload: KubeObject): boolean {
	if (workload.kind === 'Deployment') {
		const progress = objectsAt(workload, 'status', 'conditions').find(condition => wordAt(condition, 'type') === 'Progressing');
		return progress !== undefined && unfinished.has(wordAt(progress, 'reason'));
	}
	if (workload.kind !== 'StatefulSet' || valueAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete') return false;
	const [current, update] = [textAt(workload, 'status', 'currentRevision'), textAt(workload, 'status', 'updateRevision')];
	return keptOld(workload) === 0 && current !== undefined && update !== undefined && current !== update;
}

/** Reasons of a Deployment's condition Progressing before it is whole. @see pkg/controller/deployment/util/deployment_util.go */
const unfinished = new Set(['NewReplicaSetCreated', 'FoundNewReplicaSet', 'ReplicaSetUpdated', 'ProgressDeadlineExceeded']);
