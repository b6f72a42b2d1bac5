import {declaredPorts} from '../../../../analysis/coherence/workload-set.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {podLabelsOf} from '../../../deploy/objects/services/service-for.ts';
import {isNearly} from '../../words/nearly.ts';
import {lacking, type Made, objects} from '../made.ts';
import type {Labels} from '../manifests/object.ts';
import {type DirectionWish, type PeerWish, policyOf} from '../manifests/policy.ts';
import {nameIn} from '../name-in.ts';
import {isNameWord, statedNames} from '../reading/naming.ts';
import {blocksIn, type Labelled, labelledIn} from '../reading/policy-peers.ts';
import {dnsPorts, policyPorts} from '../reading/policy-ports.ts';
import {roleOf} from '../reading/policy-roles.ts';
import {forbidsSome, isShutOut} from '../reading/policy-shut-out.ts';
import {closesAll, directionsIn} from '../reading/policy-words.ts';
import {plainAt, says, type Wish, wishOf} from '../reading/wish.ts';
import {alreadyThere, objectsOf, placeOf, type Scene, targetOf} from '../scene.ts';
import {workloadKinds} from './service.ts';

const withPods = [...workloadKinds, 'CronJob'];

/** Labels that tell the pods; a CronJob has no selector that would say which of them do. */
function labelsOf(workload: KubeObject): Labels {
	if (workload.kind !== 'CronJob') return podLabelsOf(workload);
	const all = textMapAt(workload, 'spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels');
	const own = Object.entries(all).filter(([key]) => /^(?:app|app\.kubernetes\.io\/name)$/.test(key));
	return own.length === 0 ? all : Object.fromEntries(own);
}

type Hit = {readonly at: number; readonly name: string};

/** Words that name a workload; a name that is given to the policy is none. A slip of the finger is forgiven where nothing else has the name. */
async function workloadWords(scene: Scene): Promise<readonly Hit[]> {
	const {wish, spoken} = scene;
	const all = (await Promise.all(withPods.map(kind => objectsOf(scene, kind)))).flat();
	const names = [...new Set(all.map(({metadata}) => metadata.name))];
	const stated = new Set(statedNames(wish));
	const nameAt = (at: number): string | undefined => {
		const raw = wish.words[at]?.raw.replace(/^[A-Z](?=[a-z]+$)/, letter => letter.toLowerCase()) ?? '';
		if (stated.has(at) || spoken.some(each => each.at === at && each.weight > 1)) return undefined;
		if (names.includes(raw)) return raw;
		return isNameWord(wish, at) && raw.length > 4 ? names.find(name => isNearly(raw, name)) : undefined;
	};
	const found = wish.words.flatMap((_, at) => {
		const name = nameAt(at);
		return name === undefined ? [] : [{at, name}];
	});
	// What is told of first and ordered then is meant as the order has it.
	return found.filter(({name, at}) => !found.some(other => other.name === name && other.at > at));
}

/** The one workload of that name, by the namespaces of the wish, or that of the pods that the policy is for. */
async function oneOf(scene: Scene, {at, name}: Hit, home: string | undefined): Promise<KubeObject | Made> {
	const words = scene.wish.words.map((word, index) => (index === at ? {...word, raw: name} : word));
	const plain = {...scene, wish: {...scene.wish, words}};
	const others = new Set(words.map((_, index) => index).filter(index => index !== at));
	const here = home === undefined ? await targetOf(plain, withPods, others) : undefined;
	const found = here === undefined || here.kind === 'none' ? await targetOf({...plain, spoken: []}, withPods, others) : here;
	if (found.kind === 'one') return hasLabels(found.object) ? found.object : withoutLabels(scene.wish, name);
	const all = (await Promise.all(withPods.map(kind => objectsOf(scene, kind, home)))).flat();
	const own = all.find(({metadata}) => metadata.name === name);
	if (own !== undefined && home !== undefined) return own;
	return found.kind === 'asks' ? found.made : lacking(scene.wish, `Which workload is ${name}?`, `${name}은(는) 어느 워크로드인가요?`);
}

/** Whether a word names those that the policy is for, or whom they may speak with; undefined where nothing says it. */
function sideOf(wish: Wish, at: number, isOut: boolean): 'target' | 'peer' | undefined {
	const role = roleOf(wish, at);
	return role === undefined ? undefined : (role === 'destination') === isOut ? 'peer' : 'target';
}

const hasLabels = (workload: KubeObject) => Object.keys(labelsOf(workload)).length > 0;
const withoutLabels = (wish: Wish, name: string) =>
	lacking(
		wish,
		`The pods of ${name} carry no label. By which should the policy know them?`,
		`${name}의 파드에는 라벨이 없습니다. 어떤 라벨로 알아볼까요?`,
	);

/** Where the pods are that the policy is for: no place of those whom they may speak with. */
const homesIn = ({wish, spoken}: Scene, isOut: boolean) => spoken.filter(({at}) => sideOf(wish, at, isOut) !== 'peer');

const homeOf = (scene: Scene, isOut: boolean) => placeOf({...scene, spoken: homesIn(scene, isOut)});

const isMade = (value: KubeObject | Made): value is Made => !('metadata' in value);

/** A peer, and the word that it stands at; -1 for one that no word names. */
type Placed = {readonly at: number; readonly peer: PeerWish};

const inside = /^(?:in|of|from|within|inside)$/;
const filler =
	/^(?:in|of|from|within|inside|the|a|any|all|namespaces?|ns|labell?ed|labels?|with|that|are|live|lives|running|run|named|called|pods?)$/;

/** Whether what stands at `space` says where the pods are that stand at `pods`: `pods app=web in namespaces role=edge`. */
function isWhere(wish: Wish, pods: Labelled, space: number): boolean {
	if (wish.language === 'ko') {
		const gap = wish.words.slice(space + 1, pods.at);
		return space < pods.at && gap.length < 5 && gap.every(({raw}) => !/[,]/.test(raw) && !/(?:에서|만|와|과|랑|이나)$/.test(raw));
	}
	const gap = wish.words.slice(pods.last + 1, space).map((_, index) => plainAt(wish, pods.last + 1 + index));
	return space > pods.last && gap.length < 7 && gap.some(word => inside.test(word)) && gap.every(word => filler.test(word));
}

type Around = {readonly home: string; readonly isOut: boolean; readonly hasTarget: boolean; readonly groups: readonly Labelled[]};

/** Whom the pods of the policy may speak with, each where it stands in the wish. */
async function peersOf(scene: Scene, hits: readonly Hit[], {home, isOut, hasTarget, groups}: Around): Promise<readonly Placed[] | Made> {
	const {wish} = scene;
	const peers: Placed[] = [];
	for (const hit of hits) {
		const workload = await oneOf(scene, hit, home);
		if (isMade(workload)) return workload;
		const namespace = workload.metadata.namespace;
		peers.push({at: hit.at, peer: {pods: labelsOf(workload), ...(namespace === home ? {} : {namespace})}});
	}
	const used = new Set<number>();
	for (const group of groups.filter(({of}) => of === 'pods')) {
		const other = groups.find(each => each.of === 'namespaces' && isWhere(wish, group, each.at));
		const place = scene.spoken.find(({at}) => isWhere(wish, group, at));
		for (const at of [other?.at, place?.at]) if (at !== undefined) used.add(at);
		const namespace = other?.labels ?? (place === undefined || place.namespace === home ? undefined : place.namespace);
		peers.push({at: group.at, peer: {pods: group.labels, ...(namespace === undefined ? {} : {namespace})}});
	}
	for (const {of, at, labels} of groups) if (of === 'namespaces' && !used.has(at)) peers.push({at, peer: {namespace: labels}});
	const named = scene.spoken.filter(
		({at, namespace}) => !used.has(at) && (namespace !== home || hasTarget) && (sideOf(wish, at, isOut) === 'peer' || namespace !== home),
	);
	for (const {at, namespace} of named) {
		const isSpace = /^(?:namespace|ns|네임 ?스페이스)/.test(plainAt(wish, at + 1)) || /^(?:namespaces?|ns)$/.test(plainAt(wish, at - 1));
		if (namespace === home && isSpace && sideOf(wish, at, isOut) === 'peer' && !ownAll.test(wish.text))
			peers.push({at, peer: says(wish, ownSpace) ? {pods: {}} : {namespace}});
		const isOfPods = peers.some(({peer}) => 'pods' in peer && peer.namespace === namespace);
		const isThere = peers.some(({peer}) => !('pods' in peer) && 'namespace' in peer && peer.namespace === namespace);
		if (namespace !== home && !isOfPods && !isThere) peers.push({at, peer: {namespace}});
		if (namespace === home && ownAll.test(wish.text)) peers.push({at, peer: {pods: {}}});
	}
	if (peers.length === 0 && (says(wish, ownSpace) || says(wish, amongThemselves))) peers.push({at: -1, peer: {pods: {}}});
	const sorted = peers.toSorted((left, right) => left.at - right.at);
	return [...sorted, ...blocksIn(wish).map(peer => ({at: wordOf(wish, peer.cidr), peer}))];
}

const ownSpace =
	/\b(?:same|its own|their own|own|this) (?:[\w-]+ )?namespace\b|\bnamespace (?:itself|alone)\b|같은 ?[\w-]+ ?네임 ?스페이스|\b(?:its|their|\w+'s) own pods\b|같은 ?네임 ?스페이스|자기 ?네임 ?스페이스|within (?:the|its) namespace|\b(?:each other|one another|among themselves)\b|서로/i;
const ownAll = /\b(?:all|any|every|the other|other) pods?\b|모든 ?파드|전체 ?파드|다른 ?파드/i;

/** One rule for all; where each peer has ports of its own, one for each. */
function rulesOf(wish: Wish, placed: readonly Placed[], declared: readonly string[]): DirectionWish {
	const {ports} = policyPorts(wish, declared);
	const all = [{peers: placed.map(({peer}) => peer), ports}];
	if (placed.length < 2 || ports.length < 2 || placed.some(({at}) => at < 0)) return placed.length + ports.length === 0 ? [] : all;
	const sorted = placed.toSorted((left, right) => left.at - right.at);
	const own = sorted.map(
		({at}, index) => policyPorts({...wish, words: wish.words.slice(at, sorted[index + 1]?.at ?? wish.words.length)}, []).ports,
	);
	if (own.some(some => some.length === 0)) return all;
	return sorted.map(({peer}, index) => ({peers: [peer], ports: own[index] ?? []}));
}

/** The pods that a policy is for: those of a workload, those of labels that are named, or all of a namespace. */
type Pods = {
	readonly labels: Labels;
	readonly home: string;
	readonly workload: KubeObject | undefined;
	readonly group: Labelled | undefined;
};

const wholeWords =
	/\b(?:all|every|any)(?: of)?(?: the| its)? (?:pods?|workloads?)\b|\b(?:whole|entire) namespace\b|\bnamespace-wide\b|\beverything\b|모든 ?(?:파드|포드)|전체 ?파드|파드 ?(?:전체|전부|모두)|네임 ?스페이스 ?전체|전체(?:에|를)?/i;

async function podsOf(scene: Scene, hits: readonly Hit[], groups: readonly Labelled[], isOut: boolean): Promise<Pods | Made> {
	const {wish} = scene;
	const home = homeOf(scene, isOut);
	const targets = hits.filter(({at}) => sideOf(wish, at, isOut) === 'target');
	const sideOfGroup = (group: Labelled) => sideOf(wish, group.at, isOut);
	const group =
		targets.length > 0
			? undefined
			: (groups.find(each => each.of === 'pods' && sideOfGroup(each) === 'target') ??
				groups.find(each => each.of === 'pods' && sideOfGroup(each) === undefined));
	const isWhole = says(wish, wholeWords);
	if (group !== undefined && (hits.length > 0 || groups.length > 1 || isOut || sideOfGroup(group) === 'target' || !isWhole))
		return {labels: group.labels, home, workload: undefined, group};
	const open = hits.filter(({at}) => sideOf(wish, at, isOut) === undefined);
	const first = targets[0] ?? (isWhole && homesIn(scene, isOut).length > 0 ? undefined : open[0]);
	if (first === undefined) return {labels: {}, home, workload: undefined, group: undefined};
	const workload = await oneOf(scene, first, undefined);
	if (isMade(workload)) return workload;
	return {labels: labelsOf(workload), home: workload.metadata.namespace ?? home, workload, group: undefined};
}

const isAsked = (value: Pods | Made): value is Made => !('labels' in value);

const wordOf = (wish: Wish, cidr: string) => wish.words.findIndex(({raw}) => raw.startsWith(cidr.replace(/\/32$/, '')));

/** The rules of a policy of both directions: whoever comes in, and whom the pods go out to. */
function apart(
	wish: Wish,
	placed: readonly Placed[],
	declared: readonly string[],
	all: DirectionWish,
): readonly [DirectionWish, DirectionWish] {
	const goals = placed.filter(({at}) => at >= 0 && roleOf(wish, at) === 'destination');
	if (goals.length === 0) return [all, all];
	const rulesFor = (some: readonly Placed[]) => (some.length === 0 ? [] : rulesOf(wish, some, declared));
	return [rulesFor(placed.filter(each => !goals.includes(each))), rulesFor(goals)];
}

const onPorts = String.raw`(?:ports? |tcp |udp |on |at )*\d+(?:\/(?:tcp|udp))?`;
const ofPortsOnly = new RegExp(
	`\\bonly ${onPorts}|${onPorts} (?:only|alone|and nothing else)|(?:dns|포트|\\d+(?:\\/(?:tcp|udp))?번?)(?:으로|로)?만`,
	'gi',
);
const chooses =
	/\b(?:only|nobody|no ?one|none|nothing|except|but|alone|exclusively|solely|other than|apart from|besides|unless)\b|[가-힣a-z]만(?![가-힣])|말고|제외|빼고|외에/i;

/** Whether a wish says of somebody, not of ports alone, that nobody else is meant. */
const choosesPeers = (text: string) => chooses.test(text.replaceAll(ofPortsOnly, ' '));

/** `web opens port 80 to ops and to nobody else`: whom it lets in. */
const received = (text: string) =>
	text.replaceAll(
		/\bopens? (?:up )?((?:only |just )?(?:tcp |udp )?(?:ports? )?\d+(?:\/\w+)?,? (?:up )?(?:only |just |exclusively )?)to\b((?:(?!\bto\b)[^.;])*?,? (?:and|but) )?(?:to (?=no))?/gi,
		(_, port: string, peers = '') => `accepts ${port}from${peers}${peers === '' ? '' : 'from '}`,
	);

/** `from outside its own namespace`, `pods inside may talk to each other`: those of the namespace may. */
const amongThemselves =
	/\b(?:each other|one another|among themselves)\b|\boutside (?:of )?(?:its|their|the|this|that) (?:own )?namespace\b|서로|같은 ?(?:[\w-]+ ?)?네임 ?스페이스(?:끼리| ?(?:안|내|파드))/i;

/** A network policy: who may reach some pods, whom they may reach, or that nobody may. */
export async function makePolicy(given: Scene): Promise<Made> {
	const wish = given.wish.text === received(given.wish.text) ? given.wish : wishOf(received(given.wish.text), given.wish.language);
	const scene = {...given, wish, spoken: given.spoken.filter(({at}) => !isShutOut(wish, at))};
	const told = directionsIn(wish);
	// An address is never what a policy is for: whoever may reach it is.
	const isOut =
		(told.egress && !told.ingress) ||
		(!told.egress && blocksIn(wish).some(block => roleOf(wish, wordOf(wish, block.cidr)) === 'destination'));
	const {ingress, egress} = told.egress && told.ingress ? told : {ingress: !isOut, egress: isOut};
	const [said, groups] = [await workloadWords(scene), labelledIn(wish)];
	const hits = said.filter(({at}) => !isShutOut(wish, at));
	const pods = await podsOf(scene, hits, groups, isOut);
	if (isAsked(pods)) return pods;
	const {labels, home, workload} = pods;
	const isPlain = Object.keys(labels).length === 0 && closesAll(wish.text);
	const isPlaced = homesIn(scene, isOut).length > 0 || scene.earlier !== undefined;
	if (Object.keys(labels).length === 0 && !(isPlaced || (isPlain && hits.length === 0 && scene.spoken.length === 0)))
		return lacking(wish, 'Which pods is the policy for?', '어느 파드에 대한 정책인가요?');
	const others = hits.filter(hit => hit.name !== workload?.metadata.name);
	const rest = groups.filter(each => each !== pods.group);
	const isOpen = others.length + rest.length + blocksIn(wish).length > 0 || says(wish, amongThemselves);
	const placed =
		isPlain && !isOpen ? [] : await peersOf(scene, others, {home, isOut, hasTarget: Object.keys(labels).length > 0, groups: rest});
	if ('kind' in placed) return placed;
	const declared = workload === undefined ? [] : declaredPorts(podSpecOf(workload)).map(port => port.name);
	const {ports, dns} = policyPorts(wish, declared);
	const isClosed = closesAll(wish.text) && placed.length === 0 && ports.length === 0;
	const rules = isClosed ? [] : rulesOf(wish, placed, declared);
	if (rules.length === 0 && !closesAll(wish.text) && !dns)
		return lacking(wish, 'From whom or to whom should traffic be allowed?', '누구와의 통신을 허용할까요?');
	if (placed.length > 0 && forbidsSome(wish.text))
		return lacking(
			wish,
			'A network policy can only say who may. Who is still to be let through, when these are not?',
			'네트워크 정책은 허용할 대상만 정할 수 있습니다. 이들을 막고 나면 누구를 허용할까요?',
		);
	// A rule for everybody is no reading of a wish that lets only some in.
	if (rules.length > 0 && placed.length === 0 && choosesPeers(wish.text))
		return lacking(
			wish,
			'Who exactly should be allowed? That part was not understood.',
			'누구를 허용할지 이해하지 못했습니다. 누구인가요?',
		);
	const [into, from] = ingress && egress ? apart(wish, placed, declared, rules) : [rules, rules];
	const out: DirectionWish = dns ? [...from, {peers: [], ports: dnsPorts}] : from;
	const side = isOut ? 'egress' : 'ingress';
	const name =
		nameIn(scene, new Set(hits.map(({at}) => at))) ??
		(isPlain ? `default-deny${ingress && egress ? '' : `-${side}`}` : `${workload?.metadata.name ?? home}-${side}`);
	const there = await alreadyThere(scene, 'NetworkPolicy', name, home);
	if (there !== undefined) return there;
	return objects(policyOf({name, namespace: home}, {pods: labels, ingress: ingress ? into : undefined, egress: egress ? out : undefined}));
}
