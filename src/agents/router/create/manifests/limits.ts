import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {type Labels, objectOf, type Place} from './object.ts';
import {type ClaimWish, claimSpec} from './workloads.ts';

export const namespaceOf = (name: string, labels: Labels): KubeObject => objectOf('v1', 'Namespace', {name}, {}, labels);

export const configMapOf = (place: Place, data: Labels, isImmutable: boolean): KubeObject =>
	objectOf('v1', 'ConfigMap', place, {data, ...(isImmutable ? {immutable: true} : {})});

/** What pods that run as an account get of it. */
export type AccountWish = {
	readonly automountServiceAccountToken?: boolean | undefined;
	readonly imagePullSecrets?: readonly {readonly name: string}[];
};

export const serviceAccountOf = (place: Place, wish: AccountWish): KubeObject => objectOf('v1', 'ServiceAccount', place, wish);

/** What a claim may say beside how much it takes, of which class and how: where its data comes from, and which volume it binds. */
export type ClaimSource = {
	readonly volumeMode?: 'Block' | 'Filesystem' | undefined;
	readonly volumeName?: string | undefined;
	readonly dataSource?: {readonly apiGroup?: string; readonly kind: string; readonly name: string} | undefined;
	readonly selector?: {readonly matchLabels: Labels} | undefined;
};

export const claimOf = (place: Place, wish: ClaimWish, source: ClaimSource): KubeObject =>
	objectOf('v1', 'PersistentVolumeClaim', place, {spec: {...claimSpec(wish), ...source}});

/** @param scope which pods alone are counted */
export const quotaOf = (place: Place, hard: Labels, scope: JsonObject): KubeObject =>
	objectOf('v1', 'ResourceQuota', place, {spec: {hard, ...scope}});

/** What a LimitRange may bound, and its bounds, in the order in which they are written. */
export const limitTypes = ['Container', 'Pod', 'PersistentVolumeClaim'] as const;
export const limitSides = ['default', 'defaultRequest', 'min', 'max', 'maxLimitRequestRatio'] as const;

/** Amounts by resource: for containers that say none, and the bounds of those that do. */
export type LimitRangeWish = {readonly type: (typeof limitTypes)[number]} & {readonly [side in (typeof limitSides)[number]]?: Labels};

export const limitRangeOf = (place: Place, limits: readonly LimitRangeWish[]): KubeObject =>
	objectOf('v1', 'LimitRange', place, {spec: {limits}});

/** Pods that may be away: a number, or a text such as `50%`. */
export type BudgetWish = {
	readonly field: 'minAvailable' | 'maxUnavailable';
	readonly amount: number | string;
	readonly unhealthyPodEvictionPolicy?: 'AlwaysAllow' | 'IfHealthyBudget';
};

export const budgetOf = (place: Place, selector: Labels, {field, amount, ...rest}: BudgetWish): KubeObject =>
	objectOf('policy/v1', 'PodDisruptionBudget', place, {spec: {[field]: amount, ...rest, selector: {matchLabels: selector}}});

/** What an autoscaler holds steady: a share of the request in percent, or an amount for each pod; of a metric by its name, an amount. */
export type MetricWish =
	| {
			readonly resource: 'cpu' | 'memory';
			/** The one container that counts. */
			readonly container?: string | undefined;
			readonly target: {readonly utilization: number} | {readonly average: string};
	  }
	| {readonly metric: string; readonly type: 'Pods' | 'External'; readonly average?: string; readonly value?: string};

/** How fast an autoscaler may go one way. Seconds. */
export type PaceWish = {
	readonly policies?: readonly {readonly type: 'Pods' | 'Percent'; readonly value: number; readonly periodSeconds: number}[];
	readonly stabilizationWindowSeconds?: number;
	readonly selectPolicy?: 'Disabled';
};

export type AutoscalerWish = {
	readonly min: number;
	readonly max: number;
	readonly metrics: readonly MetricWish[];
	readonly scaleUp?: PaceWish | undefined;
	readonly scaleDown?: PaceWish | undefined;
};

function metricOf(wish: MetricWish): JsonObject {
	if ('metric' in wish) {
		const target = wish.average === undefined ? {type: 'Value', value: wish.value} : {type: 'AverageValue', averageValue: wish.average};
		return {type: wish.type, [wish.type.toLowerCase()]: {metric: {name: wish.metric}, target}};
	}
	const {resource: name, container, target: told} = wish;
	const target =
		'utilization' in told
			? {type: 'Utilization', averageUtilization: told.utilization}
			: {type: 'AverageValue', averageValue: told.average};
	return container === undefined
		? {type: 'Resource', resource: {name, target}}
		: {type: 'ContainerResource', containerResource: {container, name, target}};
}

export const autoscalerOf = (
	place: Place,
	target: {readonly apiVersion: string; readonly kind: string; readonly name: string},
	{min, max, metrics, scaleUp, scaleDown}: AutoscalerWish,
): KubeObject =>
	objectOf('autoscaling/v2', 'HorizontalPodAutoscaler', place, {
		spec: {
			scaleTargetRef: target,
			minReplicas: min,
			maxReplicas: max,
			metrics: metrics.map(metricOf),
			...(scaleUp === undefined && scaleDown === undefined ? {} : {behavior: {scaleUp, scaleDown}}),
		},
	});
