import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {formerService} from '../../mentions/former-mention.ts';
import {type Naming, namingsIn} from '../../mentions/mentions.ts';
import type {Survey} from '../../survey.ts';
import {domainOf, isDomainMisspelt} from './cluster-domain.ts';

/** `svc`, or what people write in its place. */
const isLikeSvc = (step: string | undefined) =>
	step !== undefined && (step === 'service' || step === 'services' || nearestNames(step, ['svc']).length > 0);

type Meant = {readonly service: string; readonly namespace: string; readonly pod?: string | undefined};

/** The Services that the steps of a name before the domain may have meant: one without its namespace, without `svc`, or with both in another order. */
function readings(steps: readonly string[], own: string, hasDomain: boolean): readonly Meant[] {
	const [first = '', second = '', third, fourth] = steps;
	if (steps.length === 2)
		return second === 'svc' ? [{service: first, namespace: own}] : hasDomain ? [{service: first, namespace: second}] : [];
	if (steps.length === 3 && third !== undefined) {
		if (second === 'svc') return [{service: first, namespace: third}];
		return third !== 'svc' && isLikeSvc(third) ? [{service: first, namespace: second}] : [];
	}
	const isOfPod = steps.length === 4 && third !== undefined && fourth !== 'svc' && isLikeSvc(fourth);
	return isOfPod ? [{pod: first, service: second, namespace: third}] : [];
}

/** The Service that a name of no sense was meant for, and the name that it has; undefined for names that are right, and for those of the world. */
function meantBy({host, workload}: Naming, survey: Survey) {
	const domain = domainOf(survey);
	// Every name is right under a domain that nobody knows.
	if (domain === undefined) return undefined;
	const own = workload.metadata.namespace ?? '';
	const [, before = '', after] = /^(.+)\.svc\.([a-z0-9.-]+)$/.exec(host) ?? [];
	const isNear = after !== undefined && isDomainMisspelt(after, domain, survey);
	const hasDomain = host.endsWith(`.${domain}`);
	const steps = (isNear ? before : hasDomain ? host.slice(0, -domain.length - 1) : host).split('.');
	const [first = '', second = '', third] = steps;
	const asWritten = third === undefined ? {service: first, namespace: second} : {pod: first, service: second, namespace: third};
	return (isNear ? [asWritten] : readings(steps, own, hasDomain))
		.filter(({service, namespace}) => survey.find('Service', namespace, service) !== undefined)
		.map(each => ({
			...each,
			host: `${each.pod === undefined ? '' : `${each.pod}.`}${each.service}.${each.namespace}.svc.${domain}`,
		}))[0];
}

function causesOf(naming: Naming, survey: Survey): readonly Cause[] {
	const {holder, path, host, workload} = naming;
	const meant = meantBy(naming, survey);
	if (meant === undefined) return [];
	const who = refText(refOf(workload));
	const mention = {...naming, service: meant.service, namespace: meant.namespace, isFull: true, pod: meant.pod};
	const former = formerService(mention, survey)?.service.metadata;
	return [
		{
			id: 'cluster-name-misspelt',
			resource: refOf(holder),
			path,
			hurts: [refOf(workload)],
			cause: {
				en: `${who} is told of ${host}, which is no name of the cluster: Service ${meant.service} of namespace ${meant.namespace} is ${meant.host}`,
				ko: `${who}가 부르는 ${host}은(는) 클러스터의 이름이 아닙니다: 네임스페이스 ${meant.namespace}의 서비스 ${meant.service}는 ${meant.host}입니다`,
			},
			evidence: [{source: refText(refOf(holder)), detail: `${path} names ${host}`}, ...changeEvidence(holder)],
			remedies: [
				// Servers of names may know more than they are seen to: only what was right before is set right unasked.
				exchangeMention(mention, {host: meant.host}, former?.name === meant.service && former.namespace === meant.namespace),
			],
		},
	];
}

/**
 * Names that were meant for Services that are there, and have not the form of a name of a cluster: SERVICE.NAMESPACE.svc.DOMAIN.
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export const misspeltNames = (survey: Survey): readonly Cause[] => namingsIn(survey).flatMap(naming => causesOf(naming, survey));
