import {valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {fitsMap} from '../../core/kube/selector.ts';
import {type Case, isReady} from './case.ts';
import type {Cause} from './cause.ts';
import {ingressCauses} from './ingress-causes.ts';
import {selectorCause} from './selector-causes.ts';
import {targetPortCauses} from './target-port-causes.ts';

/** Pods are there and none is ready: what keeps them is told by the other causes. */
function notReadyCause(service: KubeObject, {pods, labels}: Case): readonly Cause[] {
	if (!fitsMap(valueAt(service, 'spec', 'selector'), labels) || pods.some(isReady) || pods.length === 0) return [];
	const name = refText(refOf(service));
	return [
		{
			id: 'no-ready-pod',
			resource: refOf(service),
			cause: {
				en: `None of the ${pods.length} pods behind ${name} is ready, so it has no ready endpoint`,
				ko: `${name} 뒤의 파드 ${pods.length}개 중 준비된 것이 없어 보낼 곳이 없습니다`,
			},
			evidence: pods.slice(0, 3).map(pod => ({source: refText(refOf(pod)), detail: 'Ready=False'})),
			remedies: [],
		},
	];
}

/** Why requests do not reach the pods. */
export const serviceCauses = (given: Case): readonly Cause[] => [
	...given.ingresses.flatMap(ingress => ingressCauses(ingress, given)),
	...given.services.flatMap(service => [
		...selectorCause(service, given),
		...targetPortCauses(service, given),
		...notReadyCause(service, given),
	]),
];
