import {conditionOf, withCondition, withoutCondition} from '../conditions.ts';
import type {Condition} from '../pod-shapes.ts';
import type {Deployment, DeploymentStatus, ReplicaSet} from '../shapes.ts';
import {millis} from '../time.ts';
import {bounds, sumOf, wanted} from './deployment-arithmetic.ts';
import {positive} from './replica-set.ts';

/** The status that follows from the ReplicaSets, conditions included, with the words of the real controller. */
export function deploymentStatus(
	deployment: Deployment,
	fresh: ReplicaSet | undefined,
	sets: readonly ReplicaSet[],
	nowMs: number,
): DeploymentStatus {
	const available = sumOf(sets, set => set.status?.availableReplicas);
	const counts = {
		replicas: sumOf(sets, set => set.status?.replicas),
		updatedReplicas: fresh?.status?.replicas ?? 0,
		readyReplicas: sumOf(sets, set => set.status?.readyReplicas),
		availableReplicas: available,
		unavailableReplicas: Math.max(0, sumOf(sets, wanted) - available),
	};
	const {collisionCount} = deployment.status ?? {};
	let conditions = deployment.status?.conditions;
	conditions = withCondition(conditions, availability(deployment, available), nowMs, {
		updated: changed(conditions, availability(deployment, available)),
	});
	conditions = progress(deployment, fresh, counts, conditions, nowMs);
	const failure = sets.flatMap(set => conditionOf(set.status?.conditions, 'ReplicaFailure') ?? [])[0];
	conditions =
		failure === undefined
			? withoutCondition(conditions, 'ReplicaFailure')
			: withCondition(conditions, failure, nowMs, {updated: changed(conditions, failure)});
	return {
		...(deployment.metadata.generation === undefined ? {} : {observedGeneration: deployment.metadata.generation}),
		...positive(counts),
		terminatingReplicas: sumOf(sets, set => set.status?.terminatingReplicas),
		...(collisionCount === undefined ? {} : {collisionCount}),
		conditions,
	};
}

const changed = (conditions: readonly Condition[] | undefined, {type, status, reason, message}: Condition) => {
	const before = conditionOf(conditions, type);
	return before?.status !== status || before.reason !== reason || before.message !== message;
};

function availability(deployment: Deployment, available: number): Condition {
	return available >= wanted(deployment) - bounds(deployment).unavailable
		? {type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.'}
		: {type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.'};
}

type Counts = {
	readonly replicas: number;
	readonly updatedReplicas: number;
	readonly readyReplicas: number;
	readonly availableReplicas: number;
};

export const isComplete = (deployment: Deployment, {replicas, updatedReplicas, availableReplicas}: Counts) =>
	updatedReplicas === wanted(deployment) && replicas === wanted(deployment) && availableReplicas === wanted(deployment);

/** Progressing: complete, moving, or standing still for longer than the deadline. @see syncRolloutStatus in progress.go */
function progress(deployment: Deployment, fresh: ReplicaSet | undefined, counts: Counts, conditions: readonly Condition[], nowMs: number) {
	if (deployment.spec.progressDeadlineSeconds === undefined || deployment.spec.paused === true) return conditions;
	const before = conditionOf(conditions, 'Progressing');
	if (counts.replicas === counts.updatedReplicas && before?.reason === 'NewReplicaSetAvailable') return conditions;
	const who = fresh === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${fresh.metadata.name}"`;
	const set = (status: string, reason: string, message: string) => {
		const condition = {type: 'Progressing', status, reason, message};
		return withCondition(conditions, condition, nowMs, {updated: reason === 'ReplicaSetUpdated' || changed(conditions, condition)});
	};
	if (isComplete(deployment, counts)) return set('True', 'NewReplicaSetAvailable', `${who} has successfully progressed.`);
	if (isMoving(deployment.status, counts)) return set('True', 'ReplicaSetUpdated', `${who} is progressing.`);
	if (isTimedOut(deployment, before, nowMs)) return set('False', 'ProgressDeadlineExceeded', `${who} has timed out progressing.`);
	return conditions;
}

function isMoving(before: DeploymentStatus | undefined, after: Counts): boolean {
	return (
		after.updatedReplicas > (before?.updatedReplicas ?? 0) ||
		after.replicas - after.updatedReplicas < (before?.replicas ?? 0) - (before?.updatedReplicas ?? 0) ||
		after.readyReplicas > (before?.readyReplicas ?? 0) ||
		after.availableReplicas > (before?.availableReplicas ?? 0)
	);
}

function isTimedOut({spec}: Deployment, progressing: Condition | undefined, nowMs: number): boolean {
	if (progressing === undefined || progressing.reason === 'NewReplicaSetAvailable') return false;
	return progressing.reason === 'ProgressDeadlineExceeded' || nowMs >= deadlineMs(spec.progressDeadlineSeconds ?? 600, progressing);
}

const deadlineMs = (seconds: number, progressing: Condition) => millis(progressing.lastUpdateTime) + seconds * 1000;

/** How long until the deadline of a rollout that is under way; undefined when none runs. */
export function deadlineInMs({spec, status}: Deployment, nowMs: number): number | undefined {
	const progressing = conditionOf(status?.conditions, 'Progressing');
	if (spec.progressDeadlineSeconds === undefined || spec.paused === true || progressing === undefined) return undefined;
	if (['NewReplicaSetAvailable', 'ProgressDeadlineExceeded'].includes(progressing.reason ?? '')) return undefined;
	return Math.max(1, deadlineMs(spec.progressDeadlineSeconds, progressing) - nowMs);
}
