import type {RuleWish} from '../../manifests/access.ts';
import {isNameWord} from '../naming.ts';
import {plainAt, type Wish} from '../wish.ts';
import {parts, type Resource, resourcesOf, scaled} from './resource-words.ts';
import {allVerbs, verbsOf} from './verb-words.ts';

type Thing = Omit<Resource, 'isOne'> & {readonly at: number; readonly isOne: boolean; readonly names: readonly string[]};
type Token =
	| {readonly kind: 'verbs'; readonly at: number; readonly verbs: readonly string[]; readonly isExact: boolean}
	| {readonly kind: 'resource'; readonly at: number; readonly thing: Thing};

/** What a wish may speak of: words that are something else, and the names of live objects of a kind. */
export type RuleScene = {readonly isOther: (at: number) => boolean; readonly live: (kind: string) => ReadonlySet<string>};

/** `may get the config map`, `able to delete the pods` */
const isAllowed = (wish: Wish, at: number) =>
	/^(?:may|can|could|should|must|shall|only)$/.test(plainAt(wish, at - 1)) ||
	(plainAt(wish, at - 1) === 'to' && /^(?:able|allowed|permitted|right|permission)$/.test(plainAt(wish, at - 2)));

/** Verbs that order something of mkcoa itself: `create a role`, `bind it to`. */
const isOrder = (wish: Wish, at: number) =>
	(/^(?:create|bind|use|get|delete)$/.test(plainAt(wish, at)) &&
		!isAllowed(wish, at) &&
		(at === 0 ||
			/^(?:a|an|the|role|clusterrole|both|it|them|that|new|another|rolebinding|cluster)$/.test(plainAt(wish, at + 1)) ||
			/^(?:please|you)$/.test(plainAt(wish, at - 1)))) ||
	/(?:해|하)(?:줘|주|라|세|요)/.test(wish.words[at]?.raw ?? '');

const groupName = /^(?:[a-z][a-z0-9-]*\.)+(?:io|com|dev|org|net|k8s\.io|sh|cloud)$/;

function verbToken(wish: Wish, at: number): Token | undefined {
	const word = plainAt(wish, at);
	const ahead = [0, 1, 2, 3].map(step => plainAt(wish, at + step)).join(' ');
	if (allVerbs.test(ahead)) return {kind: 'verbs', at, verbs: ['*'], isExact: true};
	const quoted = wish.words[at]?.quoted === true ? verbsOf(wish.words[at]?.raw ?? '') : undefined;
	if (quoted?.isExact === true) return {kind: 'verbs', at, ...quoted};
	if (word === '' || isOrder(wish, at)) return undefined;
	// The name of one of the built-in roles, or of a list of things.
	if (
		/^(?:list|view|edit)$/.test(word) &&
		wish.words[at]?.stop === undefined &&
		/^(?:of|is|role|permissions?|rights)$/.test(plainAt(wish, at + 1))
	)
		return undefined;
	const found = verbsOf(word);
	return found === undefined ? undefined : {kind: 'verbs', at, ...found};
}

/** The resources at a word, with what is said of them by the words beside it. */
function thingsAt(wish: Wish, at: number): readonly Thing[] {
	const word = plainAt(wish, at);
	if (word === '' || (word === 'service' && /^accounts?$/.test(plainAt(wish, at + 1)))) return [];
	// `and no other configmap`: what is left out is no further right.
	if (plainAt(wish, at - 1) === 'other' && /^(?:no|any)$/.test(plainAt(wish, at - 2))) return [];
	const part = parts.find(([, , words]) => words.test(word));
	if (part !== undefined) return [{group: '', plural: `${part[1]}/${part[0]}`, kind: undefined, isOne: false, at, names: []}];
	const next = plainAt(wish, at + 1);
	const isOwner =
		wish.words[at]?.stop === undefined && parts.some(([, owner, words]) => words.test(next) && resourcesOf(word)[0]?.plural === owner);
	// `pod logs`: the next word says it; `logs of pods`: the word before did.
	if (isOwner || (/^(?:of|from|on)$/.test(plainAt(wish, at - 1)) && parts.some(([, , words]) => words.test(plainAt(wish, at - 2)))))
		return [];
	return resourcesOf(wordJoined(wish, at)).map(resource => {
		const isScale = scaled.test(resource.plural) && /^(?:scale|scales|스케일)/.test(next) && wish.words[at]?.stop === undefined;
		return {...resource, plural: isScale ? `${resource.plural}/scale` : resource.plural, at, names: []};
	});
}

/** `config maps`, `cron jobs`, `network policies`: two words that name one resource; the second one is passed over. */
function wordJoined(wish: Wish, at: number): string {
	const joined = `${plainAt(wish, at)}${plainAt(wish, at + 1)}`;
	return wish.words[at]?.stop === undefined && resourcesOf(plainAt(wish, at)).length === 0 && resourcesOf(joined).length > 0
		? joined
		: plainAt(wish, at);
}

const denies = /^(?:not|without|no|nor|never|neither|except|excluding|excepting|minus|cannot|can't|mustn't|don't|doesn't|shouldn't)$/;
/** What may stand between a denial and what it denies. */
const passed =
	/^(?:on|any|the|to|for|of|over|all|even|explicitly|allowed|permitted|able|be|have|get|access|rights?|permissions?|other|further|more|else|or|nor|and|them)$/;

/** `but not on secrets`, `no exec`, `explicitly without secrets or tokens`, `may not delete pods`: what is not allowed gives no right. */
function isDenied(wish: Wish, at: number): boolean {
	for (let index = at - 1; index >= 0 && wish.words[index]?.stop === undefined; index -= 1) {
		const word = plainAt(wish, index);
		if (denies.test(word)) return !(word === 'not' && plainAt(wish, index + 1) === 'only');
		const isResource = resourcesOf(word).length > 0 || parts.some(([, , words]) => words.test(word));
		// `no secrets and list pods`: a verb behind a resource begins anew.
		if (isResource && verbsOf(plainAt(wish, at)) !== undefined) return false;
		if (!passed.test(word) && !isResource && verbsOf(word) === undefined) return false;
	}
	return false;
}

const deniedKorean = /^(?:말고|빼고|빼|제외|없이|불가|금지|안|못)/;

/** `시크릿은 제외`, `다른 컨피그맵은 안 됩니다`. */
const isExcluded = (wish: Wish, at: number) =>
	isDenied(wish, at) ||
	(wish.language === 'ko' && wish.words[at]?.stop === undefined && deniedKorean.test(wish.words[at + 1]?.raw ?? '')) ||
	(/^(?:다른|나머지)$/.test(plainAt(wish, at - 1)) &&
		/(?:안|못|말|금지|불가|제외|없)/.test(
			wish.words
				.slice(at, at + 4)
				.map(({raw}) => raw)
				.join(' '),
		));

function tokensIn(wish: Wish, scene: RuleScene): readonly Token[] {
	const found: Token[] = [];
	for (let at = 0; at < wish.words.length; at += 1) {
		if (scene.isOther(at) || isExcluded(wish, at)) continue;
		const verbs = verbToken(wish, at);
		if (verbs !== undefined) {
			found.push(verbs);
			continue;
		}
		const things = thingsAt(wish, at);
		for (const thing of things) found.push({kind: 'resource', at, thing});
		if (things.length > 0 && wordJoined(wish, at) !== plainAt(wish, at)) at += 1;
	}
	return withStatedVerbs(
		[...found, ...foreign(wish, scene, found)].toSorted((left, right) => left.at - right.at),
		wish,
	);
}

/** Where verbs are told as such: `verbs create, get, watch`, `get, list and delete are enough`. */
function statedVerbs({words}: Wish, tokens: readonly Token[]): readonly Token[] {
	const isVerb = (at: number) => tokens.some(token => token.kind === 'verbs' && token.at === at);
	const from = words.findIndex(({text}, at) => /^(?:verbs?|동사)$/.test(text) && [1, 2].some(step => isVerb(at + step)));
	const enough = words.findIndex(
		({text}, at) => /^(?:enough|plenty|sufficient|suffice)$/.test(text) && [1, 2, 3].some(step => isVerb(at - step)),
	);
	const isInside = (at: number) => {
		if (from >= 0) return at > from && words.slice(from, at).every(({stop}) => stop === undefined || stop === ',' || stop === ':');
		return (
			at < enough &&
			words
				.slice(at, enough)
				.every(
					({stop, text}, step) =>
						stop !== '.' && (step === 0 || isVerb(at + step) || /^(?:and|are|is|or|will|be|should|would)$/.test(text)),
				)
		);
	};
	return from < 0 && enough < 0 ? [] : tokens.filter(({kind, at}) => kind === 'verbs' && isInside(at));
}

/** What is told in plain words beside it only says what it is for. */
function withStatedVerbs(tokens: readonly Token[], wish: Wish): readonly Token[] {
	const stated = statedVerbs(wish, tokens);
	const verbs = stated.flatMap(token => (token.kind === 'verbs' ? token.verbs : []));
	const others = tokens.filter(token => token.kind === 'verbs' && !stated.includes(token));
	const [first] = others;
	const last = stated.at(-1)?.at ?? 0;
	if (stated.length < 2 || first === undefined || first.at > last || tokens.some(({kind, at}) => kind === 'resource' && at > last))
		return tokens;
	return tokens.flatMap((token): readonly Token[] =>
		token === first ? [{kind: 'verbs', at: token.at, verbs: [...new Set(verbs)], isExact: true}] : token.kind === 'verbs' ? [] : [token],
	);
}

/** `certificates and issuers of cert-manager.io`: resources that only their group tells. */
function foreign(wish: Wish, {isOther}: RuleScene, known: readonly Token[]): readonly Token[] {
	const group = wish.words.findIndex(({raw}, at) => groupName.test(raw) && resourcesOf(raw).length === 0 && !isOther(at));
	if (group < 0) return [];
	const name = wish.words[group]?.raw ?? '';
	return wish.words.flatMap(({raw}, at): readonly Token[] => {
		const isNear = Math.abs(at - group) <= 6 && /^[a-z]+(?:\/[a-z]+)?$/.test(raw) && /s(?:\/|$)/.test(raw);
		if (!isNear || isOther(at) || known.some(token => token.at === at) || !isNameWord(wish, at)) return [];
		return [{kind: 'resource', at, thing: {group: name, plural: raw, kind: undefined, isOne: false, at, names: []}}];
	});
}

const single = /^(?:one|single|only|exactly|named|called|the)$/;

/** `the configmap recipes`, `recipes 컨피그맵만`, `one secret in shop, pull`: the objects of a kind that alone are meant. */
function withNames(tokens: readonly Token[], wish: Wish, scene: RuleScene): readonly Token[] {
	return tokens.map((token, index) => {
		if (token.kind !== 'resource') return token;
		const {at, isOne, kind} = token.thing;
		const isLive = (place: number) => kind !== undefined && scene.live(kind).has(wish.words[place]?.raw ?? '') && !scene.isOther(place);
		const isName = (place: number) => isNameWord(wish, place) && !scene.isOther(place) && resourcesOf(plainAt(wish, place)).length === 0;
		const until = tokens.slice(index + 1).find(next => next.kind === 'resource')?.at ?? wish.words.length;
		const behind = Array.from({length: Math.max(0, until - at - 1)}, (_, step) => at + 1 + step);
		// `…, and a binding called x`: what is called so is no resource.
		const end = behind.find(place => /^(?:cluster)?(?:role)?-?(?:binding|role)s?$|^(?:롤|역할|바인딩)/.test(plainAt(wish, place))) ?? until;
		const called = behind.find(
			place =>
				place < end && /^(?:named|called|resourcenames?|resource-names?|이름이|이름은)$/.test(plainAt(wish, place)) && isName(place + 1),
		);
		const isSingle =
			isOne || single.test(plainAt(wish, at - 1)) || /만$|하나/.test(`${wish.words[at]?.raw ?? ''}${wish.words[at + 1]?.raw ?? ''}`);
		const near = [at - 1, ...behind].filter(place => isLive(place) && (isSingle || Math.abs(place - at) <= 4));
		const names = called === undefined ? near : listFrom(wish, called + 1, isName);
		return {...token, thing: {...token.thing, names: names.flatMap(place => wish.words[place]?.raw ?? [])}};
	});
}

/** A name and those that are joined to it. */
function listFrom(wish: Wish, first: number, isName: (at: number) => boolean): readonly number[] {
	const names = [first];
	for (let at = first + 1; at < wish.words.length; at += 1) {
		if (/^(?:and|와|과|및|,)$/.test(plainAt(wish, at))) continue;
		const isJoined = /^(?:and|와|과|및)$/.test(plainAt(wish, at - 1)) || wish.words[at - 1]?.stop === ',';
		if (!isJoined || !isName(at)) break;
		names.push(at);
	}
	return names;
}

type Run = {verbs: string[]; isExact: boolean; things: Thing[]};

/** Verbs and resources in turns: each turn of the first sort belongs to the turn behind it. */
function runsOf(tokens: readonly Token[]): readonly Run[] {
	const first = tokens[0]?.kind;
	const runs: Run[] = [];
	let last: Token['kind'] | undefined;
	for (const token of tokens) {
		if (runs.length === 0 || (token.kind === first && last !== first)) runs.push({verbs: [], isExact: true, things: []});
		const run = runs.at(-1);
		if (token.kind === 'verbs') {
			run?.verbs.push(...token.verbs);
			if (run !== undefined) run.isExact &&= token.isExact;
		} else run?.things.push(token.thing);
		last = token.kind;
	}
	return runs;
}

const isWhole = ({verbs, things}: Run) => verbs.length > 0 && things.length > 0;

/** The parts of a wish that a full stop, a colon or a semicolon ends. */
function sentencesOf(tokens: readonly Token[], wish: Wish): readonly (readonly Token[])[] {
	const groups: Token[][] = [];
	let last = -1;
	for (const token of tokens) {
		const isNew = last < 0 || wish.words.slice(last, token.at).some(({stop}) => stop !== undefined && stop !== ',');
		if (isNew) groups.push([]);
		groups.at(-1)?.push(token);
		last = token.at;
	}
	return groups;
}

/**
 * A purpose beside the list (`so that qa can see pod logs: pods get/list, …`) is left out where a list says it all: where one part of the wish has verbs
 * as Kubernetes has them, with their resources, the parts without count for nothing.
 */
function chosenRuns(tokens: readonly Token[], wish: Wish): readonly Run[] {
	const groups = sentencesOf(tokens, wish).map(runsOf);
	const exact = groups.filter(runs => runs.some(run => isWhole(run) && run.isExact));
	if (exact.length > 0) return exact.flat().filter(run => isWhole(run) && (run.isExact || exact.flat().filter(isWhole).length === 1));
	const whole = groups.filter(runs => runs.some(isWhole));
	return (whole.length > 0 ? whole.flat() : runsOf(tokens)).filter(isWhole);
}

/** A vague verb that exact ones spell out counts for nothing: `read (get, list)`, `may read one secret: get only`. */
function exactly(tokens: readonly Token[]): readonly Token[] {
	const isVerbs = (token: Token) => token.kind === 'verbs';
	const lastThing = tokens.findLastIndex(token => !isVerbs(token));
	const isSpeltOut = (index: number) => {
		const next = tokens.findIndex((token, at) => at > index && token.kind === 'verbs' && token.isExact);
		return next > lastThing || (next > index && tokens.slice(index, next).every(isVerbs));
	};
	return tokens.filter((token, index) => token.kind !== 'verbs' || token.isExact || !isSpeltOut(index));
}

/** Things of one group, all of a kind or one by its name, stand in one rule. */
const placeOf = ({group, names}: Thing) => `${group} ${names.join(' ')}`;

const uniqueOf = <Value>(values: readonly Value[]) => [...new Set(values)];

/** What may be done with what, from lists in either order: `get and list pods, and get pods/log`, `pods는 get/list, pods/log는 get`. */
export function rulesIn(wish: Wish, scene: RuleScene): readonly RuleWish[] {
	const tokens = withNames(exactly(tokensIn(wish, scene)), wish, scene);
	return chosenRuns(tokens, wish).flatMap(({verbs, things}) =>
		uniqueOf(things.map(placeOf)).map(place => {
			const same = things.filter(thing => placeOf(thing) === place);
			return {
				groups: uniqueOf(same.map(({group}) => group)),
				resources: uniqueOf(same.map(({plural}) => plural)),
				verbs: verbs.includes('*') ? ['*'] : uniqueOf(verbs),
				names: uniqueOf(same.flatMap(({names}) => names)),
			};
		}),
	);
}
