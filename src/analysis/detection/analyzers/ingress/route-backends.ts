import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {groupOf, type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {backendCauses} from '../../../diagnosis/backend-causes.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import type {Survey} from '../../survey.ts';

const gatewayGroup = 'gateway.networking.k8s.io';

/** Whether a namespace lets routes of another send to a Service of it. */
function isGranted(route: KubeObject, service: string, namespace: string, survey: Survey): boolean {
	const from = {group: groupOf(route.apiVersion), kind: route.kind, namespace: route.metadata.namespace};
	return survey
		.all('ReferenceGrant', namespace)
		.some(
			grant =>
				listAt(grant, 'spec', 'from').some(
					each =>
						textAt(each, 'group') === from.group && textAt(each, 'kind') === from.kind && textAt(each, 'namespace') === from.namespace,
				) &&
				listAt(grant, 'spec', 'to').some(
					each =>
						(textAt(each, 'group') ?? '') === '' &&
						textAt(each, 'kind') === 'Service' &&
						[undefined, service].includes(textAt(each, 'name')),
				),
		);
}

function grantCause(route: KubeObject, service: string, namespace: string, path: string): Cause {
	const name = refText(refOf(route));
	const own = route.metadata.namespace ?? '';
	const manifest = {
		apiVersion: `${gatewayGroup}/v1beta1`,
		kind: 'ReferenceGrant',
		metadata: {name: `${own}-${service}`, namespace},
		spec: {from: [{group: groupOf(route.apiVersion), kind: route.kind, namespace: own}], to: [{group: '', kind: 'Service', name: service}]},
	};
	return {
		id: 'route-without-grant',
		resource: refOf(route),
		path: `${path}.namespace`,
		hurts: [{apiVersion: 'v1', kind: 'Service', namespace, name: service}],
		cause: {
			en: `${name} sends to Service ${service} of namespace ${namespace}, which has no ReferenceGrant for it: the Gateway refuses`,
			ko: `${name}가 네임스페이스 ${namespace}의 서비스 ${service}로 보내는데 그곳에 ReferenceGrant가 없어 거부됩니다`,
		},
		evidence: [{source: name, detail: `${path}: ${namespace}/${service}`}, ...changeEvidence(route)],
		remedies: [
			{
				tool: 'resource_apply',
				input: {manifest: JSON.stringify(manifest)},
				side: 'ingress',
				sure: false,
				text: {
					en: `Grant it: a ReferenceGrant in namespace ${namespace} for Service ${service} alone`,
					ko: `네임스페이스 ${namespace}에 서비스 ${service}만을 위한 ReferenceGrant를 만듭니다`,
				},
			},
		],
	};
}

function causesOf(route: KubeObject, survey: Survey): readonly Cause[] {
	return listAt(route, 'spec', 'rules').flatMap((rule, ruleIndex) =>
		listAt(rule, 'backendRefs').flatMap((ref, index): readonly Cause[] => {
			const service = textAt(ref, 'name');
			if (service === undefined || (textAt(ref, 'kind') ?? 'Service') !== 'Service' || (textAt(ref, 'group') ?? '') !== '') return [];
			const own = route.metadata.namespace ?? '';
			const namespace = textAt(ref, 'namespace') ?? own;
			const path = `spec.rules[${textAt(rule, 'name') ?? ruleIndex}].backendRefs[${service}]`;
			const place = ['spec', 'rules', ruleIndex, 'backendRefs', index];
			const port = numberAt(ref, 'port');
			const lost = backendCauses(
				{
					holder: route,
					service,
					port,
					name: {path: `${path}.name`, place: [...place, 'name']},
					portAt: {path: `${path}.port`, place: [...place, 'port'], from: port, to: number => number},
					ids: {service: 'route-service-not-there', port: 'route-port-not-there'},
				},
				survey.scene(namespace),
			);
			const isRefused = namespace !== own && survey.isRead('ReferenceGrant', namespace) && !isGranted(route, service, namespace, survey);
			return isRefused ? [...lost, grantCause(route, service, namespace, path)] : lost;
		}),
	);
}

/** Services that routes of the Gateway API send to. */
export const routeBackends = (survey: Survey): readonly Cause[] =>
	['HTTPRoute', 'GRPCRoute'].flatMap(kind => survey.all(kind)).flatMap(route => causesOf(route, survey));
