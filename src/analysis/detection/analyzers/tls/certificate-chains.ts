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

/** Certificates of authorities that Secrets of the cluster hold behind their own, by their subjects; each is told once, however many hold it. */
const authoritiesIn = oncePerSurvey((survey: Survey): ReadonlyMap<string, readonly Known[]> => {
	const known = new Map<string, Known>();
	for (const holder of survey.all('Secret')) {
		const {chain = [], authorities = []} = factsOf(holder) ?? {};
		for (const pem of [...chain.slice(1), ...authorities]) if (!known.has(pem)) known.set(pem, {pem, holder});
	}
	return Map.groupBy(known.values(), ({pem}) => certificatesIn(pem)[0]?.subject ?? '');
});

const isRoot = (pem: string) => isIssuedBy(pem, pem);

/** Clients follow no longer chain: OpenSSL and Go give up, too, and authorities that sign each other lead on for ever. */
const longest = 10;

/** What signed a certificate, what signed that, and so on, as far as it is at hand, and no certificate twice. Of several that signed it a root ends the search. */
function signersOf(pem: string, candidatesFor: (pem: string) => readonly Known[]): readonly Known[] {
	const [signers, seen]: [Known[], Set<string>] = [[], new Set([pem])];
	for (let below = pem; signers.length < longest && !isRoot(below); ) {
		const signed = candidatesFor(below).filter(each => !seen.has(each.pem) && isIssuedBy(below, each.pem));
		const next = signed.find(each => isRoot(each.pem)) ?? signed[0];
		if (next === undefined) break;
		signers.push(next);
		seen.add(next.pem);
		below = next.pem;
	}
	return signers;
}

type Lacking = {readonly shown: readonly string[]; readonly lacking: readonly Known[]; readonly beside: readonly string[]};

/** What a chain lacks up to its root, which every client has itself; undefined where nothing is known to be lacking. */
function lackingOf(secret: KubeObject, survey: Survey): Lacking | undefined {
	const [own, ...others] = factsOf(secret)?.chain ?? [];
	if (own === undefined) return undefined;
	const shown = [own, ...signersOf(own, () => others.map(pem => ({pem, holder: secret}))).map(({pem}) => pem)];
	const lacking = signersOf(shown.at(-1) ?? own, pem => authoritiesIn(survey).get(certificatesIn(pem)[0]?.issuer ?? '') ?? []).filter(
		({pem}) => !isRoot(pem),
	);
	return lacking.length === 0 ? undefined : {shown, lacking, beside: others.filter(pem => !shown.includes(pem))};
}

/** cert-manager, or whoever owns a Secret, writes it again as it was. */
const isKeptByOthers = ({metadata}: KubeObject) =>
	(metadata.ownerReferences ?? []).length > 0 || Object.keys(metadata.annotations ?? {}).some(key => key.startsWith('cert-manager.io/'));

function chainCause(secret: KubeObject, hurts: Cause['hurts'], survey: Survey): readonly Cause[] {
	const found = lackingOf(secret, survey);
	if (found === undefined) return [];
	const {shown, lacking, beside} = found;
	const name = refText(refOf(secret));
	const subjects = lacking.map(({pem}) => certificatesIn(pem)[0]?.subject ?? '');
	const whole = [...shown, ...lacking.map(({pem}) => pem), ...beside].map(pem => `${pem}\n`).join('');
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
					.map(({holder, pem}) => ({source: refText(refOf(holder)), detail: `holds ${certificatesIn(pem)[0]?.subject}`})),
				...changeEvidence(secret),
			],
			remedies: isKeptByOthers(secret)
				? []
				: [
						merge(
							secret,
							{data: {'tls.crt': Buffer.from(whole).toString('base64')}},
							{
								side: 'settings',
								// The values of Secrets are not read: that it still holds what it did nobody can ask as it is written.
								sure: false,
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
