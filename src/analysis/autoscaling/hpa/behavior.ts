export type Policy = {readonly type: 'Pods' | 'Percent'; readonly value: number; readonly periodSeconds: number};

/** How fast one direction may go. */
export type ScalingRules = {
	readonly stabilizationWindowSeconds: number;
	readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
	readonly policies: readonly Policy[];
	readonly tolerance?: number | undefined;
};

/** `spec.behavior` with its defaults filled in. */
export type Behavior = {readonly scaleUp: ScalingRules; readonly scaleDown: ScalingRules};

export type GivenRules = {readonly [Field in keyof ScalingRules]?: ScalingRules[Field] | undefined};
export type GivenBehavior = {readonly scaleUp?: GivenRules | undefined; readonly scaleDown?: GivenRules | undefined};

const periodSeconds = 15;
const doubled: Policy = {type: 'Percent', value: 100, periodSeconds};
const defaultUp: ScalingRules = {
	stabilizationWindowSeconds: 0,
	selectPolicy: 'Max',
	policies: [{type: 'Pods', value: 4, periodSeconds}, doubled],
};
const defaultDown: ScalingRules = {stabilizationWindowSeconds: 300, selectPolicy: 'Max', policies: [doubled]};

const filled = (given: GivenRules = {}, fallback: ScalingRules): ScalingRules => ({
	stabilizationWindowSeconds: given.stabilizationWindowSeconds ?? fallback.stabilizationWindowSeconds,
	selectPolicy: given.selectPolicy ?? fallback.selectPolicy,
	policies: given.policies ?? fallback.policies,
	tolerance: given.tolerance ?? fallback.tolerance,
});

/**
 * The behavior as the server completes it, and the controller after it.
 * @param downscaleSeconds the controller's stabilization, which stands where the object names none
 * @see SetDefaults_HorizontalPodAutoscalerBehavior in pkg/apis/autoscaling/v2/defaults.go
 */
export const filledBehavior = (given: GivenBehavior, downscaleSeconds: number = defaultDown.stabilizationWindowSeconds): Behavior => ({
	scaleUp: filled(given.scaleUp, defaultUp),
	scaleDown: filled(given.scaleDown, {...defaultDown, stabilizationWindowSeconds: downscaleSeconds}),
});
