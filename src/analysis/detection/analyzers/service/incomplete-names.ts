import type {JsonObject} from '../../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {inOrder} from '../../../diagnosis/writes-remedy.ts';
import {addressNumber} from '../../../network/ipv4.ts';
import {clusterNameOf} from '../../mentions/cluster-name.ts';
import {mentionsIn} from '../../mentions/mentions.ts';
import type {Survey} from '../../survey.ts';
import {domainOf, usualDomain} from '../dns/cluster-domain.ts';

/** Ports of a Service, or else those at which it is asked. */
function portsOf(service: KubeObject, survey: Survey): readonly JsonObject[] {
	const own = listAt(service, 'spec', 'ports').flatMap((each): readonly JsonObject[] => {
		const port = numberAt(each, 'port');
		return port === undefined ? [] : [{name: textAt(each, 'name') ?? '', port, protocol: textAt(each, 'protocol') ?? 'TCP'}];
	});
	const {name, namespace} = service.metadata;
	const asked = mentionsIn(survey).flatMap(each => (each.service === name && each.namespace === namespace ? (each.port ?? []) : []));
	const numbers = [...new Set(asked)];
	return own.length > 0 ? own : numbers.map(port => ({name: numbers.length === 1 ? '' : `port-${port}`, port, protocol: 'TCP'}));
}

/** Addresses that no slice may hold: of the machine itself, of a link, of nobody. */
const isOfNobody = (address: string) => /^(?:0\.|127\.|169\.254\.|22[4-9]\.|23\d\.)/.test(address);

/** The Service leads to the address itself: by endpoints of its own, or where nobody tells a port, headless, by the address as the name was to give it. */
function toAddress(service: KubeObject, address: string, ports: readonly JsonObject[], sure: boolean): Remedy {
	const {name, namespace = ''} = service.metadata;
	const spec = {type: 'ClusterIP', externalName: null, ...(ports.length === 0 ? {clusterIP: 'None'} : {ports})};
	const slice = {
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: {name: `${name}-1`, namespace, labels: {'kubernetes.io/service-name': name}},
		addressType: 'IPv4',
		endpoints: [{addresses: [address], conditions: {ready: true}}],
		ports,
	};
	return inOrder(
		[
			{op: 'patch', ref: refOf(service), type: 'merge', patch: {spec}},
			{op: 'create', ref: {apiVersion: slice.apiVersion, kind: slice.kind, namespace, name: slice.metadata.name}, manifest: slice},
		],
		{
			side: 'service',
			sure,
			text: {
				en: `Let ${refText(refOf(service))} lead to ${address} by an EndpointSlice`,
				ko: `EndpointSlice로 ${refText(refOf(service))}가 ${address}로 보내게 합니다`,
			},
		},
	);
}

const toName = (service: KubeObject, from: string, to: string, sure: boolean): Remedy =>
	exchange(service, [{path: ['spec', 'externalName'], from, to}], {
		side: 'service',
		sure,
		text: {en: `Make ${refText(refOf(service))} stand for ${to}`, ko: `${refText(refOf(service))}가 ${to}를 가리키게 합니다`},
	});

/** In place of an address: the name of the Service of the cluster which has the address, or the address itself. */
function remediesOf(service: KubeObject, address: string, survey: Survey, sure: boolean): readonly Remedy[] {
	const own = survey.all('Service').find(each => textAt(each, 'spec', 'clusterIP') === address);
	if (own !== undefined) {
		const {name, namespace} = own.metadata;
		return [
			toName(service, address, `${name}.${namespace}.svc.${domainOf(survey) ?? usualDomain}`, sure && domainOf(survey) !== undefined),
		];
	}
	return isOfNobody(address) ? [] : [toAddress(service, address, portsOf(service, survey), sure)];
}

/**
 * An external name is handed out as it is, as the whole name of another host: digits are none, and nothing completes a short one.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 */
export function incompleteName(service: KubeObject, survey: Survey): readonly Cause[] {
	const host = textAt(service, 'spec', 'externalName') ?? '';
	const {namespace = ''} = service.metadata;
	const isAddress = addressNumber(host) !== undefined;
	const meant = isAddress ? undefined : clusterNameOf(host, namespace, survey);
	const isShort = meant?.isFull === false && survey.find('Service', meant.namespace, meant.service) !== undefined;
	if (!isAddress && !isShort) return [];
	const former = textAt(lastApplied(service), 'spec', 'externalName');
	// Proxies take the name itself and ask it without a name server (Traefik): only programs that ask the Service are hurt for certain.
	const isAsked = mentionsIn(survey).some(each => each.service === service.metadata.name && each.namespace === namespace);
	const name = refText(refOf(service));
	// Nothing completes the name: where the domain of the cluster is not told, the usual one is a guess.
	const domain = domainOf(survey);
	const full =
		meant === undefined
			? ''
			: `${meant.pod === undefined ? '' : `${meant.pod}.`}${meant.service}.${meant.namespace}.svc.${domain ?? usualDomain}`;
	return [
		{
			id: 'external-name-incomplete',
			resource: refOf(service),
			path: 'spec.externalName',
			severity: isAsked ? 'high' : 'low',
			cause: isAddress
				? {
						en: `${name} stands for the name ${host}, which is an address: no name server knows a host of that name`,
						ko: `${name}가 이름 대신 주소 ${host}를 가리킵니다: 그런 이름의 호스트는 찾을 수 없습니다`,
					}
				: {
						en: `${name} stands for ${host}, which nobody completes to ${full}: it is no name of a host`,
						ko: `${name}가 가리키는 ${host}는 ${full}(으)로 완성되지 않아 찾을 수 없습니다`,
					},
			evidence: [{source: name, detail: `spec.externalName ${host}`}, ...changeEvidence(service)],
			remedies:
				former !== undefined && former !== host && addressNumber(former) === undefined
					? [toName(service, host, former, isAsked)]
					: isShort
						? [toName(service, host, full, isAsked && domain !== undefined)]
						: remediesOf(service, host, survey, isAsked),
		},
	];
}
