import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {backendsOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {subjectOf} from '../subject.ts';
import {isOfNginx} from './nginx-class.ts';

const mark = (name: string) => `nginx.ingress.kubernetes.io/${name}`;
const annotation = mark('backend-protocol');

type Protocol = 'HTTP' | 'HTTPS' | 'GRPC';

/**
 * How the controller speaks with the pods of an Ingress: what it does not know is HTTP to it, and what it finds out or hands through is none of these.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol
 */
function spokenBy({metadata: {annotations = {}}}: KubeObject): string | undefined {
	const asked = (annotations[annotation] ?? 'HTTP').trim().toUpperCase();
	if (annotations[mark('ssl-passthrough')] === 'true' || asked === 'AUTO_HTTP' || asked === 'FCGI') return undefined;
	return ['HTTPS', 'GRPC', 'GRPCS'].includes(asked) ? asked : 'HTTP';
}

/** A port of pods that are ready, with the probe that they answer there. */
type Proof = {readonly protocol: Protocol; readonly workload: KubeObject; readonly detail: string; readonly names: readonly string[]};

/** Whether one port of the pods is there for clients that speak encrypted and for those that do not: it answers a plain probe, too, and maybe with a redirect. */
function isForBoth(service: KubeObject, target: unknown): boolean {
	const same = listAt(service, 'spec', 'ports').filter(each => (valueAt(each, 'targetPort') ?? numberAt(each, 'port')) === target);
	const isEncrypted = (port: Json) =>
		numberAt(port, 'port') === 443 || ['name', 'appProtocol'].some(field => /^(?:https|tls|grpcs)\b/i.test(textAt(port, field) ?? ''));
	return same.length > 1 && same.some(isEncrypted) && !same.every(isEncrypted);
}

/** What the pods behind a Service are known to speak, since they answer their probes on that port. */
function proofsOf(service: KubeObject, asked: unknown, survey: Survey): readonly Proof[] {
	const port = listAt(service, 'spec', 'ports').find(each => [textAt(each, 'name'), numberAt(each, 'port')].some(own => own === asked));
	const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
	if (port === undefined || isForBoth(service, target)) return [];
	return routingOf(survey)
		.behind(service)
		.flatMap(workload => {
			const subject = subjectOf(workload, survey);
			if (subject === undefined || !subject.isWell || subject.pods.length === 0) return [];
			return subject.containers.flatMap(({name, container, isInit}) => {
				const own = listAt(container, 'ports').find(each =>
					[textAt(each, 'name'), numberAt(each, 'containerPort')].some(each => each === target),
				);
				const isOwn = (probed: unknown) =>
					probed === target || (own !== undefined && [textAt(own, 'name'), numberAt(own, 'containerPort')].some(each => each === probed));
				if (isInit || (typeof target === 'string' && own === undefined)) return [];
				return (['readinessProbe', 'livenessProbe'] as const).flatMap((probe): readonly Proof[] => {
					const http = valueAt(container, probe, 'httpGet');
					const names = [textAt(port, 'appProtocol'), textAt(port, 'name'), textAt(own, 'name')].flatMap(each => each ?? []);
					const said = (protocol: Protocol, port: unknown) => ({
						protocol,
						workload,
						names,
						detail: `${probe} of container ${name} asks port ${String(port)} over ${protocol}, and its pods are ready`,
					});
					if (http !== undefined && isOwn(valueAt(http, 'port')))
						return [said(textAt(http, 'scheme') === 'HTTPS' ? 'HTTPS' : 'HTTP', valueAt(http, 'port'))];
					return isOwn(numberAt(container, probe, 'grpc', 'port')) && valueAt(container, probe, 'grpc') !== undefined
						? [said('GRPC', numberAt(container, probe, 'grpc', 'port'))]
						: [];
				});
			});
		});
}

/** Whether nobody understands the other: plain against encrypted for sure, gRPC against HTTP where the port says what it is for. */
function isAgainst(spoken: string, {protocol, names}: Proof): boolean {
	const isGrpc = names.some(name => /grpc|h2c/i.test(name));
	if (protocol === 'GRPC') return isGrpc && spoken !== 'GRPC';
	if (protocol === 'HTTPS') return spoken === 'HTTP' || spoken === 'GRPC';
	return spoken === 'HTTPS' || spoken === 'GRPCS' || (spoken === 'GRPC' && names.some(name => /^(?:https?|web)\b/i.test(name)) && !isGrpc);
}

function causeOf(ingress: KubeObject, survey: Survey): readonly Cause[] {
	const spoken = spokenBy(ingress);
	if (spoken === undefined || !isOfNginx(ingress, survey)) return [];
	const {namespace} = ingress.metadata;
	const backends = backendsOf(ingress).flatMap(({service: name, port}) => {
		const service = survey.find('Service', namespace, name);
		return service === undefined ? [] : [{service, proofs: proofsOf(service, port, survey)}];
	});
	// Where two probes of one port differ, it speaks both.
	const wrong = backends.filter(({proofs}) => proofs.length > 0 && proofs.every(proof => isAgainst(spoken, proof)));
	const [first] = wrong;
	const proof = first?.proofs[0];
	if (first === undefined || proof === undefined) return [];
	const kinds = [...new Set(backends.flatMap(({proofs}) => proofs.map(({protocol}) => protocol)))];
	const [name, what] = [refText(refOf(ingress)), refText(refOf(first.service))];
	const applied = lastApplied(ingress);
	const former = textAt(applied, 'metadata', 'annotations', annotation);
	const isFormer = applied !== undefined && former !== ingress.metadata.annotations?.[annotation];
	const to = isFormer ? former : proof.protocol;
	return [
		{
			id: 'ingress-protocol-differs',
			resource: refOf(ingress),
			path: `metadata.annotations[${annotation}]`,
			hurts: wrong.map(({service}) => refOf(service)),
			cause: {
				en: `${name} speaks ${spoken} with ${what}, whose pods speak ${proof.protocol}: no request is answered`,
				ko: `${name}가 ${what}에 ${spoken}(으)로 말하는데 파드는 ${proof.protocol}(으)로 응답해 요청이 모두 실패합니다`,
			},
			evidence: [
				{source: name, detail: `${annotation} ${ingress.metadata.annotations?.[annotation] ?? '(none, so HTTP)'}`},
				...wrong.flatMap(({proofs}) => proofs.slice(0, 2).map(({workload, detail}) => ({source: refText(refOf(workload)), detail}))),
				...changeEvidence(ingress),
			],
			// Backends of several protocols need an Ingress each.
			remedies:
				kinds.length > 1
					? []
					: [
							merge(
								ingress,
								{metadata: {annotations: {[annotation]: to ?? null}}},
								{
									side: 'ingress',
									sure: true,
									text: {
										en: `Let ${name} speak ${to ?? 'HTTP'} with its backends`,
										ko: `${name}가 백엔드와 ${to ?? 'HTTP'}(으)로 통신하게 합니다`,
									},
								},
							),
						],
			noRemedy: {
				en: 'Backends that speak several protocols need an Ingress for each of them',
				ko: '프로토콜이 다른 백엔드는 Ingress를 나누어야 합니다',
			},
		},
	];
}

/** Ingresses that speak otherwise with their backends than those do, as the probes show that they answer. */
export const backendProtocols = (survey: Survey): readonly Cause[] => survey.all('Ingress').flatMap(ingress => causeOf(ingress, survey));
