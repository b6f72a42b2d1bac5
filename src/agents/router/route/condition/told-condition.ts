import {englishTrait} from '../../traits/english-traits.ts';
import {koreanTrait} from '../../traits/korean-traits.ts';
import {not, type Trait} from '../../traits/trait.ts';
import {languageOf} from '../../words/language.ts';
import {beginsWithVerb} from '../../words/mood/imperatives.ts';
import {dataCondition} from './data-condition.ts';

/** `if SUBJECT PREDICATE, ORDER, else OTHERWISE`. */
export type ToldCondition = {
	/** What it is about, with what stands before the condition: `check web`, `in the settings of shop`. */
	readonly subject: string;
	readonly trait: Trait;
	/** The predicate, as it was said. */
	readonly said: string;
	readonly order: string;
	/** What is to be done where it does not hold; undefined: nothing. */
	readonly otherwise?: string | undefined;
	/** A key of a ConfigMap that it is about. */
	readonly key?: string | undefined;
};

const lead =
	/^(?<lead>(?:(?:please\s+)?(?:check|look at|have a look at|see|inspect)\s+[^:;,]{1,60}?|(?:in|for|on)\s+[^:;,]{1,60}?)\s*(?:[:;,]|\s-|\band\b)\s+(?=(?:if|in case|should)\b))/i;
const leading =
	/^(?:but\s+|and\s+|then\s+|also\s+|please\s+)*(?:(?:only\s+)?(?:if|in case|provided(?:\s+that)?|assuming(?:\s+that)?|(?<unless>unless))\s+|should\s+(?!i\b|we\b|it be\b))(?<said>.+)$/is;
const trailing =
	/^(?<order>.+?),?\s+(?:but\s+)?(?:only\s+)?(?:if|in case|provided(?:\s+that)?|(?<unless>unless))\s+(?<said>[^,;]+?)[.!]*$/is;
const elseEnglish =
	/(?:[,;.]\s*(?:and\s+|or\s+|but\s+)?|\s+)(?:else|otherwise|if not|if (?:it|they) (?:does|is|has|do|are|have)(?:n'?t| not)(?: then)?)[,\s]+(?:then\s+)?(?<otherwise>.+)$/is;
/** What is told, or left as it is. */
const leaves =
	/^(?:just\s+|please\s+|then\s+)*(?:leave|nothing|do nothing|don'?t\b|do not\b|dont\b|keep|skip|let it|ignore|no change|fine|all is well|(?:only\s+)?(?:tell|say|report|show|let me know)\b)/i;

/** The condition of a sentence, where all of it is read. */
export const toldCondition = (sentence: string): ToldCondition | undefined =>
	languageOf(sentence) === 'ko' ? inKorean(sentence.trim()) : inEnglish(sentence.trim());

function inEnglish(sentence: string): ToldCondition | undefined {
	const ahead = lead.exec(sentence)?.groups?.lead ?? '';
	const rest = sentence.slice(ahead.length);
	const last = elseEnglish.exec(rest);
	// `restart web if it is not ready` has no other way.
	const found = last !== null && begun.test(rest.slice(0, last.index)) ? last : null;
	const plain = found === null ? rest : rest.slice(0, found.index);
	const otherwise = found?.groups?.otherwise?.replace(/[.!]+$/, '');
	const first = leading.exec(plain)?.groups;
	const behind = first === undefined ? trailing.exec(plain)?.groups : undefined;
	const {said, unless} = first ?? behind ?? {};
	const read = said === undefined ? undefined : predicateIn(said, ahead, behind?.order);
	if (read === undefined) return undefined;
	return {
		...read,
		subject: `${ahead.replace(/[:;,\s]+$/, '')} ${read.subject}`.trim(),
		trait: unless === undefined ? read.trait : not(read.trait),
		...(otherwise === undefined || leaves.test(otherwise) ? {} : {otherwise}),
	};
}

const begun = /\b(?:if|in case|should|provided|assuming|unless)\b/i;

/** Splits what stands behind `if` into what it is about, its predicate and the order; `order`: it stood before the condition. */
function predicateIn(said: string, ahead: string, order?: string): Omit<ToldCondition, 'otherwise'> | undefined {
	for (const {index} of said.matchAll(/(?<=^|\s)\S/g)) {
		const text = said.slice(index);
		const subject = said.slice(0, index).trim();
		if (subject === '') continue;
		const data = dataCondition(subject, text, ahead);
		const read = data ?? englishTrait(text);
		if (read === undefined) continue;
		const behind = text.slice(read.length);
		const parts = {subject, trait: read.trait, said: text.slice(0, read.length), ...(data === undefined ? {} : {key: data.key})};
		if (order !== undefined) {
			if (behind.trim() === '') return {...parts, order};
			continue;
		}
		const [joint] = /^\s*,\s*(?:then\s+)?|^\s+(?:then\s+)?/i.exec(behind) ?? [];
		const deed = joint === undefined ? '' : behind.slice(joint.length);
		if (joint !== undefined && deed !== '' && (joint.includes(',') || /then/i.test(joint) || beginsWithVerb(deed.toLowerCase())))
			return {...parts, order: deed};
	}
	return undefined;
}

const elseKorean = /[,.]?\s*(?:그리고\s+)?(?:아니면|아니라면|그렇지\s?않으면|그\s?외에는|이미\s[^,.]*?면)[,\s]+(?<otherwise>[^.]*)[.]?\s*$/;
const leavesKorean = /그냥\s?(?:두|둬|놔)|놔\s?(?:두|둬|둘)|내버려|그대로|아무것도\s?하지|건드리지|하지\s?마|말아/;
const tellsToo =
	/[,\s]*(?:하고|고|그리고)?[,\s]*(?:지금\s|현재\s)?(?:몇\s?개|개수|숫자|상태|결과)\S*\s?(?:\S+\s)?(?:알려|말해|보고해)[^.]*[.]?\s*$/;
const koreanLook = /(?:확인|체크|점검)(?:해|하고)?\s?(?:보고|봐서|본\s?다음|해서|후에?|하고)?\s*|(?:^|\s)(?:만약|만일|혹시)에?\s+/g;

/** `-(으)면` as the ending that stands before a noun, so that a predicate reads the same in both: `4개면` → `4개인`, `없으면` → `없는`. */
const asModifier = (text: string): string =>
	text
		.replace(/있으면$|있다면$/, '있는')
		.replace(/없으면$|없다면$/, '없는')
		.replace(/(적|작|많|높|낮)(?:으면|다면)$/, '$1은')
		.replace(/(?:크면|크다면)$/, '큰')
		.replace(/(?:않으면|않다면)$/, '않은')
		.replace(/아니면$|아니라면$/, '아닌')
		.replace(/(?:됐으면|됐다면|되었으면|되었다면|되면|돼\s?있으면)$/, '된')
		.replace(/(?:이면|이라면|라면|면)$/, '인')
		.replace(/보다\s?적게\s?(?:설정돼|설정되어|돌고|떠)\s?있는$/, '보다 적은')
		.replace(/보다\s?많이\s?(?:설정돼|설정되어|돌고|떠)\s?있는$/, '보다 많은');

function inKorean(sentence: string): ToldCondition | undefined {
	const found = elseKorean.exec(sentence);
	const otherwise = found?.groups?.otherwise;
	if (otherwise !== undefined && !leavesKorean.test(otherwise)) return undefined;
	const plain = (found === null ? sentence : sentence.slice(0, found.index)).replace(koreanLook, ' ').replace(tellsToo, '').trim();
	for (const {index, 0: end} of plain.matchAll(/[가-힣]면(?:은)?[,\s]+/g)) {
		const said = plain.slice(0, index + end.replace(/(?:은)?[,\s]+$/, '').length);
		const modifier = asModifier(said.replace(/아직\s|지금\s|현재\s/g, ''));
		const read = koreanTrait(modifier);
		const order = plain.slice(index + end.length);
		const subject = read === undefined ? '' : modifier.slice(0, modifier.length - read.length).trim();
		// `네, 줄이고`: an order that goes on to the next.
		if (read !== undefined && subject !== '' && order !== '')
			return {subject, trait: read.trait, said: modifier.slice(-read.length), order: ended(order)};
	}
	return undefined;
}

/** `늘려주고` at the end, where the part behind it is gone. */
const ended = (order: string) =>
	order
		.replace(/[,\s]+$/, '')
		.replace(/주(?:시)?고$/, '줘')
		.replace(/하고$/, '해줘')
		.replace(/리고$/, '려줘')
		.replace(/추고$/, '춰줘')
		.replace(/([내빼떼꺼켜])고$/, '$1줘');
