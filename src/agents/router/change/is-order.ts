import type {Clause} from '../clause.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {isPassivePlea} from '../words/mood/passive-plea.ts';

const verbs = new Set(
	`set bump upgrade update downgrade change make give raise lower increase decrease reduce double halve triple quadruple label annotate tag unlabel add put take
	point send switch cut let grow shrink resize expand extend enlarge enable disable configure patch move turn bring pause resume stop start suspend unsuspend shift
	route promote edit rename replace attach detach unset pin mark run rollout restart bounce reboot recycle relaunch scale roll rollback revert undo go return restore use
	deploy release ship redirect direct flip swap drop remove delete clear strip get have keep relax tighten allow cap limit try canary launch apply adjust tune boost
	trim push cycle do spin shut throttle reschedule reenable activate deactivate continue unpause back free serve create place fire halt dial
	request reserve guarantee knock ramp park wake rip nuke ditch scrap tear flag
	adapt amend alter modify align correct fix shave size wire delay slow quit copy wind lift pull carry mount inject pass ensure`.split(
		/\s+/,
	),
);

const openings =
	/^(?:please|plz|pls|kindly|then|also|and|now|first|next|finally|just|ok|okay|hey|hi|hello|so|but|you|u|we|i|someone|can|could|would|will|may|might|to|afterwards|after|that|before|quickly|simply|maybe|it's|time|instead)$/;
const wish =
	/\b(?:should|shall|needs?|must|wants?|would like|i'd like|we'd like|ought|has to|have to|had better|gets?|is to|are to|to be|becomes?|(?:can|may|could) go(?=\s*(?:now)?\s*(?:$|[.,!;]))|could use|(?:will|would) do\b|(?:is|are) (?:enough|plenty|sufficient)|goes? (?:to|back|from|up|down))\b/;
const statement =
	/\b(?:is|are|was|were|has|had|have|went|came|got|does|did|keeps?|kept|fails?|failed|crash(?:es|ed)|dies|died|runs|ran|shows?|gives|gave|restarts|restarted|started|stopped|stops|became|returned|returns|uses|used|looks|seems|happened|happens|broke|breaks|complains|struggles|says?|said|told|tells|scaled|scales|updated|upgraded|deployed|changed|moved)\b/;
const forbidding = /^(?:please |and |but |then )*(?:don'?t|do not|never|avoid|no need to|you (?:must|should)(?: not|n't))\b/;

const startsWithVerb = (words: readonly string[]) => verbs.has((words.find(word => !openings.test(word)) ?? '').replace(/[^a-z].*$/, ''));

/** Whether an English text begins with a verb that says what to do, and forbids nothing. */
export function beginsWithOrder(text: string): boolean {
	const plain = text.trim().toLowerCase();
	return (
		!forbidding.test(plain) &&
		(startsWithVerb(plain.split(/\s+/)) || /^(?:so )?(?:we|i) (?:want|need|would like)\b(?! to (?:know|see|understand))/.test(plain))
	);
}

/** `…, so web at six pods`: a value and no verb, beside what is told. */
const isBareValue = (part: string) =>
	/(?:^|\s)(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)/.test(part) && !statement.test(part) && part.includes(' ');

/** Whether English says what to do: a verb at the beginning of a part, a wish, or no verb at all (`auth hpa max 12`). */
function ordersInEnglish(text: string): boolean {
	if (forbidding.test(text)) return false;
	const parts = text.split(/[.!?;,:]\s|\b(?:and|then|but|so|please)\b|\s-\s/).map(part => part.trim());
	return (
		parts.some(part => startsWithVerb(part.split(/\s+/)) || isBareValue(part)) ||
		wish.test(text) ||
		isPassivePlea(text) ||
		!statement.test(text)
	);
}

const looking = /알려|보여|조회|설명|(?:확인|점검|체크)(?=해|하[고는]?|좀|$|[.!?\s]*$| ?(?:부탁|바랍|요망))/;
const asking = /[줘줄]|주세|주십|주시|주라|해라|하세요|하십시오|바랍니다|부탁|싶|좋겠|야 ?(?:해|합|돼|됩|하)|필요/;
const telling =
	/[았었였했됐갔왔났렸졌꿨켰]\s?(?:어|다|습|네|는|음|고)|[있없](?:어|습|다|네|는데|음)|같(?:아|은|습)|맞(?:아|나|지|죠)|[인는]지 |(?<![가-힣])[안못] /;
const forbiddingKorean = /지\s?(?:마|말아|말라|말자|않(?!(?:게|도록)(?: 하고)?\s+(?!해|하)))/;

/** Korean orders end in an imperative or a wish, or are short and have no ending; what is told or looked into ends otherwise. */
const ordersInKorean = (text: string) => !forbiddingKorean.test(text) && !looking.test(text) && (asking.test(text) || !telling.test(text));

/** Whether a clause says what to do. What it tells (`web went from 3 to 2 pods`) and what it forbids (`never scale web to 0`) is no order. */
export const isOrder = ({text, language}: Pick<Clause, 'text' | 'language'>): boolean =>
	language === 'ko' ? ordersInKorean(text) : ordersInEnglish(text.trim().toLowerCase());

const forbidden =
	/(?:[,;.]\s*)?\bno (?:rolling |pod )?(?:restarts?|reboots?|rollouts?|downtime|recreation)\b[^,;.]*|[,;]?\s*\b(?:but |and )?(?:(?:please )?(?:don'?t|do not|never)\s+(?:restart|scale|touch|change|delete|remove|move|roll|update|stop|switch|bounce)|without\s+(?:a |any )?\w*(?:restart|roll|chang|touch|stopp|scal|remov)\w*)\b[^,;.]*/gi;
const forbiddenKorean =
	/[^,;.\s]+(?:은|는|도)?\s*(?:재시작|건드리|바꾸|변경|스케일|삭제)(?:하)?지\s?(?:는\s?)?말고[,]?|[.,]\s*[^.,]*(?:건드리지|바꾸지|변경하지|손대지|만지지)\s?(?:는\s?)?(?:마|말)[가-힣\s]*/g;

/** The clause without what it forbids on the way: `set X=1 on web, but don't restart it`. */
export function withoutForbidden(clause: Clause): Clause {
	const text = clause.text.replace(clause.language === 'ko' ? forbiddenKorean : forbidden, ' ').trim();
	return text === clause.text || text === '' || forbidding.test(clause.text.toLowerCase()) ? clause : clauseOf(text);
}
