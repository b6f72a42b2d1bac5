import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import type {Survey} from '../../survey.ts';

/** That an object shows the certificate of a Secret to the world, or hands it to its pods. */
export type CertificateUse = {
	readonly user: KubeObject;
	readonly namespace: string;
	readonly secret: string;
	/** Hosts that it is shown for; none where nobody can tell. */
	readonly hosts: readonly string[];
	/** The field that names the Secret, for people and for a patch. */
	readonly path: string;
	readonly place: readonly (string | number)[];
};

/** An entry without hosts is for all that the rules name. */
function ingressUses(ingress: KubeObject): readonly CertificateUse[] {
	const ruled = listAt(ingress, 'spec', 'rules').flatMap(rule => textAt(rule, 'host') ?? []);
	const entries = listAt(ingress, 'spec', 'tls');
	return entries.flatMap((entry, index) => {
		const secret = textAt(entry, 'secretName') ?? '';
		const named = listAt(entry, 'hosts').filter(host => typeof host === 'string');
		const hosts = named.length > 0 || entries.length > 1 ? named : ruled;
		return secret === ''
			? []
			: [
					{
						user: ingress,
						namespace: ingress.metadata.namespace ?? '',
						secret,
						hosts,
						path: `spec.tls[${hosts[0] ?? index}].secretName`,
						place: ['spec', 'tls', index, 'secretName'],
					},
				];
	});
}

function gatewayUses(gateway: KubeObject): readonly CertificateUse[] {
	return listAt(gateway, 'spec', 'listeners').flatMap((listener, index) =>
		listAt(listener, 'tls', 'certificateRefs').flatMap((ref, number) => {
			const secret = textAt(ref, 'name') ?? '';
			const isSecret = (textAt(ref, 'kind') ?? 'Secret') === 'Secret' && secret !== '';
			const host = textAt(listener, 'hostname');
			return isSecret
				? [
						{
							user: gateway,
							namespace: textAt(ref, 'namespace') ?? gateway.metadata.namespace ?? '',
							secret,
							hosts: host === undefined ? [] : [host],
							path: `spec.listeners[${textAt(listener, 'name') ?? index}].tls.certificateRefs[${secret}].name`,
							place: ['spec', 'listeners', index, 'tls', 'certificateRefs', number, 'name'],
						},
					]
				: [];
		}),
	);
}

/** Pods that mount a certificate: for which hosts, only their programs know. */
const podUses = (workload: KubeObject): readonly CertificateUse[] =>
	podNeeds(podSpecOf(workload))
		.filter(({kind, how}) => kind === 'Secret' && how.startsWith('volume '))
		.map(({name, how}) => ({
			user: workload,
			namespace: workload.metadata.namespace ?? '',
			secret: name,
			hosts: [],
			path: `spec.template.spec.volumes[${how.slice('volume '.length)}].secret.secretName`,
			place: [],
		}));

/** Every use of a certificate, by Ingresses and Gateways first. */
export const certificateUses = oncePerSurvey((survey: Survey) => {
	const shown = [...survey.all('Ingress').flatMap(ingressUses), ...survey.all('Gateway').flatMap(gatewayUses)];
	const mounted = survey.workloads().flatMap(podUses);
	return {shown, bySecret: Map.groupBy([...shown, ...mounted], ({namespace, secret}) => `${namespace}/${secret}`)};
});
