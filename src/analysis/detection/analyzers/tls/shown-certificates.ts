import {coversHost} from '../../../../core/kube/certificate.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';
import {type CertificateUse, certificateUses} from './certificate-uses.ts';
import {otherSecret, showBeside, showOther} from './other-secret.ts';

/** cert-manager makes the Secret that such an object names: it may be on its way. */
const isIssued = ({metadata}: KubeObject) =>
	Object.keys(metadata.annotations ?? {}).some(key => /^cert-manager\.io\/(?:cluster-)?issuer$/.test(key));

function missing(use: CertificateUse, survey: Survey): Cause {
	const {user, secret, namespace, path} = use;
	const name = refText(refOf(user));
	const near = nearestNames(
		secret,
		survey
			.all('Secret', namespace)
			.filter(factsOf)
			.map(({metadata}) => metadata.name),
	);
	const meant = near.length === 1 ? survey.find('Secret', namespace, near[0] ?? '') : undefined;
	return {
		id: 'tls-secret-not-there',
		resource: refOf(user),
		path,
		...(isIssued(user) ? {severity: 'medium' as const} : {}),
		cause: {
			en: `${name} shows the certificate of Secret ${secret}, which is not in namespace ${namespace}`,
			ko: `${name}가 쓰는 인증서 시크릿 ${secret}이(가) 네임스페이스 ${namespace}에 없습니다`,
		},
		evidence: [{source: name, detail: `${path} ${secret}`}, ...changeEvidence(user)],
		remedies: showOther(use, otherSecret(use, survey) ?? meant),
	};
}

function incomplete(use: CertificateUse, secret: KubeObject, lacks: readonly string[], survey: Survey): Cause {
	const {user, path} = use;
	const other = otherSecret(use, survey);
	const isUsers = other !== undefined && !isChangedLater(secret, user);
	const [name, holder] = [refText(refOf(user)), refText(refOf(secret))];
	const have = Object.keys(objectAt(secret, 'data')).join(', ') || 'nothing';
	return {
		id: 'tls-secret-incomplete',
		resource: refOf(isUsers ? user : secret),
		path: isUsers ? path : lacks.length === 1 ? `data.${lacks[0]}` : 'data',
		hurts: [refOf(user)],
		cause: {
			en: `${name} shows the certificate of ${holder}, which lacks ${lacks.join(' and ')}: it holds ${have}`,
			ko: `${name}가 쓰는 ${holder}에 ${lacks.join(', ')}이(가) 없습니다: 들어 있는 것은 ${have}입니다`,
		},
		evidence: [
			{source: name, detail: `${path} ${secret.metadata.name}`},
			{source: holder, detail: `type ${String(secret.type ?? 'Opaque')}, keys ${have}`},
			...changeEvidence(isUsers ? user : secret),
		],
		remedies: showOther(use, other),
	};
}

/** The object that was written to last is at fault; where nobody can tell, the one that can be set right from here. */
function notForHost(
	use: CertificateUse,
	secret: KubeObject,
	names: readonly string[],
	uncovered: readonly string[],
	survey: Survey,
): Cause {
	const {user, path, hosts} = use;
	const other = otherSecret(use, survey);
	const remedies =
		other === undefined ? showBeside(use, uncovered, otherSecret({...use, hosts: uncovered}, survey)) : showOther(use, other);
	const isUsers = isChangedLater(user, secret) || (remedies.length > 0 && !isChangedLater(secret, user));
	const hostsPath = path.replace(/\.secretName$/, '.hosts').replace(/\.tls\.certificateRefs\[.*$/, '.hostname');
	const [name, holder] = [refText(refOf(user)), refText(refOf(secret))];
	return {
		id: 'certificate-not-for-host',
		resource: refOf(isUsers ? user : secret),
		path: isUsers ? (other === undefined ? hostsPath : path) : 'data.tls.crt',
		hurts: [refOf(user)],
		cause: {
			en: `${name} shows the certificate of ${holder} for ${someOf(uncovered)}, and it is for ${someOf(names, 5) || 'no host'}`,
			ko: `${name}가 ${someOf(uncovered)}에 쓰는 ${holder}의 인증서는 ${someOf(names, 5) || '어떤 호스트도 아닌 것'}의 것입니다`,
		},
		evidence: [
			{source: name, detail: `${path}: hosts ${someOf(hosts, 5)}`},
			{source: holder, detail: `certificate for ${someOf(names, 5) || 'no host'}`},
			...changeEvidence(isUsers ? user : secret),
		],
		remedies,
	};
}

function faultsOf(use: CertificateUse, survey: Survey): readonly Cause[] {
	const {namespace, secret: name, hosts} = use;
	if (!survey.isRead('Secret', namespace)) return [];
	const secret = survey.find('Secret', namespace, name);
	if (secret === undefined) return [missing(use, survey)];
	const lacks = ['tls.crt', 'tls.key'].filter(key => objectAt(secret, 'data')[key] === undefined);
	if (lacks.length > 0) return [incomplete(use, secret, lacks, survey)];
	const [own] = factsOf(secret)?.certificates ?? [];
	if (own === undefined) return [];
	const uncovered = hosts.filter(host => !coversHost(own.names, host));
	return uncovered.length === 0 ? [] : [notForHost(use, secret, own.names, uncovered, survey)];
}

/** What Ingresses and Gateways show: that the Secret is there, whole, and for their hosts. */
export const shownCertificates = (survey: Survey): readonly Cause[] => certificateUses(survey).shown.flatMap(use => faultsOf(use, survey));
