import {healthOf} from '../../../analysis/health/health-of.ts';
import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';

/** How far an object is on its way to what its spec asks for. */
export type Readiness = {
	readonly done: boolean;
	/** Pods of the present template: how many are to serve, and how many can. Both 0 where the object has none. */
	readonly wanted: number;
	readonly ready: number;
	/** What it waits for, in a few words. */
	readonly waitsFor: string;
	/** Why waiting does not help any more; undefined while it may. */
	readonly failed: string | undefined;
	/** Why waiting will not help unless somebody acts or the object's controller changes its mind. */
	readonly doubtful: string | undefined;
};

type Counts = {
	readonly wanted: number;
	readonly updated: number;
	readonly ready: number;
	/** Pods of an earlier template that are still there. */
	readonly old: number;
};

const status = (object: KubeObject, field: string) => numberAt(object, 'status', field) ?? 0;
const replicas = (object: KubeObject) => numberAt(object, 'spec', 'replicas') ?? 1;

/**
 * The counts of the kinds of `apps`, read as `kubectl rollout status` does. A StatefulSet with a partition keeps the pods below it as
 * they are; one with OnDelete replaces none by itself, so what it has ready is all that can be waited for.
 */
const countsOf: {readonly [kind: string]: (object: KubeObject) => Counts} = {
	Deployment: object => ({
		wanted: replicas(object),
		updated: status(object, 'updatedReplicas'),
		ready: Math.min(status(object, 'availableReplicas'), status(object, 'updatedReplicas')),
		old: Math.max(0, status(object, 'replicas') - Math.min(replicas(object), status(object, 'updatedReplicas'))),
	}),
	ReplicaSet: object => ({
		wanted: replicas(object),
		updated: status(object, 'replicas'),
		ready: status(object, 'availableReplicas'),
		old: Math.max(0, status(object, 'replicas') - replicas(object)),
	}),
	StatefulSet: object => ({
		wanted: replicas(object),
		updated: Math.min(replicas(object), status(object, 'updatedReplicas') + keptOld(object)),
		ready: Math.min(status(object, 'availableReplicas'), status(object, 'readyReplicas')),
		old: Math.max(0, status(object, 'replicas') - status(object, 'updatedReplicas') - keptOld(object)),
	}),
	DaemonSet: object => ({
		wanted: status(object, 'desiredNumberScheduled'),
		updated: isOnDelete(object) ? status(object, 'desiredNumberScheduled') : status(object, 'updatedNumberScheduled'),
		ready: status(object, 'numberAvailable'),
		old: 0,
	}),
};

const isOnDelete = (object: KubeObject) => wordAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';

/** Pods of a StatefulSet that stay at the old template by its own wish. */
function keptOld(object: KubeObject): number {
	if (isOnDelete(object)) return replicas(object);
	return Math.min(replicas(object), numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0);
}

/** Whether the object's controller has not seen its last change. Some write the generation as text; kinds that write none tell nothing. */
export function isUnseen(object: KubeObject): boolean {
	const observed = valueAt(object, 'status', 'observedGeneration') ?? (isOfApps(object) ? 0 : undefined);
	return observed !== undefined && Number(observed) < (object.metadata.generation ?? 0);
}

const isOfApps = ({apiVersion, kind}: KubeObject) => groupOf(apiVersion) === 'apps' && Object.hasOwn(countsOf, kind);

const reasonOfDeadline = (object: KubeObject) =>
	objectsAt(object, 'status', 'conditions').some(condition => wordAt(condition, 'reason') === 'ProgressDeadlineExceeded')
		? `the ${object.kind} passed its progress deadline`
		: undefined;

/**
 * Reads one object of any kind.
 * @param pods how many pods must be ready at least, besides what the spec asks for
 */
export function readinessOf(object: KubeObject, pods = 0): Readiness {
	const counts = isOfApps(object) ? countsOf[object.kind]?.(object) : undefined;
	if (counts === undefined) return byHealth(object);
	const {updated, ready, old} = counts;
	const wanted = Math.max(counts.wanted, pods);
	const unseen = isUnseen(object);
	const deadline = unseen ? undefined : reasonOfDeadline(object);
	const isPaused = valueAt(object, 'spec', 'paused') === true;
	return {
		done: !unseen && updated >= counts.wanted && old === 0 && ready >= wanted,
		wanted,
		ready: unseen ? 0 : Math.min(ready, updated),
		waitsFor: unseen ? 'its controller' : old > 0 && ready >= wanted ? 'old pods to end' : 'new pods',
		failed: deadline,
		doubtful: isPaused ? `the ${object.kind} is paused, so nothing rolls out` : undefined,
	};
}

/** Kinds that count no pods that are known here: what their conditions and phases say. */
function byHealth(object: KubeObject): Readiness {
	const {status: word, message} = healthOf(object);
	const why = message === '' ? '' : `: ${plainLine(message, 200)}`;
	const isBad = word === 'Degraded' || word === 'Suspended' || word === 'Missing';
	return {
		done: word === 'Healthy',
		wanted: 0,
		ready: 0,
		waitsFor: `${object.kind} ${object.metadata.name}${why}`,
		failed: undefined,
		doubtful: isBad ? `${object.kind} ${object.metadata.name} is ${word.toLowerCase()}${why}` : undefined,
	};
}
