import {asksForCause} from '../diagnose/symptom.ts';
import {type Mention, mentionsIn} from '../names/mentions-in.ts';
import type {Talk} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {compoundWord} from '../words/compound-word.ts';
import {doubts} from '../words/doubts.ts';
import {givesOrder, moodOf} from '../words/mood/mood-of.ts';
import {creating} from '../words/order-verbs.ts';
import {hasPredicate} from '../words/reasons.ts';
import {sentencesOf} from '../words/sentences-of.ts';
import {imagesIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';
import {saidAgain} from './pronouns.ts';
import {nameLike} from './unexplained-name.ts';

type Sentence = {
	readonly text: string;
	readonly mentions: readonly Mention[];
	readonly isIntro: boolean;
	/** Whether it has a name that nothing live has. */
	readonly namesNew: boolean;
};

/** What a request says without its asides. */
export type Told = {
	/** Undefined: it cannot be understood alone. */
	readonly rest: string | undefined;
	/** Whether what is told are deeds that were done: no value of theirs is wished for. */
	readonly isHistory: boolean;
	/** What is told of. */
	readonly names: readonly string[];
};

/**
 * A request without the sentences that tell of what was, or of other things: `mailer shares a node with auth. Restart mailer`. An order that points at what
 * is told says its name instead: `web was scaled to 5 for the sale. It needs 3 now`. Undefined: nothing is told beside it.
 */
export async function withoutAsides(request: string, world: World): Promise<Told | undefined> {
	if (!givesOrder(request)) return undefined;
	const sentences = await Promise.all(
		sentencesOf(request)
			.flatMap(cutIntro)
			.map(text => read(text, world)),
	);
	const whole = clauseOf(request);
	const makes = creating(whole.words) || imagesIn(whole).length > 0;
	const asides = sentences.filter(
		(sentence, at) => isOfOther(sentence) && (at === 0 || !goesOn.test(sentence.text)) && !(at > 0 && isDetail(sentence, makes)),
	);
	const rest = sentences.filter(sentence => !asides.includes(sentence));
	const [first] = rest;
	if (first === undefined || asides.length === 0 || rest.some(({text}) => demonstrative.test(text))) return undefined;
	const before = sentences.slice(0, sentences.indexOf(first));
	const opening = pointsBack(first) ? await pointed(first, before, world) : first.text;
	return {
		rest: opening === undefined ? undefined : [opening, ...rest.slice(1).map(({text}) => text)].join(' '),
		isHistory: asides.some(isHistory) && before.length > 0,
		names: [...new Set(asides.flatMap(({mentions}) => mentions.map(({name}) => name)))],
	};
}

async function read(text: string, world: World): Promise<Sentence> {
	const clause = clauseOf(text);
	const {mentions} = await mentionsIn(clause, world, namedKinds);
	const isNamed = (at: number) => mentions.some(({first, last}) => at >= first && at <= last);
	return {
		text,
		mentions,
		isIntro: intro.test(text) && mentions.length > 0,
		namesNew: clause.words.some(({raw}, at) => nameLike.test(raw) && !compoundWord.test(raw) && !isNamed(at)),
	};
}

/** `so that web is quiet: LEVEL=warn on it`, `before the others move web on Thursday: a job …`; `before you move web` is an order of its own. */
const intro = /^(?:(?:before|until) (?!you\b|we\b|i\b|that\b|\w+ing\b)|(?:so that|since|because|now that) )[^:.;]*:\s*$/i;

function cutIntro(sentence: string): readonly string[] {
	const [, first = '', rest = ''] = /^([^:]*:\s)(.*)$/s.exec(sentence) ?? [];
	return intro.test(first) ? [first.trim(), rest] : [sentence];
}

const isTold = ({text}: Sentence) => moodOf(text) === 'told' && !doubts(text);
const isHistory = (sentence: Sentence) => sentence.isIntro || (isTold(sentence) && history.test(sentence.text));
/** What is made may be told of by its name, or by `it`. */
const isOfOther = (sentence: Sentence) =>
	sentence.isIntro ||
	(isTold(sentence) && !sentence.namesNew && (sentence.mentions.length > 0 || history.test(sentence.text) || finished.test(sentence.text)));
const goesOn = /^(?:it|they|that|this)\b/i;
/** Behind what is made, how it is to be: `Class nginx, TLS from shop-tls.`, `Each pod keeps 4Gi of block-ssd at /data.` */
const isDetail = (sentence: Sentence, makes: boolean) =>
	!isHistory(sentence) &&
	((makes && !hasPredicate(sentence.text)) ||
		sentence.mentions.every(({first, objects}) =>
			objects.every(({kind}) => (makes && first > 1 ? usedByPods.test(kind) : isClass.test(kind) && /[가-힣]/.test(sentence.text))),
		));
const isClass = /^(?:StorageClass|IngressClass|PriorityClass)$/;
const usedByPods = /^(?:StorageClass|IngressClass|PriorityClass|ConfigMap|Secret|ServiceAccount|PersistentVolumeClaim)$/;

/** Deeds that were done. */
const history =
	/\b(?:was|were|been|got|had|has|have|did|just|already|(?:i|we|you|he|she|they)(?:'ve)?)\b.{0,40}?\b(?:scal|drain|cordon|restart|roll|mov|delet|remov|rais|lower|set|put|bump|upgrad|deploy|creat|renam)(?:ed|led|d|ing)?\b|\b(?:went|came|grew|shrank)\b.{0,20}?\b(?:from|to) \d|(?:재시작|롤백|삭제|배포|드레인|코든)\S*\s?(?:했|됐|되었)|(?:올렸|내렸|늘렸|줄였|바꿨|지웠|옮겼|되돌렸)/i;

/** `7.1.0 is verified.`, `검증 끝났습니다` */
const finished =
	/\b(?:is|are|was|has been|have been|got|looks?)\s(?:now |finally |fully |all )?(?:verified|tested|approved|validated|signed off|done|finished|complete|good|stable|proven|accepted|over|cleared)\b|\bpassed\b|(?:검증|테스트|승인|점검|확인|리뷰|작업|준비)[^.]{0,10}(?:끝났|됐|되었|마쳤|통과|완료)/i;

const pronoun =
	/\b(?:it(?!'s| is| was| has| turns| seems)|its|them|their|this|both)\b|(?:^|\s)(?:그|이|저|해당|거기|둘\s?다)(?:것|거|걸|게|기)?(?:[을를은는이가에의]|\s)/i;
/** These point at what stands before, whatever is named beside them. */
const demonstrative =
	/\b(?:those|these|(?:the|that) same|that (?:version|tag|image|revision|release|build|size|value|number|amount|level)|likewise|too|as well)\b|(?:^|\s)(?:같은|똑같)/i;

/** Whether a sentence speaks of what stands before it: by a pronoun before any name, or because it names nothing, not even what is to be made. */
function pointsBack({text, mentions: [name], namesNew}: Sentence): boolean {
	const clause = clauseOf(text);
	if (name === undefined) return pronoun.test(text) || !(namesNew || imagesIn(clause).length > 0);
	return pronoun.test(text.slice(0, text.indexOf(clause.words[name.first]?.raw ?? '')));
}

/** `Make it 4 now.`, `6 please` */
const bareNumber =
	/^(?:(?:so|then|now|please|and|make (?:it|that)|take (?:it|that) to|let's (?:say|do|make it|have))[,\s]+)*(\d+)(?: (?:replicas?|pods?|of (?:them|those)))?(?:[,\s]+(?:now|please|again|instead|then|today))*[.!]*$/i;

/** The sentence with the one thing that it may point at. */
async function pointed({text}: Sentence, before: readonly Sentence[], world: World): Promise<string | undefined> {
	const names = new Set(before.flatMap(({mentions}) => mentions.map(({name}) => name)));
	// What is wrong with a thing belongs to the order that mends it.
	const mends = asksForCause({text: [text, ...before.map(one => one.text)].join(' ')});
	if (names.size !== 1 || !before.every(isHistory) || mends) return undefined;
	const clauses = [...before.map(one => clauseOf(one.text)), clauseOf(text)];
	const talk: Talk = {clauses, index: clauses.length - 1, earlier: [], nowMs: 0};
	const [{mentions = []} = {}] = before;
	const namespaces = new Set(mentions.flatMap(({objects}) => objects.map(({metadata}) => metadata.namespace)));
	const [namespace] = namespaces;
	const [, number] = bareNumber.exec(text) ?? [];
	if (number !== undefined)
		return namespaces.size === 1 && namespace !== undefined ? `scale ${[...names].join()} in ${namespace} to ${number}` : undefined;
	const said = await saidAgain(clauseOf(text), clauseOf(before.map(one => one.text).join(' ')), talk, world);
	return said.text === text ? undefined : said.text;
}
