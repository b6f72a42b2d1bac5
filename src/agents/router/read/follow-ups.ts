import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {asksToRead} from './asks-to-read.ts';

const what =
	'(?:(?:both|all|two|user|order|pod|node|key|host|image|deployment|workload|its|their|that|those|one|relevant|matching|log) )*(?:ids?|lines?|names?|numbers?|values?|counts?|versions?|tags?|sizes?|reasons?|ports?|keys?|one|ones|both|all|it|them|that|those|list)';

/** How the answer is to be: `Show me the line.`, `just its name`, `Where and which version?`, `how big is it?`. */
const leansBack = new RegExp(
	`^(?:(?:and|also|please|then|so|i (?:only )?(?:need|want)) )*(?:(?:show|tell|give|name|print|list|say|quote) )?(?:(?:me|us) )?(?:(?:just|only|simply) )*(?:(?:the|its|their|an?) )?${what}(?: (?:only|alone|is enough|will do|suffices?|please|too|as well|for me))*[.!?]*$|^(?:and )?(?:where|which|how|what)(?: (?:and|or|with|which|what|where|how|exactly|big|many|much|old|large|version|tag|image|namespace|node|size|value|host|port|container|ones?|of them|is it|is that|is this|is theirs|are they|do they|does it|about it|run|use))*[.!?]*$`,
	'i',
);
const leansBackInKorean =
	/^(?:그리고\s)?(?:(?:혹시\s)?있(?:으면|다면)\s)?(?:이름|개수|값|버전|태그|줄|라인|아이디|번호|크기|목록|하나|그것|그거)(?:만|도|은|는|을|를)?\s?(?:하나만|만|좀)?\s?(?:알려|보여|말해|뽑아|적어)?\s?(?:줘|주세요|주실래요|부탁해요?|부탁드립니다|부탁드려요)?(?:요|면 돼|면 돼요|면 됩니다)?[.!?]*$/;

/** `what type is each?`, `how big are they?`: asked of what stands before. */
const pointsBack = /\b(?:each|they|them|their|those|these|its?)\b/i;

/** `Full references please.`, `Workload and tag, please.`: asks for something that is told, and of nothing by itself. */
const isForm = (clause: Clause) =>
	clause.language === 'en' &&
	clause.words.length <= 7 &&
	moodOf(clause.text) === 'question' &&
	(!/\?\s*$/.test(clause.text) || pointsBack.test(clause.text)) &&
	kindsIn(clause).length === 0;

/** Stands in front of what it belongs to: `Going by requests per pod, …`, `로그까지 보고 …`. */
const leansOn =
	/^(?:going|judging|measured|sorted|ranked|ordered|based|counted) (?:by|on)\b|^(?:in terms of|by|per|according to|considering|as for|regarding|counting)\b(?!.*\?)/i;
const leansOnInKorean =
	/^\S*(?:로그|이벤트|설정|상태|기록|매니페스트)\S*(?:\s?까지|도)?\s?(?:다\s?)?(?:보고|확인하고|뒤져서|살펴보고|읽고|참고해서)$/;

const joined = (a: Clause, b: Clause) => clauseOf(`${a.text}${/[.!?,]$/.test(a.text) ? '' : ','} ${b.text}`);

/** Joins to a question what only says how its answer is to be, or by what it is to be measured. */
/** `Can you explain that?` */
const asksWhy =
	/^(?:(?:can|could|would) (?:you|someone|anyone) )?(?:please )?(?:explain|tell (?:me|us) why|say why)(?: (?:that|this|it|why))*\s*[?.!]*$/i;

export function withFollowUps(clauses: readonly Clause[]): readonly Clause[] {
	const found: Clause[] = [];
	for (const clause of clauses) {
		const before = found.at(-1);
		const isTail =
			before !== undefined && (leansBack.test(clause.text) || leansBackInKorean.test(clause.text) || isForm(clause)) && asksToRead(before);
		const isHead =
			before !== undefined && found.length === 1 && (leansOn.test(before.text) || leansOnInKorean.test(before.text)) && asksToRead(clause);
		if (before !== undefined && (isTail || asksWhy.test(clause.text))) found.splice(-1, 1, joined(before, clause));
		else if (before !== undefined && isHead) found.splice(-1, 1, joined(clause, before));
		else found.push(clause);
	}
	return found;
}
