import {compoundWord} from '../../words/compound-word.ts';
import {imperativeOf} from '../../words/mood/imperatives.ts';
import {isNearly} from '../../words/nearly.ts';
import {hostOf} from '../../words/values.ts';
import type {Mention} from './mentions.ts';
import {indexOfWord, isNameWord, nameBeside, statedNames} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

/** What is known of the words beside the wish itself. */
export type Around = {
	/** The words that name the kind of what is made, the one that heads the wish first. */
	readonly mentions: readonly Mention[];
	/** Words that name a place or were read as something else. */
	readonly isOther: (at: number) => boolean;
	/** Names of what is there; what differs by one letter is meant by it, too. */
	readonly live: ReadonlySet<string>;
};

const written = /[-\d]/;
/** What a kind is like stands right before it: `a second service`, `an nginx ingress`. */
const types =
	/^(?:nodeport|node-port|clusterip|cluster-ip|loadbalancer|load-balancer|headless|externalname|opaque|tls|generic|basic-auth|ssh-auth|docker-registry|immutable|incluster)$/;
const attributes =
	/^(?:clone|copy|duplicate|equal|equals|identical|similar|nice|matching|proper|tiny|own|normal|simple|raw|block|empty|blank|shared|persistent|ephemeral|encrypted|standard|suitable|resource|disruption|network|config|hpa-style)$/;
const particle = /^(?:its?|the|an?|this|that|these|those|their|his|her|our|your|my|all|any|some|them|everything)$/;

const doing =
	/^(?:belonging|bearing|comprising|consisting|containing|covering|existing|forbidding|granting|having|including|letting|listening|matching|missing|permitting|reading|saying|selecting|stating|storing|telling|totall?ing)$/;

/** `carrying`, `holding`, `clone`: what it does or is like, and no name. */
const isDoing = (raw: string) => !written.test(raw) && (doing.test(raw) || imperativeOf(raw) !== undefined || attributes.test(raw));

/** A word that only a name is written like. */
export const isOnlyName = (raw: string) => written.test(raw) && !compoundWord.test(raw) && !types.test(raw);

const joint = /^(?:in|for|with|to|on|at|inside|into|within|under|there|and|so|that|which|from|of|as|has|gets|should)$/;
const standing = /^(?:living|sitting|residing|located|running|placed|stored|based)$/;

/** Right behind a kind: `quota web-cap`, `a config map baking in shop`; `a namespace carrying the labels`, `the service reads its settings` have none. */
function fitsBehind(wish: Wish, at: number): boolean {
	const {raw = '', stop} = wish.words[at] ?? {};
	if (types.test(raw)) return false;
	if (written.test(raw)) return true;
	const next = plainAt(wish, at + 1);
	const isEnd = stop !== undefined || at + 1 === wish.words.length;
	if (isDoing(raw) || standing.test(raw)) return isEnd || (joint.test(next) && !standing.test(raw));
	return isEnd || !particle.test(next);
}

const copulas = /^(?:is|be|should|shall|must|will|may|can|to|named|called|:|=|as|would|name)$/;

/** `the service should be web-lb`, `service name: web-lb`: what stands behind a copula. */
function behindCopula(wish: Wish, {last}: Mention): number | undefined {
	let at = last + 1;
	while (at <= last + 4 && copulas.test(plainAt(wish, at)) && wish.words[at - 1]?.stop === undefined) at += 1;
	return at > last + 1 && isOnlyName(wish.words[at]?.raw ?? '') ? at : undefined;
}

const inPlace = /^(?:in|into|for|on|inside|within)$/;

/** `web-np, a service of type NodePort`, `refund-pdb in shop: a budget`: the name, and then what it is. */
function before(wish: Wish, {kind, first}: Mention): number | undefined {
	for (let end = first - 1; end >= Math.max(0, first - 8); end -= 1) {
		if (wish.words[end]?.stop === undefined) continue;
		const isPlaced = kind !== 'Namespace' && inPlace.test(plainAt(wish, end - 1)) && isOnlyName(wish.words[end - 2]?.raw ?? '');
		const at = isPlaced ? end - 2 : end;
		const article = plainAt(wish, end + 1);
		const isSaid = /^(?:an?|the|as|our|one|new|another)$/.test(article) || end + 1 === first;
		return isSaid && /[,:]/.test(wish.words[end]?.stop ?? '') && isOnlyName(wish.words[at]?.raw ?? '') ? at : undefined;
	}
	return undefined;
}

/** `a second service, web-np, on 80`, `with one policy, lockdown.`: the name as a remark behind the kind. */
function remark(wish: Wish, {last}: Mention): number | undefined {
	const at = last + 1;
	const word = wish.words[at];
	return wish.words[last]?.stop !== undefined &&
		/[,:]/.test(wish.words[last]?.stop ?? '') &&
		(word?.stop !== undefined || at + 1 === wish.words.length || inPlace.test(plainAt(wish, at + 1)))
		? at
		: undefined;
}

/** `three namespaces for the demo: demo-a, demo-b`: what is announced with a colon. */
function announced(wish: Wish, {kind, last}: Mention): number | undefined {
	for (let at = last; at < Math.min(last + 8, wish.words.length); at += 1) {
		const stop = wish.words[at]?.stop;
		if (stop === '.' || stop === ';') return undefined;
		const {raw = ''} = wish.words[at + 1] ?? {};
		const isListed = kind === 'Namespace' && (wish.words[at + 1]?.stop !== undefined || /^(?:and|와|과|랑|)$/.test(plainAt(wish, at + 2)));
		if (stop === ':') return (written.test(raw) || isListed) && !types.test(raw) && !isCompound(wish, raw) ? at + 1 : undefined;
	}
	return undefined;
}

/** `secret basic-auth type door`: behind what it is like. */
function behindType(wish: Wish, {last}: Mention): number | undefined {
	let at = last + 1;
	while ((types.test(plainAt(wish, at)) || plainAt(wish, at) === 'type') && wish.words[at - 1]?.stop === undefined) at += 1;
	return at > last + 1 && isOnlyName(wish.words[at]?.raw ?? '') ? at : undefined;
}

const typed = (wish: Wish, {first}: Mention) => {
	let at = first - 1;
	while (types.test(plainAt(wish, at)) && wish.words[at]?.stop === undefined) at -= 1;
	return at;
};

/** Words that follow a name where it is what is made: `web-np를 만들어`, `web-np 추가`. */
const makesKorean = /^["'`”’]? ?(?:을|를|하나|도)? ?(?:하나 ?)?(?:만들|추가|생성|등록|새로|열어|걸어|달아|두고|올려|파)/;

/** In Korean a word in Latin letters is hardly ever one of the language: `auth-in 정책`, `ad-report`, `alert-hours 컨피그맵`. */
const foreign =
	/^(?:read|write|non)-|-(?:only|once|wide|based|scoped|deny)$|^(?:default-deny|deny-all|allow-all|node-port|load-balancer|kube-system|cluster-internal|cluster-local|cluster-ip|pod-security)$/;
const isCompound = ({language}: Wish, raw: string) => (language === 'ko' ? foreign : compoundWord).test(raw);

/** How surely a word is the name of this one, by where it stands. */
function weightBeside(wish: Wish, mention: Mention, at: number): number {
	const word = wish.words[at];
	const raw = word?.raw ?? '';
	if (nameBeside(wish, mention, other => other !== at) === at) {
		if (at > mention.last) return fitsBehind(wish, at) ? 60 : 0;
		return isDoing(raw) || types.test(raw) || (isCompound(wish, raw) && word?.quoted !== true) ? 0 : isOnlyName(raw) ? 50 : 35;
	}
	if (behindCopula(wish, mention) === at) return 60;
	if (behindType(wish, mention) === at) return 55;
	if (remark(wish, mention) === at && !isDoing(raw)) return 45;
	if (before(wish, mention) === at) return 50;
	if (announced(wish, mention) === at) return 45;
	return typed(wish, mention) === at && isOnlyName(raw) && at < mention.first - 1 ? 45 : 0;
}

/** `with api-token taken from a variable`: what it holds. */
const holding = /^(?:with|from|of|has|have|holds?|holding|contains?|containing|carries|carrying|key|keys)$/;

/** How surely a word is the name of what a wish makes, wherever it stands; nothing where it is none. */
function weightOf(wish: Wish, at: number, {mentions, live}: Around): number {
	const {raw = '', stop} = wish.words[at] ?? {};
	const beside = mentions.map((mention, index) => weightBeside(wish, mention, at) - (index === 0 ? 0 : 5));
	const isAlone = stop !== undefined && (at === 0 || wish.words[at - 1]?.stop !== undefined) && isOnlyName(raw);
	const isAs = plainAt(wish, at - 1) === 'as' && isOnlyName(raw);
	const isMade = wish.language === 'ko' && makesKorean.test(wish.text.slice(indexOfWord(wish, at) + raw.length));
	const best = Math.max(0, ...beside, isAlone ? 40 : 0, isAs ? 35 : 0, isMade ? 40 : 0);
	const isFresh = !isLive(raw, live);
	if (best === 0) return isFresh && isOnlyName(raw) && !holding.test(plainAt(wish, at - 1)) ? 15 : 0;
	return best + (isFresh ? (isOnlyName(raw) ? 20 : 5) : -20);
}

/** Words that may be a name: none of a place, of a host, or of something that was read already. */
const isFree = (wish: Wish, at: number, {mentions, isOther}: Around) =>
	!isOther(at) &&
	(hostOf(wish.words[at] ?? {raw: ''})?.host.split('.').length ?? 0) < 3 &&
	(isNameWord(wish, at) || mentions.some(mention => nameBeside(wish, mention, other => other !== at) === at));

/** What a wish calls the thing that it makes: the words that may be its name, the likeliest first. */
export function newNames(wish: Wish, around: Around): readonly number[] {
	const stated = statedNames(wish).filter(at => !around.isOther(at));
	const others = wish.words.flatMap((_, at) => {
		const weight = stated.includes(at) || !isFree(wish, at, around) ? 0 : weightOf(wish, at, around);
		return weight > 0 ? [{at, weight}] : [];
	});
	return [...stated, ...others.toSorted((left, right) => right.weight - left.weight).map(({at}) => at)];
}

/** A name of what is there, or one with a slip of the finger in it. */
const isLive = (raw: string, live: ReadonlySet<string>) => live.has(raw) || (raw.length > 5 && [...live].some(name => isNearly(raw, name)));

/** `a headless service tracker`: a second thing may be called as the first is. */
const isMarked = (wish: Wish, {first}: Mention) =>
	wish.language === 'en' && [1, 2, 3].some(back => /^(?:an?|another|new|second)$/.test(plainAt(wish, first - back)));

/** `shop-mail is not there yet, create that secret`: the last name before that nothing has. */
const pointedAt = (wish: Wish, {first}: Mention, live: ReadonlySet<string>): number | undefined =>
	/^(?:that|this)$/.test(plainAt(wish, first - 1))
		? wish.words.findLastIndex(({raw}, at) => at < first - 1 && isOnlyName(raw) && isNameWord(wish, at) && !isLive(raw, live))
		: undefined;
/** A kind and the word that names one of it: given as its name, or by where it stands, the heavier the surer. */
export type NewlyNamed = {readonly mention: Mention; readonly at: number; readonly weight: number; readonly isStated: boolean};

const isBound = ({words}: Wish, from: number, to: number) => words.slice(from, to).some(({raw}) => /^(?:bind|bound)$/i.test(raw));

/** Of which kind a name is that is given as such: `web-cap라는 쿼터` of the one behind, `a quota called web-cap` of the one before. */
function statedOf(wish: Wish, at: number, mentions: readonly Mention[]): Mention | undefined {
	const raw = wish.words[at]?.raw ?? '';
	const isBefore = /^["'`”’]? ?(?:이라는|라는|이란|란)(?! ?이름)/.test(wish.text.slice(indexOfWord(wish, at) + raw.length));
	const next = mentions.find(({first}) => first > at && first - at < 4);
	if (isBefore && next !== undefined) return next;
	const last = mentions.findLast(mention => mention.last < at);
	// `a role x, bound to that service account under the name y`: the account is there, and the binding gets the name.
	const role = mentions.find(({kind}) => kind === 'Role');
	const isOfBinding = /^.{0,12}(?:으로|로|의) ?(?:롤 ?)?바인딩/.test(wish.text.slice(indexOfWord(wish, at) + raw.length));
	if (
		last?.kind === 'ServiceAccount' &&
		role !== undefined &&
		role.last < last.first &&
		(isOfBinding || isBound(wish, role.last, last.first))
	)
		return role;
	return last !== undefined && at - last.last < 6 ? last : undefined;
}

/** `no service leads there; add web-metrics`: of the one kind that is spoken of. */
const isOrdered = (wish: Wish, at: number, mention: Mention, {mentions, live}: Around) =>
	/^(?:add|create)$/.test(plainAt(wish, at - 1)) &&
	isOnlyName(wish.words[at]?.raw ?? '') &&
	!isLive(wish.words[at]?.raw ?? '', live) &&
	mentions.findLast(({last}) => last < at) === mention &&
	mentions.every(({kind}) => kind === mention.kind);

/** The kinds of which a wish names one, the surest first: by a name that nothing has, or one that is given as such. */
export function newlyNamed(wish: Wish, around: Around): readonly NewlyNamed[] {
	const stated = statedNames(wish);
	const found = around.mentions.flatMap(mention =>
		wish.words.flatMap((word, at) => {
			const isStated = (stated.includes(at) && statedOf(wish, at, around.mentions) === mention) || isOrdered(wish, at, mention, around);
			const isNew = isStated || !isLive(word.raw, around.live) || (at === mention.last + 1 && isMarked(wish, mention));
			if (!isNew || !isFree(wish, at, around)) return [];
			const weight = isStated ? 100 : pointedAt(wish, mention, around.live) === at ? 45 : weightBeside(wish, mention, at);
			return weight > 0 ? [{mention, at, weight, isStated}] : [];
		}),
	);
	return found.toSorted((left, right) => right.weight - left.weight);
}
