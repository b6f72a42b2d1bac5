import {certificatesIn, isIssuedBy} from '../../../../core/kube/certificate.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {merge} from '../../../diagnosis/patch-remedy.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';
import {certificateUses} from './certificate-uses.ts';

/** A certificate in PEM, and who holds it beside its own. */
type Known = {readonly pem: string; readonly holder: KubeObject};

/** Certificates of authorities that Secrets of the cluster hold behind their own, by their subjects. */
const authoritiesIn = oncePerSurvey((survey: Survey): ReadonlyMap<string, readonly Known[]> => {
	const known = survey.all('Secret').flatMap(holder => {
		const {chain = [], authorities = []} = factsOf(holder) ?? {};
		return [...chain.slice(1), ...authorities].map(pem => ({pem, holder}));
	});
	return Map.groupBy(known, ({pem}) => certificatesIn(pem)[0]?.subject ?? '');
});

const isRoot = (pem: string) => isIssuedBy(pem, pem);

/** A certificate, what signed it, and so on, as far as it is at hand. */
function upwards(pem: string, issuersOf: (pem: string) => readonly string[]): readonly string[] {
	if (isRoot(pem)) return [pem];
	const [issuer] = issuersOf(pem).filter(each => isIssuedBy(pem, each));
	return issuer === undefined || issuer === pem ? [pem] : [pem, ...upwards(issuer, issuersOf)];
}

/** What a chain lacks up to its root, which every client has itself; undefined where nothing is known to be lacking. */
function lackingOf(
	secret: KubeObject,
	survey: Survey,
): {readonly shown: readonly string[]; readonly lacking: readonly Known[]} | undefined {
	const [own, ...others] = factsOf(secret)?.chain ?? [];
	if (own === undefined) return undefined;
	const shown = upwards(own, () => others);
	const last = shown.at(-1) ?? own;
	const issuersOf = (pem: string) => authoritiesIn(survey).get(certificatesIn(pem)[0]?.issuer ?? '') ?? [];
	const pems = upwards(last, pem => issuersOf(pem).map(each => each.pem)).slice(1);
	const lacking = pems
		.filter(pem => !isRoot(pem))
		.flatMap(pem => issuersOf(last).find(each => each.pem === pem) ?? [{pem, holder: secret}]);
	return lacking.length === 0 ? undefined : {shown, lacking};
}

function chainCause(secret: KubeObject, hurts: Cause['hurts'], survey: Survey): readonly Cause[] {
	const found = lackingOf(secret, survey);
	if (found === undefined) return [];
	const {shown, lacking} = found;
	const name = refText(refOf(secret));
	const subjects = lacking.map(({pem}) => certificatesIn(pem)[0]?.subject ?? '');
	const whole = [...shown, ...lacking.map(({pem}) => pem)].map(pem => `${pem}\n`).join('');
	return [
		{
			id: 'certificate-chain-incomplete',
			resource: refOf(secret),
			path: 'data.tls.crt',
			hurts,
			cause: {
				en: `The certificate of ${name} is shown without that of ${subjects.join(' and ')}, which signed it and is no root: most clients cannot build the chain`,
				ko: `${name}의 인증서에 그것을 서명한 중간 인증서 ${subjects.join(', ')}이(가) 없어 대부분의 클라이언트가 체인을 만들지 못합니다`,
			},
			evidence: [
				{source: name, detail: `issuer ${certificatesIn(shown.at(-1) ?? '')[0]?.issuer}, ${shown.length} in tls.crt`},
				...lacking
					.filter(({holder}) => holder !== secret)
					.map(({holder}, index) => ({source: refText(refOf(holder)), detail: `holds ${subjects[index]}`})),
				...changeEvidence(secret),
			],
			remedies: [
				merge(
					secret,
					{data: {'tls.crt': Buffer.from(whole).toString('base64')}},
					{
						side: 'settings',
						sure: true,
						text: {
							en: `Put the certificate of ${subjects.join(' and ')} behind that of ${name}`,
							ko: `${name}의 인증서 뒤에 ${subjects.join(', ')}의 인증서를 붙입니다`,
						},
					},
				),
			],
		},
	];
}

/** Certificates that Ingresses and Gateways show without what lies between them and their root. */
export const certificateChains = (survey: Survey): readonly Cause[] => {
	const {shown} = certificateUses(survey);
	return [...Map.groupBy(shown, ({namespace, secret}) => `${namespace}/${secret}`).values()].flatMap(uses => {
		const [use] = uses;
		const secret = use === undefined ? undefined : survey.find('Secret', use.namespace, use.secret);
		return secret === undefined
			? []
			: chainCause(
					secret,
					uses.map(({user}) => refOf(user)),
					survey,
				);
	});
};
