import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {isChangedSinceMade, writeText} from '../../../diagnosis/last-write.ts';
import {guardedBy, nameOfGuarded, selectRemedy} from './guarded.ts';

/** Versions of one thing are called alike: web, web-canary, web2. */
const isKin = (one: KubeObject, other: KubeObject) => other.metadata.name.startsWith(one.metadata.name);

/** A list of values is written by somebody who means each of them. */
const namesSeveral = (budget: KubeObject) =>
	listAt(budget, 'spec', 'selector', 'matchExpressions').some(
		each => textAt(each, 'operator') === 'In' && listAt(each, 'values').length > 1,
	);

/**
 * A budget that is called as one workload and counts the pods of others too: those stay while all of its own go at once. Whoever calls it otherwise, or after a
 * group, means the group.
 */
export function countsStrangers(budget: KubeObject, workloads: readonly KubeObject[], budgets: readonly KubeObject[]): readonly Cause[] {
	const guarded = guardedBy(budget, workloads).filter(each => numberAt(each, 'spec', 'replicas') !== 0);
	const own = guarded.find(({kind, metadata}) => kind !== 'Pod' && metadata.name === nameOfGuarded(budget));
	const others = guarded.filter(each => own !== undefined && each !== own && !isKin(own, each));
	if (own === undefined || others.length === 0 || namesSeveral(budget)) return [];
	// Pods that another budget counts too cannot be evicted at all: that is told.
	if (budgets.some(each => each !== budget && guardedBy(each, guarded).length > 0)) return [];
	const name = refText(refOf(budget));
	const isNew = isChangedSinceMade(budget);
	const isVague = Object.keys(objectAt(budget, 'spec', 'selector', 'matchLabels')).length === 0;
	const who = someOf(others.map(each => refText(refOf(each))));
	return [
		{
			id: 'budget-counts-strangers',
			resource: refOf(budget),
			path: 'spec.selector',
			severity: isNew || isVague ? 'medium' : 'low',
			hurts: [refOf(own)],
			cause: {
				en: `${name} counts the pods of ${who} with those of ${refText(refOf(own))}: while they run, a drain may take all of ${refText(refOf(own))} at once`,
				ko: `${name}가 ${who}의 파드까지 함께 세어 드레인이 ${refText(refOf(own))}의 파드를 한꺼번에 내보낼 수 있습니다`,
			},
			evidence: [
				{
					source: name,
					detail: `spec.selector ${JSON.stringify(valueAt(budget, 'spec', 'selector'))}${isNew ? `, ${writeText(budget)}` : ''}`,
				},
			],
			remedies: [{...selectRemedy(budget, own), sure: isNew}],
		},
	];
}
