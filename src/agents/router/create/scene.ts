import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {beginsWithLook} from '../words/mood/imperatives.ts';
import {isNearly} from '../words/nearly.ts';
import type {World} from '../world.ts';
import {lacking, type Made} from './made.ts';
import type {Mention} from './reading/mentions.ts';
import {isNameWord, statedNames} from './reading/naming.ts';
import {placeOfOwner} from './reading/owner-place.ts';
import {clearest, type Spoken, spokenNamespaces} from './reading/places.ts';
import {plainAt, type Wish, wishOf} from './reading/wish.ts';

/** A wish, and what stands around it: the live cluster, and what the same request makes beside it. */
export type Scene = {
	readonly wish: Wish;
	/** The kind that is to be made, where it is named. */
	readonly head: Mention | undefined;
	readonly world: World;
	/** The word that names what is made, where it is known. */
	readonly called?: number | undefined;
	/** Made by the same request before, so that a later part may speak of it. */
	readonly planned: readonly KubeObject[];
	/** Live ones and planned ones. */
	readonly namespaces: readonly string[];
	/** All places that the wish speaks of. */
	readonly spoken: readonly Spoken[];
	/** The place that the clause names elsewhere, or that of what was made before in the same request. */
	readonly earlier: string | undefined;
	/** Names of what is there, of the kinds that people speak of most. */
	readonly live: ReadonlySet<string>;
	/** What the same request says in the clauses before: a Service there is about what they speak of. */
	readonly before: Wish | undefined;
};

type Around = {
	/** What the same request makes before. */
	readonly planned: readonly KubeObject[];
	/** The namespace that the whole clause names. */
	readonly place: string | undefined;
	readonly before?: Wish | undefined;
};

/** Kinds whose names stand in a wish that makes something else. */
const spokenOf = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Service', 'ServiceAccount', 'Node', 'IngressClass', 'StorageClass'];

/** Names of what is there, of the kinds that people speak of most. */
export const liveNames = async (world: World): Promise<readonly string[]> =>
	(await Promise.all(spokenOf.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name);

const ownersIn = async (world: World) =>
	(await Promise.all(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Service'].map(kind => world.objects(kind)))).flat();

export async function sceneOf(wish: Wish, head: Mention | undefined, world: World, {planned, place, before}: Around): Promise<Scene> {
	const made = planned.flatMap(({kind, metadata}) => (kind === 'Namespace' ? [metadata.name] : []));
	const namespaces = [...(await world.namespaces()), ...made];
	const [stated] = statedNames(wish);
	const spoken = spokenNamespaces(wish, namespaces).filter(({at}) => at !== stated);
	const live = await liveNames(world);
	const last = planned.findLast(({kind, metadata}) => kind === 'Namespace' || metadata.namespace !== undefined);
	return {
		wish,
		head,
		world,
		planned,
		namespaces,
		spoken,
		live: new Set([...live, ...planned.map(({metadata}) => metadata.name)]),
		before,
		earlier:
			place ??
			pointedAt(wish, before, namespaces) ??
			(last?.kind === 'Namespace' ? last.metadata.name : last?.metadata.namespace) ??
			toldBefore(before, namespaces) ??
			(spoken.length > 0 ? undefined : placeOfOwner(wish, await ownersIn(world))),
	};
}

/** `We launch search in shop today. Three replicas of …`: the one place that what is told before speaks of. */
function toldBefore(before: Wish | undefined, namespaces: readonly string[]): string | undefined {
	const told = before === undefined ? [] : spokenNamespaces(before, namespaces).filter(({weight}) => weight > 2);
	return new Set(told.map(({namespace}) => namespace)).size === 1 ? told[0]?.namespace : undefined;
}

/** `in there`, `that namespace`: the place that the clauses before speak of. */
function pointedAt(wish: Wish, before: Wish | undefined, namespaces: readonly string[]): string | undefined {
	if (before === undefined || !/\b(?:in there|there|that namespace|same namespace)\b|거기|그 ?(?:안|네임 ?스페이스)/i.test(wish.text))
		return undefined;
	return clearest(spokenNamespaces(before, namespaces))?.namespace;
}

/** The same scene of a wish from which something was taken that is read already. */
export async function narrowed(scene: Scene, text: string, mentionOf: (wish: Wish) => Mention): Promise<Scene> {
	const wish = wishOf(text, scene.wish.language);
	return {
		...(await sceneOf(wish, mentionOf(wish), scene.world, {planned: scene.planned, place: scene.earlier, before: scene.before})),
		earlier: scene.earlier,
	};
}

/** Live objects of a kind and planned ones. */
export const objectsOf = async ({world, planned}: Scene, kind: string, namespace?: string): Promise<readonly KubeObject[]> => [
	...(await world.objects(kind, namespace)),
	...planned.filter(object => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace)),
];

/** Where something is made that stands for itself: the named place, that of the same request, or the context's. */
export const placeOf = ({spoken, earlier, world}: Scene): string => clearest(spoken)?.namespace ?? earlier ?? world.namespace;

/** The namespace that a wish names though there is none; undefined where all is well. */
export function unknownPlace({wish, spoken}: Scene): Made | undefined {
	if (spoken.length > 0) return undefined;
	const at = wish.words.findIndex(
		(_, index) =>
			/^(?:namespaces?|ns|네임스페이스(?:에|에서)?)$/.test(plainAt(wish, index)) &&
			!/^(?:its?|their|same|own|that|this)$/.test(plainAt(wish, index - 1)),
	);
	// `they are to see namespaces and nodes`: what may be seen.
	const isDeed = (index: number) => index < at && beginsWithLook(`${plainAt(wish, index)} it`);
	const isBeside = (index: number) => isNameWord(wish, index) && !isDeed(index) && wish.words[Math.min(index, at)]?.stop === undefined;
	const name = at < 0 ? undefined : [at - 1, at + 1].find(isBeside);
	if (name === undefined) return undefined;
	const word = wish.words[name]?.raw ?? '';
	return lacking(
		wish,
		`There is no namespace ${word}. Create it first, or name another one.`,
		`${word} 네임스페이스가 없습니다. 먼저 만들거나 다른 네임스페이스를 알려 주세요.`,
		[
			{
				text: wish.language === 'ko' ? `${word} 네임스페이스 만들기` : `Create namespace ${word}`,
				request: wish.language === 'ko' ? `${word} 네임스페이스 만들어줘` : `Create namespace ${word}`,
			},
		],
	);
}

/** Nothing of that name may be there: a wish to make something changes nothing. */
export async function alreadyThere(scene: Scene, kind: string, name: string, namespace: string | undefined): Promise<Made | undefined> {
	const live = await objectsOf(scene, kind, namespace);
	if (!live.some(({metadata}) => metadata.name === name)) return undefined;
	const where = namespace === undefined ? '' : ` in ${namespace}`;
	const korean = namespace === undefined ? '' : `${namespace}에 `;
	return lacking(
		scene.wish,
		`${kind} ${name} is there already${where}. What should the new one be called, or which of its fields should change?`,
		`${korean}${kind} ${name}이(가) 이미 있습니다. 새 이름을 알려 주시거나, 기존 것의 무엇을 바꿀지 말씀해 주세요.`,
	);
}

export type Target =
	| {readonly kind: 'one'; readonly object: KubeObject; readonly at: number}
	| {readonly kind: 'none'}
	| {readonly kind: 'asks'; readonly made: Made};

/** The live object that a wish is about, else the one that the clauses before it are about. */
export async function subjectOf(scene: Scene, kinds: readonly string[]): Promise<Target> {
	const own = await targetOf(scene, kinds);
	if (own.kind !== 'none' || scene.before === undefined) return own;
	return targetOf({...scene, wish: scene.before, spoken: []}, kinds);
}

type Hit = {readonly object: KubeObject; readonly at: number; readonly isExact: boolean};

/** Words like `catalog`, `the search deployment`, `auth pods` that name a live object of these kinds, the likeliest first. */
async function hitsOf(scene: Scene, kinds: readonly string[], skipped: ReadonlySet<number>): Promise<readonly Hit[]> {
	const {wish} = scene;
	const all = (await Promise.all(kinds.map(kind => objectsOf(scene, kind)))).flat();
	const hits = wish.words.flatMap((word, at) => {
		const raw = word.raw.replace(/['’]s$/, '');
		if (skipped.has(at) || !/^[a-z0-9][a-z0-9.-]*$/.test(raw)) return [];
		const joined = `${raw}-${wish.words[at + 1]?.raw ?? ''}`;
		const exact = all.filter(({metadata}) => metadata.name === raw || (word.stop === undefined && metadata.name === joined));
		const found = exact.length > 0 || !isNameWord(wish, at) ? exact : all.filter(({metadata}) => isNearly(raw, metadata.name));
		return found.map(object => ({object, at, isExact: exact.length > 0}));
	});
	return hits.toSorted((left, right) => Number(right.isExact) - Number(left.isExact) || rankOf(wish, right.at) - rankOf(wish, left.at));
}

/** `for web`, `the web pods`, `web 앞에` name the target; `web-lb` in `service web-lb` names what is made. */
const rankOf = (wish: Wish, at: number): number => {
	const before = [plainAt(wish, at - 1), plainAt(wish, at - 2)];
	const named = /^(?:named|called|name|이름|이름은)$/.test(before[0] ?? '') ? -2 : 0;
	return (
		named +
		(before.some(word => /^(?:for|of|to|expose|protect|autoscale|scale|behind|against|target|targets|selects?)$/.test(word)) ? 2 : 0) +
		(/^(?:deployments?|pods?|statefulsets?|파드|디플로이먼트)/.test(plainAt(wish, at + 1)) ? 1 : 0)
	);
};

/** The live object that a wish is about. A namespace that the wish names limits; the same name in several places has to be asked. */
export async function targetOf(scene: Scene, kinds: readonly string[], skipped: ReadonlySet<number> = new Set()): Promise<Target> {
	const {wish, spoken} = scene;
	const places = new Set(spoken.map(({namespace}) => namespace));
	const all = await hitsOf(scene, kinds, skipped);
	const inside = all.filter(({object}) => places.size === 0 || places.has(object.metadata.namespace ?? ''));
	const hits = inside.length > 0 ? inside : places.size > 0 ? [] : all;
	const [first] = hits;
	if (first === undefined) return {kind: 'none'};
	const same = hits.filter(({object}) => object.metadata.name === first.object.metadata.name && object.kind === first.object.kind);
	const spaces = [...new Set(same.map(({object}) => object.metadata.namespace ?? ''))];
	if (spaces.length < 2) return {kind: 'one', object: first.object, at: first.at};
	const name = first.object.metadata.name;
	const made = lacking(
		wish,
		`Which ${name}: in ${spaces.join(' or ')}?`,
		`어느 ${name}인가요: ${spaces.join(', ')}?`,
		spaces.map(space => ({
			text: `${space}/${name}`,
			request: wish.language === 'ko' ? `${space}에서 ${wish.text}` : `${wish.text.replace(/[.?!\s]+$/, '')} in ${space}`,
		})),
	);
	return {kind: 'asks', made};
}
