import type {Json} from '../../../../core/json.ts';
import {type Certificate, certificatesIn, coversHost} from '../../../../core/kube/certificate.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {routingOf} from '../../routing.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';

type Place = readonly (string | number)[];

/** Something of the control plane that asks a Service by TLS, and whom it trusts. */
type Trust = {
	readonly object: KubeObject;
	readonly path: string;
	readonly place: Place;
	readonly bundle: string;
	readonly service: KubeObject;
};

const asking = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];

function trustIn(object: KubeObject, survey: Survey): readonly Trust[] {
	const found = (config: Json | undefined, place: Place, path: string): readonly Trust[] => {
		const [bundle, asked] = [textAt(config, 'caBundle'), valueAt(config, 'service')];
		const service = survey.find('Service', textAt(asked, 'namespace'), textAt(asked, 'name') ?? '');
		return bundle === undefined || bundle === '' || service === undefined
			? []
			: [{object, path, place: [...place, 'caBundle'], bundle, service}];
	};
	if (object.kind === 'APIService') return found(valueAt(object, 'spec'), ['spec'], 'spec.caBundle');
	return listAt(object, 'webhooks').flatMap((webhook, index) =>
		found(
			valueAt(webhook, 'clientConfig'),
			['webhooks', index, 'clientConfig'],
			`webhooks[${textAt(webhook, 'name')}].clientConfig.caBundle`,
		),
	);
}

/** Secrets with a certificate for the name of a Service that its pods mount. */
function servedBy(service: KubeObject, survey: Survey): readonly KubeObject[] {
	const {name, namespace = ''} = service.metadata;
	const mounted = routingOf(survey)
		.behind(service)
		.flatMap(workload => podNeeds(podSpecOf(workload)))
		.flatMap(need => (need.kind === 'Secret' ? (survey.find('Secret', namespace, need.name) ?? []) : []));
	return [...new Set(mounted)].filter(secret => coversHost(factsOf(secret)?.certificates[0]?.names ?? [], `${name}.${namespace}.svc`));
}

const decoded = (bundle: string) => Buffer.from(bundle, 'base64').toString('utf8');

/** Whether a chain leads to one of the authorities by what the certificates call each other. */
const isTrusted = (chain: readonly Certificate[], authorities: readonly Certificate[]) =>
	chain.some(({issuer, subject}) => authorities.some(each => each.subject === issuer || each.subject === subject));

/**
 * Whom the control plane trusts, and who has signed what it is shown: where they differ it refuses the answer.
 * @param read certificates of a PEM text
 */
export function trustedAuthorities(survey: Survey, read: typeof certificatesIn = certificatesIn): readonly Cause[] {
	const all = [...asking, 'APIService'].flatMap(kind => survey.all(kind)).flatMap(object => trustIn(object, survey));
	return all.flatMap((trust): readonly Cause[] => {
		const {object, path, place, bundle, service} = trust;
		const authorities = read(decoded(bundle));
		const secrets = servedBy(service, survey);
		const [secret] = secrets;
		const chain = secret === undefined ? [] : (factsOf(secret)?.certificates ?? []);
		// Of several certificates nobody knows which one is shown.
		if (secret === undefined || secrets.length > 1 || authorities.length === 0 || chain.length === 0 || isTrusted(chain, authorities))
			return [];
		const trusts = (other: string | undefined): other is string =>
			other !== undefined && other !== bundle && isTrusted(chain, read(decoded(other)));
		const applied = lastApplied(object);
		const former = place.reduce<Json | undefined>(
			(here, step) => (typeof step === 'number' ? listAt({here}, 'here')[step] : valueAt(here, step)),
			applied,
		);
		const known = [
			typeof former === 'string' ? former : undefined,
			...all.filter(each => each.service === service).map(each => each.bundle),
		].find(trusts);
		const [name, holder] = [refText(refOf(object)), refText(refOf(secret))];
		const [issuer, trusted] = [chain.at(-1)?.issuer ?? '', authorities.map(each => each.subject).join('; ')];
		return [
			{
				id: 'authority-not-trusted',
				resource: refOf(object),
				path,
				hurts: [refOf(service)],
				cause: {
					en: `${name} trusts ${trusted}, and ${refText(refOf(service))} shows a certificate of ${issuer}: the API server refuses each answer`,
					ko: `${name}는 ${trusted}만 신뢰하는데 ${refText(refOf(service))}의 인증서는 ${issuer}가 발급한 것이라 API 서버가 응답을 거절합니다`,
				},
				evidence: [
					{source: name, detail: `${path}: ${trusted}`},
					{source: holder, detail: `certificate of ${issuer}`},
					...changeEvidence(object),
					...changeEvidence(secret),
				],
				remedies:
					known === undefined
						? []
						: [
								exchange(object, [{path: place, from: bundle, to: known}], {
									side: 'policy',
									sure: true,
									text: {en: `Let ${name} trust ${issuer}`, ko: `${name}가 ${issuer}를 신뢰하게 합니다`},
								}),
							],
			},
		];
	});
}
