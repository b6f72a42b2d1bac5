import {creating} from './order-verbs.ts';
import {wordsOf} from './words-of.ts';

const marker = /^\s*(?:[-*•]|\(?\d{1,2}[.)])\s+/;
/** `1) … 2) …` in one line. */
const inline = /(?:^|\s)\(?([1-9])[.)]\s+/g;

/** `everything else stays`: nothing of what is ordered. */
const elseStays =
	/[,;.]?\s*\b(?:and\s+|but\s+)?(?:everything|anything|all) else(?: in [\w-]+)? (?:stays?|remains?|is (?:left|to stay)|keeps?|should stay)(?: (?:as (?:it|they) (?:is|are)|untouched|alone|unchanged|put|where (?:it|they) (?:is|are)))?(?=\s*(?:$|[.!,;]))/gi;
/** Says nothing of what is to be done. */
const asides =
	/,?\s*\b(?:while (?:you're|you are|we're|we are) at it|by the way|btw|for the record|until (?:i|we) say otherwise|as (?:usual|always|discussed|agreed))\b,?/gi;

/** `web하고 api`, `web 서비스하고 …`: and. Behind a deed it means to do (`cordon하고`). */
const koreanAnd =
	/(?<![\w-])((?!(?:(?:un)?cordon|drain|(?:re)?start|roll(?:back|out)?|scale|delete|undo|apply|label|suspend|resume|deploy|copy|merge|off|on)(?![\w-]))[a-z][\w.-]*(?:\s?(?:디플로이먼트|스테이트풀셋|데몬셋|서비스|인그레스|컨피그맵|시크릿|크론잡|잡|롤바인딩|볼륨))?)\s?하고\s+(?=\S)/gi;

/** `REL-71, step 1:`, `change CHG-51 approved:` */
const ticket =
	/^(?:(?:change|ticket|incident|task|issue|request|jira|작업|티켓|변경)\s+)?\[?#?[A-Z][A-Z0-9]+-\d+\]?(?:(?:,|\s)\s*(?:step|part)\s+\d+|\s+(?:approved|part \d+))?\s*[:,–-]?\s+(?=\S)/;

/** `Three things in shop:`, `To do before noon:` announce a list, and maybe where all of it is. */
const intro =
	/^(?:(?:please|hi|hey|hello|ok|so)[,!]?\s+)*(?:(?:here are|here's|there are|i have|i need|we need|just|the|my|our|following|these|a|few|couple of|some|several|two|three|four|five|six|small|quick|last|\d+)\s+){0,4}(?:things|changes|items|tasks|todos?|requests|steps|chores|updates|orders|fixes|bits|to[ -]dos?)\b(?<about>[^:.\n]{0,50})[:.]\s+/i;
const place = /\b(?:in|for|on)\s+(?:the\s+)?(?:namespace\s+)?(?<name>[a-z0-9][\w-]*)(?:\s+namespace)?\s*$/i;
/** `Release evening:`, `Launch day in shop.`, `Tonight's rollout:` say when all of it is, and maybe where. */
const occasion =
	/^(?:(?:today|tonight|this (?:morning|evening))'s (?:release|rollout|launch|maintenance|changes?)|(?:the )?(?:big )?(?:release|launch|rollout|deploy(?:ment)?|maintenance|migration|sale|demo|patch|upgrade|cut-?over|go-live|clean-?up) (?:day|night|evening|morning|afternoon|window|time|week|hour))(?<about>(?: (?:in|for|on) [\w-]+(?: namespace)?)?)\s*[:.!,]\s+(?=\S)/i;
const koreanOccasion =
	/^(?:(?<name>[a-z0-9][\w-]*)(?:에서|에)?\s)?(?:오늘\s)?(?:릴리스|릴리즈|배포|점검|출시|런칭|마이그레이션|데모)\s?(?:날|데이|일|저녁|밤|주간)(?:입니다|이에요|예요|이야)?\s*[:.!,]\s+(?=\S)/;
/** `storefront에서 할 일:` */
const koreanIntro =
	/^(?:(?<name>[a-z0-9][\w-]*)(?:\s*네임스페이스)?(?:에서|에)?\s+)?(?:[가-힣]+(?:\s+)){0,3}?(?:할\s?일|해야\s?할\s?것|작업|요청\s?사항|요청|변경\s?사항|부탁할\s?것|준비할\s?것|것|사항|목록)(?:들)?(?:이|은|을)?\s?(?:\d+|한|두|세|네|몇)?\s?(?:가지|개|건)?\s?(?:입니다|이에요|예요|이야|있어요|있습니다|드립니다|드려요)?\s*(?:[:.]\s+|:\n)/;

/**
 * A request whose parts stand in a list, without the marks and numbers of the list and without what only announces it. A place that is announced for all of
 * it stands in front: `Two things in shop: …` → `In shop: …`.
 */
export function listed(request: string): string {
	const text = request
		.replace(ticket, '')
		.replace(/,?\s+as well as\s+(?!possible)/gi, ' and ')
		// A port as well is another one.
		.replace(/,?\s+as well(?=[,.;!?]|\s*$)/gi, /\bport\b/i.test(request) ? ' too' : '')
		.replace(koreanAnd, '$1와 ')
		.replace(asides, ' ')
		.replace(elseStays, '')
		.replaceAll(/[ \t]{2,}/g, ' ')
		.replaceAll(/\n\s*\n/g, '\n');
	const {scope, rest} = withoutIntro(inLines(text));
	const lines = rest.split('\n').filter(line => line.trim() !== '');
	if (!lines.some(line => marker.test(line))) return `${scope}${rest}`;
	const [first = '', ...others] = lines;
	const isHead = /:\s*$/.test(first) && !marker.test(first);
	const bare = (line: string) => line.replace(marker, '').trim();
	// `Create a pod:` and its settings are one order.
	if (isHead && creating(wordsOf(first))) return `${scope}${lines.map(bare).join('\n')}`;
	const about = first.replace(/:\s*$/, '');
	const head = isHead && /^[\w-]+$|^(?:on|for|in|with|change|set|update)\s/i.test(about) ? `${about} ` : '';
	return `${scope}${(isHead ? others : lines).map(line => `${head}${bare(line)}`).join(itemsEnd)}`;
}

/** Between the items of a list: each is an order of its own. */
export const itemsEnd = '\n\n';

/** Numbers that count from one on begin lines. */
function inLines(text: string): string {
	const numbers = [...text.matchAll(inline)].map(([, number]) => Number(number));
	return numbers.length > 1 && numbers.every((number, at) => number === at + 1)
		? text.replace(inline, (found, _number: string, at: number) => (at === 0 ? found : `\n${found.trimStart()}`))
		: text;
}

function withoutIntro(text: string): {readonly scope: string; readonly rest: string} {
	const english = intro.exec(text) ?? occasion.exec(text);
	if (english !== null && !/\d/.test(english.groups?.about ?? ''))
		return {scope: placeOf(english.groups?.about ?? ''), rest: text.slice(english[0].length)};
	const korean = koreanOccasion.exec(text) ?? koreanIntro.exec(text);
	if (korean === null) return {scope: '', rest: text};
	const name = korean.groups?.name;
	return {scope: name === undefined ? '' : `${name}에서: `, rest: text.slice(korean[0].length)};
}

const placeOf = (about: string) => {
	const name = place.exec(about.trim())?.groups?.name;
	return name === undefined || /^(?:you|me|us|today|now|tonight|it|that|this|the|noon|standup|lunch)$/i.test(name) ? '' : `In ${name}: `;
};
