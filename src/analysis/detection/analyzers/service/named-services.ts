import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import {declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {makeService} from '../../../diagnosis/make-service.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {changedAfter, changeEvidence} from '../../changed-last.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {isGoverning} from './governing-services.ts';

const serving = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** The workload that a Service of this name would be for: its namesake. */
const namesakeOf = (name: string, namespace: string, survey: Survey): KubeObject | undefined =>
	survey.workloads(namespace).find(workload => serving.has(workload.kind) && workload.metadata.name === name);

const missing = (name: string, namespace: string): Ref => ({apiVersion: 'v1', kind: 'Service', namespace, name});

/** The name alone: the rest of the text may hold a password. */
const said = ({holder, path, host, port, isImplied}: Mention) => ({
	source: refText(refOf(holder)),
	detail: `${path} names ${host}${port === undefined || isImplied === true ? '' : `:${port}`}`,
});

/** Services that may be the one that was meant: those of a near name, and those of the same name in another namespace. */
function meantService({service, namespace, isFull, port, isImplied}: Mention, survey: Survey): KubeObject | undefined {
	const own = survey.all('Service', namespace).filter(each => port === undefined || isImplied === true || answers(each, port, survey));
	const routing = routingOf(survey);
	const namesake = namesakeOf(service, namespace, survey);
	const forNamesake = namesake === undefined ? [] : routing.servicesOf(namesake);
	if (forNamesake.length === 1) return forNamesake[0];
	if (namesake !== undefined) return undefined;
	const near = nearestNames(
		service,
		own.map(({metadata}) => metadata.name),
	);
	if (near.length === 1) return own.find(({metadata}) => metadata.name === near[0]);
	if (near.length > 1) return undefined;
	const elsewhere = survey.all('Service').filter(({metadata}) => metadata.name === service);
	return elsewhere.length === 1 || isFull ? elsewhere[0] : undefined;
}

const hostOf = (meant: KubeObject, {workload, isFull, pod}: Mention): string => {
	const {name, namespace} = meant.metadata;
	const before = pod === undefined ? '' : `${pod}.`;
	if (isFull) return `${before}${name}.${namespace}.svc.cluster.local`;
	return `${before}${name}${namespace === workload.metadata.namespace ? '' : `.${namespace}`}`;
};

/** A Service under the old name beside the one that it has now: whoever still asks for the old one is answered. */
function aliasOf(meant: KubeObject, name: string): Remedy {
	const {selector, ports, clusterIP} = objectAt(meant, 'spec');
	const manifest = {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name, namespace: meant.metadata.namespace ?? ''},
		spec: {
			...(clusterIP === 'None' ? {clusterIP} : {}),
			selector: selector ?? {},
			ports: Array.isArray(ports) ? ports.map(port => objectAt({port}, 'port')).map(({nodePort: _, ...port}) => port) : [],
		},
	};
	return {
		tool: 'resource_apply',
		input: {manifest: JSON.stringify(manifest)},
		side: 'service',
		sure: false,
		text: {en: `Create Service ${name} like ${refText(refOf(meant))}`, ko: `${refText(refOf(meant))}와 같은 서비스 ${name}을(를) 만듭니다`},
	};
}

/** A Service of another name is what was meant: the one of both that was changed last is at fault. */
function renamed(mention: Mention, meant: KubeObject): Cause {
	const {workload, holder, path, service, namespace} = mention;
	const isOwn = meant.metadata.namespace === namespace;
	const isMoved = isOwn && changedAfter(meant, holder);
	const [who, other] = [refText(refOf(workload)), refText(refOf(meant))];
	const toOther = exchangeMention(mention, {host: hostOf(meant, mention)}, true);
	return {
		id: 'named-service-not-there',
		resource: isMoved ? missing(service, namespace) : refOf(holder),
		...(isMoved ? {} : {path}),
		// Of a name that somebody else has, too, nobody can tell that it is used.
		...(isOwn || mention.isFull ? {} : {severity: 'medium' as const}),
		hurts: [refOf(workload)],
		lacks: `Service ${namespace}/${service}`,
		cause: {
			en: `${who} is told of Service ${service} of namespace ${namespace}, which is not there; ${other} is`,
			ko: `${who}가 부르는 네임스페이스 ${namespace}의 서비스 ${service}가 없습니다. 있는 것은 ${other}입니다`,
		},
		evidence: [said(mention), ...changeEvidence(isMoved ? meant : holder)],
		remedies: isOwn && isMoved ? [toOther, aliasOf(meant, service)] : [toOther],
	};
}

/** Nobody reaches the workload of that name: its Service has gone. */
function gone(mention: Mention, namesake: KubeObject): Cause {
	const {workload, service, namespace} = mention;
	const made = makeService(namesake, service, {port: mention.isImplied === true ? (mention.port ?? 80) : mention.port, sure: true});
	const [who, server] = [refText(refOf(workload)), refText(refOf(namesake))];
	return {
		id: 'named-service-not-there',
		resource: missing(service, namespace),
		hurts: [refOf(workload), refOf(namesake)],
		cause: {
			en: `${who} is told of Service ${service}, which is not there: ${server} runs, and no Service leads to it`,
			ko: `${who}가 부르는 서비스 ${service}가 없습니다: ${server}는 돌고 있지만 그리로 보내는 서비스가 없습니다`,
		},
		evidence: [said(mention), {source: server, detail: 'no Service selects its pods'}],
		remedies: made === undefined ? [] : [made],
	};
}

function lostService(mention: Mention, survey: Survey): readonly Cause[] {
	const {service, namespace, workload, holder, path, isFull, host} = mention;
	const meant = meantService(mention, survey);
	if (meant !== undefined) return meant === survey.find('Service', namespace, service) ? [] : [renamed(mention, meant)];
	const namesake = namesakeOf(service, namespace, survey);
	if (namesake !== undefined && namesake !== workload && routingOf(survey).servicesOf(namesake).length === 0)
		return [gone(mention, namesake)];
	if (!isFull) return [];
	const who = refText(refOf(workload));
	return [
		{
			id: 'named-service-not-there',
			resource: refOf(holder),
			path,
			severity: 'low',
			hurts: [refOf(workload)],
			cause: {
				en: `${who} is told of ${host}, and there is no Service ${service} in namespace ${namespace}`,
				ko: `${who}가 부르는 ${host}의 서비스 ${service}가 네임스페이스 ${namespace}에 없습니다`,
			},
			evidence: [said(mention)],
			remedies: [],
		},
	];
}

/** Whether a Service answers at a port: a headless one leads to the pods themselves, so that their own ports count. */
function answers(service: KubeObject, port: number, survey: Survey): boolean {
	const ports = listAt(service, 'spec', 'ports');
	if (ports.length === 0 || textAt(service, 'spec', 'type') === 'ExternalName') return true;
	if (ports.some(each => numberAt(each, 'port') === port)) return true;
	if (textAt(service, 'spec', 'clusterIP') !== 'None') return false;
	const pods = routingOf(survey).behind(service).map(podSpecOf);
	return (
		pods.length === 0 || pods.some(spec => declaredPorts(spec).length === 0 || declaredPorts(spec).some(({number}) => number === port))
	);
}

/** The port of the Service that was meant: the only one, or the one that leads to the number that was named. */
function meantPort(service: KubeObject, asked: number): number | undefined {
	const ports = listAt(service, 'spec', 'ports');
	const byTarget = ports.filter(each => valueAt(each, 'targetPort') === asked);
	const [only] = ports.length === 1 ? ports : byTarget.length === 1 ? byTarget : [];
	return numberAt(only, 'port');
}

function lostPort(mention: Mention, service: KubeObject, survey: Survey): readonly Cause[] {
	const {port, workload, holder, path, isImplied} = mention;
	if (port === undefined || answers(service, port, survey)) return [];
	const isServices = changedAfter(service, holder);
	// Without a port in the text another setting may well say it.
	if (isImplied === true && !isServices) return [];
	const ports = listAt(service, 'spec', 'ports');
	const have = ports.map(each => numberAt(each, 'port')).join(', ');
	const meant = meantPort(service, port);
	const index = ports.findIndex(each => numberAt(each, 'port') === meant);
	const [who, name] = [refText(refOf(workload)), refText(refOf(service))];
	const at = index === -1 ? 'spec.ports' : `spec.ports[${textAt(ports[index], 'name') ?? meant}].port`;
	const onService: readonly Remedy[] =
		index === -1
			? []
			: [
					exchange(
						service,
						[
							{path: ['spec', 'ports', index, 'port'], from: meant, to: port},
							// Without a target of its own it would move with the port.
							...(valueAt(ports[index], 'targetPort') === undefined ? [{path: ['spec', 'ports', index, 'targetPort'], to: meant}] : []),
						],
						{
							side: 'service',
							sure: isServices,
							text: {en: `Make ${name} answer at port ${port} again`, ko: `${name}가 다시 ${port} 포트에서 받게 합니다`},
						},
					),
				];
	const onHolder = meant === undefined ? [] : [exchangeMention(mention, {port: meant}, !isServices)];
	return [
		{
			id: 'named-port-not-there',
			resource: refOf(isServices ? service : holder),
			path: isServices ? at : path,
			hurts: [refOf(workload), refOf(service)],
			cause: {
				en: `${who} asks port ${port} of ${name}, which has ${have}`,
				ko: `${who}가 ${name}의 ${port} 포트를 부르는데 서비스에는 ${have} 포트만 있습니다`,
			},
			evidence: [said(mention), {source: name, detail: `ports ${have}`}, ...changeEvidence(isServices ? service : holder)],
			remedies: isServices ? [...onService, ...onHolder] : [...onHolder, ...onService],
		},
	];
}

/** Whether what a workload is told of Services is there. Of names that are not unmistakably of the cluster nothing is told. */
export function namedServices(survey: Survey): readonly Cause[] {
	return mentionsIn(survey).flatMap(mention => {
		const {namespace, service: name} = mention;
		if (!survey.isRead('Service', namespace)) return [];
		const service = survey.find('Service', namespace, name);
		if (service !== undefined) return lostPort(mention, service, survey);
		if (isGoverning(name, namespace, survey)) return [];
		return survey.isRead('Deployment', namespace) && survey.isRead('StatefulSet', namespace) ? lostService(mention, survey) : [];
	});
}
