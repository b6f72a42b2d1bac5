import {coversHost} from '../../../../core/kube/certificate.ts';
import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';

/** A host for which an Ingress has a certificate, and which it does not show it for: whoever comes by TLS is shown another one. */
function unlisted(ingress: KubeObject, elsewhere: ReadonlySet<string>, survey: Survey): readonly Cause[] {
	const entries = listAt(ingress, 'spec', 'tls');
	const listed = entries.flatMap(each => listAt(each, 'hosts').map(String));
	// An entry without hosts is for all of them.
	if (entries.length === 0 || entries.some(each => listAt(each, 'hosts').length === 0)) return [];
	const hosts = [...new Set(listAt(ingress, 'spec', 'rules').flatMap(rule => textAt(rule, 'host') ?? []))].filter(
		host => !coversHost(listed, host) && !elsewhere.has(host),
	);
	return hosts.flatMap((host): readonly Cause[] => {
		const index = entries.findIndex(each => {
			const secret = survey.find('Secret', ingress.metadata.namespace, textAt(each, 'secretName') ?? '');
			const [own] = secret === undefined ? [] : (factsOf(secret)?.certificates ?? []);
			return own !== undefined && coversHost(own.names, host);
		});
		if (index === -1) return [];
		const names = listAt(entries[index], 'hosts');
		const [name, secret] = [refText(refOf(ingress)), textAt(entries[index], 'secretName')];
		return [
			{
				id: 'ingress-host-without-tls',
				resource: refOf(ingress),
				path: `spec.tls[${index}].hosts`,
				cause: {
					en: `${name} serves ${host}, and shows the certificate of Secret ${secret}, which is for it too, for ${names.join(', ')} alone: whoever comes by TLS is shown another one`,
					ko: `${name}가 ${host}도 받는데 그 호스트에도 맞는 시크릿 ${secret}의 인증서를 ${names.join(', ')}에만 씁니다`,
				},
				evidence: [{source: name, detail: `spec.tls[${index}].hosts ${names.join(', ')}; spec.rules ${host}`}, ...changeEvidence(ingress)],
				remedies: [
					exchange(ingress, [{path: ['spec', 'tls', index, 'hosts'], from: names, to: [...names, host]}], {
						side: 'ingress',
						// Controllers send whoever comes without TLS to it from then on.
						sure: wasListed(ingress, host),
						text: {
							en: `Let ${name} show the certificate of Secret ${secret} for ${host}`,
							ko: `${name}가 ${host}에도 시크릿 ${secret}의 인증서를 쓰게 합니다`,
						},
					}),
				],
			},
		];
	});
}

/** Whether what was applied last shows a certificate for a host. */
const wasListed = (ingress: KubeObject, host: string) =>
	listAt(lastApplied(ingress), 'spec', 'tls').some(each => listAt(each, 'hosts').includes(host));

/** Hosts of Ingresses that their certificates are for and that are served without them. */
export function hostsWithoutTls(survey: Survey): readonly Cause[] {
	const all = survey.namespaces.flatMap(namespace => survey.all('Ingress', namespace));
	// One host may be of several Ingresses, and the certificate of any of them is shown for it.
	const listed = all.flatMap(ingress => listAt(ingress, 'spec', 'tls').flatMap(each => listAt(each, 'hosts').map(String)));
	const elsewhere = new Set(listed);
	return all.flatMap(ingress => unlisted(ingress, elsewhere, survey));
}
