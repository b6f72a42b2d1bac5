import {coversHost} from '../../../../core/kube/certificate.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Remedy} from '../../../diagnosis/cause.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';
import type {CertificateUse} from './certificate-uses.ts';

/** Whether a Secret holds a certificate that is valid now, with its own key. */
export function isSound(secret: KubeObject, nowMs: number): boolean {
	const facts = factsOf(secret);
	const [own] = facts?.certificates ?? [];
	return own !== undefined && facts?.keyFits === true && Date.parse(own.notBefore) <= nowMs && nowMs < Date.parse(own.notAfter);
}

/** The one other Secret of the namespace whose certificate is sound and for all hosts of a use; undefined where there is none, or several. */
export function otherSecret({namespace, hosts, secret}: CertificateUse, survey: Survey): KubeObject | undefined {
	if (hosts.length === 0) return undefined;
	const fitting = survey.all('Secret', namespace).filter(each => {
		const names = factsOf(each)?.certificates[0]?.names ?? [];
		return each.metadata.name !== secret && isSound(each, survey.nowMs) && hosts.every(host => coversHost(names, host));
	});
	return fitting.length === 1 ? fitting[0] : undefined;
}

/** Shows the certificate of another Secret for some hosts of an entry of an Ingress, which get an entry of their own; none where the others have none left. */
export function showBeside(
	{user, place, hosts}: CertificateUse,
	uncovered: readonly string[],
	other: KubeObject | undefined,
): readonly Remedy[] {
	const entry = place.slice(0, -1);
	const [, , index] = place;
	const entries = listAt(user, 'spec', 'tls');
	const listed = typeof index === 'number' ? listAt(entries[index], 'hosts') : [];
	const kept = hosts.filter(host => !uncovered.includes(host));
	if (other === undefined || user.kind !== 'Ingress' || kept.length === 0 || !uncovered.every(host => listed.includes(host))) return [];
	const [name, to, whose] = [refText(refOf(user)), other.metadata.name, someOf(uncovered)];
	const exchanges = [
		{path: [...entry, 'hosts'], from: listed, to: listed.filter(host => !uncovered.includes(String(host)))},
		{path: ['spec', 'tls', entries.length], to: {hosts: [...uncovered], secretName: to}},
	];
	return [
		exchange(user, exchanges, {
			side: 'ingress',
			sure: true,
			text: {
				en: `Make ${name} show the certificate of Secret ${to} for ${whose}`,
				ko: `${name}가 ${whose}에 시크릿 ${to}의 인증서를 쓰게 합니다`,
			},
		}),
	];
}

/** Shows the certificate of another Secret; nobody invents one. */
export function showOther({user, place, secret}: CertificateUse, other: KubeObject | undefined): readonly Remedy[] {
	if (other === undefined || place.length === 0) return [];
	const name = refText(refOf(user));
	const to = other.metadata.name;
	return [
		exchange(user, [{path: place, from: secret, to}], {
			side: 'ingress',
			sure: true,
			text: {en: `Make ${name} show the certificate of Secret ${to}`, ko: `${name}가 시크릿 ${to}의 인증서를 쓰게 합니다`},
		}),
	];
}
