import {isKept} from '../change/env/variable-words.ts';
import {podKinds} from '../change/targets.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {type Mention, mentionsIn} from '../names/mentions-in.ts';
import type {Call, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {mayOrder} from '../words/mood/mood-of.ts';
import {withoutTold} from '../words/reasons.ts';
import type {World} from '../world.ts';
import {askPart} from './ask-part.ts';
import {isBackground} from './background.ts';
import {isChanging} from './is-changing.ts';
import {namedKinds} from './ordered.ts';
import {isOwned, isReckoned, plannedText, type SaidValue, saidValues} from './said-values.ts';

const sentences = /(?<=[.!?;])\s+|\n+/;

/** The question that stands instead of a plan that lacks a value of its request. */
export async function unplanned(whole: Clause, understood: readonly Understanding[], world: World): Promise<Understanding | undefined> {
	const plans = understood.flatMap(one => (one.kind === 'calls' ? [one] : []));
	const calls = plans.flatMap(one => one.calls).filter(isChanging);
	const missing = calls.length === 0 ? undefined : await unplannedIn(whole.text, calls, world);
	return missing === undefined ? undefined : askPart(whole, missing, plans.map(({said}) => said).join('; '));
}

/**
 * A value that an order spells out and that its plan does not have: a pair, a key in capitals, a version, a path, an amount with a unit; of what is made
 * also what it is to be made with (`a volume of class fast`). A plan without it does something else than was said. What is so already of the object beside
 * it may be told (`web, now on 1.2, to 1.3`, `those with team=shop`).
 */
export async function unplannedIn(text: string, calls: readonly Call[], world: World): Promise<string | undefined> {
	const planned = plannedText(calls);
	const isMade = calls.every(({tool}) => tool === 'resource_apply' || tool === 'secret_manage');
	// What tells of that which is made is of the order, with a verb or without one.
	const made = [...planned.matchAll(/^ {2}name: "?([\w-]+)"?$/gm)].flatMap(([, name]) => name ?? []);
	const source = isMade && !takesAll.test(planned) ? wholeSource.exec(text)?.[0] : undefined;
	if (source !== undefined) return source;
	for (const sentence of text.split(sentences)) {
		const tells = isMade && describes.test(sentence);
		const isOwn = isMade && made.some(name => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(sentence));
		if (!tells && !isOwn && (!mayOrder(sentence) || isBackground(sentence))) continue;
		const clause = clauseOf(tells ? sentence : withoutTold(sentence));
		const values = [...saidValues(clause), ...(isMade ? await materials(clause, world) : await variables(clause, text, world))];
		const missing = values.filter(({isIn}) => !isIn(planned));
		const found = missing.length === 0 ? undefined : await firstUntold(missing, clause, text, world);
		if (found !== undefined)
			return clause.words
				.slice(found.at, found.to + 1)
				.map(({raw}) => raw)
				.join(' ');
	}
	return undefined;
}

/** `Its volume is mounted at /data.`: how what is made is to be. */
const describes =
	/^(?:its?|they|their|each|every|(?:the )?(?:storage|volumes?|data|image|memory|cpu|ports?|service|liveness|readiness|startup|probes?|container|command|args?|schedule|requests?|limits?|path|class|size))\b|^(?:각|그)\s|(?:입니다|이에요|예요|이고요?|임)[.]?$/i;

/** What something new is made with, by its name: a Secret, a class, an account. */
const madeWith = ['Secret', 'ConfigMap', 'PersistentVolumeClaim', 'StorageClass', 'IngressClass', 'PriorityClass', 'ServiceAccount'];

/** What something is copied from, or only like, is not in it. */
const likens = /\b(?:cop(?:y|ies|ied)|like|same|clone|duplicate|mirror|as in)\b|복사|복제|같은|똑같|처럼|동일/i;

async function materials(clause: Clause, world: World): Promise<readonly SaidValue[]> {
	if (likens.test(clause.text)) return [];
	const names = new Set((await Promise.all(madeWith.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name));
	const kinds = kindsIn(clause);
	const spaces = new Set(await world.namespaces());
	return clause.words.flatMap(({raw}, at) => {
		const isNamed = names.has(raw) && (raw.includes('-') || kinds.some(({first, last}) => first === at + 1 || last === at - 1));
		const place = spaces.has(raw) ? placedHere(clause, at) : undefined;
		const isIn = place ?? (isNamed ? (text: string) => text.includes(raw) : isListedVerb(clause, at) ? grants(raw) : undefined);
		return isIn === undefined ? [] : [{at, to: at, isIn, isSo: () => false, isOutright: true as const}];
	});
}

/** Variables that the objects of a request have: each that an order names is in its plan, unless it stays or is told as it is. */
async function variables(clause: Clause, text: string, world: World): Promise<readonly SaidValue[]> {
	const {mentions} = await mentionsIn(clauseOf(text), world, podKinds);
	const live = JSON.stringify(mentions.flatMap(({objects}) => objects.map(({spec}) => spec)));
	return clause.words.flatMap(({raw}, at) => {
		const isKnown = /^[A-Z][A-Z0-9]{2,}$/.test(raw) && (live.includes(`"name":"${raw}","value`) || isOwned(clause, raw));
		if (!isKnown || isKept(clause.words, at) || toldNow.test(clause.words[at + 1]?.text ?? '')) return [];
		return [{at, to: at, isIn: (planned: string) => planned.includes(raw), isSo: () => false, isOutright: true as const}];
	});
}

const toldNow = /^(?:is|was|has|had|says|reads|holds|stays|remains|already|fine|이미|지금|그대로)$/;

/** `training-set (ml, …)`: what is made has its place behind it. */
function placedHere({words, text}: Clause, at: number): ((planned: string) => boolean) | undefined {
	const [name, space] = [words[at - 1]?.raw, words[at]?.raw ?? ''];
	if (name === undefined || !text.includes(`${name} (${space}`)) return undefined;
	return planned =>
		!planned.includes(`name: ${name}\n`) ||
		new RegExp(`name: ${RegExp.escape(name)}\\n\\s+namespace: ${RegExp.escape(space)}\\n`).test(planned);
}

/** `reads the whole config map`: as its variables, or as files. */
const wholeSource =
	/\b(?:reads?|takes?|loads?|gets?|with|from|imports?|uses?) (?:all of )?the (?:whole|entire|complete) (?:config ?map|secret)\b/i;
const takesAll = /\benvFrom:|\b(?:configMap|secret):/;

const verb = /^(?:get|list|watch|create|update|patch|delete)$/;
const isListedVerb = ({words}: Clause, at: number) =>
	verb.test(words[at]?.raw ?? '') &&
	[at - 1, at + 1, at - 2, at + 2].some(near => verb.test(words[near]?.raw ?? '')) &&
	[at - 1, at].some(each => words[each]?.stop === ',' || /^(?:and|or)$/.test(words[each + 1]?.text ?? ''));
/** `get, list and delete are enough`: a role that is made allows each of them. */
const grants = (allowed: string) => (planned: string) =>
	!/kind: (?:Cluster)?Role\b/.test(planned) || new RegExp(`- "?(?:${allowed}|\\*)"?(?:\\n|$)`).test(planned);

/** The first that is not told of the objects around it. */
async function firstUntold(missing: readonly SaidValue[], clause: Clause, text: string, world: World): Promise<SaidValue | undefined> {
	const whole = (await mentionsIn(clauseOf(text), world, namedKinds)).mentions;
	const own = (await mentionsIn(clause, world, namedKinds)).mentions;
	const anywhere = await labelsAndImages(world);
	return missing.find(({at, isIn, isSo = isIn, isOutright}) => {
		const isAhead = ({first}: Mention) => first > at && clause.words.slice(at, first).every(({stop}) => stop === undefined);
		const beside = own.findLast(({last}) => last < at) ?? own.find(isAhead);
		const told = own.length === 0 ? whole : whole.filter(({name}) => name === beside?.name);
		return (isOutright === true || !isReckoned(clause, at)) && !isSo([...told.map(liveText), anywhere].join('\n'));
	});
}

const liveText = ({objects}: Mention) => objects.map(object => JSON.stringify(object)).join('\n');

async function labelsAndImages(world: World): Promise<string> {
	const all = (await Promise.all([...namedKinds, 'Namespace'].map(kind => world.objects(kind)))).flat();
	const labels = all.flatMap(({metadata}) => Object.entries(metadata.labels ?? {}).map(pair => pair.join('=')));
	const images = [...JSON.stringify(all).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image);
	return [...labels, ...images].join('\n');
}
