import type {JsonObject} from '../../../../core/json.ts';
import {numberAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {lacking, type Made, objects} from '../made.ts';
import {objectOf} from '../manifests/object.ts';
import {nameIn} from '../name-in.ts';
import {hostsInOrder} from '../reading/hosts-in-order.ts';
import {type Anchor, anchorsIn, hostsIn, lacksCertificate, pathTypeIn, tlsSecretIn, withWrittenPaths} from '../reading/ingress-words.ts';
import {mentionsIn} from '../reading/mentions.ts';
import {isNameWord} from '../reading/naming.ts';
import {plainAt, says, segmentStart, type Wish, wishOf} from '../reading/wish.ts';
import {alreadyThere, objectsOf, type Scene, targetOf} from '../scene.ts';

type Backend = {readonly service: KubeObject; readonly port: number};
/** A word that names a Service, and the number that belongs to it. */
type Named = {readonly at: number; readonly port: number | undefined};

/** Words that name a live Service, without the one that names the Ingress itself. */
function servicesIn(wish: Wish, live: ReadonlySet<string>, own: ReadonlySet<number>, secret: string | undefined): readonly Named[] {
	const all = wish.words.flatMap(({raw}, at) => (live.has(raw) && raw !== secret ? [at] : []));
	const free = all.filter(at => !own.has(at));
	const places = free.length > 0 ? free : all;
	return places.map((at, index) => ({at, port: portBehind(wish, at, places[index + 1] ?? wish.words.length)}));
}

const digits = (wish: Wish, at: number) => /^:?(\d{2,5})(?:번)?$/.exec(wish.words[at]?.raw ?? '')?.[1];

/** The number behind a Service, as far as the next rule, else right before it. */
function portBehind(wish: Wish, from: number, to: number): number | undefined {
	for (let at = from + 1; at < Math.min(to, from + 8); at += 1) {
		const found = digits(wish, at);
		if (found !== undefined) return Number(found);
		if (wish.words[at]?.raw.startsWith('/') && at > from + 1) break;
	}
	const found = digits(wish, from - 1) ?? (/^(?:of|on|in)$/.test(plainAt(wish, from - 1)) ? digits(wish, from - 2) : undefined);
	return found === undefined ? undefined : Number(found);
}

async function backendOf(scene: Scene, {at, port}: Named, fallback: number | undefined): Promise<Backend | Made> {
	const {wish} = scene;
	const others = new Set(wish.words.map((_, index) => index).filter(index => index !== at));
	const inside = await targetOf(scene, ['Service'], others);
	const found = inside.kind === 'none' ? await targetOf({...scene, spoken: []}, ['Service'], others) : inside;
	if (found.kind === 'asks') return found.made;
	if (found.kind === 'none') return noService(wish, wish.words[at]?.raw);
	const ports = objectsAt(found.object, 'spec', 'ports').map(each => numberAt(each, 'port') ?? 0);
	const number = port ?? (ports.length === 1 ? ports[0] : undefined) ?? fallback;
	if (number !== undefined) return {service: found.object, port: number};
	const name = refText(refOf(found.object));
	return lacking(wish, `To which port of ${name}: ${ports.join(' or ')}?`, `${name}의 어느 포트로 보낼까요: ${ports.join(', ')}?`);
}

const noService = (wish: Wish, what: string | undefined): Made =>
	lacking(
		wish,
		`To which Service should ${what ?? 'it'} go? None of that name is there.`,
		`${what ?? '요청'}을(를) 어느 서비스로 보낼까요? 말씀하신 이름의 서비스가 없습니다.`,
	);

/** For each rule the Service that stands behind it, or before it where the wish says it so; else the one of the rule before. */
function pairUp(anchors: readonly Anchor[], services: readonly Named[]): readonly (Named | undefined)[] {
	const [first] = anchors;
	const last = anchors.at(-1);
	const isBefore =
		first !== undefined &&
		last !== undefined &&
		(services[0]?.at ?? Number.POSITIVE_INFINITY) < first.at &&
		services.every(({at}) => at < last.at);
	const own = anchors.map(({at}, index) => {
		const from = isBefore ? (anchors[index - 1]?.at ?? -1) : at;
		const to = isBefore ? at : (anchors[index + 1]?.at ?? Number.POSITIVE_INFINITY);
		const inside = services.filter(service => service.at > from && service.at < to);
		return isBefore ? inside.at(-1) : inside[0];
	});
	// `/a and /b to web`: the first of a list waits for the Service of the last.
	return own.map(
		(service, index) =>
			service ??
			(services.length === 1
				? services[0]
				: (own.slice(0, index).findLast(each => each !== undefined) ?? own.slice(index).find(each => each !== undefined))),
	);
}

async function classOf(scene: Scene): Promise<string | undefined> {
	const classes = await objectsOf(scene, 'IngressClass');
	const {wish} = scene;
	const at = wish.words.findIndex((_, index) => /^(?:class|ingressclass|ingressclassname|클래스(?:는|로)?)$/.test(plainAt(wish, index)));
	const near = at < 0 ? [] : [wish.words[at + 1], wish.words[at - 1], wish.words[at + 2]];
	const known = near.find(word => classes.some(({metadata}) => metadata.name === word?.raw))?.raw;
	if (known !== undefined) return known;
	const isDefault = classes.some(({metadata}) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true');
	return classes.length === 1 && !isDefault ? classes[0]?.metadata.name : undefined;
}

const defaultBackend = /\bdefault ?backend\b|기본 ?백엔드|디폴트 ?백엔드/i;
const toJson = ({service, port}: Backend): JsonObject => ({service: {name: wordAt(service, 'metadata', 'name'), port: {number: port}}});

type Rule = {readonly anchor: Anchor; readonly backend: Backend};

function rulesOf(rules: readonly Rule[], pathType: (anchor: Anchor) => string): readonly JsonObject[] {
	const hosts = [...new Set(rules.map(({anchor}) => anchor.host))];
	return hosts.map(host => ({
		...(host === undefined ? {} : {host}),
		http: {
			paths: rules
				.filter(({anchor}) => anchor.host === host)
				.map(({anchor, backend}) => ({path: anchor.path, pathType: pathType(anchor), backend: toJson(backend)})),
		},
	}));
}

/** An Ingress of one or several hosts and paths. */
export async function makeIngress(given: Scene): Promise<Made> {
	// `mailer:80` is a Service and its port.
	const apart = given.wish.text.replaceAll(/(?<![\w./-])([a-z][a-z0-9-]*):(\d{2,5})(?!\d|\.\d)/g, '$1 $2');
	const wish = wishOf(withWrittenPaths(hostsInOrder(apart)), given.wish.language);
	const scene = {...given, wish, head: mentionsIn(wish).find(({kind}) => kind === 'Ingress')};
	const isDefault = defaultBackend.test(wish.text);
	const anchors = anchorsIn(wish);
	if (anchors.length === 0 && !isDefault && !says(wish, /\b(?:any|all|every) hosts?\b|모든 ?호스트/i))
		return lacking(wish, 'For which host is the Ingress?', '어느 호스트로 들어오는 요청인가요?');
	const hosts = hostsIn(wish).map(({host}) => host);
	const secret = tlsSecretIn(wish);
	if (lacksCertificate(wish, secret))
		return lacking(wish, 'In which Secret is the certificate of the Ingress?', '인그레스의 인증서는 어느 시크릿에 있나요?');
	const named = nameIn(scene, new Set(wish.words.flatMap(({raw}, at) => (raw === secret ? [at] : []))));
	const live = new Set((await objectsOf(scene, 'Service')).map(({metadata}) => metadata.name));
	const own = new Set(
		wish.words.flatMap(({raw}, at) => (raw === named && wish.words.findIndex(each => each.raw === raw) === at ? [at] : [])),
	);
	const spoken = servicesIn(wish, live, own, secret);
	const services = spoken.length > 0 ? spoken : await nearlyNamed(scene);
	const backends = await backendsOf(await inOnePlace(scene, services), anchors, services, isDefault);
	if (!('rules' in backends)) return backends;
	const {rules, fallback} = backends;
	const idle = withoutRule(wish, spoken, [...rules.map(({backend}) => backend), ...(fallback === undefined ? [] : [fallback])], anchors);
	if (idle !== undefined) return idle;
	const [one] = [...rules.map(({backend}) => backend), ...(fallback === undefined ? [] : [fallback])];
	if (one === undefined) return noService(wish, hosts[0]);
	const namespace = one.service.metadata.namespace ?? scene.world.namespace;
	const name = named ?? one.service.metadata.name;
	const there = await alreadyThere(scene, 'Ingress', name, namespace);
	if (there !== undefined) return there;
	const className = await classOf(scene);
	const spec: JsonObject = {
		...(className === undefined ? {} : {ingressClassName: className}),
		...(secret === undefined ? {} : {tls: [{...(hosts.length === 0 ? {} : {hosts: [...new Set(hosts)]}), secretName: secret}]}),
		...(fallback === undefined ? {} : {defaultBackend: toJson(fallback)}),
		...(rules.length === 0 ? {} : {rules: rulesOf(rules, anchor => pathTypeIn(wish, anchor, anchors))}),
	};
	return objects(objectOf('networking.k8s.io/v1', 'Ingress', {name, namespace}, {spec}));
}

const aside = /^(?:not|instead|than|without|like|unlike|from|replaces?|leave|keep|말고|대신|처럼|빼고)$/;

/** A Service that is spoken of in the sentence of a rule, and gets nothing: its own rule was not understood. */
function withoutRule(wish: Wish, spoken: readonly Named[], backends: readonly Backend[], anchors: readonly Anchor[]): Made | undefined {
	const used = new Set(backends.map(({service}) => service.metadata.name));
	const sentence = (at: number) => segmentStart(wish, at, /[.]/);
	const told = new Set(anchors.map(({at}) => sentence(at)));
	const idle = spoken.find(({at}) => {
		const name = wish.words[at]?.raw ?? '';
		const isAside = [1, 2, 3].some(step => aside.test(plainAt(wish, at - step))) || aside.test(plainAt(wish, at + 1));
		return !used.has(name) && told.has(sentence(at)) && !isAside;
	});
	const name = idle === undefined ? undefined : wish.words[idle.at]?.raw;
	if (name === undefined) return undefined;
	return lacking(wish, `Which path should lead to ${name}?`, `어느 경로를 ${name}(으)로 보낼까요?`);
}

/** An Ingress sends within its own namespace: where only one namespace has all of the Services, that one is meant. */
async function inOnePlace(scene: Scene, services: readonly Named[]): Promise<Scene> {
	if (scene.spoken.length > 0 || services.length < 2) return scene;
	const live = await objectsOf(scene, 'Service');
	const homes = services.map(({at}) =>
		live.flatMap(({metadata}) => (metadata.name === scene.wish.words[at]?.raw ? [metadata.namespace ?? ''] : [])),
	);
	const [place, ...others] = [...new Set(homes[0])].filter(home => homes.every(each => each.includes(home)));
	return place === undefined || others.length > 0 ? scene : {...scene, spoken: [{namespace: place, at: -1, weight: 2, isKnown: true}]};
}

/** A Service with a slip of the finger in its name. */
async function nearlyNamed(scene: Scene): Promise<readonly Named[]> {
	const names = scene.wish.words.flatMap((_, at) => (isNameWord(scene.wish, at) ? [] : [at]));
	const found = await targetOf(scene, ['Service'], new Set(names));
	if (found.kind === 'one') return [{at: found.at, port: portBehind(scene.wish, found.at, scene.wish.words.length)}];
	return [];
}

async function backendsOf(
	scene: Scene,
	anchors: readonly Anchor[],
	services: readonly Named[],
	isDefault: boolean,
): Promise<{readonly rules: readonly Rule[]; readonly fallback: Backend | undefined} | Made> {
	const {wish} = scene;
	const numbers = [...new Set(wish.words.flatMap((_, at) => digits(wish, at) ?? []))];
	const only = numbers.length === 1 ? Number(numbers[0]) : undefined;
	const marked = isDefault ? wish.words.findIndex(({raw}) => /^(?:backend|백엔드)/i.test(raw)) : -1;
	const behind = marked < 0 ? undefined : (services.find(({at}) => at > marked) ?? services.at(-1));
	const rest = behind === undefined || (anchors.length > 0 && services.length === 1) ? services : services.filter(each => each !== behind);
	const rules: Rule[] = [];
	const planned = scene.planned.findLast(({kind}) => kind === 'Service');
	for (const [index, service] of pairUp(anchors, rest).entries()) {
		const anchor = anchors[index];
		if (anchor === undefined) continue;
		const backend = service === undefined ? plannedBackend(planned, only) : await backendOf(scene, service, only);
		if (backend === undefined) return noService(wish, anchor.host);
		if ('kind' in backend) return backend;
		rules.push({anchor, backend});
	}
	const fallback = behind === undefined ? undefined : await backendOf(scene, behind, only);
	if (fallback !== undefined && 'kind' in fallback) return fallback;
	return {rules, fallback};
}

/** The Service that the same request makes. */
function plannedBackend(service: KubeObject | undefined, only: number | undefined): Backend | undefined {
	if (service === undefined) return undefined;
	const ports = objectsAt(service, 'spec', 'ports').map(each => numberAt(each, 'port') ?? 0);
	const port = (only !== undefined && ports.includes(only) ? only : undefined) ?? ports[0];
	return port === undefined ? undefined : {service, port};
}
