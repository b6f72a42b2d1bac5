import {objectAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {type AnyCheck, check} from '../check.ts';
import type {Workload, World} from '../world.ts';

const budgetKind = 'policy/PodDisruptionBudget';
const autoscalerKind = 'autoscaling/HorizontalPodAutoscaler';
const scaled = ['apps/Deployment', 'apps/StatefulSet'];

const namespaceOf = ({metadata}: KubeObject) => metadata.namespace ?? 'default';

/** Pods that a budget protects are told by labels alone, within its namespace. */
const protects = (budget: KubeObject, {object, labels}: Workload) =>
	namespaceOf(budget) === namespaceOf(object) && fitsSelector(valueAt(budget, 'spec', 'selector'), labels);

const isScaled = ({object: {kind}}: Workload) => kind === 'Deployment' || kind === 'StatefulSet';

/** How many pods a workload is to have; the API's own default is one. */
const replicasOf = ({object}: Workload): number => {
	const replicas = valueAt(object, 'spec', 'replicas');
	return typeof replicas === 'number' ? replicas : 1;
};

const percent = (value: unknown) => (typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined);

/** An amount of pods, or a share of so many of them, rounded up as the controller does. */
function podsOf(value: unknown, all: number): number | undefined {
	const share = percent(value);
	if (share !== undefined) return Math.ceil((Number(share) * all) / 100);
	const amount = typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
	return amount;
}

/** Why no pod may ever be evicted; undefined where one may. */
function lockedBy(budget: KubeObject, {workloads}: World) {
	const {maxUnavailable, minAvailable} = objectAt(budget, 'spec');
	if (podsOf(maxUnavailable, 100) === 0) return {field: 'maxUnavailable', evidence: `maxUnavailable is ${String(maxUnavailable)}`};
	if (percent(minAvailable) === '100') return {field: 'minAvailable', evidence: 'minAvailable is 100%'};
	const all = workloads.filter(each => isScaled(each) && protects(budget, each)).reduce((sum, each) => sum + replicasOf(each), 0);
	const least = podsOf(minAvailable, all);
	if (all === 0 || least === undefined || least < all) return undefined;
	return {field: 'minAvailable', evidence: `minAvailable is ${String(minAvailable)}, and there are to be ${all} pods`};
}

/** Workloads whose number of pods an autoscaler sets, with it. */
function scaledBy({workloads, ofKind}: World) {
	const byTarget = new Map(
		ofKind(autoscalerKind).map(autoscaler => {
			const {kind, name} = objectAt(autoscaler, 'spec', 'scaleTargetRef');
			return [`${String(kind)}/${namespaceOf(autoscaler)}/${String(name)}`, autoscaler];
		}),
	);
	return workloads.filter(isScaled).flatMap(workload => {
		const {object} = workload;
		const autoscaler = byTarget.get(`${object.kind}/${namespaceOf(object)}/${object.metadata.name}`);
		return autoscaler === undefined ? [] : [{workload, autoscaler}];
	});
}

/** Whether budgets let nodes be drained. */
export const budgetChecks: readonly AnyCheck[] = [
	check({
		id: 'budget-allows-nothing',
		family: 'availability',
		title: 'Disruption budgets let pods be evicted',
		why: 'A budget that never allows an eviction holds up every drain, until somebody deletes pods by force.',
		severity: 'medium',
		reads: [budgetKind, ...scaled],
		settings: {},
		look: world =>
			world.ofKind(budgetKind).map(budget => {
				const locked = lockedBy(budget, world);
				const path = `spec.${locked?.field}`;
				return {
					resource: refOf(budget),
					faults:
						locked === undefined ? [] : [{paths: [path], mends: [{path, ask: 'room for at least one pod'}], evidence: locked.evidence}],
				};
			}),
	}),
	check({
		id: 'budget-above-autoscaler',
		family: 'availability',
		title: 'Autoscalers keep more pods than disruption budgets demand',
		why: 'When the autoscaler is down at its minimum, the budget allows no eviction and no node can be drained.',
		severity: 'low',
		reads: [...scaled, budgetKind, autoscalerKind],
		settings: {equalToo: true},
		look: (world, {equalToo}) =>
			scaledBy(world).flatMap(({workload, autoscaler}) => {
				const budget = world.ofKind(budgetKind).find(each => protects(each, workload));
				const min = valueAt(autoscaler, 'spec', 'minReplicas') ?? 1;
				const demanded = valueAt(budget, 'spec', 'minAvailable');
				if (budget === undefined || typeof min !== 'number') return [];
				const least = podsOf(demanded, min);
				const isFine = least === undefined || least < min || (least === min && !equalToo);
				const resource = refOf(autoscaler);
				if (isFine) return [{resource, faults: []}];
				const path = 'spec.minReplicas';
				return [
					{
						resource,
						faults: [
							{
								paths: [path],
								mends: [{path, ask: `more than ${least}`}],
								evidence: `its minimum is ${min}, and ${budget.metadata.name} demands ${String(demanded)}`,
								related: [{resource: refOf(budget), paths: ['spec.minAvailable']}],
							},
						],
					},
				];
			}),
	}),
];
