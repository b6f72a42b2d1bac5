import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {count} from '../../../../core/text/count.ts';
import {mayGo} from '../../../coherence/budget-check.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';

const hasController = ({metadata}: KubeObject) => metadata.ownerReferences?.some(({controller}) => controller === true) === true;

/**
 * What may be missing, and a share of all, are counted from what a controller wants: of pods without one a budget lets none go.
 * @see "unmanaged" in kubernetes pkg/controller/disruption/disruption.go
 */
export function unmanagedPods(budget: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace} = budget.metadata;
	const [least, most] = ['minAvailable', 'maxUnavailable'].map(field => valueAt(budget, 'spec', field));
	if (typeof least === 'number' || (least ?? most) === undefined || !survey.isRead('Pod', namespace)) return [];
	const pods = survey
		.all('Pod', namespace)
		.filter(
			({metadata, status}) => metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(textAt(status, 'phase') ?? ''),
		)
		.filter(({metadata}) => fitsSelector(valueAt(budget, 'spec', 'selector'), metadata.labels));
	const go = mayGo(budget, pods.length);
	// Its controller may count otherwise.
	if ((numberAt(budget, 'status', 'disruptionsAllowed') ?? 0) > 0) return [];
	// Who lets none go means it.
	if (pods.length === 0 || go < 1 || pods.some(hasController)) return [];
	const name = refText(refOf(budget));
	const field = least === undefined ? 'maxUnavailable' : 'minAvailable';
	const keep = Math.max(pods.length - go, pods.length > 1 ? 1 : 0);
	return [
		{
			id: 'budget-of-unmanaged-pods',
			resource: refOf(budget),
			path: `spec.${field}`,
			hurts: pods.map(refOf),
			cause: {
				en: `${name} lets none of its ${count(pods.length, 'pod')} go: ${field} ${String(least ?? most)} is counted from what a controller wants, and they have none`,
				ko: `${name}의 파드에는 컨트롤러가 없어 ${field} ${String(least ?? most)}을(를) 계산할 수 없고 하나도 내보내지 못합니다`,
			},
			evidence: [
				{source: name, detail: `${field} ${String(least ?? most)}`},
				...pods.slice(0, 3).map(pod => ({source: refText(refOf(pod)), detail: 'belongs to no controller'})),
			],
			remedies: [
				merge(
					budget,
					{spec: {maxUnavailable: null, minAvailable: keep}},
					{
						side: 'budget',
						sure: true,
						text: {
							en: `Let ${name} keep ${count(keep, 'pod')} (minAvailable ${keep}), which can be counted`,
							ko: `${name}가 파드 ${keep}개를 지키게 합니다 (minAvailable ${keep})`,
						},
					},
				),
			],
		},
	];
}
