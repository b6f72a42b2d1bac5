import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podLabelsOf} from '../../../deploy/objects/services/service-for.ts';
import {pairsIn} from '../../words/values.ts';
import {lacking, type Made, objects} from '../made.ts';
import {type DirectionWish, type PeerWish, policyOf} from '../manifests/policy.ts';
import {statedNames} from '../reading/naming.ts';
import {clearest} from '../reading/places.ts';
import {deniesAll, directionsIn, dnsPorts, policyPorts, sideOf} from '../reading/policy-words.ts';
import {says} from '../reading/wish.ts';
import {alreadyThere, nameIn, objectsOf, placeOf, type Scene, targetOf} from '../scene.ts';
import {workloadKinds} from './service.ts';

type Hit = {readonly at: number; readonly name: string};

/** Words that name a workload; a name that is given to the policy is none. */
async function workloadWords(scene: Scene): Promise<readonly Hit[]> {
	const all = (await Promise.all(workloadKinds.map(kind => objectsOf(scene, kind)))).flat();
	const names = new Set(all.map(({metadata}) => metadata.name));
	const stated = new Set(statedNames(scene.wish));
	return scene.wish.words.flatMap(({raw}, at) =>
		names.has(raw) && !stated.has(at) && !scene.spoken.some(each => each.at === at && each.weight > 1) ? [{at, name: raw}] : [],
	);
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

/** Addresses such as `10.0.0.0/8`. */
const blocksIn = (text: string) => [...text.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}\b/g)].map(([cidr]) => ({cidr}));

async function peersOf(
	scene: Scene,
	hits: readonly Hit[],
	home: string,
	isEgress: boolean,
	isTarget: boolean,
): Promise<readonly PeerWish[] | Made> {
	const {wish} = scene;
	const peers: PeerWish[] = [];
	for (const hit of hits) {
		const workload = await oneOf(scene, hit, home);
		if (isMade(workload)) return workload;
		const namespace = workload.metadata.namespace;
		peers.push({pods: podLabelsOf(workload), ...(namespace === home ? {} : {namespace})});
	}
	const spaces = scene.spoken.filter(
		({at, namespace}) => (namespace !== home || isTarget) && (sideOf(wish, at, isEgress) === 'peer' || namespace !== home),
	);
	const outside = spaces.filter(({namespace}) => !peers.some(peer => 'pods' in peer && peer.namespace === namespace) && namespace !== home);
	const said = hits.length === 0 ? pairsIn(wish) : [];
	// `pods labelled app=web in the same namespace` are those pods, not all of it.
	const own =
		said.length === 0 && says(wish, /\b(?:same|its own|own|this) namespace\b|같은 ?네임 ?스페이스|within (?:the|its) namespace/i)
			? [{pods: {}}]
			: [];
	const labelled = said.map(({key, value}) => ({pods: {[key]: value}}));
	return [
		...peers,
		...labelled,
		...[...new Set(outside.map(({namespace}) => namespace))].map(namespace => ({namespace})),
		...own,
		...blocksIn(wish.text),
	];
}

/** A network policy: who may reach some pods, whom they may reach, or that nobody may. */
export async function makePolicy(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const {ingress, egress} = directionsIn(wish);
	const hits = await workloadWords(scene);
	const isOut = egress && !ingress;
	const targets = hits.filter(({at}) => sideOf(wish, at, isOut) === 'target');
	const [first] = targets.length > 0 ? targets : hits.slice(0, 1);
	const target = first === undefined ? undefined : await oneOf(scene, first, undefined);
	if (target !== undefined && isMade(target)) return target;
	const isPlain = target === undefined && deniesAll(wish.text);
	const home = target?.metadata.namespace ?? placeOf(scene);
	const whole = says(wish, /\ball pods\b|\bevery pod\b|\bwhole namespace\b|모든 ?파드|전체 ?파드/i);
	if (target === undefined && !isPlain && !whole && clearest(scene.spoken) === undefined)
		return lacking(wish, 'Which pods is the policy for?', '어느 파드에 대한 정책인가요?');
	const others = hits.filter(hit => hit.name !== target?.metadata.name);
	const peers = isPlain ? [] : await peersOf(scene, others, home, isOut, target !== undefined);
	if ('kind' in peers) return peers;
	const {ports, dns} = policyPorts(wish);
	const open = peers.length + ports.length === 0 ? [] : [{peers, ports}];
	const isClosed = deniesAll(wish.text) && peers.length === 0 && ports.length === 0;
	const rules: DirectionWish = isClosed ? [] : open;
	if (rules.length === 0 && !deniesAll(wish.text) && !dns)
		return lacking(wish, 'From whom or to whom should traffic be allowed?', '누구와의 통신을 허용할까요?');
	const out: DirectionWish = dns ? [...rules, {peers: [], ports: dnsPorts}] : rules;
	const side = isOut ? 'egress' : 'ingress';
	const name =
		nameIn(scene, new Set(hits.map(({at}) => at))) ??
		(isPlain ? `default-deny${ingress && egress ? '' : `-${side}`}` : `${target?.metadata.name ?? home}-${side}`);
	const there = await alreadyThere(scene, 'NetworkPolicy', name, home);
	if (there !== undefined) return there;
	const pods = target === undefined ? {} : podLabelsOf(target);
	return objects(policyOf({name, namespace: home}, {pods, ingress: ingress ? rules : undefined, egress: egress ? out : undefined}));
}
