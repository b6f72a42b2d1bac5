import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {withCondition} from '../conditions.ts';
import type {Tools} from '../controller.ts';
import type {Condition} from '../pod-shapes.ts';
import {putStatus} from '../put-status.ts';
import type {Measured} from './hpa-verdict.ts';

export type HpaNews = {
	readonly currentReplicas: number;
	readonly desiredReplicas: number;
	readonly current: readonly Measured[];
	readonly lastScaleTime: string | undefined;
	/** All that hold now; others are taken away. */
	readonly conditions: readonly Condition[];
};

/** Writes what the autoscaler found. */
export function writeHpaStatus({machine, world, clock}: Tools, {metadata}: KubeObject, news: HpaNews): void {
	const hpa = world.get('HorizontalPodAutoscaler', metadata.namespace, metadata.name);
	if (hpa === undefined) return;
	const kept = (hpa.status?.conditions ?? []).filter(({type}) => news.conditions.some(condition => condition.type === type));
	putStatus(machine, hpa, {
		...(hpa.metadata.generation === undefined ? {} : {observedGeneration: hpa.metadata.generation}),
		...(news.lastScaleTime === undefined ? {} : {lastScaleTime: news.lastScaleTime}),
		currentReplicas: news.currentReplicas,
		desiredReplicas: news.desiredReplicas,
		currentMetrics: news.current.map(metricStatus),
		conditions: news.conditions.reduce<readonly Condition[]>((list, condition) => withCondition(list, condition, clock.now()), kept),
	});
}

function metricStatus({name, utilization, value}: Measured) {
	const averageValue = name === 'cpu' ? `${Math.round(value * 1000)}m` : String(Math.round(value));
	return {
		type: 'Resource',
		resource: {name, current: {...(Number.isFinite(utilization) ? {averageUtilization: utilization} : {}), averageValue}},
	};
}

export const rescaled = (after: number): Condition => ({
	type: 'AbleToScale',
	status: 'True',
	reason: 'SucceededRescale',
	message: `the HPA controller was able to update the target scale to ${after}`,
});

/** The three conditions of an autoscaler that could judge, in the real controller's words. */
export function hpaConditions(
	before: number,
	after: number,
	limited: 'TooManyReplicas' | 'TooFewReplicas' | undefined,
	metric: string,
): readonly Condition[] {
	return [
		after === before
			? {type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale', message: 'recommended size matches current size'}
			: rescaled(after),
		{
			type: 'ScalingActive',
			status: 'True',
			reason: 'ValidMetricFound',
			message: `the HPA was able to successfully calculate a replica count from ${metric} resource utilization (percentage of request)`,
		},
		limited === undefined
			? {type: 'ScalingLimited', status: 'False', reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range'}
			: {
					type: 'ScalingLimited',
					status: 'True',
					reason: limited,
					message: `the desired replica count is ${limited === 'TooManyReplicas' ? 'more than the maximum' : 'less than the minimum'} replica count`,
				},
	];
}
