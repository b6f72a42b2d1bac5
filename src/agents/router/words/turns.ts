import {languageOf} from './language.ts';

/** Where a speaker turns: what stands before is not what he wants. */
export type Turn = {
	readonly before: string;
	/** What stands behind the turn, to the end of the request. */
	readonly after: string;
	/** `scratch that` takes the whole order back, while `hm` may only weigh a value. */
	readonly isSure: boolean;
};

const gap = String.raw`[\s,.!…:;–—-]+`;
const sureInEnglish = String.raw`no(?=[,.!…–—]|\s+(?:wait|make|i mean|sorry|hold|actually|rather|not|it's|\d))|nope|(?:scratch|strike|scrap) (?:that|this|it)|(?:forget|disregard|ignore|cancel|belay) that|corrections?(?=[:,.])|(?<!\b(?:one|ones|what|which|that) )i mean(?:t)?(?: to (?:say|write|type))?|i (?:take|took) (?:that|it) back|or rather(?: not)?|or better(?= (?:yet|make|still)|,)|(?:i )?misspoke|(?:i )?changed my mind|make that(?= [^.,]*\d)|wrong (?:tab|one|name|node|window|number|value|service|line|thing)|typo|my (?:bad|mistake|error)|not that one|on (?:second|further) thoughts?|change of plans?`;
const looseInEnglish = String.raw`hm+|er+|um+|uh+|ah+|oh+|argh+|ugh|o+ps|whoops|well(?=,)|wait(?=[,.!…–—]|\s+(?:no|make|i mean|sorry))|hold on|hang on|sorry(?=[,.!…–—]|\s+(?:i mean|make|no\b|not\b))|actually|but|better|rather(?=,)|make (?:that|it)(?=\s)`;
const sureInKorean = String.raw`(?<!(?:게|것이|것은|건|거|이|가|은|는)\s)아니(?:다|야|지|요|에요)?(?=[\s,.…!~])(?!\s?(?:면|라도))|(?<!로\s)정정(?:합니다|할게요|해요|이요|요)?|잘못\s?(?:썼|말했|말씀드렸|적었|쳤)[가-힣]*|실수(?:예요|네요|했네요|입니다)?|(?:방금|앞)\s?(?:건|거|말)\s?취소(?:하고|할게요|요|합니다)?|취소(?=[,.…!~])|생각해\s?보니까?|아차|아참`;
const looseInKorean = `아|어|음+|흠+|앗|엇|어이쿠|잠깐(?:만요?|요)|잠깐(?=\\s*[,.!…~])|잠시만요?|죄송(?:합니다|해요|요)?|미안(?:합니다|해요)?`;

const runOf = (sure: string, loose: string, end: string) => {
	const token = `(?:${sure}|${loose})${end}`;
	return new RegExp(`(?<=[.!?;,…–—(]\\s*|\\s)(?:${token}${gap})*${token}(?:${gap}|$)`, 'giu');
};
const english = {run: runOf(sureInEnglish, looseInEnglish, "(?![\\w'’])"), sure: new RegExp(`(?<!\\w)(?:${sureInEnglish})`, 'i')};
const korean = {run: runOf(sureInKorean, looseInKorean, '(?![\\w가-힣])'), sure: new RegExp(`(?<![가-힣])(?:${sureInKorean})`)};

/** Sounds that turn nothing by themselves. */
const turnsNothing = /^(?:(?:ah+|oh+|well|but|better|make it|아|어|음+)[\s,.!…:;–—-]*)+$/i;

/** `actually` inside a sentence stresses, and a remark begins behind a mark. */
const needsMark = /^(?:actually|but|better|sorry|hm+|hold on|make (?:that|it)|음+|아|어)/i;

/** `이름은 lab 말고 …`, `not web but …`, `forget web, …` behind a sentence with that name: it is not what is meant. */
const other =
	/(?<=[.!?;,…–—]\s)(?=(?:not|forget|scrap) (?:the )?(?<en>[\w.-]+)(?:,| but)\s)|(?<=[.!?;…]\s)(?=(?:[^\s.!?]+\s){0,3}?(?<ko>[\w.-]+)\s말고\s)/gi;
const hesitates = /(?<=[.!?;,…–—]\s*)(?:ah|oh|no|well|아|어|음)[,.…\s]+$/i;

/** `first wanted X, but that floods us. Make it Y` */
const wantedFirst =
	/^(?:at first )?(?:i|we) (?:first |originally |initially |at first )*(?:wanted|meant|asked for|planned|thought of|had in mind)(?: first| originally)? (?<before>[^.]*?)(?:, (?:but|and)|[.;] (?:but )?) ?(?<told>[^.]*)\. (?<after>.+)$/is;

/** All turns of a request, the last first. */
export function turnsIn(text: string): readonly Turn[] {
	const {run, sure} = languageOf(text) === 'ko' ? korean : english;
	const first = wantedFirst.exec(text)?.groups;
	const turns = [...text.replaceAll('’', "'").matchAll(run)].flatMap(({0: said, index}): readonly Turn[] => {
		const before = text.slice(0, index);
		const isMarked = /[.!?;,…–—-]\s*$/.test(before);
		const isSure = sure.test(said);
		if (turnsNothing.test(said) || (!isMarked && !isSure && needsMark.test(said)) || before.trim() === '') return [];
		return [{before, after: text.slice(index + said.length), isSure}];
	});
	const others = [...text.matchAll(other)].flatMap(({0: said, index, groups}) => {
		const before = text.slice(0, index);
		const isSaid = new RegExp(`(?<![\\w-])${(groups?.en ?? groups?.ko ?? '').replaceAll('.', '\\.')}(?![\\w-])`, 'i').test(before);
		return isSaid ? [{before: before.replace(hesitates, ''), after: text.slice(index + said.length), isSure: true}] : [];
	});
	const changed = first?.before === undefined ? [] : [{before: `set ${first.before}`, after: first.after ?? '', isSure: false}];
	return [...[...turns, ...others].toSorted((one, other) => other.before.length - one.before.length), ...changed];
}
