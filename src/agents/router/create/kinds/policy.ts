import {declaredPorts} from '../../../../analysis/coherence/workload-set.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {podLabelsOf} from '../../../deploy/objects/services/service-for.ts';
import {lacking, type Made, objects} from '../made.ts';
import type {Labels} from '../manifests/object.ts';
import {type DirectionWish, type PeerWish, policyOf} from '../manifests/policy.ts';
import {nameIn} from '../name-in.ts';
import {statedNames} from '../reading/naming.ts';
import {clearest} from '../reading/places.ts';
import {blocksIn, type Labelled, labelledIn} from '../reading/policy-peers.ts';
import {dnsPorts, policyPorts} from '../reading/policy-ports.ts';
import {deniesAll, directionsIn, sideOf} from '../reading/policy-words.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, placeOf, type Scene, targetOf} from '../scene.ts';
import {workloadKinds} from './service.ts';

type Hit = {readonly at: number; readonly name: string};

/** Words that name a workload; a name that is given to the policy is none. */
async function workloadWords(scene: Scene): Promise<readonly Hit[]> {
	const all = (await Promise.all(workloadKinds.map(kind => objectsOf(scene, kind)))).flat();
	const names = new Set(all.map(({metadata}) => metadata.name));
	const stated = new Set(statedNames(scene.wish));
	const found = scene.wish.words.flatMap(({raw}, at) =>
		names.has(raw) && !stated.has(at) && !scene.spoken.some(each => each.at === at && each.weight > 1) ? [{at, name: raw}] : [],
	);
	// What is told of first and ordered then is meant as the order has it.
	return found.filter(({name, at}) => !found.some(other => other.name === name && other.at > at));
}

/** The one workload of that name, by the namespaces of the wish, or that of the pods that the policy is for. */
async function oneOf(scene: Scene, {at}: Hit, home: string | undefined): Promise<KubeObject | Made> {
	const others = new Set(scene.wish.words.map((_, index) => index).filter(index => index !== at));
	const here = home === undefined ? await targetOf(scene, workloadKinds, others) : undefined;
	const found = here === undefined || here.kind === 'none' ? await targetOf({...scene, spoken: []}, workloadKinds, others) : here;
	if (found.kind === 'one') return found.object;
	const all = (await Promise.all(workloadKinds.map(kind => objectsOf(scene, kind, home)))).flat();
	const own = all.find(({metadata}) => metadata.name === scene.wish.words[at]?.raw);
	if (own !== undefined && home !== undefined) return own;
	return found.kind === 'asks'
		? found.made
		: lacking(scene.wish, `Which workload is ${scene.wish.words[at]?.raw}?`, `${scene.wish.words[at]?.raw}은(는) 어느 워크로드인가요?`);
}

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
		peers.push({at: hit.at, peer: {pods: podLabelsOf(workload), ...(namespace === home ? {} : {namespace})}});
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
		const isOfPods = peers.some(({peer}) => 'pods' in peer && peer.namespace === namespace);
		const isThere = peers.some(({peer}) => !('pods' in peer) && 'namespace' in peer && peer.namespace === namespace);
		if (namespace !== home && !isOfPods && !isThere) peers.push({at, peer: {namespace}});
		if (namespace === home && ownAll.test(wish.text)) peers.push({at, peer: {pods: {}}});
	}
	if (peers.length === 0 && says(wish, ownSpace)) peers.push({at: -1, peer: {pods: {}}});
	const sorted = peers.toSorted((left, right) => left.at - right.at);
	return [...sorted, ...blocksIn(wish).map(peer => ({at: wish.words.findIndex(({raw}) => raw.startsWith(peer.cidr)), peer}))];
}

const ownSpace =
	/\b(?:same|its own|their own|own|this) namespace\b|같은 ?네임 ?스페이스|자기 ?네임 ?스페이스|within (?:the|its) namespace|\b(?:each other|one another|among themselves)\b|서로/i;
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

async function podsOf(scene: Scene, hits: readonly Hit[], groups: readonly Labelled[], isOut: boolean): Promise<Pods | Made> {
	const {wish} = scene;
	const targets = hits.filter(({at}) => sideOf(wish, at, isOut) === 'target');
	const group = targets.length > 0 ? undefined : groups.find(({of, at}) => of === 'pods' && sideOf(wish, at, isOut) === 'target');
	const isWhole = says(
		wish,
		/\ball (?:the )?pods\b|\b(?:every|any) pod\b|\b(?:whole|entire) namespace\b|\bnamespace-wide\b|모든 ?파드|전체 ?파드|네임 ?스페이스 ?전체/i,
	);
	if (group !== undefined && (hits.length > 0 || groups.length > 1 || isOut || !isWhole))
		return {labels: group.labels, home: placeOf(scene), workload: undefined, group};
	const first = targets[0] ?? (isWhole && clearest(scene.spoken) !== undefined ? undefined : hits[0]);
	if (first === undefined) return {labels: {}, home: placeOf(scene), workload: undefined, group: undefined};
	const workload = await oneOf(scene, first, undefined);
	if (isMade(workload)) return workload;
	return {labels: podLabelsOf(workload), home: workload.metadata.namespace ?? placeOf(scene), workload, group: undefined};
}

const isAsked = (value: Pods | Made): value is Made => !('labels' in value);

/** A network policy: who may reach some pods, whom they may reach, or that nobody may. */
export async function makePolicy(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const {ingress, egress} = directionsIn(wish);
	const isOut = egress && !ingress;
	const [hits, groups] = [await workloadWords(scene), labelledIn(wish)];
	const pods = await podsOf(scene, hits, groups, isOut);
	if (isAsked(pods)) return pods;
	const {labels, home, workload} = pods;
	const isPlain = Object.keys(labels).length === 0 && deniesAll(wish.text);
	const whole = says(wish, /\ball (?:the )?pods\b|\b(?:every|any) pod\b|\bwhole namespace\b|모든 ?파드|전체 ?파드/i);
	if (Object.keys(labels).length === 0 && !isPlain && !whole && clearest(scene.spoken) === undefined)
		return lacking(wish, 'Which pods is the policy for?', '어느 파드에 대한 정책인가요?');
	const others = hits.filter(hit => hit.name !== workload?.metadata.name);
	const rest = groups.filter(each => each !== pods.group);
	const isOpen = others.length + rest.length + blocksIn(wish).length > 0;
	const placed =
		isPlain && !isOpen ? [] : await peersOf(scene, others, {home, isOut, hasTarget: Object.keys(labels).length > 0, groups: rest});
	if ('kind' in placed) return placed;
	const declared = workload === undefined ? [] : declaredPorts(podSpecOf(workload)).map(port => port.name);
	const {ports, dns} = policyPorts(wish, declared);
	const isClosed = deniesAll(wish.text) && placed.length === 0 && ports.length === 0;
	const rules = isClosed ? [] : rulesOf(wish, placed, declared);
	if (rules.length === 0 && !deniesAll(wish.text) && !dns)
		return lacking(wish, 'From whom or to whom should traffic be allowed?', '누구와의 통신을 허용할까요?');
	const out: DirectionWish = dns ? [...rules, {peers: [], ports: dnsPorts}] : rules;
	const side = isOut ? 'egress' : 'ingress';
	const name =
		nameIn(scene, new Set(hits.map(({at}) => at))) ??
		(isPlain ? `default-deny${ingress && egress ? '' : `-${side}`}` : `${workload?.metadata.name ?? home}-${side}`);
	const there = await alreadyThere(scene, 'NetworkPolicy', name, home);
	if (there !== undefined) return there;
	return objects(policyOf({name, namespace: home}, {pods: labels, ingress: ingress ? rules : undefined, egress: egress ? out : undefined}));
}
