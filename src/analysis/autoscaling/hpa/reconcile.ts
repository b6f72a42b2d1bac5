import {allMetrics, type Inactive} from './all-metrics.ts';
import {filledBehavior} from './behavior.ts';
import {type Condition, isTrue, withCondition, without} from './conditions.ts';
import type {HpaSpec} from './hpa-spec.ts';
import type {Reading} from './metric-replicas.ts';
import {type Memory, normalized, remembering} from './normalize.ts';
import {type Failure, isFailure, type ScaledPod} from './scaled-pod.ts';
import type {ControllerSettings} from './settings.ts';
import {tolerancesOf} from './tolerance.ts';

/** The scale subresource of the target, and the pods that its selector finds. */
export type Target = {
	readonly specReplicas: number;
	readonly statusReplicas: number;
	readonly pods: readonly ScaledPod[];
	/** What is wrong with the selector. */
	readonly selectorProblem?: {readonly reason: 'InvalidSelector' | 'AmbiguousSelector'; readonly message: string} | undefined;
};

/** One look of the controller. */
export type Round = {
	readonly spec: HpaSpec;
	readonly target: Target | Failure;
	/** One for each metric, in their order. */
	readonly readings: readonly Reading[];
	readonly settings: ControllerSettings;
	readonly nowMs: number;
	/** What the server answers to the new scale where it refuses it. */
	readonly updateFailure?: string | undefined;
};

/** What the controller did and says. */
export type Outcome = {
	readonly desiredReplicas: number;
	readonly isRescaled: boolean;
	/** As in the event SuccessfulRescale; empty where nothing was scaled. */
	readonly reason: string;
	readonly conditions: readonly Condition[];
	readonly memory: Memory;
	readonly failure?: string | undefined;
};

/** What the metrics, or the bounds alone, make of the current replicas. */
type Decision = {readonly desired: number; readonly reason: string; readonly conditions: readonly Condition[]; readonly memory: Memory};

const able = (reason: string, message: string, status = true): Condition => ({type: 'AbleToScale', status, reason, message});
const active = (reason: string, message: string, status = false): Condition => ({type: 'ScalingActive', status, reason, message});

const isOutside = (spec: HpaSpec) => spec.metrics.some(({type}) => type === 'Object' || type === 'External');

function fromMetrics(round: Round, target: Target, conditions: readonly Condition[], memory: Memory): Decision | Inactive {
	const {spec, settings, nowMs} = round;
	if (target.selectorProblem !== undefined) return {failure: target.selectorProblem.message, ...target.selectorProblem};
	const behavior = spec.behavior && filledBehavior(spec.behavior, Math.trunc(settings.downscaleStabilizationMs / 1000));
	const combined = allMetrics(spec.metrics, {...target, tolerances: tolerancesOf(behavior, settings), settings, nowMs}, round.readings);
	if (isFailure(combined)) return combined;
	const current = target.specReplicas;
	const wanted = Math.max(combined.replicas, 0);
	const asked = wanted < current ? 'All metrics below target' : wanted > current ? `${combined.name} above target` : '';
	const bounds = {minReplicas: spec.minReplicas ?? 1, maxReplicas: spec.maxReplicas};
	const found = normalized(current, wanted, bounds, behavior, memory, settings, nowMs);
	const [desired, reason] =
		current === 0 && found.replicas < bounds.minReplicas && settings.scaleToZero && isTrue(conditions, 'ScaledToZero')
			? [bounds.minReplicas, asked || 'Current number of replicas below Spec.MinReplicas']
			: [found.replicas, asked];
	const message = `the HPA was able to successfully calculate a replica count from ${combined.name}`;
	return {
		desired,
		reason,
		conditions: found.conditions.reduce(withCondition, withCondition(conditions, active('ValidMetricFound', message, true))),
		memory: found.memory,
	};
}

/** Whether a target with no replicas was brought there by the autoscaler, which then brings it back. A person's zero stays. */
function mayWake({spec, settings}: Round, conditions: readonly Condition[]): boolean {
	return settings.scaleToZero && isTrue(conditions, 'ScaledToZero') && ((spec.minReplicas ?? 1) !== 0 || isOutside(spec));
}

function decide(round: Round, target: Target, conditions: readonly Condition[], memory: Memory): Decision | Inactive {
	const {minReplicas = 1, maxReplicas} = round.spec;
	const current = target.specReplicas;
	if (current === 0 && !mayWake(round, conditions)) {
		const message = 'scaling is disabled since the replica count of the target is zero';
		const kept = round.settings.scaleToZero ? conditions : without(conditions, 'ScaledToZero');
		return {desired: 0, reason: '', conditions: withCondition(kept, active('ScalingDisabled', message)), memory};
	}
	if (current !== 0 && current > maxReplicas)
		return {desired: maxReplicas, reason: 'Current number of replicas above Spec.MaxReplicas', conditions, memory};
	if (current !== 0 && current < minReplicas)
		return {desired: minReplicas, reason: 'Current number of replicas below Spec.MinReplicas', conditions, memory};
	return fromMetrics(round, target, conditions, memory);
}

function rescaled(round: Round, current: number, {desired, reason, conditions, memory}: Decision): Outcome {
	if (round.updateFailure !== undefined) {
		const refused = able('FailedUpdateScale', `the HPA controller was unable to update the target scale: ${round.updateFailure}`, false);
		const failure = `failed to rescale: ${round.updateFailure}`;
		return {desiredReplicas: current, isRescaled: false, reason, conditions: withCondition(conditions, refused), memory, failure};
	}
	const done = withCondition(conditions, able('SucceededRescale', `the HPA controller was able to update the target scale to ${desired}`));
	const isZero = current > 0 && desired === 0 && round.spec.minReplicas === 0 && isOutside(round.spec);
	const zero: Condition = isZero
		? {type: 'ScaledToZero', status: true, reason: 'ScaledToZero', message: 'the HPA controller scaled the workload to zero'}
		: {type: 'ScaledToZero', status: false, reason: 'NotScaledToZero', message: 'the HPA controller did not scale the workload to zero'};
	return {
		desiredReplicas: desired,
		isRescaled: true,
		reason,
		conditions: round.settings.scaleToZero ? withCondition(done, zero) : without(done, 'ScaledToZero'),
		memory: remembering(memory, round.spec.behavior, current, desired, round.nowMs),
	};
}

/**
 * One look of the horizontal pod autoscaler's controller: what it would set the replicas to, and what it would say. What it remembers goes
 * in and comes out.
 * @see reconcileAutoscaler in pkg/controller/podautoscaler/horizontal.go of kubernetes 1.36
 */
export function reconcile(round: Round, before: readonly Condition[], past: Memory): Outcome {
	const {target} = round;
	if (isFailure(target)) {
		const failed = able('FailedGetScale', `the HPA controller was unable to get the target's current scale: ${target.failure}`, false);
		const failure = `failed to query scale subresource: ${target.failure}`;
		return {desiredReplicas: 0, isRescaled: false, reason: '', conditions: withCondition(before, failed), memory: past, failure};
	}
	const current = target.specReplicas;
	const conditions = withCondition(before, able('SucceededGetScale', "the HPA controller was able to get the target's current scale"));
	const memory = past.recommendations === undefined ? {...past, recommendations: [{replicas: current, atMs: round.nowMs}]} : past;
	const decision = decide(round, target, conditions, memory);
	if (isFailure(decision)) {
		const inactive = active(decision.reason, decision.message);
		const failure = `failed to compute desired number of replicas based on listed metrics: ${decision.failure}`;
		return {desiredReplicas: current, isRescaled: false, reason: '', conditions: withCondition(conditions, inactive), memory, failure};
	}
	if (decision.desired !== current) return rescaled(round, current, decision);
	return {desiredReplicas: current, isRescaled: false, reason: '', conditions: decision.conditions, memory: decision.memory};
}
