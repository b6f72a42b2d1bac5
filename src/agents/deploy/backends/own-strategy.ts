import {numberAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {isArgoBlueGreen} from './argo/argo-action.ts';
import type {ControlledBackend} from './backend.ts';
import {notPossible} from './control.ts';
import {isFlaggerBlueGreen} from './flagger/flagger-progress.ts';
import {commandFor} from './next-for.ts';

type Told = Pick<ControlledBackend, 'kind' | 'controller'>;

/** @throws `not-possible` where a controller rolls the workload out by another strategy than blue-green, which is named */
export function refuseOtherThanBlueGreen({kind, controller}: Told): void {
	const isBlueGreen = {'argo-rollout': isArgoBlueGreen, flagger: isFlaggerBlueGreen, kruise: isKruiseBlueGreen}[kind](controller);
	if (isBlueGreen) return;
	const named = Object.keys(objectAt(controller, 'spec', 'strategy')).filter(key => key !== 'paused');
	throw notPossible(
		`${refText(refOf(controller))} is not rolled out blue-green`,
		named.length === 0 && kind !== 'flagger'
			? 'its spec names no strategy'
			: `the strategy in its spec is ${kind === 'flagger' ? 'an analysis by weights or requests' : named.join(' and ')}, and its controller goes by that alone`,
		`Roll the new version out by it: ${commandFor(kind, controller, 'canary')} --image IMAGE`,
	);
}

const isKruiseBlueGreen = (rollout: KubeObject) => valueAt(rollout, 'spec', 'strategy', 'blueGreen') !== undefined;

/** How an Argo Rollout goes over to a new version, for people. */
export function argoStrategyText(rollout: KubeObject): string {
	if (!isArgoBlueGreen(rollout)) return 'by the steps of its spec; weights and intervals of this command say nothing here';
	const strategy = objectAt(rollout, 'spec', 'strategy', 'blueGreen');
	const seconds = numberAt(strategy, 'autoPromotionSeconds') ?? 0;
	const isByHand = strategy.autoPromotionEnabled === false;
	const when =
		seconds === 0
			? isByHand
				? 'when somebody promotes it'
				: 'as soon as the new pods are ready'
			: `when the new pods are ready and ${seconds} s are over`;
	return `by the blue-green strategy of its spec: all requests go over at once, ${when}; steps, checks and times of this command say nothing here`;
}
