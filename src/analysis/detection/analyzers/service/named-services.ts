import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLately, isChangedLater} from '../../../diagnosis/last-write.ts';
import {makeService} from '../../../diagnosis/make-service.ts';
import {isNoNamespace} from '../../mentions/cluster-name.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {formerService} from '../../mentions/former-mention.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {isGoverning} from './governing-services.ts';
import {unmappedPort} from './headless-ports.ts';
import {answers, lostPort, said} from './named-ports.ts';

const serving = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** The workload that a Service of this name would be for: its namesake. */
const namesakeOf = (name: string, namespace: string, survey: Survey): KubeObject | undefined =>
	survey.workloads(namespace).find(workload => serving.has(workload.kind) && workload.metadata.name === name);

const missing = (name: string, namespace: string): Ref => ({apiVersion: 'v1', kind: 'Service', namespace, name});

/** The only other Service of its namespace that answers at the port which is asked: worth a question, and no more. */
function atPort({workload, namespace, port, isImplied}: Mention, survey: Survey): readonly KubeObject[] {
	if (port === undefined || isImplied === true) return [];
	const own = routingOf(survey).servicesOf(workload);
	const others = survey.all('Service', namespace).filter(each => !own.includes(each) && answers(each, port, survey));
	return others.length === 1 ? others : [];
}

/** What was written a while ago named a Service of another name then: the only other one that answers at the port which it still names. */
const onlyAt = (mention: Mention, survey: Survey): KubeObject | undefined =>
	isChangedLately(mention.holder, survey.nowMs) ? atPort(mention, survey)[0] : undefined;

/** A Service that may be the one that was meant, and whether nothing else can have been. */
type Meant = {readonly service: KubeObject; readonly sure: boolean};

const surely = (service: KubeObject | undefined): Meant | undefined => (service === undefined ? undefined : {service, sure: true});

/** Services of the same name in other namespaces: that of the workload's own before all others, which are somebody else's more often than not. */
function elsewhereMeant(mention: Mention, survey: Survey): Meant | undefined {
	const {service: name, workload, isFull} = mention;
	const elsewhere = survey.all('Service').filter(({metadata}) => metadata.name === name);
	const own = elsewhere.find(({metadata}) => metadata.namespace === workload.metadata.namespace);
	if (own !== undefined) return {service: own, sure: isAnswering(own, mention, survey)};
	const [first] = elsewhere;
	if (first === undefined) return undefined;
	return elsewhere.length === 1 ? surely(first) : isFull ? {service: first, sure: false} : undefined;
}

const isAnswering = (service: KubeObject, {port, isImplied}: Mention, survey: Survey) =>
	port === undefined || isImplied === true || answers(service, port, survey);

/** Services that may be the one that was meant: those of a near name, and those of the same name in another namespace. */
function meantService(mention: Mention, survey: Survey): Meant | undefined {
	const {service, namespace} = mention;
	const own = survey.all('Service', namespace).filter(each => isAnswering(each, mention, survey));
	const routing = routingOf(survey);
	const namesake = namesakeOf(service, namespace, survey);
	const forNamesake = namesake === undefined ? [] : routing.servicesOf(namesake);
	if (forNamesake.length === 1) return surely(forNamesake[0]);
	if (namesake !== undefined) return undefined;
	const near = nearestNames(
		service,
		own.map(({metadata}) => metadata.name),
	);
	if (near.length === 1) return surely(own.find(({metadata}) => metadata.name === near[0]));
	if (near.length > 1) return undefined;
	return surely(onlyAt(mention, survey)) ?? elsewhereMeant(mention, survey);
}

/** Whether everything that a namespace runs is known: of one that is not there it is. */
const isSeen = (namespace: string, survey: Survey) =>
	isNoNamespace(namespace, survey) || (survey.isRead('Deployment', namespace) && survey.isRead('StatefulSet', namespace));

const hostOf = (meant: KubeObject, {workload, host, isFull, pod}: Mention): string => {
	const {name, namespace} = meant.metadata;
	const before = pod === undefined ? '' : `${pod}.`;
	// Under the domain by which it is asked for.
	if (isFull) return `${before}${name}.${namespace}${/\.svc(?:\..+)?$/.exec(host)?.[0] ?? '.svc'}`;
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
function renamed(mention: Mention, {service: meant, sure}: Meant, port?: number): Cause {
	const {workload, holder, path, service, namespace} = mention;
	const isOwn = meant.metadata.namespace === namespace;
	const isMoved = isOwn && isChangedLater(meant, holder);
	const meantPort = port === undefined || port === mention.port ? {} : {port};
	const [who, other] = [refText(refOf(workload)), refText(refOf(meant))];
	const toOther = exchangeMention(mention, {host: hostOf(meant, mention), ...meantPort}, sure);
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
	const former = formerService(mention, survey);
	if (former !== undefined) return [renamed(mention, {service: former.service, sure: true}, former.port)];
	const meant = meantService(mention, survey);
	// Where it is not seen what runs there, that may only have lost its Service.
	if (meant !== undefined) return [renamed(mention, isSeen(namespace, survey) ? meant : {...meant, sure: false})];
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
			// Who has just been told of it will ask for it; long-standing settings may be of something that is switched off.
			severity: isChangedLately(holder, survey.nowMs) ? 'medium' : 'low',
			hurts: [refOf(workload)],
			cause: {
				en: `${who} is told of ${host}, and there is no ${isNoNamespace(namespace, survey) ? `namespace ${namespace}` : `Service ${service} in namespace ${namespace}`}`,
				ko: `${who}가 부르는 ${host}의 ${isNoNamespace(namespace, survey) ? `네임스페이스 ${namespace}가` : `서비스 ${service}가 네임스페이스 ${namespace}에`} 없습니다`,
			},
			evidence: [said(mention), ...changeEvidence(holder)],
			remedies: atPort(mention, survey).map(other => exchangeMention(mention, {host: hostOf(other, mention)}, false)),
		},
	];
}

/** Whether what a workload is told of Services is there. Of names that are not unmistakably of the cluster nothing is told. */
export function namedServices(survey: Survey): readonly Cause[] {
	return mentionsIn(survey).flatMap(mention => {
		const {namespace, service: name} = mention;
		if (!survey.isRead('Service', namespace)) return [];
		const service = survey.find('Service', namespace, name);
		if (service !== undefined) return [...lostPort(mention, service, survey), ...unmappedPort(mention, service, survey)];
		return isGoverning(name, namespace, survey) ? [] : lostService(mention, survey);
	});
}
