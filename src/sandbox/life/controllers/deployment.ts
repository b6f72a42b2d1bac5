import {StatusError} from '../../status-error.ts';
import {withCondition} from '../conditions.ts';
import {type Controller, itself, ownerOf, type Tools} from '../controller.ts';
import {controllerOf} from '../owners.ts';
import type {Labels} from '../pod-shapes.ts';
import {isFinished} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {Deployment, ReplicaSet} from '../shapes.ts';
import {claim} from './adoption.ts';
import {newSize, oldSizes, proportionalSizes, wanted} from './deployment-arithmetic.ts';
import {byAge, currentAnnotations, currentSet, newSet, revisionOf, sizeAnnotations} from './deployment-revisions.ts';
import {deadlineInMs, deploymentStatus, isComplete} from './deployment-status.ts';

const component = 'deployment-controller';
const manager = 'kube-controller-manager';

/** Rolls pods from one template to the next by growing one ReplicaSet and shrinking the others. */
export function deploymentController(tools: Tools): Controller {
	const {world, clock} = tools;
	return {
		name: component,
		concerns: {Deployment: itself, ReplicaSet: ownerOf('Deployment'), Pod: podsOfRecreated(tools)},
		sync({namespace, name}) {
			const deployment = world.get('Deployment', namespace, name);
			if (deployment === undefined) return undefined;
			if (deployment.metadata.deletionTimestamp === undefined) roll(tools, deployment);
			writeStatus(tools, namespace, name);
			const after = world.get('Deployment', namespace, name);
			return after && deadlineInMs(after, clock.now());
		},
	};
}

/** Recreate waits until the last old pod is gone, which no ReplicaSet tells. */
function podsOfRecreated({world}: Tools): Controller['concerns'][string] {
	return ({type, object}) => {
		const owner = type === 'DELETED' ? controllerOf(object) : undefined;
		const set = owner?.kind === 'ReplicaSet' ? world.get('ReplicaSet', object.metadata.namespace, owner.name) : undefined;
		const deployment = set && controllerOf(set);
		return deployment === undefined ? [] : [{namespace: object.metadata.namespace, name: deployment.name}];
	};
}

const setsOf = ({world}: Tools, {metadata}: Deployment) =>
	byAge(world.list('ReplicaSet', metadata.namespace).filter(set => controllerOf(set)?.uid === metadata.uid));

function roll(tools: Tools, deployment: Deployment) {
	const all = tools.world.list('ReplicaSet', deployment.metadata.namespace);
	claim(
		tools,
		deployment,
		setsOf(tools, deployment),
		all.filter(set => controllerOf(set) === undefined),
	);
	const sets = setsOf(tools, deployment);
	const found = currentSet(deployment, sets);
	const isScaling = sets.some(set => wanted(set) > 0 && scaledFrom(set) !== undefined && scaledFrom(set) !== wanted(deployment));
	if (deployment.spec.paused === true || isScaling) {
		notePause(tools, deployment);
		return scaleAll(tools, deployment, sets, found);
	}
	notePause(tools, deployment);
	const old = sets.filter(set => set !== found);
	if (deployment.spec.strategy?.type === 'Recreate') return recreate(tools, deployment, found, old);
	const fresh = settle(tools, deployment, found, old);
	if (fresh === undefined) return;
	const grown = newSize(deployment, [...old, fresh], wanted(fresh));
	const target = wanted(fresh) > wanted(deployment) ? wanted(deployment) : grown;
	if (target !== wanted(fresh)) return void resize(tools, deployment, fresh, target);
	for (const [set, size] of oldSizes(deployment, fresh, old)) resize(tools, deployment, set, size);
	cleanUp(tools, deployment, old);
}

const scaledFrom = ({metadata}: ReplicaSet) => {
	const text = metadata.annotations?.['deployment.kubernetes.io/desired-replicas'];
	return text === undefined ? undefined : Number(text);
};

function recreate(tools: Tools, deployment: Deployment, found: ReplicaSet | undefined, old: readonly ReplicaSet[]) {
	const running = old.filter(set => wanted(set) > 0);
	for (const set of running) resize(tools, deployment, set, 0);
	if (running.length > 0) return;
	if (old.some(set => tools.pods.ownedBy(set.metadata.uid).some(pod => !isFinished(pod)))) return;
	const fresh = settle(tools, deployment, found, old);
	if (fresh === undefined) return;
	resize(tools, deployment, fresh, wanted(deployment));
	cleanUp(tools, deployment, old);
}

/** A change of the number of replicas: the one active set takes it, or several share it. */
function scaleAll(tools: Tools, deployment: Deployment, sets: readonly ReplicaSet[], found: ReplicaSet | undefined) {
	const active = sets.filter(set => wanted(set) > 0);
	const [only] = active.length === 0 ? [found ?? sets.at(-1)] : active;
	if (only !== undefined && active.length <= 1) return resize(tools, deployment, only, wanted(deployment));
	if (found !== undefined && found.status?.availableReplicas === wanted(deployment) && wanted(found) === wanted(deployment)) {
		for (const set of active) if (set !== found) resize(tools, deployment, set, 0);
		return;
	}
	if (deployment.spec.strategy?.type === 'Recreate') return;
	for (const [set, size] of proportionalSizes(deployment, active)) resize(tools, deployment, set, size);
}

/** The current set with its revision, made if there is none; undefined when the server refused it. */
function settle(tools: Tools, deployment: Deployment, found: ReplicaSet | undefined, old: readonly ReplicaSet[]): ReplicaSet | undefined {
	const {machine, world, record} = tools;
	const {namespace, name} = deployment.metadata;
	const revision = Math.max(0, ...old.map(revisionOf)) + 1;
	if (found !== undefined) {
		const annotations = currentAnnotations(deployment, found, revision);
		const {minReadySeconds: _, ...spec} = found.spec;
		machine.update({...found, metadata: {...found.metadata, annotations}, spec: {...spec, ...minReady(deployment)}}, manager);
		noteRevision(tools, deployment, Math.max(revision, revisionOf(found)));
		return world.get('ReplicaSet', namespace, found.metadata.name);
	}
	const size = newSize(deployment, old, 0);
	const made = createSet(tools, deployment, newSet(deployment, size, revision));
	if (made === undefined) return undefined;
	if (size > 0) record(deployment, {reason: 'ScalingReplicaSet', message: `Scaled up replica set ${made} from 0 to ${size}`, component});
	noteRevision(tools, deployment, revision);
	setProgress(tools, namespace, name, 'NewReplicaSetCreated', `Created new replica set "${made}"`);
	return world.get('ReplicaSet', namespace, made);
}

const minReady = ({spec}: Deployment) => (spec.minReadySeconds === undefined ? {} : {minReadySeconds: spec.minReadySeconds});

/** The name of the set; undefined when another template has the same hash, and the next try takes another one. */
function createSet(tools: Tools, deployment: Deployment, set: ReturnType<typeof newSet>): string | undefined {
	const {machine, world} = tools;
	try {
		return machine.create(set, manager).metadata.name;
	} catch (error) {
		if (!(error instanceof StatusError) || error.reason !== 'AlreadyExists') throw error;
		const now = world.get('Deployment', deployment.metadata.namespace, deployment.metadata.name);
		if (now !== undefined) {
			machine.update({...now, status: {...now.status, collisionCount: (now.status?.collisionCount ?? 0) + 1}}, manager, 'status');
		}
		return undefined;
	}
}

function noteRevision({machine, world}: Tools, {metadata}: Deployment, revision: number) {
	const now = world.get('Deployment', metadata.namespace, metadata.name);
	if (now === undefined || revisionOf(now) === revision) return;
	const annotations: Labels = {...now.metadata.annotations, 'deployment.kubernetes.io/revision': String(revision)};
	// The real controller writes this annotation together with the status.
	machine.update({...now, metadata: {...now.metadata, annotations}}, manager, 'status');
}

function setProgress(
	{machine, world, clock}: Tools,
	namespace: string | undefined,
	name: string,
	reason: string,
	message: string,
	status = 'True',
) {
	const now = world.get('Deployment', namespace, name);
	if (now?.spec.progressDeadlineSeconds === undefined) return;
	const conditions = withCondition(now.status?.conditions, {type: 'Progressing', status, reason, message}, clock.now(), {updated: true});
	machine.update({...now, status: {...now.status, conditions}}, manager, 'status');
}

function notePause(tools: Tools, {metadata, spec, status}: Deployment) {
	const reason = status?.conditions?.find(({type}) => type === 'Progressing')?.reason;
	const paused = spec.paused === true;
	if (paused && reason !== 'DeploymentPaused' && reason !== undefined && reason !== 'ProgressDeadlineExceeded') {
		setProgress(tools, metadata.namespace, metadata.name, 'DeploymentPaused', 'Deployment is paused', 'Unknown');
	} else if (!paused && reason === 'DeploymentPaused') {
		setProgress(tools, metadata.namespace, metadata.name, 'DeploymentResumed', 'Deployment is resumed', 'Unknown');
	}
}

/** Writes the size and, beside it, the size of the deployment it was computed for. */
function resize({machine, world, record}: Tools, deployment: Deployment, {metadata}: ReplicaSet, size: number) {
	const set = world.get('ReplicaSet', metadata.namespace, metadata.name);
	if (set === undefined) return;
	const annotations = {...set.metadata.annotations, ...sizeAnnotations(deployment)};
	const before = wanted(set);
	machine.update({...set, metadata: {...set.metadata, annotations}, spec: {...set.spec, replicas: size}}, manager);
	if (size === before) return;
	const direction = size > before ? 'up' : 'down';
	record(deployment, {
		reason: 'ScalingReplicaSet',
		message: `Scaled ${direction} replica set ${metadata.name} from ${before} to ${size}`,
		component,
	});
}

/** Old sets beyond the history limit go, once the rollout is complete. */
function cleanUp(tools: Tools, deployment: Deployment, old: readonly ReplicaSet[]) {
	const {replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0} = deployment.status ?? {};
	if (!isComplete(deployment, {replicas, updatedReplicas, readyReplicas, availableReplicas})) return;
	const idle = old.filter(set => wanted(set) === 0 && (set.status?.replicas ?? 0) === 0).toSorted((a, b) => revisionOf(a) - revisionOf(b));
	const excess = idle.length - (deployment.spec.revisionHistoryLimit ?? 10);
	for (const {metadata} of idle.slice(0, Math.max(0, excess))) tools.machine.remove('ReplicaSet', metadata.namespace, metadata.name);
}

function writeStatus(tools: Tools, namespace: string | undefined, name: string) {
	const {machine, world, clock} = tools;
	const deployment = world.get('Deployment', namespace, name);
	if (deployment === undefined) return;
	const sets = setsOf(tools, deployment);
	putStatus(machine, deployment, deploymentStatus(deployment, currentSet(deployment, sets), sets, clock.now()));
}
