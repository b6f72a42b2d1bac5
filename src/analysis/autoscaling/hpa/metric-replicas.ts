import type {MetricSpec, Target} from './hpa-spec.ts';
import {averageReplicas, type PodReading, type Proposal, utilizationReplicas} from './pod-replicas.ts';
import {type Failure, isFailure, type PodMetrics, type ScaledPod} from './scaled-pod.ts';
import type {ControllerSettings} from './settings.ts';
import type {Tolerances} from './tolerance.ts';
import {externalTotal, sharedValueReplicas, valueReplicas} from './total-replicas.ts';

/** What a metric was at one moment: a value for each pod, or one or more of something else (thousandths), or why it could not be had. */
export type Reading = {readonly byPod: PodMetrics} | {readonly values: readonly number[]} | Failure;

/** The target's scale and pods, and how the controller looks at them. */
export type Look = {
	readonly specReplicas: number;
	readonly statusReplicas: number;
	readonly pods: readonly ScaledPod[];
	readonly tolerances: Tolerances;
	readonly settings: ControllerSettings;
	readonly nowMs: number;
};

/** What one metric asks for, named as in the reason of a rescale. */
export type MetricProposal = Proposal & {readonly name: string};

/** Why a metric asks for nothing: the reason and message of the condition ScalingActive. */
export type MetricFailure = Failure & {readonly reason: string; readonly message: string};

/** Of a type that the controller knows. */
type KnownMetric = Exclude<MetricSpec, {readonly type: 'Unknown'}>;

/** `told` is what the condition says of a failure, where that is less than the error. */
type Found = MetricProposal | (Failure & {readonly told?: string | undefined});

const prefixed = (prefix: string, found: Found): Found => (isFailure(found) ? {failure: `${prefix}: ${found.failure}`} : found);
const prefixedError = (prefix: string, found: Found): Found =>
	isFailure(found) ? {failure: `${prefix}: ${found.failure}`, told: found.failure} : found;
const named = (name: string, found: Proposal | Failure): Found => (isFailure(found) ? found : {...found, name});

function podReading(look: Look, reading: Reading, resource: string): PodReading | Failure {
	if (isFailure(reading)) return reading;
	if ('values' in reading) return {failure: 'no metrics returned from resource metrics API'};
	const {specReplicas, pods, tolerances, settings, nowMs} = look;
	return {currentReplicas: specReplicas, pods, metrics: reading.byPod, resource, tolerances, settings, nowMs};
}

function resourceReplicas(look: Look, reading: Reading, resource: string, target: Target, container?: string): Found {
	const pods = podReading(look, reading, resource);
	const failed = isFailure(pods) ? {failure: `unable to get metrics for resource ${resource}: ${pods.failure}`} : pods;
	if (target.averageValue !== undefined) {
		const found = isFailure(failed) ? failed : averageReplicas(failed, target.averageValue);
		return prefixed(`failed to get ${resource} usage`, named(`${resource} resource`, found));
	}
	if (target.averageUtilization === undefined)
		return {failure: 'invalid resource metric source: neither an average utilization target nor an average value (usage) target was set'};
	const found = isFailure(failed) ? failed : utilizationReplicas(failed, target.averageUtilization, container);
	const kind = container === undefined ? 'resource' : 'container resource';
	return prefixed(`failed to get ${resource} utilization`, named(`${resource} ${kind} utilization (percentage of request)`, found));
}

function podsReplicas(look: Look, reading: Reading, metric: string, target: Target): Found {
	const pods = podReading(look, reading, '');
	if (isFailure(pods)) return {failure: `unable to get metric ${metric}: ${pods.failure}`};
	return named(`pods metric ${metric}`, averageReplicas(pods, target.averageValue ?? 0));
}

const totalIn = (reading: Reading): number | Failure => {
	if (isFailure(reading)) return reading;
	return 'values' in reading ? externalTotal(reading.values) : {failure: 'no metrics returned'};
};

function objectReplicas(look: Look, reading: Reading, {metric, selector = 'nil', kind, target}: MetricSpec & {type: 'Object'}): Found {
	const total = totalIn(reading);
	const failed = (failure: string): Failure => ({failure: `unable to get metric ${metric}: ${failure}`});
	if (target.type === 'Value' && target.value !== undefined) {
		if (typeof total !== 'number') return failed(total.failure);
		return named(`${kind} metric ${metric}`, valueReplicas(look.specReplicas, total, target.value, look.tolerances, look.pods));
	}
	if (target.type === 'AverageValue' && target.averageValue !== undefined) {
		if (typeof total !== 'number') return prefixedError(`failed to get ${metric} object metric`, failed(total.failure));
		const found = sharedValueReplicas(look.statusReplicas, total, target.averageValue, look.tolerances);
		return named(`external metric ${metric}(${selector})`, found);
	}
	return {failure: 'invalid object metric source: neither a value target nor an average value target was set'};
}

function externalReplicas(look: Look, reading: Reading, {metric, selector = 'nil', target}: MetricSpec & {type: 'External'}): Found {
	const total = totalIn(reading);
	const name = `external metric ${metric}(${selector})`;
	const failed = (failure: string): Failure => ({failure: `unable to get external metric ${metric}: ${failure}`});
	if (target.averageValue !== undefined) {
		if (typeof total !== 'number') return prefixedError(`failed to get ${metric} external metric`, failed(total.failure));
		return named(name, sharedValueReplicas(look.statusReplicas, total, target.averageValue, look.tolerances));
	}
	if (target.value === undefined)
		return {failure: 'invalid external metric source: neither a value target nor an average value target was set'};
	const found =
		typeof total === 'number' ? valueReplicas(look.specReplicas, total, target.value, look.tolerances, look.pods) : failed(total.failure);
	return prefixedError(`failed to get external metric ${metric}`, named(name, found));
}

function found(spec: KnownMetric, look: Look, reading: Reading): Found {
	switch (spec.type) {
		case 'Resource':
			return resourceReplicas(look, reading, spec.resource, spec.target);
		case 'ContainerResource':
			return resourceReplicas(look, reading, spec.resource, spec.target, spec.container);
		case 'Pods':
			return podsReplicas(look, reading, spec.metric, spec.target);
		case 'Object':
			return objectReplicas(look, reading, spec);
		case 'External':
			return externalReplicas(look, reading, spec);
	}
}

function whatFailed(spec: KnownMetric): string {
	switch (spec.type) {
		case 'Resource':
			return `${spec.resource} resource metric value`;
		case 'ContainerResource':
			return `${spec.container} container metric value`;
		case 'Pods':
			return 'pods metric value';
		case 'Object':
			return 'object metric value';
		case 'External':
			return `${spec.metric} external metric value`;
	}
}

const unable = (failure: string) => `the HPA was unable to compute the replica count: ${failure}`;

/**
 * What one metric asks for.
 * @see computeReplicasForMetric in horizontal.go of kubernetes 1.36
 */
export function metricReplicas(spec: MetricSpec, look: Look, reading: Reading): MetricProposal | MetricFailure {
	if (spec.type === 'Unknown') {
		const failure = `unknown metric source type "${spec.given}"`;
		return {failure, reason: 'InvalidMetricSourceType', message: unable(failure)};
	}
	const result = found(spec, look, reading);
	if (!isFailure(result)) return result;
	return {
		failure: `failed to get ${whatFailed(spec)}: ${result.failure}`,
		reason: `FailedGet${spec.type}Metric`,
		message: unable(result.told ?? result.failure),
	};
}
