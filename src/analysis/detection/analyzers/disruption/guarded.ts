import {objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import type {Remedy} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';

/** Labels of the pods that a workload makes. */
export const labelsOf = (workload: KubeObject) => objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');

/** Workloads whose pods a budget counts. */
export const guardedBy = (budget: KubeObject, workloads: readonly KubeObject[]) =>
	workloads.filter(each => fitsSelector(valueAt(budget, 'spec', 'selector'), each.kind === 'Pod' ? each.metadata.labels : labelsOf(each)));

/** `web` of a budget that is called web-pdb. */
export const nameOfGuarded = ({metadata}: KubeObject): string => metadata.name.replace(/-?(?:pdb|budget)$/, '');

/** Lets a budget count the pods of one workload and no others. */
export function selectRemedy(budget: KubeObject, workload: KubeObject): Remedy {
	const own = valueAt(workload, 'spec', 'selector');
	return exchange(budget, [{path: ['spec', 'selector'], from: valueAt(budget, 'spec', 'selector'), to: own ?? {}}], {
		side: 'budget',
		sure: true,
		text: {
			en: `Make ${refText(refOf(budget))} guard ${refText(refOf(workload))} (${labelText(objectAt(own, 'matchLabels'))})`,
			ko: `${refText(refOf(budget))}가 ${refText(refOf(workload))}를 지키게 합니다`,
		},
	});
}
