import {languageOf} from './language.ts';
import {moodOf, ordersOutright} from './mood/mood-of.ts';
import {hasOrder} from './order-verbs.ts';
import {wordsOf} from './words-of.ts';

const count = '(?:an?|one|two|three|four|five|six|ten|twenty|thirty|half an|a couple of|a few|several|\\d+)';
const day = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';

const english = new RegExp(
	[
		`\\btomorrow\\b(?!'s)`,
		`\\bin (?:about |around )?${count} (?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)\\b`,
		`\\b(?:next|coming) (?:week|weekend|month|${day})\\b`,
		`\\b(?:on|this) (?:${day}|weekend)\\b`,
		'\\bthis (?:evening|afternoon)\\b',
		'\\b(?:restart|reboot|delete|remove|drain|cordon|roll back)\\b.*\\bat \\d{1,2}(?=$|[\\s,.])',
		'\\bschedule (?:a|an|the) (?:restart|reboot|deletion|rollback|drain|scal\\w+)\\b',
		`\\bfor (?:the next )?${count} (?:hours?|hrs?|days?|weeks?)\\b`,
		'\\bduring (?:the |a )?(?:next |maintenance|night|weekend|off-?peak|quiet|lunch|window)',
		"\\b(?:at|around|after|from|past) (?:\\d{1,2}(?::\\d\\d)? ?(?:am|pm|o'clock|utc|kst)|\\d{1,2}:\\d\\d|midnight|noon|dawn|night)\\b",
		'\\b(?:later (?:today|tonight|on)|(?:a bit|some time|much) later|overnight|after (?:hours|lunch|work|dinner))\\b',
	].join('|'),
);
/** What a time stands behind when it only gives a reason. */
const reason =
	/\b(?:for|by|until|till|since|before|of|than|every|each)\s+(?:the\s+|early\s+)?$|\b(?:before|by|in time for|ahead of)\s+(?:[\w'-]+\s+){1,4}$/;

const koreanCount = '(?:\\d+|한|두|세|네|다섯|여섯|열|몇|반)';
const korean = new RegExp(
	[
		'(?:내일|모레|글피|다음\\s?(?:주|달|날)|이번\\s?주말|주말에|이따가?|나중에|다음에\\s?(?:하|해|합)|(?:조금|좀|잠시|한참)\\s?(?:있다|뒤|후))',
		`${koreanCount}\\s?(?:시간|분|일|주|초)\\s?(?:뒤|후|있다가?|지나)(?!부터|마다|까지)`,
		`(?:새벽|밤|오전|오후|저녁|아침|자정|정오)\\s?(?:${koreanCount}\\s?시)?\\s?(?:반)?에(?!\\s?서)`,
		`${koreanCount}\\s?시(?:\\s?(?:반|${koreanCount}\\s?분))?에(?!\\s?서)`,
		'퇴근\\s?(?:후|하고)',
	].join('|'),
);
const koreanReason = /때문|대비|까지|행사|이벤트|세일|오픈|출시|있어서|있으니|이라서?(?=[\s,])|이니까|니까/;

/** Parts of a request that tell one thing each. */
const segments = (text: string) => text.split(/[;!?]\s*|[.,:]\s+|\s-\s|\b(?:because|since|so that)\b/).filter(part => part.trim() !== '');

/** Whether a request says that something is to be done later. A time that only gives a reason (`for tonight`, `traffic peaks at 10`) is none. */
export function isPostponed(text: string): boolean {
	const all = segments(text);
	return all.some(segment => {
		if (languageOf(text) === 'ko') return isLaterInKorean(segment);
		const isBeside =
			happens.test(segment) &&
			!ordersOutright(segment) &&
			!value.test(segment.replace(english, ' ')) &&
			all.some(other => other !== segment && ordersOutright(other));
		return !isBeside && isLater(segment.toLowerCase());
	});
}

const happens =
	/\b(?:is|are|will|has|have|goes|comes|starts|begins|ends|opens|closes|rises|grows|arrives|expires|launches|happens|doubles|moves|peaks|drops)\b/i;
/** `Retention goes up next week` beside an order is why, and `web goes to 5 next week` is when. */
const value = /\d|=|\b(?:two|three|four|five|six|zero|half|double|twice)\b/;

/** `it crashed at 3am` tells of a time and orders nothing. */
const events =
	/\b(?:sale|launch|release|go-live|demo|campaign|event|meeting|peak|rush|promo(?:tion)?|match|game|webinar|show|opening|exam|run|party|deadline|standup)\b/;

/** `Sale at noon!`, `the k6 run begins in ten minutes`: something else happens then. */
const isEvent = (segment: string) =>
	moodOf(segment) === 'told' &&
	(events.test(segment) ? !/\b(?:restart|delete|remove|drain|scale|roll|set|stop)\b/.test(segment) : telling.test(segment));

const telling =
	/\b(?:we(?:'re| are) (?!going|about|planning|scal|restart|delet|remov|drain|roll)\w+ing|it|it's|is|was|are|were|will|has|have|had|been|traffic|starts|begins|opens|ends|crash\w*|fail\w*|peak\w*|began|started|happened|asked|asks|wants|wanted|needs|needed|said|agreed|promised)\b/;

function isLater(segment: string): boolean {
	const found = english.exec(segment);
	if (found === null || reason.test(segment.slice(0, found.index)) || isEvent(segment)) return false;
	if (hasOrder(wordsOf(segment))) return true;
	return !telling.test(segment) && wordsOf(segment).length <= wordsOf(found[0]).length + 4;
}

/** `밤에 배치가 몰려서요`: what happens then by itself; `밤에 들어가서` is something that is to be done. */
const koreanCause =
	/^(?:\S+\s)*?\S*(?:(?:몰려|많아|늘어|늘어나|늘|커져|있어|바빠|올라가|올라|부족해|느려져|모자라|예정이라|예상돼|예상되어|같아|거라)서|거라|니까|(?:는|인|은)데)요?(?=[\s,]|$)/;
/** `밤에 줄이고 싶은데`, `줄여야 하니까`: a wish of its own. */
const koreanWish = /싶|좋겠|려(?:고|는데)|야\s?[하되해돼]/;

function isLaterInKorean(segment: string): boolean {
	const found = korean.exec(segment);
	if (found === null) return false;
	const told = segment.slice(found.index);
	const [cause = '싶'] = koreanCause.exec(told) ?? [];
	return !koreanReason.test(told.slice(0, found[0].length + 12)) && koreanWish.test(cause);
}
