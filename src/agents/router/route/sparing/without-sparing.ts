import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {kindsIn, workloadKinds} from '../../names/kinds-in.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import type {Understanding} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {givesOrder, moodOf} from '../../words/mood/mood-of.ts';
import {creating, hasOrder} from '../../words/order-verbs.ts';
import {spoken} from '../../words/spoken.ts';
import type {World} from '../../world.ts';
import {isChanging} from '../is-changing.ts';
import {isQuestion, namedKinds} from '../ordered.ts';
import {ofSameName} from '../spared.ts';
import {unsure} from '../unsure.ts';
import {understoodWithout} from '../without-spared.ts';
import {type Subject, sparedInEnglish} from './english-sparing.ts';
import {sparedInKorean} from './korean-sparing.ts';
import {isTouched, type Protection, protectionOf} from './protection.ts';
import {type Segment, segmentsOf} from './segments.ts';
import {worldWithout} from './world-without.ts';

type Understand = (request: string, world: World) => Promise<readonly Understanding[]>;
type Sparing = {readonly protections: readonly Protection[]; readonly rest: string; readonly said: string};

/**
 * What a request means that says of some things, in parts of their own, that they stay: the rest of it, in a cluster where they are not. A plan that
 * touches them all the same is a question. Undefined: no part says so.
 */
export async function withoutSparing(clause: Clause, world: World, understand: Understand): Promise<readonly Understanding[] | undefined> {
	if (isQuestion(clause)) return undefined;
	const sparing = await sparingIn(clause, world);
	if (sparing === undefined) return undefined;
	const {rest, protections, said} = sparing;
	const order = await ofSameName(clauseOf(rest), wholeObjects(protections), world);
	if (!(hasOrder(order.words) || givesOrder(order.text))) return undefined;
	const understood = (await isAlone(order, world)) ? await understoodOf(order, protections, world, understand) : [];
	// What was an order beside the words that are gone may look like a question without them.
	const read = understood.every(({kind}) => kind === 'answer') ? await understand(clause.text, world) : understood;
	const calls = read.flatMap(one => (one.kind === 'calls' ? one.calls.filter(isChanging) : []));
	return calls.some(call => protections.some(protection => isTouched(call, protection))) ? [unsure(clause, said)] : read;
}

async function understoodOf(
	order: Clause,
	protections: readonly Protection[],
	world: World,
	understand: Understand,
): Promise<readonly Understanding[]> {
	const isAsked = (read: readonly Understanding[]) => read.some(({kind}) => kind === 'question');
	const alone = await understand(order.text, worldWithout(world, hiddenBy(protections, order)));
	if (!isAsked(alone)) return alone;
	const among = await understand(order.text, world);
	if (!isAsked(among)) return among;
	const objects = wholeObjects(protections);
	if (objects.length === 0 || creating(order.words)) return alone;
	return (await understoodWithout({objects, rest: order}, order, world, (text, seen = world) => understand(text, seen))) ?? alone;
}

const wholeObjects = (protections: readonly Protection[]) => protections.flatMap(({parts, objects}) => (parts.length === 0 ? objects : []));

/** Whether an order says what it is about. */
const isAlone = async (order: Clause, world: World) =>
	!points.test(order.text) || kindsIn(order).length > 0 || (await mentionsIn(order, world, namedKinds)).mentions.length > 0;

/** What is pointed at may be what was spared. */
const points = /\b(?:its?|them|their|that one|there)\b/i;

/** What the order itself names is needed to understand it. */
function hiddenBy(protections: readonly Protection[], order: Clause): (object: KubeObject) => boolean {
	const words = new Set(order.words.map(({text}) => text));
	const whole = protections.filter(({parts, namespaces}) => parts.length === 0 || namespaces.length > 0);
	const objects = new Set(whole.flatMap(one => one.objects).filter(({metadata}) => !words.has(metadata.name)));
	const namespaces = new Set(
		whole
			.filter(({kinds}) => kinds.length === 0)
			.flatMap(one => one.namespaces)
			.filter(name => !words.has(name)),
	);
	const isGroup = spoken(order, 'all every everything each both 모두 전부 모든 다 싹');
	const kinds = new Set(
		whole
			.filter(({namespaces: inside, isRest}) => isGroup && inside.length === 0 && !isRest)
			.flatMap(one => one.kinds)
			.filter(kind => (workloadKinds as readonly string[]).includes(kind)),
	);
	return ({kind, metadata}) =>
		kinds.has(kind) ||
		namespaces.has(metadata.namespace ?? (kind === 'Namespace' ? metadata.name : '')) ||
		[...objects].some(
			object => object.kind === kind && object.metadata.name === metadata.name && object.metadata.namespace === metadata.namespace,
		);
}

async function sparingIn({text, language, words}: Clause, world: World): Promise<Sparing | undefined> {
	const segments = segmentsOf(text, language);
	const makes = creating(words);
	const protections: Protection[] = [];
	const gone = new Map<Segment, string>();
	for (const [at, segment] of segments.entries()) {
		const goesOn = segments[at + 1]?.sentence === segment.sentence;
		const spared =
			language === 'ko' ? sparedInKorean(segment.text, goesOn ? segments[at + 1]?.text : undefined) : sparedInEnglish(segment.text);
		if (spared === undefined) continue;
		const list = listWith(segments, at, gone, spared.goesOn);
		const own = await protectionOf(spared.said, world);
		const before = segments[at - 1];
		if (own === 'pronoun') {
			if (before === undefined) continue;
			const subject = gone.has(before) ? undefined : await subjectOf(before, world);
			if (!gone.has(before) && subject === undefined) continue;
			if (subject !== undefined) protections.push(subject);
			gone.set(before, '');
		} else {
			const meant = [own, ...(await Promise.all(list.map(one => protectionOf(one.text, world))))].filter(one => one !== 'pronoun');
			if (!meant.every(one => one !== undefined) || (makes && !meant.every(isOfOthers))) continue;
			if (spared.isOut && meant.some(({parts}) => parts.length > 0)) continue;
			if (spared.isDeed && meant.some(one => isNamedElsewhere(one, segments, segment))) continue;
			protections.push(...meant);
		}
		for (const one of list) gone.set(one, '');
		gone.set(segment, await keptOf(spared, segments[at + 1], world));
		for (const aside of segments.slice(at + 1)) {
			if (list.includes(aside)) continue;
			if (aside.sentence !== segment.sentence || !isAside(aside.text, language)) break;
			gone.set(aside, '');
		}
	}
	const said = [...gone.keys()].map(one => one.text.trim()).join(', ');
	return gone.size === 0 ? undefined : {protections, rest: without(text, segments, gone), said};
}

/** `catalog의 liveness는 두고 readiness만 …`: whose it is goes for what follows, unless that names its own. */
async function keptOf({kept = ''}: Subject, next: Segment | undefined, world: World): Promise<string> {
	if (!/의\s*$/.test(kept) || next === undefined) return kept;
	return (await mentionsIn(clauseOf(next.text), world, namedKinds)).mentions.length > 0 ? '' : kept;
}

/** What is made has parts and pods of its own that may have to stay so; what lives beside it is told by its name. */
const isOfOthers = ({objects, namespaces, parts}: Protection) => parts.length === 0 && (objects.length > 0 || namespaces.length > 0);

const isNamedElsewhere = ({objects}: Protection, segments: readonly Segment[], own: Segment) =>
	objects.some(({metadata}) =>
		segments.some(segment => segment !== own && clauseOf(segment.text).words.some(({text}) => text === metadata.name)),
	);

/** `ledger is backed up elsewhere, skip it`: what the part before tells something of. */
async function subjectOf({text}: Segment, world: World): Promise<Protection | undefined> {
	if (givesOrder(text)) return undefined;
	const words = clauseOf(text).words;
	for (let length = Math.min(4, words.length); length > 0; length -= 1) {
		const meant = await protectionOf(
			words
				.slice(0, length)
				.map(({raw}) => raw)
				.join(' '),
			world,
		);
		if (meant !== undefined && meant !== 'pronoun' && meant.objects.length > 0) return meant;
	}
	return undefined;
}

const bare = /^(?:the\s+|both\s+|and\s+|or\s+|nor\s+|also\s+)*[\w.-]+(?:\s+[\w.-]+)?(?:하고|랑|이랑|와|과)?$/;

const determined = /^(?:the|its|their|both|our|neither)\s/i;

/** `a, b and c stay`, `leave a, b and c alone`: names that stand alone belong to the same list. */
function listWith(segments: readonly Segment[], at: number, gone: ReadonlyMap<Segment, string>, goesOn = false): readonly Segment[] {
	const isBare = (one: Segment) =>
		one.sentence === segments[at]?.sentence &&
		!gone.has(one) &&
		bare.test(one.text.trim()) &&
		(determined.test(one.text) || (moodOf(one.text) !== 'order' && !hasOrder(clauseOf(one.text).words)));
	const asFarAs = (list: readonly Segment[]) => {
		const end = list.findIndex(one => !isBare(one));
		return end === -1 ? list : list.slice(0, end);
	};
	return asFarAs(goesOn ? segments.slice(at + 1) : segments.slice(0, at).toReversed());
}

const englishAside =
	/^(?:that|this|it|its|they|their|those|these|he|she|i|we|which|who|because|since|as|for|so|someone|somebody)\b(?!.*\b(?:please|instead)\b)|\b(?:needs?|uses?|wants?|owns?|relies on|depends on|reads?)\s+(?:it|them|that|those|this|both)(?:\s+too)?$|\b(?:especially|in particular)$/i;
const koreanAside = /(?:서|니까|거든|는데|은데|인데|어서|라서|때문|중)(?:요|이에요|입니다|이라서요?|이에요)?$/;

/** Why something is spared. */
const isAside = (text: string, language: 'en' | 'ko') =>
	moodOf(text) === 'told' ||
	(moodOf(text) !== 'order' && (language === 'ko' ? koreanAside : englishAside).test(text.trim())) ||
	(language === 'en' && /\b(?:needs?|uses?|wants?) (?:it|them|both)$/i.test(text.trim()));

/** The text without these parts, but for what is kept of them, and without the joints before them. */
function without(text: string, segments: readonly Segment[], gone: ReadonlyMap<Segment, string>): string {
	let rest = '';
	let end = 0;
	let isEnded = false;
	for (const segment of segments) {
		const joint = text.slice(end, segment.from);
		end = segment.to;
		isEnded ||= /[.!?\n;]/.test(joint);
		const left = gone.get(segment) ?? segment.text;
		if (left === '') continue;
		rest += rest === '' ? left : `${isEnded && !/[.!?\n;]/.test(joint) ? '. ' : joint}${left}`;
		isEnded = false;
	}
	const last = /[.!?…]+\s*$/.exec(text)?.[0] ?? '';
	return `${rest.trim().replace(/[\s,;:–—-]+$/, '')}${last.trim()}`;
}
