import {wantedReplicas} from '../../core/consequences/rollout.ts';
import {numberAt, objectAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import {mayGo} from '../coherence/budget-check.ts';
import {type Case, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {merge} from './patch-remedy.ts';

function remediesFor(budget: KubeObject, workload: KubeObject, pods: number): readonly Remedy[] {
	const name = refText(refOf(budget));
	const loosen = merge(
		budget,
		{spec: {minAvailable: null, maxUnavailable: 1}},
		{
			side: 'budget',
			sure: false,
			text: {
				en: `Let ${name} give up one pod at a time (maxUnavailable 1)`,
				ko: `${name}가 파드 하나씩은 놓아주게 합니다 (maxUnavailable 1)`,
			},
		},
	);
	const grow: Remedy = {
		tool: 'workload_scale',
		input: {
			workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}`,
			namespace: workload.metadata.namespace ?? 'default',
			replicas: pods + 1,
		},
		side: 'workload',
		sure: false,
		text: {en: `Scale ${refText(refOf(workload))} to ${pods + 1}`, ko: `${refText(refOf(workload))}를 ${pods + 1}개로 늘립니다`},
	};
	return workload.kind === 'DaemonSet' ? [loosen] : [loosen, grow];
}

const boundText = (budget: KubeObject) => {
	const least = valueAt(budget, 'spec', 'minAvailable');
	return least === undefined ? `maxUnavailable ${valueAt(budget, 'spec', 'maxUnavailable') ?? '-'}` : `minAvailable ${least}`;
};

const wantedPods = (workload: KubeObject) =>
	workload.kind === 'DaemonSet' ? (numberAt(workload, 'status', 'desiredNumberScheduled') ?? 0) : wantedReplicas(workload);

/** Pods that a budget counts beside those of one workload. */
const otherPods = (budget: KubeObject, workload: KubeObject, scene: Case['scene']): number =>
	['Deployment', 'StatefulSet', 'DaemonSet']
		.flatMap(kind => ofKind(scene, kind))
		.filter(each => each.kind !== workload.kind || each.metadata.name !== workload.metadata.name)
		.filter(each => each.metadata.namespace === budget.metadata.namespace)
		.filter(each => fitsSelector(valueAt(budget, 'spec', 'selector'), objectAt(each, 'spec', 'template', 'metadata', 'labels')))
		.reduce((sum, each) => sum + wantedPods(each), 0);

/** Budgets that let no pod go: every drain of a node that holds one of their pods waits for ever. */
export function budgetCauses({budgets, workload, scene}: Case): readonly Cause[] {
	if (workload === undefined) return [];
	const pods = wantedReplicas(workload);
	return budgets
		.filter(budget => mayGo(budget, pods + otherPods(budget, workload, scene)) < 1)
		.map(budget => ({
			id: 'budget-lets-nobody-go',
			resource: refOf(budget),
			path: valueAt(budget, 'spec', 'minAvailable') === undefined ? 'spec.maxUnavailable' : 'spec.minAvailable',
			hurts: [refOf(workload)],
			cause: {
				en: `${refText(refOf(budget))} lets no pod of ${refText(refOf(workload))} go at ${pods} replicas: no node with such a pod can be drained`,
				ko: `${refText(refOf(budget))} 때문에 레플리카 ${pods}개인 ${refText(refOf(workload))}의 파드를 하나도 내보낼 수 없어 노드 drain이 막힙니다`,
			},
			evidence: [
				{
					source: refText(refOf(budget)),
					detail: `${boundText(budget)}, replicas ${pods}`,
				},
			],
			remedies: remediesFor(budget, workload, pods),
		}));
}
