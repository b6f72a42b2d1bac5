import type {GivenBehavior} from './behavior.ts';

/** What a metric should be, in thousandths; percent for a utilization. */
export type Target = {
	readonly type?: string | undefined;
	readonly averageUtilization?: number | undefined;
	readonly averageValue?: number | undefined;
	readonly value?: number | undefined;
};

/** One entry of `spec.metrics`. */
export type MetricSpec =
	| {readonly type: 'Resource'; readonly resource: string; readonly target: Target}
	| {readonly type: 'ContainerResource'; readonly resource: string; readonly container: string; readonly target: Target}
	| {readonly type: 'Pods'; readonly metric: string; readonly target: Target}
	| {readonly type: 'Object'; readonly metric: string; readonly selector?: string; readonly kind: string; readonly target: Target}
	| {readonly type: 'External'; readonly metric: string; readonly selector?: string; readonly target: Target}
	/** A type that the controller does not know. */
	| {readonly type: 'Unknown'; readonly given: string};

/** What a HorizontalPodAutoscaler says, without the names of things. */
export type HpaSpec = {
	/** 1 where undefined. */
	readonly minReplicas?: number | undefined;
	readonly maxReplicas: number;
	readonly metrics: readonly MetricSpec[];
	readonly behavior?: GivenBehavior | undefined;
};
