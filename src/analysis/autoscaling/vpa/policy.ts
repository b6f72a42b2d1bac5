import {type Amounts, roundedUpTo} from './amounts.ts';
import type {ContainerRecommendation} from './container-recommendation.ts';

/** One entry of `spec.resourcePolicy.containerPolicies`. Millicores and bytes. */
export type ContainerPolicy = {
	/** `*` is for all that have none of their own. */
	readonly containerName: string;
	readonly mode?: 'Auto' | 'Off' | undefined;
	readonly minAllowed?: Amounts | undefined;
	readonly maxAllowed?: Amounts | undefined;
	readonly controlledResources?: readonly string[] | undefined;
};

/** The policy of a container. @see GetContainerResourcePolicy in pkg/utils/vpa/api.go */
export const policyFor = (policies: readonly ContainerPolicy[], container: string): ContainerPolicy | undefined =>
	policies.find(({containerName}) => containerName === container) ?? policies.findLast(({containerName}) => containerName === '*');

function each(amounts: Amounts, change: (value: number, resource: 'cpu' | 'memory') => number): Amounts {
	return {
		...(amounts.cpu === undefined ? {} : {cpu: change(amounts.cpu, 'cpu')}),
		...(amounts.memory === undefined ? {} : {memory: change(amounts.memory, 'memory')}),
	};
}

const everywhere = (recommendation: ContainerRecommendation, change: (amounts: Amounts) => Amounts): ContainerRecommendation => ({
	...recommendation,
	target: change(recommendation.target),
	lower: change(recommendation.lower),
	upper: change(recommendation.upper),
});

/**
 * Within the policy's bounds; a bound of zero is none. The uncapped target stays.
 * @param most for resources that the policy gives no upper bound (`--container-recommendation-max-allowed-*`)
 * @see ApplyVPAPolicy in pkg/utils/vpa/capping.go
 */
export function capped(
	recommendation: ContainerRecommendation,
	policy: ContainerPolicy | undefined,
	most: Amounts = {},
): ContainerRecommendation {
	const upper = {...most, ...policy?.maxAllowed};
	return everywhere(recommendation, amounts =>
		each(amounts, (value, resource) => {
			const raised = Math.max(value, policy?.minAllowed?.[resource] ?? 0);
			return Math.min(raised, upper[resource] || Number.POSITIVE_INFINITY);
		}),
	);
}

/** Whole cores, for containers that an annotation names. @see cpu_integer_post_processor.go */
export function wholeCores(
	recommendation: ContainerRecommendation,
	annotations: {readonly [name: string]: string},
): ContainerRecommendation {
	if (annotations[`vpa-post-processor.kubernetes.io/${recommendation.name}_integerCPU`] !== 'true') return recommendation;
	return rounded(recommendation, {millicores: 1000, bytes: 1});
}

/** Up to the steps of `--round-cpu-millicores` and `--round-memory-bytes`. @see ResourcesAsResourceList in model/types.go */
export function rounded(
	recommendation: ContainerRecommendation,
	steps: {readonly millicores: number; readonly bytes: number},
): ContainerRecommendation {
	const change = (amounts: Amounts) =>
		each(amounts, (value, resource) => roundedUpTo(value, resource === 'cpu' ? steps.millicores : steps.bytes));
	return {...everywhere(recommendation, change), uncapped: change(recommendation.uncapped)};
}
