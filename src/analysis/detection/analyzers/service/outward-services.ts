import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {clusterNameOf} from '../../mentions/cluster-name.ts';
import type {Survey} from '../../survey.ts';
import {incompleteName} from './incomplete-names.ts';

/** A cloud takes minutes to make a load balancer, not a quarter of an hour. */
const patienceMs = 15 * 60_000;

/** Namespaces where a Service of that name is one that somebody serves. */
const namesakes = (service: KubeObject, meant: {readonly service: string}, survey: Survey): readonly string[] =>
	survey
		.all('Service')
		.filter(each => each !== service && each.metadata.name === meant.service && textAt(each, 'spec', 'type') !== 'ExternalName')
		.flatMap(({metadata}) => metadata.namespace ?? []);

function externalName(service: KubeObject, survey: Survey): readonly Cause[] {
	const host = textAt(service, 'spec', 'externalName') ?? '';
	const meant = clusterNameOf(host.replace(/\.$/, ''), service.metadata.namespace ?? '', survey);
	if (meant?.isFull !== true || !survey.isRead('Service', meant.namespace)) return [];
	if (survey.find('Service', meant.namespace, meant.service) !== undefined) return [];
	const name = refText(refOf(service));
	const near = meantName(
		meant.service,
		survey.all('Service', meant.namespace).map(({metadata}) => metadata.name),
	);
	const others = near === undefined ? namesakes(service, meant, survey) : [];
	const home = nearestNames(meant.namespace, others)[0] ?? (others.length === 1 ? others[0] : undefined);
	const to =
		near !== undefined
			? host.replace(meant.service, near)
			: home === undefined
				? undefined
				: host.replace(`${meant.service}.${meant.namespace}`, `${meant.service}.${home}`);
	return [
		{
			id: 'external-name-not-there',
			resource: refOf(service),
			path: 'spec.externalName',
			cause: {
				en: `${name} stands for ${host}, and there is no Service ${meant.service} in namespace ${meant.namespace}`,
				ko: `${name}가 가리키는 ${host}의 서비스 ${meant.service}가 네임스페이스 ${meant.namespace}에 없습니다`,
			},
			evidence: [{source: name, detail: `spec.externalName ${host}`}],
			remedies:
				to === undefined
					? []
					: [
							exchange(service, [{path: ['spec', 'externalName'], from: host, to}], {
								side: 'service',
								// A namespace that is there and has no such Service may have lost it.
								sure:
									near !== undefined ||
									(survey.isRead('Namespace', undefined) &&
										survey.find('Namespace', undefined, meant.namespace) === undefined &&
										nearestNames(meant.namespace, others).length === 1),
								text: {en: `Make ${name} stand for ${to}`, ko: `${name}가 ${to}를 가리키게 합니다`},
							}),
						],
		},
	];
}

function pendingBalancer(service: KubeObject, {nowMs}: Survey): readonly Cause[] {
	const waited = nowMs - (Date.parse(service.metadata.creationTimestamp ?? '') || nowMs);
	if (listAt(service, 'status', 'loadBalancer', 'ingress').length > 0 || waited < patienceMs) return [];
	const name = refText(refOf(service));
	return [
		{
			id: 'load-balancer-pending',
			resource: refOf(service),
			path: 'status.loadBalancer.ingress',
			cause: {
				en: `${name} has waited for the address of its load balancer for ${age(waited)}`,
				ko: `${name}가 로드 밸런서 주소를 ${age(waited)} 동안 기다리고 있습니다`,
			},
			evidence: [{source: name, detail: 'status.loadBalancer is empty'}],
			remedies: [],
		},
	];
}

/** Services that lead out of their namespace, or are reached from outside of the cluster. */
export const outwardServices = (survey: Survey): readonly Cause[] =>
	survey.namespaces
		.flatMap(namespace => survey.all('Service', namespace))
		.flatMap(service => {
			const type = textAt(service, 'spec', 'type');
			if (type === 'ExternalName') return [...externalName(service, survey), ...incompleteName(service, survey)];
			return type === 'LoadBalancer' ? pendingBalancer(service, survey) : [];
		});
