import {certificatesIn, certificateTexts, coversHost, isIssuedBy} from '../../../../core/kube/certificate.ts';
import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {restartWrite} from '../../../../core/restart-write.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {inOrder, writeOf} from '../../../diagnosis/writes-remedy.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import {ownTexts, type ToldText} from '../../mentions/told-texts.ts';
import {routingOf} from '../../routing.ts';
import {factsOf, type SecretFacts} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';

/** A file of a ConfigMap that holds the authorities which a program trusts in place of those of its image. */
type Trust = {
	readonly holder: KubeObject;
	readonly key: string;
	readonly told: string;
	/** The container that is told of it. */
	readonly container: string;
	/** `kafka` of `KAFKA_CA_FILE`: what it is for; empty where it is for all that the program asks. */
	readonly purpose: string;
};

/** What programs call such a file: `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE`, `--ca-file`, `--cacert`. */
const trustKey = /^(?:ssl_cert_file|(?:.*[_.-])?(?:ca|cacert|truststore|trust)(?:[_.-]?(?:file|bundle|cert|certs|certfile|path))?)$/i;

/** Keys that libraries read for whatever is asked: those of OpenSSL, Go, Python, Node and curl. */
const isForAll = (key: string) => /^(?:ssl_cert_file|requests_ca_bundle|curl_ca_bundle|node_extra_ca_certs)$/i.test(key);

const purposeOf = (key: string) =>
	isForAll(key) ? '' : (/^(?:(.*)[_.-])?(?:ca|cacert|truststore|trust)/i.exec(key)?.[1]?.toLowerCase() ?? '');

const containersIn = (workload: KubeObject) =>
	['initContainers', 'containers'].flatMap(list => listAt(podSpecOf(workload), list).map((container, index) => ({container, list, index})));

/** `containers/0` of a text that a workload itself holds. */
const containerOf = ({holder, place}: ToldText) => {
	const [list, index] = place.slice((templatePath(holder) ?? []).length + 1);
	return `${list}/${index}`;
};

/** The file of a ConfigMap that a container has mounted under a path. */
function holderOf(file: string, workload: KubeObject, told: string, survey: Survey): Pick<Trust, 'holder' | 'key'> | undefined {
	const spec = podSpecOf(workload);
	const own = containersIn(workload).find(({list, index}) => `${list}/${index}` === told)?.container;
	for (const mount of listAt(own, 'volumeMounts')) {
		const path = (textAt(mount, 'mountPath') ?? '').replace(/\/$/, '');
		const subPath = textAt(mount, 'subPath');
		if (file !== path && !file.startsWith(`${path}/`)) continue;
		const name = subPath !== undefined && file === path ? subPath : file.slice(path.length + 1);
		const volume = listAt(spec, 'volumes').find(each => textAt(each, 'name') === textAt(mount, 'name'));
		const sources = [...(volume === undefined ? [] : [volume]), ...listAt(volume, 'projected', 'sources')];
		for (const source of sources) {
			const holder = survey.find('ConfigMap', workload.metadata.namespace, textAt(source, 'configMap', 'name') ?? '');
			const items = listAt(source, 'configMap', 'items');
			const key =
				items.length === 0
					? name
					: textAt(
							items.find(each => textAt(each, 'path') === name),
							'key',
						);
			if (holder !== undefined && key !== undefined && textAt(holder, 'data', key) !== undefined) return {holder, key};
		}
	}
	return undefined;
}

const trustsOf = (workload: KubeObject, survey: Survey): readonly Trust[] =>
	ownTexts(workload).flatMap(each => {
		const {key, text, path} = each;
		const container = containerOf(each);
		const file = text.slice(text.startsWith('-') ? text.indexOf('=') + 1 : 0);
		const found = trustKey.test(key) && file.startsWith('/') ? holderOf(file, workload, container, survey) : undefined;
		return found === undefined ? [] : [{...found, told: path, container, purpose: purposeOf(key)}];
	});

/** Certificates with which a host of the cluster answers, as far as the Secrets of its pods tell. */
function shownBy(mention: Mention, survey: Survey): readonly {readonly secret: KubeObject; readonly facts: SecretFacts}[] {
	const service = survey.find('Service', mention.namespace, mention.service);
	return (service === undefined ? [] : routingOf(survey).behind(service)).flatMap(workload =>
		podNeeds(podSpecOf(workload)).flatMap(({kind, name, key}) => {
			const secret =
				kind === 'Secret' && (key === undefined || key === 'tls.crt') ? survey.find(kind, workload.metadata.namespace, name) : undefined;
			const facts = secret === undefined ? undefined : factsOf(secret);
			const covers = coversHost(facts?.certificates[0]?.names ?? [], mention.host);
			return secret !== undefined && facts !== undefined && covers ? [{secret, facts}] : [];
		}),
	);
}

const isTrusted = (chain: readonly string[], bundle: readonly string[]) =>
	chain.some(each => bundle.some(trusted => trusted.trim() === each.trim() || isIssuedBy(each, trusted)));

/** Of what a Secret holds as its authorities those that signed the certificate beside them. */
const signersOf = ({chain = [], authorities = []}: SecretFacts) =>
	authorities.filter(authority => chain.some(each => isIssuedBy(each, authority)));

/** Whether a program may hold what it is told of in this place against a bundle: the same container asks, and for that purpose. */
function isFor({container, purpose}: Trust, mention: Mention): boolean {
	const {workload, holder, key} = mention;
	// What a ConfigMap says any of several containers may take.
	const isOwn = holder === workload ? containerOf(mention) === container : containersIn(workload).length === 1;
	return isOwn && (purpose === '' || key.toLowerCase().startsWith(purpose));
}

const textOf = ({holder, key}: Trust) => textAt(holder, 'data', key) ?? '';

/** Controllers that keep a bundle write it again as it was; the pods of what is no controller are not made anew. */
const restarted = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** @param trusts what the program may trust as it asks: any of them is enough */
function distrust(mention: Mention, trusts: readonly Trust[], survey: Survey): readonly Cause[] {
	const [trust] = trusts;
	if (trust === undefined) return [];
	const {holder, key, told} = trust;
	const text = textOf(trust);
	const bundle = certificateTexts(text);
	const trusted = trusts.flatMap(each => certificateTexts(textOf(each)));
	const all = shownBy(mention, survey).filter(({facts}) => (facts.chain ?? []).length > 0);
	const [first] = all;
	if (first === undefined || bundle.length === 0 || all.some(({facts}) => isTrusted(facts.chain ?? [], trusted))) return [];
	const {secret, facts} = first;
	const [signer] = signersOf(facts);
	const {workload, host} = mention;
	const isSecrets = isChangedLater(secret, holder);
	const [who, whose, shown] = [refText(refOf(workload)), refText(refOf(holder)), refText(refOf(secret))];
	const issuer = certificatesIn(facts.chain?.at(-1) ?? '')[0]?.issuer ?? '';
	return [
		{
			id: 'trust-without-signer',
			resource: refOf(isSecrets ? secret : holder),
			path: isSecrets ? 'data.tls.crt' : `data[${key}]`,
			hurts: [refOf(workload)],
			cause: {
				en: `${who} trusts the authorities of ${whose} alone, and ${host} shows a certificate of ${issuer}, which is not among them`,
				ko: `${who}는 ${whose}의 인증 기관만 믿는데 ${host}의 인증서를 서명한 ${issuer}이(가) 그 안에 없습니다`,
			},
			evidence: [
				{source: who, detail: `${told} leads to ${key} of ${whose}`},
				{source: whose, detail: `holds ${bundle.map(each => certificatesIn(each)[0]?.subject).join('; ')}`},
				{source: shown, detail: `certificate ${facts.certificates[0]?.subject}, issuer ${issuer}`},
				...changeEvidence(isSecrets ? secret : holder),
			],
			remedies:
				signer === undefined || (holder.metadata.ownerReferences ?? []).length > 0
					? []
					: [
							inOrder(
								[
									writeOf(holder, [{path: ['data', key], from: text, to: `${text.trimEnd()}\n${signer.trim()}\n`}]),
									...(restarted.has(workload.kind) ? [restartWrite(refOf(workload), workload)] : []),
								],
								{
									side: 'settings',
									// Whom to trust a person decides.
									sure: false,
									text: {
										en: `Let ${whose} hold ${issuer} beside the others, as ca.crt of ${shown} has it, and restart ${who}`,
										ko: `${shown}의 ca.crt에 있는 ${issuer}을(를) ${whose}에 더하고 ${who}를 재시작합니다`,
									},
								},
							),
						],
		},
	];
}

/** Programs that are told which authorities to trust, and whom to ask: that one of them signed what the other shows. */
export function trustedBundles(survey: Survey): readonly Cause[] {
	const trusts = new Map(survey.workloads().map(workload => [workload, trustsOf(workload, survey)]));
	const told = mentionsIn(survey)
		.filter(({text, at}) => /(?:https|wss|grpcs|amqps|rediss|ldaps):\/\/(?:[^\s/@]*@)?$/i.test(text.slice(0, at)))
		.flatMap(mention =>
			distrust(
				mention,
				(trusts.get(mention.workload) ?? []).filter(trust => isFor(trust, mention)),
				survey,
			),
		);
	// One bundle that several hosts or callers lack an authority in is one fault for each authority.
	return [
		...new Map(
			told.map(cause => [`${cause.resource.kind}/${cause.resource.namespace}/${cause.resource.name} ${cause.cause.en}`, cause]),
		).values(),
	];
}
