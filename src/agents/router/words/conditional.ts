import {languageOf} from './language.ts';
import {ordersOutright} from './mood/mood-of.ts';

const english =
	/\bwhen (?:done|finished|ready|complete|completed|idle|quiet|safe)\b|\b(?:if (?:so|yes)|unless|as soon as|in case|provided(?: that)?|assuming|whenever|until)\b|\b(?:if|once|when|after)\s+(?:(?:and when|it|its|they|that|this|the|a|an|any|all|there|someone|somebody|nobody|no one|no-one|anyone|needed|necessary|required|we|i|things?|[\w-]+)\s+)?(?:(?:[\w-]+\s+){0,3})(?:is|are|isn't|aren't|has|have|hasn't|haven't|gets?|goes|finish\w*|complet\w*|fails?|crash\w*|dies|ends?|object\w*|needed|necessary|required|does|doesn't|needs?|starts?|stops?|runs?|becomes?|keeps?|breaks?|drops?|rises?|exceeds?|hits?|reach\w*|recover\w*|succeed\w*|works?|passes|calls?|says?|agrees?|approves?)\b/;
const englishManners =
	/\b(?:when|if|once|whenever|as soon as) you(?:'ve got| have| get| find| can spare) (?:a|some|any|the)?\s?(?:free |spare |quick )?(?:minute|min|moment|mo|sec|second|chance|time|opportunity)\b|\bwhen(?:ever)? you (?:can|like|want|please)\b|\bif (?:possible|you (?:can|could|don't mind|like|please|would|want)|that's (?:ok|okay|fine)|it's (?:ok|okay|possible))\b/g;

const korean =
	/[가-힣]+면(?:은)?(?=[\s,])(?!\s?(?:충분|넉넉|족하|괜찮|좋겠|좋을\s?것|감사|고맙|합니다|돼|됩|된|되))|[가-힣]+\s?(?:경우|때는?)(?:에는?|엔)?(?=[\s,])/g;
const manners =
	/^(?:가능하|괜찮으|괜찮다|시간\s?되|되|그러|이러|저러|아니|실례지만|어떠|이왕이|그렇다|말하|정리하|요약하|보)면(?:은)?$|^(?:화|측|반|전|표|정|후|양|단|평|장|국)면$|(?:지금|이|그|저)\s?때/;

const symptom =
	/[가-힣]면\s.*(?:refused|time-?out|거부|거절|타임\s?아웃|에러|오류|[45]\d\d|안\s?(?:돼|되|떠|뜨|열|붙)|못|실패|끊|먹통|죽)/i;
/** `접속하면 connection refused야. 고쳐줘`: when it is seen that something is sick. */
const withoutSymptoms = (text: string): string =>
	text
		.split(/(?<=[.!?])\s+/)
		.filter((sentence, at, all) => at === all.length - 1 || ordersOutright(sentence) || !symptom.test(sentence))
		.join(' ');

/** Whether what is asked for depends on something that has to happen first. `if possible` is manners alone. */
export function isConditional(text: string): boolean {
	if (languageOf(text) !== 'ko') return english.test(text.toLowerCase().replaceAll(englishManners, ' '));
	return [...withoutSymptoms(text).matchAll(korean)].some(([found]) => !manners.test(found.trim()));
}
