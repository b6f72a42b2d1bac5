import {healthOf} from '../../../analysis/health/health-of.ts';
import {isUnseen, workloadCounts} from '../../../analysis/health/workload-counts.ts';
import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';

/** How far an object is on its way to what its spec asks for. */
export type Readiness = {
	readonly done: boolean;
	/** Pods of the present template: how many are to serve, and how many can. Both 0 where the object has none. */
	readonly wanted: number;
	readonly ready: number;
	/** It has no status at all: its controller has not come, or its kind has none to come. */
	readonly isSilent: boolean;
	/** What it waits for, in a few words. */
	readonly waitsFor: string;
	/** Why waiting does not help any more; undefined while it may. */
	readonly failed: string | undefined;
	/** Why waiting will not help unless somebody acts or the object's controller changes its mind. */
	readonly doubtful: string | undefined;
};

const reasonOfDeadline = (object: KubeObject) =>
	objectsAt(object, 'status', 'conditions').some(condition => wordAt(condition, 'reason') === 'ProgressDeadlineExceeded')
		? `the ${object.kind} passed its progress deadline`
		: undefined;

/**
 * Reads one object of any kind.
 * @param pods how many pods must be ready at least, besides what the spec asks for
 */
export function readinessOf(object: KubeObject, pods = 0): Readiness {
	const counts = workloadCounts(object);
	if (counts === undefined) return byHealth(object, pods);
	const {updated, ready, old} = counts;
	const wanted = Math.max(counts.wanted, pods);
	const unseen = isUnseen(object);
	const leaving = object.metadata.deletionTimestamp === undefined ? undefined : `the ${object.kind} is being deleted`;
	const deadline = unseen ? undefined : reasonOfDeadline(object);
	const isPaused = valueAt(object, 'spec', 'paused') === true;
	return {
		done: !unseen && leaving === undefined && updated >= counts.wanted && old === 0 && ready >= wanted,
		wanted,
		ready: unseen ? 0 : Math.min(ready, updated),
		isSilent: false,
		waitsFor: unseen ? 'its controller' : old > 0 && ready >= wanted ? 'old pods to end' : 'new pods',
		failed: leaving ?? deadline,
		doubtful: isPaused ? `the ${object.kind} is paused, so nothing rolls out` : undefined,
	};
}

/** Kinds that count no pods that are known here: what their conditions and phases say. */
function byHealth(object: KubeObject, pods: number): Readiness {
	const {status: word, message} = healthOf(object);
	const why = message === '' ? '' : `: ${plainLine(message, 200)}`;
	const ready = numberAt(object, 'status', 'readyReplicas') ?? numberAt(object, 'status', 'availableReplicas') ?? 0;
	const isBad = word === 'Degraded' || word === 'Suspended' || word === 'Missing';
	return {
		done: word === 'Healthy' && ready >= pods,
		wanted: pods,
		ready,
		isSilent: object.status === undefined,
		waitsFor: `${object.kind} ${object.metadata.name}${why}`,
		failed: undefined,
		doubtful: isBad ? `${object.kind} ${object.metadata.name} is ${word.toLowerCase()}${why}` : undefined,
	};
}
