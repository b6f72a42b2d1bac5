import {masked} from './clauses-of.ts';
import {languageOf} from './language.ts';
import {moodOf} from './mood/mood-of.ts';
import {hasOrder} from './order-verbs.ts';
import {wordsOf} from './words-of.ts';

/** A part of a text that only tells why, when, or what for. */
export type Reason = {readonly from: number; readonly to: number};

const verb = String.raw`(?:is|are|was|were|has|have|had|does|do|did|isn't|aren't|doesn't|don't|can|can't|cannot|will|won't|gets?|got|goes|went|keeps?|kept|needs?|(?<!\b(?:no|all|its|the|their|both|any|of|and|with|without|more|two|three|\d+) )[a-z]{3,}(?:ed|[^s\W]s))`;
const subject = String.raw`(?:the |our |its |their |a |all )?[\w-]+(?: [\w-]+)?`;
const event =
	'(?:migration|launch|release|run|sale|test|tests|demo|maintenance|upgrade|rollout|move|campaign|peak|rush|import|export|backlog|load|traffic|incident|outage|rebuild|reindex(?:ing)?)';

/** What a part begins with that stands beside an order, up to the next comma or the end. */
const subordinate: readonly string[] = [
	'(?:while|whilst)(?! you)',
	'(?:just |only |mainly |simply )?because(?: of)?',
	`since(?= ${subject} ${verb}\\b)`,
	`(?<!\\b(?:as (?:many|much|big|large|few)|same)\\b[^,;]*)as(?! (?:many|much|big|large|few|well|soon|long|small|high)\\b)(?= ${subject} ${verb}\\b)`,
	'now that',
	'given(?: that)?',
	'(?:due|owing|thanks) to',
	'seeing (?:that|as|how)',
	'considering(?: that)?',
	'(?:ahead of|in preparation for|in view of|in light of|during|despite|in spite of|unlike)',
	'(?:although|though|even though|whereas)',
	`for(?= (?:the |our |a |tonight's |this )?(?:[\\w-]+ ){1,3}${event}\\b)`,
	'for (?:as long as|the (?:time|duration|sake))',
	// What a Service is to select is the order itself.
	'so that(?![^,;.]*\\b(?:selects?|points? (?:at|to)|looks? at|serves?)\\b)',
	`so(?= ${subject} (?:can|could|may|might|will|won't|does|doesn't|is|isn't|stays|keeps|has)\\b)`,
	'in order (?:to|that)',
	`with(?= ${subject} (?:now |being |finally |still )?(?:back|up|down|gone|offline|away|dead|out|over|moved|fixed|done|finished)\\b)`,
	'to (?:relieve|help|unblock|unburden|free|save|spare|protect|absorb|avoid|prevent|ease|survive|take (?:some |the )?(?:load|pressure|strain) off|make room for|keep up with|lower the load|reduce (?:the )?load)',
];
const english = new RegExp(
	`(?:^|(?<=[\\s,(]))(?:${subordinate.join('|')})\\b[^,;.]*(?:[.](?=\\w)[^,;.]*)*,?|, (?:which|who|nobody|no one|somebody else|someone else)\\b[^,;]*,?`,
	'gi',
);
/** `to relieve ledger, cut …` */
const purpose = /^to (?!\d)[a-z]+\b[^,;.]*,/gi;

const ending =
	'(?:는|던) ?동안(?:에는|은|에)?|때문(?:에|이라|이니)|(?:느라|길래|므로|탓에|덕분에|대비해(?:서)?|앞두고|위해(?:서)?|도록|게끔)|[가-힣]*[^로께에으]서|(?:으)?니까?|(?:이|중)라|는데|[은한된인친른난진]데';
const korean = new RegExp(`(?:^|(?<=[,.] ?))[^,.]*?(?:${ending})(?=[\\s,]),?`, 'g');
const place = /(?:에서|께서|로서|으로서)$/;

/** Reasons of a text in either language. What orders by itself is none, and `catalog를 5개로 늘려서` tells how. */
export function reasonsIn(text: string): readonly Reason[] {
	const plain = masked(text);
	const found = languageOf(text) === 'ko' ? koreanReasons(plain) : [...plain.matchAll(english), ...plain.matchAll(purpose)].map(spanOf);
	return [...found, ...toldParts(plain)].filter(({from, to}) => to - from > 3);
}

/** A text without the parts that only tell: `the machines are gone until Monday, so take web down` depends on nothing. */
export const withoutTold = (text: string): string =>
	toldParts(masked(text))
		.toReversed()
		.reduce((now, {from, to}) => `${now.slice(0, from)} ${now.slice(to)}`, text)
		.trim();

const spanOf = ({0: found, index}: RegExpExecArray): Reason => ({from: index, to: index + found.length});

const koreanReasons = (text: string) =>
	[...text.matchAll(korean)]
		.filter(({0: found}) => {
			const last =
				found
					.replace(/[\s,]+$/, '')
					.split(/\s/)
					.at(-1) ?? '';
			return !place.test(last) && !hasOrder(wordsOf(last)) && !/[=]/.test(found);
		})
		.map(spanOf);

/** What a Service is to select is told of the order itself. */
const outcome = /^(?:so )?that\b.*\b(?:selects?|points? (?:at|to)|looks? at|serves?)\b/i;

// `30 failures allowed` is no sentence.
const said = new RegExp(`\\b${verb}\\b(?<!\\b[a-z]+s [a-z]+ed(?=$))|[가-힣](?:다|요|음|네|함|임|돼|됨|떠|져|나)$`, 'i');

/** Whether a text says something of something: `class nginx, TLS from shop-tls` has no verb. */
export const hasPredicate = (text: string): boolean => said.test(text.replace(/[\s,;:.!–—-]+$/, ''));

const needsNothing = /\b(?:(?:does|do)(?: not|n't) need|needs?) (?:no|any) (?:changes?|touching|help|attention)\b/i;

/** `kept around for 2 hours`, `filled from the config map`: how long what is ordered is to stay, and where it comes from. */
const lasting =
	/^(?:filled|taken|read|sourced|fed|pulled|drawn|populated|loaded|copied|mounted|backed) (?:in )?(?:from|out of|at|by|with|via)\b|^(?:kept|removed|deleted|cleaned|gone|thrown) (?:\w+ ){0,4}(?:for|after|within) (?:\d|an?\b|one\b)/i;

/** Sentences, and parts between commas, that are told and order nothing. */
function toldParts(text: string): readonly Reason[] {
	// What is from now on is told of what is to be.
	if (/\b(?:from now on|as of (?:now|today)|from today|henceforth)\b/i.test(text)) return [];
	const cuts = [...text.matchAll(languageOf(text) === 'ko' ? /[.!?]\s+/g : /[,;:.!]\s+(?:(?:so|and|but|please)\s+)*|\s[-–—]\s/g)];
	const bounds = [0, ...cuts.map(({0: cut, index}) => index + cut.length), text.length];
	const parts = bounds.slice(1).map((to, at) => ({from: bounds[at] ?? 0, to}));
	const isOutcome = ({from, to}: Reason) => outcome.test(text.slice(from, to));
	const moods = parts.map(({from, to}) => moodOf(text.slice(from, to)));
	const isTold = (at: number) =>
		!lasting.test(text.slice(parts[at]?.from, parts[at]?.to)) &&
		(moods[at] === 'told' || needsNothing.test(text.slice(parts[at]?.from, parts[at]?.to))) &&
		hasPredicate(text.slice(parts[at]?.from, parts[at]?.to));
	// `a, b and c are slow`: what stands before in the sentence belongs to what is told.
	const begins = (at: number) => {
		const first = parts.findLastIndex((_, other) => other <= at && (other === 0 || /[.!]\s+$/.test(text.slice(0, parts[other]?.from))));
		return parts.every((_, other) => other < first || other >= at || isTold(other) || moods[other] === 'order');
	};
	const told = parts.filter((part, at) => !isOutcome(part) && isTold(at) && begins(at));
	return told.length === parts.length ? [] : told;
}
