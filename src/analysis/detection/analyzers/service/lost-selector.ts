import {listAt, numberAt, objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import type {HandKept} from './hand-kept.ts';

/** The workload that a Service without a selector was for: of its name, and with all of its ports. */
const namesake = (service: KubeObject, survey: Survey): KubeObject | undefined =>
	['Deployment', 'StatefulSet', 'DaemonSet']
		.flatMap(kind => survey.find(kind, service.metadata.namespace, service.metadata.name) ?? [])
		.find(workload => {
			const declared = declaredPorts(podSpecOf(workload));
			return listAt(service, 'spec', 'ports').every(port => {
				const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
				return declared.some(({name, number}) => name === target || number === target);
			});
		});

/** A Service without a selector and without endpoints that has the name and the ports of a workload: nothing else than its pods can be meant. */
export function lostSelector(service: KubeObject, {slicesOf}: Pick<HandKept, 'slicesOf'>, survey: Survey): readonly Cause[] {
	if (slicesOf(service).length > 0) return [];
	const workload = namesake(service, survey);
	const selector = objectAt(workload, 'spec', 'selector', 'matchLabels');
	if (workload === undefined || Object.keys(selector).length === 0) return [];
	const [name, who] = [refText(refOf(service)), refText(refOf(workload))];
	return [
		{
			id: 'service-without-selector',
			resource: refOf(service),
			path: 'spec.selector',
			hurts: [refOf(workload)],
			cause: {
				en: `${name} has neither a selector nor endpoints, and ${who} has its name and its ports: nobody reaches these pods`,
				ko: `${name}에 셀렉터도 엔드포인트도 없습니다. 이름과 포트가 같은 ${who}의 파드에 닿지 못합니다`,
			},
			evidence: [
				{source: name, detail: 'no spec.selector, no EndpointSlice'},
				{source: who, detail: `pod labels ${labelText(selector)}`},
				...changeEvidence(service),
			],
			remedies: [
				merge(
					service,
					{spec: {selector}},
					{
						side: 'service',
						sure: false,
						text: {en: `Make ${name} select ${labelText(selector)}`, ko: `${name}가 ${labelText(selector)} 라벨을 고르게 합니다`},
					},
				),
			],
		},
	];
}
