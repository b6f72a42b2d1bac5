import type {Clause} from '../clause.ts';
import {languageOf} from './language.ts';
import {itemsEnd} from './listed.ts';
import {givesOrder, moodOf, ordersOutright} from './mood/mood-of.ts';
import {beginsOrder, beginsQuestion, creating, goesOnRights, hasOrder, holdsOrder} from './order-verbs.ts';
import {removes} from './removal.ts';
import {wordsOf} from './words-of.ts';

/** Where a request may be cut: behind a sentence, at a list word, behind a Korean ending that goes on (`하고`, `한 다음`), which that of reported words (`지운다고`) is not. */
const cuts =
	/(?<sentence>[.!?]+(?=\s|$)|\n+|;\s)|(?<=[가-힣](?:(?<![다라자냐])고|며|면서)|[가-힣]\s(?:다음에?|뒤에?|후에?|나서)),?\s+(?:그리고\s+|또\s+)?|,?\s*그리고\s+|,?\s+(?:and\s+then|and\s+also|and|then|while\s+you|after\s+that|afterwards|plus)\s+|,\s*(?:and\s+then\s+|and\s+also\s+|and\s+|then\s+)?/gi;

/** Orders and questions of a request, in order. Remarks stay with what follows or goes before them. Always at least one for a text that is not empty. */
export function clausesOf(request: string): readonly Clause[] {
	const {scope, rest} = scopeOf(request.trim());
	const texts = cutTexts(rest);
	return texts.map((text, at) => clauseOf(joined(scope, text.replace(connective, '').replace(at === 0 ? /^$/ : followOn, ''))));
}

/** What ties an order to the one before says nothing by itself. */
const connective =
	/^(?:(?:and|then|also|next|finally|after that|afterwards|그리고|나서|그런 다음|그 다음에?|그다음에?|또한?)[,\s]+)+(?=\S)/i;

/** `끝나면 …`, `when that is done, …` behind an order: the next one, and no condition of its own. */
const followOn =
	/^(?:(?:그게|그거|그\s?작업이?|다)?\s?(?:끝나면|되면|완료되면|하고 나면|마치면)|(?:when|once|after) (?:that|it|this)(?:'s| is| has)? (?:done|finished|through|in place|up))[,\s]+/i;

const joined = (scope: string, text: string) => (scope === '' ? text : `${scope} ${text}`);

export const clauseOf = (text: string): Clause => ({text, language: languageOf(text), words: wordsOf(text)});

/** `In staging: …` is meant of every order behind it. */
export function scopeOf(request: string): {readonly scope: string; readonly rest: string} {
	const english = /^((?:in|within|inside|on)\s+(?:the\s+)?[\w-]+(?:\s+(?:namespace|cluster))?)\s*[:,]\s+/i.exec(request);
	const korean = /^([\w-]+(?:\s*네임스페이스)?(?:에서는|에서|에는|에)\s*)[:,]\s+/.exec(request);
	const found = english ?? korean;
	return found === null ? {scope: '', rest: request} : {scope: (found[1] ?? '').trim(), rest: request.slice(found[0].length)};
}

/** Text in quotes and brackets is not cut. The mask is as long as the text. */
export const masked = (text: string) =>
	text.replaceAll(/"[^"]*"|`[^`]*`|“[^”]*”|(?<!\w)'[^']*'(?!\w)|\([^)]*\)/g, inner => '\u0001'.repeat(inner.length));

function cutTexts(request: string): readonly string[] {
	const texts: string[] = [];
	let begun = 0;
	const places = [...masked(request).matchAll(cuts)];
	for (const [index, place] of places.entries()) {
		const until = places.slice(index + 1).find(next => next.groups?.sentence !== undefined)?.index ?? request.length;
		const nextCut = places[index + 1]?.index ?? request.length;
		const before = request.slice(begun, place.index);
		const behind = place.index + place[0].length;
		if (request.slice(behind).trim() === '') continue;
		const right = {sentence: request.slice(behind, until).trim(), piece: request.slice(behind, nextCut).trim()};
		if (!parts(before, right, place[0])) continue;
		texts.push(`${before.trim()}${place[0].includes('?') ? '?' : ''}`);
		begun = behind;
	}
	const last = request.slice(begun).trim();
	return last === '' ? texts : [...texts, last];
}

/** `restart web and, if mail is slow, …`: what is ordered under a condition stays with it. */
export const openCondition =
	/(?:^\s*|[.;:,]\s+|\band,?\s+)(?:but\s+|only\s+|then\s+)*(?:if|unless|once(?!-)|when|whenever|in case|as soon as|provided|assuming|until)\b[^,;]*$|[가-힣](?:면|경우)(?:은|에는?)?$/i;

/** `kafka's claims together, how much is that`: what stands before a question and is none itself is what it asks about. */
const asksAlone = (before: string) => moodOf(before) === 'question' || ordersOutright(before);

type Right = {
	/** Up to the end of the sentence. */
	readonly sentence: string;
	/** Up to the next place where it may be cut. */
	readonly piece: string;
};

/** Whether what stands right of a cut is an order or a question of its own. */
function parts(before: string, right: Right, cut: string): boolean {
	if (cut.includes(itemsEnd)) return true;
	const isSentence = /[.!?;\n]/.test(cut);
	const left = wordsOf(before);
	const words = wordsOf(right.sentence);
	if (isSentence && beginsQuestion(words)) return hasOrder(left) || beginsQuestion(left) || cut.includes('?');
	if (isSentence && ownWish.test(right.sentence) && !making.test(before) && givesOrder(before)) return true;
	if (isSentence && alsoGets.test(right.sentence) && ordersOutright(before) && !creating(left)) return true;
	if (readsNew.test(right.piece) && hasOrder(left)) return true;
	if (isSentence && followsOn.test(right.sentence) && givesOrder(before) && wished.test(right.sentence)) return true;
	if (isSentence && pointsBack.test(right.sentence) && !ordersOutright(before)) return false;
	if (isSentence && dropsIt.test(right.sentence) && removes({text: before})) return false;
	if (tellsOfNew.test(right.sentence) && makesNew(before, left)) return false;
	if (namesNew.test(right.sentence) && hasOrder(left)) return false;
	if (portsOfNew.test(right.piece) && creating(left) && /서비스|service|svc/i.test(before)) return false;
	if (labelsNew.test(right.piece) && (creating(left) || /이름|열어|노출|공개|새로/.test(before))) return false;
	if (!isSentence && goesOnRights(words, left)) return false;
	if (repairs(right.sentence) || isWhere(before) || makesOne.test(right.sentence)) return false;
	if (isSentence && /^(?:in|inside)\s+(?:it|there|that|this)\b/i.test(right.sentence)) return creating(left);
	if (openCondition.test(before)) return isSentence && beginsOrder(words, left);
	if (!isSentence && probed.test(before) && ofProbe.test(right.piece)) return false;
	if (!isSentence && guardsIt.test(right.piece) && hasOrder(left) && !creating(left)) return true;
	if (!isSentence && madeTo.test(right.piece) && hasOrder(left) && !creating(left)) return true;
	if (isSentence && boundOf.test(right.piece) && givesOrder(before) && !making.test(before)) return true;
	if (!isSentence && /[가-힣](?:고|며|면서)$/.test(before) && terseWish.test(right.piece) && (!creating(left) || setsOnly.test(before)))
		return true;
	if (
		!hasOrder(left) &&
		// `…바라보게 하고`, `20Gi로 하고`
		!/\d\S*로\s?(?:하|해\s?주|맞추)(?:고|며)$|[가-힣](?:게|도록)\s?(?:하|해)(?:\s?주)?(?:고|며)$/.test(before) &&
		!beginsQuestion(left) &&
		!(isSentence && languageOf(before) === 'ko' && ordersOutright(before)) &&
		!(languageOf(right.sentence) === 'en' && givesOrder(before))
	)
		return false;
	if (languageOf(right.sentence) === 'ko' && holdsOrder(isSentence ? words : wordsOf(right.piece), left)) return true;
	return (
		beginsOrder(words, /\bthen\b/i.test(cut) ? [] : left) ||
		(!isSentence && asksAlone(before) && /^(?:in\s+\S+\s+)?(?:what|who|why|how)\s+\S+\s+\S+\s+\S+/i.test(right.sentence))
	);
}

/** `on the web deployment, …`: where the order is, which begins behind it. */
const isWhere = (text: string) =>
	/(?:^|[.!?]\s+)(?:on|for|in|with|within|inside|at)\s+(?:the\s+|our\s+)?[\w.-]+(?:\s+[\w.-]+){0,2}\s*$/i.test(text);

/** `label it a=b`, `annotation a=b; …`, `bind it to x`: how what is made before shall be. */
const tellsOfNew =
	/^(?:(?:please|then|and|just|also)\s+)*(?:(?:label|annotate|tag|mark|give|set)(?:led|s|d)?:?\s+(?:(?:it|them|both|all|these)\b(?!'s)|(?:with\s+|the\s+)?["'`]?[\w./-]+=)|(?:labels?|annotations?)[\s:])/i;

/** `name it x`, `인그레스 이름 x, …`: what the thing before is called. */
const namesNew = /^(?:(?:please|and|then)\s+)*(?:name|call)\s+(?:it|them|the\s+\w+)\b|^(?:[가-힣]+\s+)?이름(?:은|이|을|:)?\s+["'`]?[a-z]/i;

/** `어노테이션 a=b도 붙여서`: of what is made before. */
const labelsNew = /^(?:라벨|레이블|어노테이션|애너테이션)[은는을를도]?\s+\S*[\w./-]+=\S+/;

/** `서비스를 만들어서 80으로 받고 컨테이너 8080으로 보내줘`: of the Service that is made before. */
const portsOfNew =
	/^(?:(?:컨테이너|파드|타[겟깃]|대상)(?:의|은|는)?\s?)?(?:포트\s?)?\d{2,5}(?:번)?(?:\s?포트)?(?:으로|로|에서|를|을)\s?(?:받|보내|연결|전달|넘|열)/;

/** Whether the words before make something: with a verb, or as a kind with its name. */
const makesNew = (text: string, words: ReturnType<typeof wordsOf>) =>
	creating(words) ||
	/\b(?:make|add|put|set up|want|need|like)\b(?: (?:me|us|up|in))* (?:an?|another|one|two|three|new|the following)\b/i.test(text) ||
	/^(?:(?:new|an?|the)\s+)?(?:\w+\s+)?(?:namespaces?|ns|service ?accounts?|network ?polic(?:y|ies)|config ?maps?|secrets?|cm)\b(?!\s+(?:of|for|has|is|needs))/i.test(
		text.trim(),
	);

/** `there is no service yet; make one`: of which kind stands before. */
const makesOne = /^(?:(?:please|then|so|and|just)\s+)*(?:make|create|add|put|set up|give (?:it|them))\s+(?:me\s+|us\s+)?one\b/i;

/** What is made may be spoken of by its name in the next sentence. */
const making = /\b(?:creat\w+|deploy(?!ment)\w*|new|make|launch\w*|set up|add)\b|^(?:an?|one)\b|:\s/i;

/** `restart web; mail needs a third pod`: of something else. */
const ownWish =
	/^(?:(?:and|also|then)\s+)*(?!it\b|its\b|they\b|the\b|this\b|that\b|a\b|one\b|nothing\b|both\b)[a-z][\w-]*\s+(?:also\s+)?(?:needs?|wants?|gets?|should|must|goes|has to|is to|deserves)\b/;

/** `create a config map …, and let web read all of it as environment`: done to what is there. */
const readsNew =
	/^(?:have|let|make|get)\s+(?!it\b|them\b|its?\b|a\b)(?:the\s+)?[a-z][\w-]*\s+(?:take|read|load|use|consume|get|pull|import)\b[^.;]*\b(?:env|environment|variables?)\b|^[a-z][\w-]*(?:\s[가-힣]+)?(?:이|가|도|은|는)\s[^.]*환경\s?변수[^.]*(?:게|도록)\s/i;

/** `It also gets a budget`: beside what was ordered. */
const alsoGets =
	/^(?:it|they|that one) (?:also (?:gets?|needs?|wants?|should (?:get|have))|(?:gets?|needs?|wants?|should (?:get|have)) [^.;]*\b(?:too|as well))\b/i;

/** `…; afterwards web may go`: another order, whatever it begins with. */
const followsOn =
	/^(?:and\s+|but\s+)?(?:afterwards|after that|after which|only then|then|next|finally|(?:when|once|as soon as) (?:that|this|it)(?:'s|’s| is) (?:done|in|up|out|through|over|live|running|complete|finished|there|applied|rolled out)),?\s/i;

const wished = /\b(?:can|may|should|must|shall|(?:is|are|has|have) to|gets?|goes|becomes?|needs?)\b/i;

/** `scale web to 3, and protect it with a budget` */
const guardsIt = /^(?:also\s+)?(?:protect|guard|secure|back)\s+(?:it|them|both|that)\s+(?:with|by)\b/i;

/** `…늘리고 web은 green 보게 해줘` */
const madeTo = /^[a-z][\w-]*(?:\s[가-힣]+)?(?:은|는|이|가|도|를|을)\s.*[가-힣](?:게|도록)\s?(?:해|하|만들|바꿔)/;

/** `web to 5 pods; HPA min 5 too` */
const boundOf = /^(?:and\s+|also\s+)?(?:the |its )?(?:hpa|auto-?scaler|pdb|(?:disruption )?budget|quota)\b[^.;]*\d/i;

/** `…넘기고 web은 0개로`: a value and no verb. */
const terseWish =
	/^(?:[a-z][\w-]*(?:\s?[가-힣]+)?|(?:메모리|cpu|CPU)\s?(?:한도|요청|제한|리밋|리미트)|블루|그린|카나리|레플리카|복제본|파드|메모리|이미지|버전|태그|포트|경로|한도|요청|제한|최소|최대|주기|시간)(?:\s?수)?(?:은|는|을|를|도)\s(?:[^,.]*\d|(?:한|두|세|네|다섯|여섯|열)\s)?\S*로(?:요|\s?(?:해|맞춰|바꿔|변경|설정|부탁)[가-힣\s]*)?[.!]?$/i;

/** What is added there is no object of its own. */
const setsOnly = /(?:변수|env|라벨|레이블|어노테이션|애너테이션)[은는을를이]?\s(?:[^.]*\s)?(?:추가하|넣|붙이|달)고$/i;

/** `liveness 경로를 /a로 바꾸고 timeout은 2초로`: of the same probe. */
const probed = /\b(?:liveness|readiness|startup|probe)\b|프로브|헬스 ?체크/i;
const ofProbe =
	/^(?:(?:and|its|the)\s+)*(?:time-?out|period|interval|initial|delay|failures?|threshold|path|port|타임 ?아웃|주기|간격|초기|지연|실패|성공|임계|경로|포트)/i;

/** `At most one may go at a time. Make a budget for that`: the rule that stands before is what is made. */
const pointsBack =
	/\b(?:for|as|of|to do|enforce|ensure|guarantee) (?:that|this)\b|^(?:(?:please|so|then|and)\s+)*(?:make|have|write|put|do|pin|note|set|turn)\s+(?:it|that|this)\b(?! (?:to|from|on|off|at|back)\b)/i;

/** `web no longer needs its label x. Drop it.`: what was said to go. */
const dropsIt =
	/^(?:(?:please|so|just|then)\s+)*(?:drop|remove|delete|take|get rid of|strip|clear)\s+(?:it|that|them|this)(?:\s+(?:out|off|away))?\s*[.!]?$/i;

/** `… and repair it`: what is repaired stands before. */
const repairs = (text: string) => /^(?:(?:please|then|and|just)\s+)*(?:fix|repair|correct|sort|mend|resolve|solve|heal|get)\b/i.test(text);
