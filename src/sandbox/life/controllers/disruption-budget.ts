import {fitsSelector} from '../../../core/kube/selector.ts';
import {withCondition} from '../conditions.ts';
import {type Controller, itself, type Key, keyOf, type Tools} from '../controller.ts';
import {scaled} from '../int-or-percent.ts';
import {controllerOf} from '../owners.ts';
import type {Pod} from '../pod-shapes.ts';
import {isActive, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {DisruptionBudget} from '../shapes.ts';
import {isKind} from '../world.ts';

/** Says how many of the selected pods may be evicted now. */
export function disruptionController(tools: Tools): Controller {
	const {world, clock} = tools;
	return {
		name: 'disruption-controller',
		concerns: {
			PodDisruptionBudget: itself,
			Pod: ({object, before}): readonly Key[] => {
				if (
					isKind(object, 'Pod') &&
					before !== undefined &&
					isKind(before, 'Pod') &&
					isReady(object) === isReady(before) &&
					isActive(object) === isActive(before)
				)
					return [];
				return budgetsFor(tools, object.metadata.namespace, object.metadata.labels).map(keyOf);
			},
		},
		sync({namespace, name}) {
			const budget = world.get('PodDisruptionBudget', namespace, name);
			if (budget !== undefined) writeStatus(tools, budget, clock.now());
			return undefined;
		},
	};
}

export const budgetsFor = ({world}: Pick<Tools, 'world'>, namespace: string | undefined, labels: Pod['metadata']['labels']) =>
	world.list('PodDisruptionBudget', namespace).filter(({spec}) => fitsSelector(spec.selector, labels));

function writeStatus(tools: Tools, budget: DisruptionBudget, nowMs: number) {
	const {world, machine} = tools;
	const pods = world.list('Pod', budget.metadata.namespace).filter(pod => fitsSelector(budget.spec.selector, pod.metadata.labels));
	const disrupted = Object.fromEntries(
		Object.entries(budget.status?.disruptedPods ?? {}).filter(([name]) => pods.some(pod => pod.metadata.name === name && isActive(pod))),
	);
	const healthy = pods.filter(pod => isActive(pod) && isReady(pod) && disrupted[pod.metadata.name] === undefined).length;
	// With a plain number of pods that must stay, the real controller counts those that exist and asks no owner.
	const expected = typeof budget.spec.minAvailable === 'number' ? pods.length : expectedPods(tools, pods);
	const desired =
		budget.spec.maxUnavailable === undefined
			? scaled(budget.spec.minAvailable ?? 1, expected, 'up')
			: Math.max(0, expected - scaled(budget.spec.maxUnavailable, expected, 'up'));
	const allowed = expected === 0 ? 0 : Math.max(0, healthy - desired);
	const condition = {
		type: 'DisruptionAllowed',
		status: allowed > 0 ? 'True' : 'False',
		reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
		message: '',
		...(budget.metadata.generation === undefined ? {} : {observedGeneration: budget.metadata.generation}),
	};
	putStatus(machine, budget, {
		observedGeneration: budget.metadata.generation,
		...(Object.keys(disrupted).length === 0 ? {} : {disruptedPods: disrupted}),
		disruptionsAllowed: allowed,
		currentHealthy: healthy,
		desiredHealthy: desired,
		expectedPods: expected,
		conditions: withCondition(budget.status?.conditions, condition, nowMs),
	});
}

/** The replicas that the owners of the pods want, not the pods that happen to exist. */
function expectedPods({machine}: Tools, pods: readonly Pod[]): number {
	const scales = new Map<string, number>();
	let single = 0;
	for (const pod of pods.filter(isActive)) {
		const owner = controllerOf(pod);
		if (owner === undefined) single++;
		else if (!scales.has(owner.uid)) scales.set(owner.uid, scaleOf(machine, pod.metadata.namespace, owner.kind, owner.name) ?? 1);
	}
	return [...scales.values()].reduce((total, count) => total + count, single);
}

function scaleOf(machine: Tools['machine'], namespace: string | undefined, kind: string, name: string): number | undefined {
	const owner = machine.get(kind, namespace, name);
	const spec = owner?.spec;
	return typeof spec === 'object' && spec !== null && 'replicas' in spec && typeof spec.replicas === 'number' ? spec.replicas : undefined;
}
