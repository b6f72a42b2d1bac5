import type {MetricSpec} from '../../../analysis/autoscaling/hpa/hpa-spec.ts';
import {requestsOf} from '../../../analysis/autoscaling/hpa/pod-requests.ts';
import {readPod} from '../../../analysis/autoscaling/hpa/read-pod.ts';
import {isFailure} from '../../../analysis/autoscaling/hpa/scaled-pod.ts';
import type {ScaleSettings} from '../../../analysis/autoscaling/scale/replay.ts';
import {podSize} from '../../../analysis/capacity/pod-size.ts';
import {listAt, valueAt} from '../../../core/kube/json-at.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {ScaledWorkload} from './scaled-workload.ts';

/** Part of the request at which replicas are counted where no autoscaler says another: room for half as much again. */
const usualTarget = 70;

/** How the number of pods follows from CPU. */
export type ScaledBy = {
	/** Whose CPU counts; all containers of a pod where undefined. */
	readonly container: string | undefined;
	/** Of a pod, as the autoscaler counts it; undefined with the reason in `lacking`. */
	readonly requestCores: number | undefined;
	/** As the autoscaler says it. */
	readonly lacking: string | undefined;
	/** Of a pod; undefined where a container may take what is free. */
	readonly limitCores: number | undefined;
	/** Undefined without an autoscaler, and where it does not look at CPU. */
	readonly present: ScaleSettings | undefined;
	/** In `spec.metrics`. */
	readonly index: number;
	/** Whether the target is an amount of cores instead of a part of the request. */
	readonly isAmount: boolean;
	/** What else it scales by, in words. */
	readonly others: readonly string[];
};

const metricText = (metric: MetricSpec): string => {
	switch (metric.type) {
		case 'Resource':
			return metric.resource;
		case 'ContainerResource':
			return `${metric.resource} of container ${metric.container}`;
		case 'Object':
			return `${metric.metric} of a ${metric.kind}`;
		case 'Pods':
			return `${metric.metric} of its pods`;
		case 'External':
			return `${metric.metric} from outside`;
		case 'Unknown':
			return `a metric of the type ${metric.given}`;
	}
};

const isCpu = (metric: MetricSpec): boolean =>
	(metric.type === 'Resource' || metric.type === 'ContainerResource') &&
	metric.resource === 'cpu' &&
	(metric.target.averageUtilization !== undefined || metric.target.averageValue !== undefined);

/** What a container may use at most: only where all of them have a limit does a pod have one. */
function limitOf({object}: ScaledWorkload, container: string | undefined): number | undefined {
	const containers = listAt(podSpecOf(object), 'containers').filter(each => container === undefined || valueAt(each, 'name') === container);
	if (containers.some(each => valueAt(each, 'resources', 'limits', 'cpu') === undefined)) return undefined;
	const cores = podSize({containers: [...containers]}, 'limits').cpuCores;
	return cores > 0 ? cores : undefined;
}

function requestOf({subject}: ScaledWorkload, container: string | undefined): {readonly cores?: number; readonly lacking?: string} {
	const living = subject.pods.filter(({metadata}) => metadata.deletionTimestamp === undefined).map(readPod);
	const requests = requestsOf(living, container, 'cpu', true);
	if (isFailure(requests)) return {lacking: requests.failure};
	const cores = requests.values().reduce((sum, milli) => sum + milli, 0) / Math.max(1, requests.size) / 1000;
	return cores > 0 ? {cores} : {lacking: 'its pods have no CPU request'};
}

/** By what an autoscaler sets the number of pods, as far as CPU tells it. */
export function scaledBy(workload: ScaledWorkload): ScaledBy {
	const metrics = workload.spec?.metrics ?? [];
	const index = metrics.findIndex(isCpu);
	const metric = metrics[index];
	const container = metric?.type === 'ContainerResource' ? metric.container : undefined;
	const {cores, lacking} = requestOf(workload, container);
	const target = metric !== undefined && 'target' in metric ? metric.target : {};
	const amount = target.averageUtilization === undefined && target.averageValue !== undefined ? target.averageValue / 1000 : undefined;
	// An amount of cores is a part of any request.
	const requestCores = cores ?? amount;
	const targetPercent = amount === undefined || requestCores === undefined ? target.averageUtilization : (amount * 100) / requestCores;
	const {minReplicas = 1, maxReplicas = 0, behavior} = workload.spec ?? {};
	return {
		...{container, requestCores, index, isAmount: amount !== undefined},
		lacking: amount === undefined ? lacking : undefined,
		limitCores: limitOf(workload, container),
		present: targetPercent === undefined ? undefined : {minReplicas, maxReplicas, targetPercent, behavior},
		others: metrics.filter((_, at) => at !== index).map(metricText),
	};
}

/** Settings by which replicas are counted: those there are, else as many as are wanted now, at the usual target. */
export const countedBy = ({present}: ScaledBy): ScaleSettings =>
	present ?? {minReplicas: 1, maxReplicas: Number.MAX_SAFE_INTEGER, targetPercent: usualTarget};
