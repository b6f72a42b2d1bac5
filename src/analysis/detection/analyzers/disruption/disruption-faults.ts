import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {budgetCauses} from '../../../diagnosis/budget-causes.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changedLast, isChangedSinceMade, writeText} from '../../../diagnosis/last-write.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {countsStrangers} from './counts-strangers.ts';
import {guardedBy, labelsOf, nameOfGuarded, selectRemedy} from './guarded.ts';
import {leaveOut} from './left-out.ts';
import {unmanagedPods} from './unmanaged-pods.ts';
import {unscaledPods} from './unscaled-pods.ts';

/** What keeps pods running for ever, and may therefore be guarded. */
const guarded = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod']);

/** The workload that a budget is named after, and that no budget guards. */
function meantWorkload(budget: KubeObject, workloads: readonly KubeObject[], budgets: readonly KubeObject[]): KubeObject | undefined {
	const open = workloads.filter(
		each => each.kind !== 'Pod' && !budgets.some(other => other !== budget && guardedBy(other, [each]).length > 0),
	);
	const names = open.map(({metadata}) => metadata.name);
	const {name} = budget.metadata;
	const meant = meantName(name, names) ?? meantName(nameOfGuarded(budget), names);
	return open.find(({metadata}) => metadata.name === meant);
}

/** A budget whose selector fits nothing: whoever relies on it loses all pods in one drain. */
function guardsNobody(
	budget: KubeObject,
	workloads: readonly KubeObject[],
	budgets: readonly KubeObject[],
	survey: Survey,
): readonly Cause[] {
	const {namespace} = budget.metadata;
	if (!survey.isRead('Pod', namespace) || guardedBy(budget, workloads).length > 0) return [];
	if (survey.all('Pod', namespace).some(pod => fitsSelector(valueAt(budget, 'spec', 'selector'), pod.metadata.labels))) return [];
	const meant = meantWorkload(budget, workloads, budgets);
	const name = refText(refOf(budget));
	const labels = labelText(objectAt(budget, 'spec', 'selector', 'matchLabels'));
	return [
		{
			id: 'budget-guards-nobody',
			resource: refOf(budget),
			path: 'spec.selector.matchLabels',
			severity: meant !== undefined || isChangedSinceMade(budget) ? 'medium' : 'low',
			hurts: meant === undefined ? [] : [refOf(meant)],
			cause: {
				en: `${name} guards pods with ${labels}, and there are none: a drain may take all pods of ${meant === undefined ? 'whoever relies on it' : refText(refOf(meant))} at once`,
				ko: `${name}가 지키는 ${labels} 파드가 없어 드레인이 모든 파드를 한꺼번에 내보낼 수 있습니다`,
			},
			evidence: [
				{source: name, detail: `spec.selector ${labels}, ${writeText(budget)}`},
				...(meant === undefined ? [] : [{source: refText(refOf(meant)), detail: `pod labels ${labelText(labelsOf(meant))}`}]),
			],
			remedies: meant === undefined ? [] : [selectRemedy(budget, meant)],
		},
	];
}

/**
 * Budgets that guard the same pods: the eviction API refuses every eviction of such a pod.
 * @see "This pod has more than one PodDisruptionBudget" in kubernetes pkg/registry/core/pod/storage/eviction.go
 */
function overlapping(workload: KubeObject, workloads: readonly KubeObject[], budgets: readonly KubeObject[]): readonly Cause[] {
	const both = budgets.filter(each => guardedBy(each, [workload]).length > 0);
	const [first, second] = both;
	if (first === undefined || second === undefined) return [];
	const last = changedLast(both);
	const wide = both.toSorted((a, b) => guardedBy(b, workloads).length - guardedBy(a, workloads).length)[0];
	const wrong = last ?? both.find(each => meantWorkload(each, workloads, budgets) !== undefined) ?? wide ?? second;
	const others = both.filter(each => each !== wrong).map(each => refText(refOf(each)));
	const meant = meantWorkload(wrong, workloads, budgets);
	const name = refText(refOf(wrong));
	const exception = meant === undefined || meant === workload ? exceptionOf(workload, workloads, budgets, last !== undefined) : [];
	const superfluous: Remedy = {
		tool: 'resource_delete',
		input: {kind: 'PodDisruptionBudget', name: wrong.metadata.name, namespace: wrong.metadata.namespace ?? 'default'},
		side: 'budget',
		sure: last !== undefined && guardedBy(wrong, workloads).length === 1,
		text: {en: `Delete ${name}: ${others.join(', ')} guards the same pods`, ko: `같은 파드를 지키는 ${name}를 삭제합니다`},
	};
	return [
		{
			id: 'budgets-overlap',
			resource: refOf(wrong),
			path: 'spec.selector',
			hurts: [refOf(workload)],
			cause: {
				en: `${name} guards the pods of ${refText(refOf(workload))}, which ${others.join(', ')} guards already: every eviction of them is refused, and no drain ends`,
				ko: `${name}가 이미 ${others.join(', ')}가 지키는 ${refText(refOf(workload))}의 파드를 지켜 모든 축출(eviction)이 거부됩니다`,
			},
			evidence: both.map(each => ({
				source: refText(refOf(each)),
				detail: `spec.selector ${JSON.stringify(valueAt(each, 'spec', 'selector'))}, ${writeText(each)}`,
			})),
			remedies: exception.length > 0 ? exception : [meant === undefined || meant === workload ? superfluous : selectRemedy(wrong, meant)],
		},
	];
}

/** The wider of two budgets makes an exception of what has a budget of its own. */
function exceptionOf(
	workload: KubeObject,
	workloads: readonly KubeObject[],
	budgets: readonly KubeObject[],
	sure: boolean,
): readonly Remedy[] {
	const both = budgets
		.filter(each => guardedBy(each, [workload]).length > 0)
		.toSorted((a, b) => guardedBy(b, workloads).length - guardedBy(a, workloads).length);
	const [wide, narrow] = [both[0], both.at(-1)];
	if (wide === undefined || narrow === undefined) return [];
	const all = guardedBy(wide, workloads);
	const outs = all.filter(each => budgets.some(other => other !== wide && guardedBy(other, [each]).length > 0));
	const keeps = all.filter(each => !outs.includes(each));
	return keeps.length === 0 ? [] : [leaveOut(wide, outs, keeps, sure) ?? []].flat();
}

/** The controller says that it cannot tell, such as of pods whose owner has no scale. */
function notComputed(budget: KubeObject): readonly Cause[] {
	const told = listAt(budget, 'status', 'conditions').find(
		each => textAt(each, 'type') === 'DisruptionAllowed' && textAt(each, 'reason') === 'SyncFailed',
	);
	const name = refText(refOf(budget));
	return told === undefined
		? []
		: [
				{
					id: 'budget-not-computed',
					resource: refOf(budget),
					path: 'spec.selector',
					cause: {
						en: `The controller cannot tell what ${name} allows: ${textAt(told, 'message') ?? 'it does not say why'}`,
						ko: `컨트롤러가 ${name}를 계산하지 못합니다: ${textAt(told, 'message') ?? ''}`,
					},
					evidence: [{source: name, detail: 'condition DisruptionAllowed is False, SyncFailed'}],
					remedies: [],
				},
			];
}

/** One pod alone can only be guarded by never letting it go: that is mostly meant, and says so. */
const guardsSeveral = (budget: KubeObject, workloads: readonly KubeObject[]) =>
	guardedBy(budget, workloads).some(each => each.kind !== 'Pod' && (numberAt(each, 'spec', 'replicas') ?? 1) > 1);

/** With several pods, that one may go at a time is what a budget is for. */
const leastFirst = (cause: Cause): Cause => ({
	...cause,
	severity: 'medium',
	remedies: cause.remedies.map((remedy, index) => ({...remedy, sure: index === 0})),
});

/** What drains wait for, and what they do not wait for although they should. */
export const disruptionFaults: Analyzer = survey =>
	survey.namespaces.flatMap(namespace => {
		const budgets = survey.all('PodDisruptionBudget', namespace);
		if (budgets.length === 0) return [];
		const workloads = survey.workloads(namespace).filter(({kind}) => guarded.has(kind));
		return [
			...budgets.flatMap(budget => {
				const unscaled = unscaledPods(budget, survey);
				return [
					...(guardsSeveral(budget, workloads)
						? budgetCauses({...caseOf(budget, survey.scene(namespace)), budgets: [budget]}).map(leastFirst)
						: []),
					...guardsNobody(budget, workloads, budgets, survey),
					...countsStrangers(budget, workloads, budgets),
					...unmanagedPods(budget, survey),
					...unscaled,
					// What has no scale is why it is not.
					...(unscaled.length > 0 ? [] : notComputed(budget)),
				];
			}),
			...workloads.flatMap(workload => overlapping(workload, workloads, budgets)),
		];
	});
