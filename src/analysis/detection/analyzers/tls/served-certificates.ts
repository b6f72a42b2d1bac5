import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../../core/kube/pod-needs.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {changesAt, changeEvidence as templateEvidence} from '../../../diagnosis/template-change.ts';
import {clusterNameOf} from '../../mentions/cluster-name.ts';
import {routingOf} from '../../routing.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {isSound} from './other-secret.ts';

/** Names that say nothing of who serves. */
const isOfNobody = (name: string) => name === 'localhost' || /^[\d.]+$|:/.test(name);

const certificateNames = (secret: KubeObject | undefined) =>
	(secret === undefined ? [] : (factsOf(secret)?.certificates[0]?.names ?? [])).filter(name => !isOfNobody(name));

/** Services behind which a workload stands, as its certificate should name one of them. */
const servicesOf = ({survey, workload}: Subject): readonly KubeObject[] => routingOf(survey).servicesOf(workload);

/** Whether a certificate is for a Service of a workload: `ledger.shop.svc`, one of its pods, or any Service of the namespace. */
function isOwn(names: readonly string[], subject: Subject): boolean {
	const {namespace = ''} = subject.workload.metadata;
	const own = new Set(servicesOf(subject).map(({metadata}) => metadata.name));
	return names.some(name => {
		const meant = clusterNameOf(name, namespace, subject.survey);
		return meant !== undefined && meant.namespace === namespace && (meant.service === '*' || own.has(meant.service));
	});
}

/** The Services of others that a certificate is for; none where one of its names is not known to be such a Service's. */
function othersOf(names: readonly string[], {workload, survey}: Subject): readonly KubeObject[] {
	const {behind} = routingOf(survey);
	const found = names.map(name => {
		const meant = clusterNameOf(name, workload.metadata.namespace ?? '', survey);
		return meant === undefined ? undefined : survey.find('Service', meant.namespace, meant.service);
	});
	const others = found.flatMap(service => {
		const all = service === undefined ? [] : behind(service);
		return service === undefined || all.length === 0 || all.includes(workload) ? [] : [service];
	});
	return others.length === found.length ? [...new Set(others)] : [];
}

/** Whether it looks as though a workload served TLS itself. */
function servesTls(subject: Subject): boolean {
	const isTls = (name: string | undefined, number: number | undefined) =>
		/https|tls|grpcs|ssl/i.test(name ?? '') || [443, 6443, 8443, 9443].includes(number ?? 0);
	const ofPods = subject.containers.some(
		({container}) =>
			listAt(container, 'ports').some(each => isTls(textAt(each, 'name'), numberAt(each, 'containerPort'))) ||
			['readinessProbe', 'livenessProbe', 'startupProbe'].some(probe => textAt(container, probe, 'httpGet', 'scheme') === 'HTTPS'),
	);
	return (
		ofPods ||
		servicesOf(subject).some(service => listAt(service, 'spec', 'ports').some(each => isTls(textAt(each, 'name'), numberAt(each, 'port'))))
	);
}

type Mount = {readonly secret: string; readonly place: Exchange['path']};

/** Secrets that pods mount with the private key in them: who takes no more than a certificate only trusts it. */
function mountsOf({podSpec, workload}: Subject): readonly Mount[] {
	const found = podNeeds(podSpec).filter(
		({kind, how, key}) => kind === 'Secret' && how.startsWith('volume ') && (key === undefined || key === 'tls.key'),
	);
	return found.map(({name, nameAt}) => ({secret: name, place: [...podSpecPlace(workload), ...nameAt]}));
}

/** The Secret that is meant: the one that was mounted before, or the only one whose certificate is for this workload. */
function meantSecret({place, secret}: Mount, subject: Subject) {
	const {survey, workload, change} = subject;
	const {namespace} = workload.metadata;
	const fits = (each: KubeObject) => isSound(each, survey.nowMs) && isOwn(certificateNames(each), subject);
	const changed = changesAt(change(), place);
	const before = changed.flatMap(({to}) => (typeof to === 'string' ? (survey.find('Secret', namespace, to) ?? []) : [])).find(fits);
	if (before !== undefined) return {other: before, changed};
	const fitting = survey.all('Secret', namespace).filter(each => each.metadata.name !== secret && fits(each));
	return fitting.length === 1 && fitting[0] !== undefined && servesTls(subject) ? {other: fitting[0], changed: []} : undefined;
}

/** A Secret that has the name of a workload, or of a Service of it, was made for it. */
const isNamedAfter = (secret: string, subject: Subject) =>
	[subject.workload, ...servicesOf(subject)].some(({metadata}) => secret === metadata.name || secret.startsWith(`${metadata.name}-`));

function causesOf(mount: Mount, subject: Subject): readonly Cause[] {
	const {survey, workload, given, change} = subject;
	const secret = survey.find('Secret', workload.metadata.namespace, mount.secret);
	const names = certificateNames(secret);
	if (secret === undefined || names.length === 0 || isOwn(names, subject)) return [];
	const others = othersOf(names, subject);
	if (others.length === 0) return [];
	const meant = meantSecret(mount, subject);
	const isSecrets =
		isNamedAfter(mount.secret, subject) && isChangedLater(secret, workload) && servesTls(subject) && (meant?.changed ?? []).length === 0;
	if (meant === undefined && !isSecrets) return [];
	const [name, holder] = [refText(refOf(workload)), refText(refOf(secret))];
	const own = servicesOf(subject).map(each => refText(refOf(each)));
	const path = fieldPath(workload, mount.place);
	return [
		{
			id: 'certificate-not-for-host',
			resource: refOf(isSecrets ? secret : workload),
			path: isSecrets ? 'data.tls.crt' : path,
			hurts: [refOf(workload), ...servicesOf(subject).map(refOf)],
			cause: {
				en: `${name} serves with the certificate of ${holder}, which is for ${others.map(each => refText(refOf(each))).join(', ')}: who asks ${someOf(own)} refuses it`,
				ko: `${name}가 쓰는 ${holder}의 인증서는 ${others.map(each => refText(refOf(each))).join(', ')}의 것이라 ${someOf(own)}에 묻는 쪽이 거부합니다`,
			},
			evidence: [
				{source: name, detail: `${path} ${mount.secret}`},
				{source: holder, detail: `certificate for ${someOf(names, 5)}`},
				...(meant === undefined
					? []
					: [{source: refText(refOf(meant.other)), detail: `certificate for ${someOf(certificateNames(meant.other), 5)}`}]),
				...(isSecrets ? changeEvidence(secret) : templateEvidence(given(), change(), meant?.changed ?? [])),
			],
			remedies:
				meant === undefined
					? []
					: [
							exchange(workload, [{path: mount.place, from: mount.secret, to: meant.other.metadata.name}], {
								side: 'workload',
								sure: meant.changed.length > 0,
								text: {
									en: `Make ${name} serve with the certificate of Secret ${meant.other.metadata.name}`,
									ko: `${name}가 시크릿 ${meant.other.metadata.name}의 인증서를 쓰게 합니다`,
								},
							}),
						],
		},
	];
}

/** Workloads that serve with the certificate of others. One that has its own beside it knows why it takes another, as clients do. */
export const servedCertificates = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject => {
		const {namespace} = subject.workload.metadata;
		if (!survey.isRead('Secret', namespace) || servicesOf(subject).length === 0) return [];
		const mounts = mountsOf(subject);
		const hasOwn = mounts.some(({secret}) => isOwn(certificateNames(survey.find('Secret', namespace, secret)), subject));
		return hasOwn ? [] : mounts.flatMap(mount => causesOf(mount, subject));
	});
