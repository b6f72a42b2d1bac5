import {numberAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {ingressFor} from '../../../deploy/objects/exposure/ingress-for.ts';
import {hostOf, isAddress, isImage, isPath} from '../../words/values.ts';
import {lacking, type Made, objects} from '../made.ts';
import {mentionsIn} from '../reading/mentions.ts';
import {nameBeside} from '../reading/naming.ts';
import {plainAt, says, type Wish, wishOf} from '../reading/wish.ts';
import {alreadyThere, nameIn, objectsOf, type Scene, targetOf} from '../scene.ts';

/** Words of a wish from one to another, as a wish of its own. */
const part = (wish: Wish, from: number, to: number): Wish =>
	wishOf(
		wish.words
			.slice(from, to)
			.map(({raw, stop}) => `${raw}${stop ?? ''}`)
			.join(' '),
		wish.language,
	);

const hostAt = (wish: Wish, at: number) => {
	const word = wish.words[at];
	return word === undefined || isAddress(word) || (isImage(word) && word.raw.includes(':')) ? undefined : hostOf(word);
};

/** Where one rule begins and the next: at hosts, or at paths where there is one host. A rule may name its Service before its host. */
function pieces(wish: Wish, services: ReadonlySet<string>): readonly Wish[] {
	const hosts = wish.words.flatMap((_, at) => (hostAt(wish, at) === undefined ? [] : [at]));
	const paths = wish.words.flatMap((word, at) => (isPath(word) ? [at] : []));
	const anchors = hosts.length > 1 ? hosts : paths.length > 1 ? paths : [];
	if (anchors.length < 2) return [wish];
	const firstService = wish.words.findIndex(({raw}) => services.has(raw));
	const isBefore =
		firstService >= 0 && firstService < (anchors[0] ?? 0) && wish.words.slice(anchors.at(-1)).every(({raw}) => !services.has(raw));
	return anchors.map((at, index) =>
		isBefore
			? part(wish, index === 0 ? 0 : (anchors[index - 1] ?? 0) + 1, at + 1)
			: part(wish, at, anchors[index + 1] ?? wish.words.length),
	);
}

/** The port that a rule names: digits on their own. `하나` and `one` are no ports. */
function portIn(wish: Wish): number | undefined {
	const digits = wish.words.map(({raw}) => /^:?(\d{2,5})$/.exec(raw)?.[1]).find(found => found !== undefined);
	return digits === undefined ? undefined : Number(digits);
}

type Rule = {readonly host: string | undefined; readonly path: string; readonly service: KubeObject; readonly port: number};

async function ruleOf(scene: Scene, piece: Wish, host: string | undefined): Promise<Rule | Made> {
	const found = await targetOf({...scene, wish: piece}, ['Service']);
	if (found.kind === 'asks') return found.made;
	const planned = scene.planned.findLast(({kind}) => kind === 'Service');
	const service = found.kind === 'one' ? found.object : planned;
	if (service === undefined)
		return lacking(
			scene.wish,
			`To which Service should ${host ?? 'it'} go? None of that name is there.`,
			`${host ?? '요청'}을(를) 어느 서비스로 보낼까요? 말씀하신 이름의 서비스가 없습니다.`,
		);
	const ports = objectsAt(service, 'spec', 'ports').map(port => numberAt(port, 'port') ?? 0);
	const port = portIn(piece) ?? (ports.length === 1 ? ports[0] : undefined);
	if (port === undefined)
		return lacking(
			scene.wish,
			`To which port of ${refText(refOf(service))}: ${ports.join(' or ')}?`,
			`${refText(refOf(service))}의 어느 포트로 보낼까요: ${ports.join(', ')}?`,
		);
	const own = piece.words.flatMap((_, at) => hostAt(piece, at) ?? [])[0];
	const path = piece.words.find(word => isPath(word))?.raw ?? (own?.path === '' || own === undefined ? '/' : own.path);
	return {host: own?.host ?? host, path, service, port};
}

/** The Secret of the certificate: `TLS with secret x`, `certificate x`. */
function tlsIn(wish: Wish): string | undefined {
	const secret = mentionsIn(wish).find(({kind}) => kind === 'Secret');
	const at = secret === undefined ? undefined : nameBeside(wish, secret, () => false);
	if (at !== undefined) return wish.words[at]?.raw;
	return /(?:\btls(?: cert(?:ificate)?)?\b|\bcert(?:ificate)?\b|인증서)(?:는|은| is| from| with| using| by|:)* ([a-z0-9][a-z0-9.-]*)/i.exec(
		wish.text,
	)?.[1];
}

async function classOf(scene: Scene): Promise<string | undefined> {
	const classes = await objectsOf(scene, 'IngressClass');
	const {wish} = scene;
	const at = wish.words.findIndex((_, index) => /^(?:class|ingressclass|클래스(?:는|로)?)$/.test(plainAt(wish, index)));
	const near = at < 0 ? [] : [wish.words[at + 1], wish.words[at - 1], wish.words[at + 2]];
	const known = near.find(word => classes.some(({metadata}) => metadata.name === word?.raw))?.raw;
	if (known !== undefined) return known;
	const isDefault = classes.some(({metadata}) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true');
	return classes.length === 1 && !isDefault ? classes[0]?.metadata.name : undefined;
}

/** An Ingress of one or several hosts and paths. */
export async function makeIngress(given: Scene): Promise<Made> {
	// `mailer:80` is a Service and its port.
	const wish = wishOf(given.wish.text.replaceAll(/(?<![\w./-])([a-z][a-z0-9-]*):(\d{2,5})(?![\d.])/g, '$1 $2'), given.wish.language);
	const scene = {...given, wish, head: mentionsIn(wish).find(({kind}) => kind === 'Ingress')};
	const services = new Set((await objectsOf(scene, 'Service')).map(({metadata}) => metadata.name));
	const [first] = wish.words.flatMap((_, at) => hostAt(wish, at) ?? []);
	if (first === undefined && !says(wish, /\b(?:any|all|every) hosts?\b|모든 ?호스트/i))
		return lacking(wish, 'For which host is the Ingress?', '어느 호스트로 들어오는 요청인가요?');
	const rules: Rule[] = [];
	for (const piece of pieces(wish, services)) {
		const rule = await ruleOf(scene, piece, first?.host);
		if ('kind' in rule) return rule;
		rules.push(rule);
	}
	const [one] = rules;
	if (one === undefined) return lacking(wish, 'For which host is the Ingress?', '어느 호스트로 들어오는 요청인가요?');
	const namespace = one.service.metadata.namespace ?? scene.world.namespace;
	const name = nameIn(scene) ?? one.service.metadata.name;
	const there = await alreadyThere(scene, 'Ingress', name, namespace);
	if (there !== undefined) return there;
	const className = await classOf(scene);
	const tls = tlsIn(wish);
	const exact = says(wish, /\bexact(?:ly)?\b|정확히/i);
	const made = rules.reduce<KubeObject | undefined>(
		(live, {host, path, service, port}) =>
			ingressFor({namespace, name, service: wordAt(service, 'metadata', 'name'), port, host, path, exact, tls}, className, live),
		undefined,
	);
	return made === undefined ? lacking(wish, 'For which host is the Ingress?', '어느 호스트로 들어오는 요청인가요?') : objects(made);
}
