import type {Pod} from '../pod-shapes.ts';
import {isReady} from '../pod-state.ts';
import {quantity} from '../quantity.ts';
import type {HorizontalPodAutoscaler} from '../shapes.ts';

/** Within this distance of the target's ratio the real controller leaves things alone. */
const tolerance = 0.1;

/** Cores and bytes that a pod uses now; undefined while no metrics exist for it. */
export type PodUsage = (pod: Pod) => {readonly cpu: number; readonly memory: number} | undefined;

export type Measured = {readonly name: string; readonly utilization: number; readonly value: number};
export type NoVerdict = {readonly reason: string; readonly message: string};
export type Verdict = {readonly replicas: number; readonly current: readonly Measured[]} | NoVerdict;

type Resource = NonNullable<NonNullable<HorizontalPodAutoscaler['spec']['metrics']>[number]['resource']>;
type Name = 'cpu' | 'memory';

/**
 * How many replicas the metrics ask for: the most that any of them does. Says in the real controller's words why it cannot tell.
 * @param usage undefined where no metrics API is served
 */
export function hpaVerdict({spec}: HorizontalPodAutoscaler, pods: readonly Pod[], replicas: number, usage: PodUsage | undefined): Verdict {
	const current: Measured[] = [];
	let wanted = 0;
	for (const {resource} of spec.metrics ?? []) {
		if (resource === undefined || (resource.name !== 'cpu' && resource.name !== 'memory')) return noCustomMetrics;
		const one = judge(resource, resource.name, pods, replicas, usage);
		if ('reason' in one) return one;
		current.push(one.measured);
		wanted = Math.max(wanted, one.wanted);
	}
	return {replicas: wanted, current};
}

const noCustomMetrics: NoVerdict = {
	reason: 'FailedGetPodsMetric',
	message:
		'the HPA was unable to compute the replica count: unable to get metric: no custom metrics API (custom.metrics.k8s.io) registered',
};

const noMetricsApi =
	'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';

function judge({target}: Resource, name: Name, pods: readonly Pod[], replicas: number, usage: PodUsage | undefined) {
	const cause = (text: string): NoVerdict => ({
		reason: 'FailedGetResourceMetric',
		message: `the HPA was unable to compute the replica count: failed to get ${name} utilization: ${text}`,
	});
	if (usage === undefined) return cause(`unable to get metrics for resource ${name}: ${noMetricsApi}`);
	const undeclared = target.averageUtilization === undefined ? undefined : withoutRequest(pods, name);
	if (undeclared !== undefined) return cause(`missing request for ${name} in container ${undeclared.container} of Pod ${undeclared.pod}`);
	const measured = pods.filter(isReady).flatMap(pod => {
		const used = usage(pod);
		return used === undefined ? [] : [{used: used[name], request: requestOf(pod, name)}];
	});
	if (measured.length === 0) return cause(`unable to get metrics for resource ${name}: no metrics returned from resource metrics API`);
	const used = measured.reduce((total, one) => total + one.used, 0);
	const request = measured.reduce((total, one) => total + one.request, 0);
	const goal =
		target.averageUtilization === undefined ? quantity(target.averageValue) * measured.length : (request * target.averageUtilization) / 100;
	const ratio = used / goal;
	return {
		measured: {name, utilization: Math.round((used / request) * 100), value: used / measured.length},
		wanted: Math.abs(ratio - 1) <= tolerance ? replicas : Math.ceil(ratio * measured.length - 1e-9),
	};
}

function withoutRequest(pods: readonly Pod[], name: Name) {
	for (const {metadata, spec} of pods) {
		const container = spec.containers.find(({resources}) => resources?.requests?.[name] === undefined);
		if (container !== undefined) return {pod: metadata.name, container: container.name};
	}
	return undefined;
}

const requestOf = ({spec}: Pod, name: Name) =>
	spec.containers.reduce((total, {resources}) => total + quantity(resources?.requests?.[name]), 0);
