import type {Aggregate} from './aggregate.ts';
import {type Amounts, scaledAmount, wholeAmount} from './amounts.ts';
import type {ContainerRecommendation} from './container-recommendation.ts';
import {type Bound, defaultRecommender, estimate, type RecommenderSettings} from './estimate.ts';
import type {ContainerPolicy} from './policy.ts';

const resources = ['cpu', 'memory'] as const;

/** Only what the policy lets the recommender control. */
const controlled = (amounts: Required<Amounts>, names: readonly string[] = resources): Amounts =>
	Object.fromEntries(resources.filter(name => names.includes(name)).map(name => [name, amounts[name]]));

/**
 * Target and bounds of the containers of a pod, by name. The floor of the pod is shared among those that are scaled.
 * @see GetRecommendedPodResources in pkg/recommender/logic/recommender.go of the Vertical Pod Autoscaler 1.8.1
 */
export function recommendContainers(
	aggregates: ReadonlyMap<string, Aggregate>,
	policyOf: (container: string) => ContainerPolicy | undefined = () => undefined,
	settings: RecommenderSettings = defaultRecommender,
): readonly ContainerRecommendation[] {
	const scaled = [...aggregates].filter(([name]) => policyOf(name)?.mode !== 'Off');
	const share = 1 / scaled.length;
	const least = {
		cpu: scaledAmount(wholeAmount(settings.leastMillicores * 0.001 * 1000), share),
		memory: scaledAmount(wholeAmount(settings.leastMebibytes * 1024 * 1024), share),
	};
	return scaled
		.toSorted(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, aggregate]) => {
			const amounts = (bound: Bound) => {
				const {cpu, memory} = estimate(aggregate, bound, settings);
				const raised = {cpu: Math.max(cpu, least.cpu), memory: Math.max(memory, least.memory)};
				return controlled(raised, policyOf(name)?.controlledResources);
			};
			const target = amounts('target');
			return {name, target, lower: amounts('lower'), upper: amounts('upper'), uncapped: target};
		});
}
