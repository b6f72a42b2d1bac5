import type {Finding} from '../../../../core/finding.ts';
import type {Certificate} from '../../../../core/kube/certificate.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {FaultId} from '../../../diagnosis/classes/fault-classes.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';
import {type CertificateUse, certificateUses} from './certificate-uses.ts';
import {otherSecret, showOther} from './other-secret.ts';

const dayMs = 86_400_000;

/** What is wrong with a certificate in itself. */
type Trouble = {
	readonly id: FaultId;
	readonly path: string;
	readonly severity: Finding['severity'];
	readonly en: string;
	readonly ko: string;
};

/**
 * How near the end of a certificate is too near: a month, a fortnight. One that lives shortly is renewed later in its life (cert-manager does so when a third
 * of it is left), and is told when a quarter, or a tenth, is.
 */
function nearing({notBefore, notAfter}: Certificate, nowMs: number): Finding['severity'] | undefined {
	const life = Date.parse(notAfter) - Date.parse(notBefore);
	const left = Date.parse(notAfter) - nowMs;
	if (left < Math.min(14 * dayMs, life / 10)) return 'high';
	return left < Math.min(30 * dayMs, life / 4) ? 'medium' : undefined;
}

function validity(certificate: Certificate, nowMs: number): Trouble | undefined {
	const {notBefore, notAfter} = certificate;
	const path = 'data.tls.crt';
	if (nowMs >= Date.parse(notAfter))
		return {id: 'certificate-expired', path, severity: 'high', en: `expired ${notAfter}`, ko: `${notAfter}에 만료되었습니다`};
	if (nowMs < Date.parse(notBefore))
		return {
			id: 'certificate-not-yet-valid',
			path,
			severity: 'high',
			en: `is valid from ${notBefore} only`,
			ko: `${notBefore}부터 유효합니다`,
		};
	const severity = nearing(certificate, nowMs);
	const days = Math.floor((Date.parse(notAfter) - nowMs) / dayMs);
	return severity === undefined
		? undefined
		: {
				id: 'certificate-expires-soon',
				path,
				severity,
				en: `expires in ${count(days, 'day')} (${notAfter})`,
				ko: `${days}일 뒤(${notAfter})에 만료됩니다`,
			};
}

function troubleOf(secret: KubeObject, nowMs: number): Trouble | undefined {
	const facts = factsOf(secret);
	if (facts === undefined) return undefined;
	const [own, ...chain] = facts.certificates;
	if (own === undefined)
		return {
			id: 'certificate-unreadable',
			path: 'data.tls.crt',
			severity: 'high',
			en: 'is no certificate in PEM',
			ko: 'PEM 인증서가 아닙니다',
		};
	if (facts.keyFits === false)
		return {
			id: 'certificate-of-another-key',
			path: 'data.tls.key',
			severity: 'high',
			en: 'is not that of the key beside it',
			ko: '곁에 있는 개인 키의 것이 아닙니다',
		};
	// What signed it must be valid as long as it is shown.
	return (
		validity(own, nowMs) ??
		chain.map(each => validity(each, nowMs)).find(found => found !== undefined && found.id === 'certificate-expired')
	);
}

/** A Secret that nobody uses hurts nobody. */
function causeOf(secret: KubeObject, trouble: Trouble, uses: readonly CertificateUse[], survey: Survey): Cause {
	const {id, path, severity, en, ko} = trouble;
	const shown = uses.filter(({place}) => place.length > 0);
	const [only] = shown;
	const other = only !== undefined && shown.length === 1 ? otherSecret(only, survey) : undefined;
	// Who was pointed at a bad Secret while a good one lies beside it is at fault.
	const isUsers = only !== undefined && other !== undefined && isChangedLater(only.user, secret);
	const name = refText(refOf(secret));
	const users = uses.map(({user}) => refText(refOf(user)));
	return {
		id,
		resource: refOf(isUsers ? only.user : secret),
		path: isUsers ? only.path : path,
		severity: uses.length === 0 ? 'low' : severity,
		hurts: uses.map(({user}) => refOf(user)),
		cause: {
			en: `The certificate of ${name} ${en}${users.length === 0 ? ', and nobody uses it' : `: ${someOf(users)} ${users.length === 1 ? 'uses' : 'use'} it`}`,
			ko: `${name}의 인증서: ${ko}${users.length === 0 ? ' (쓰는 곳 없음)' : `. 쓰는 곳: ${someOf(users)}`}`,
		},
		evidence: [
			{source: name, detail: `certificate ${factsOf(secret)?.certificates[0]?.subject ?? 'unreadable'} ${en}`},
			...uses.slice(0, 3).map(use => ({source: refText(refOf(use.user)), detail: use.path})),
			...changeEvidence(isUsers ? only.user : secret),
		],
		remedies: only === undefined || shown.length > 1 ? [] : showOther(only, other),
	};
}

/** Every certificate that is not, or not for long, what it should be. */
export function heldCertificates(survey: Survey): readonly Cause[] {
	const {bySecret} = certificateUses(survey);
	return survey.all('Secret').flatMap(secret => {
		const trouble = troubleOf(secret, survey.nowMs);
		const uses = bySecret.get(`${secret.metadata.namespace}/${secret.metadata.name}`) ?? [];
		return trouble === undefined ? [] : [causeOf(secret, trouble, uses, survey)];
	});
}
