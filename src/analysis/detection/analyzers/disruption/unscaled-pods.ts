import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {numberAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {mayGo} from '../../../coherence/budget-check.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {guardedBy} from './guarded.ts';
import {leaveOut} from './left-out.ts';

/** What has no scale, and pods now. A Job that has ended and lost its pods is counted no more. */
const isUnscaled = (workload: KubeObject, survey: Survey) =>
	(workload.kind === 'DaemonSet' && numberAt(workload, 'status', 'desiredNumberScheduled') !== 0) ||
	(['Job', 'CronJob'].includes(workload.kind) && survey.podsOf(workload).length > 0);

const podsOf = (workload: KubeObject, survey: Survey) =>
	workload.kind === 'DaemonSet'
		? (numberAt(workload, 'status', 'desiredNumberScheduled') ?? 1)
		: ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(workload.kind)
			? wantedReplicas(workload)
			: survey.podsOf(workload).length;

/** A number of pods that stay can be counted of whatever runs them. */
function keepNumber(budget: KubeObject, pods: number): readonly Remedy[] {
	const keep = Math.max(1, pods - Math.max(1, mayGo(budget, pods)));
	if (pods < 2) return [];
	const name = refText(refOf(budget));
	return [
		merge(
			budget,
			{spec: {maxUnavailable: null, minAvailable: keep}},
			{
				side: 'budget',
				sure: false,
				amount: String(keep),
				text: {
					en: `Let ${name} keep ${keep} pods (minAvailable ${keep}), which can be counted of any`,
					ko: `${name}가 파드 ${keep}개를 지키게 합니다 (minAvailable ${keep})`,
				},
			},
		),
	];
}

/**
 * What may be missing, and a share of all, are counted from the scale of whatever runs the pods. A DaemonSet or a Job has none: with one of their pods among
 * those that it counts a budget lets none of all of them go.
 * @see getScaleController in kubernetes pkg/controller/disruption/disruption.go
 */
export function unscaledPods(budget: KubeObject, survey: Survey): readonly Cause[] {
	const [least, most] = ['minAvailable', 'maxUnavailable'].map(field => valueAt(budget, 'spec', field));
	if (typeof least === 'number' || (least ?? most) === undefined) return [];
	const guarded = guardedBy(budget, survey.workloads(budget.metadata.namespace));
	const unscaled = guarded.filter(each => isUnscaled(each, survey));
	if (unscaled.length === 0) return [];
	// Its controller may count otherwise.
	if ((numberAt(budget, 'status', 'disruptionsAllowed') ?? 0) > 0) return [];
	const others = guarded.filter(each => !unscaled.includes(each) && !['Job', 'CronJob'].includes(each.kind));
	const pods = guarded.reduce((sum, each) => sum + podsOf(each, survey), 0);
	// Who lets none go means it.
	if (mayGo(budget, pods) < 1) return [];
	const [name, who] = [refText(refOf(budget)), someOf(unscaled.map(each => refText(refOf(each))))];
	const bound = least === undefined ? `maxUnavailable ${String(most)}` : `minAvailable ${String(least)}`;
	// A run that is evicted begins again: that its pods may go is nothing to decide unasked.
	const hasRuns = unscaled.some(({kind}) => kind !== 'DaemonSet');
	const narrower = others.length === 0 ? undefined : leaveOut(budget, unscaled, others, !hasRuns);
	return [
		{
			id: 'budget-counts-what-has-no-scale',
			resource: refOf(budget),
			path: 'spec.selector',
			// A drain passes over the pods of a DaemonSet: where there are no others, nobody waits.
			severity: others.length === 0 ? 'low' : 'medium',
			hurts: others.map(refOf),
			cause: {
				en: `${name} counts the pods of ${who}, which has no scale: ${bound} cannot be worked out, and none of its pods may be evicted`,
				ko: `${name}가 세는 ${who}에는 scale이 없어 ${bound}을(를) 계산할 수 없고 어떤 파드도 축출(eviction)할 수 없습니다`,
			},
			evidence: [
				{source: name, detail: `spec.selector ${JSON.stringify(valueAt(budget, 'spec', 'selector'))}, ${bound}`},
				...unscaled.slice(0, 3).map(each => ({source: refText(refOf(each)), detail: 'has no scale subresource, and its pods are counted'})),
				...changeEvidence(budget, ['spec', 'selector']),
			],
			remedies: narrower === undefined ? keepNumber(budget, pods) : [narrower, ...keepNumber(budget, pods)],
		},
	];
}
