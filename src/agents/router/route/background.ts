import {languageOf} from '../words/language.ts';
import {moodOf, ordersOutright} from '../words/mood/mood-of.ts';

/** Something that can be done, or a value that can be set. */
const englishDeed =
	/\d|=|`|\b(?:restart|reboot|bounce|kick|roll(?:ed)?[ -]?back|cordon|drain|delet|remov|scal|rais|lower|resiz|upgrad|downgrad|updat|bump|creat|suspend|paus|stopp|start|mov|switch|grow|shrink|label|annotat|doubl|halv|renam|replac|go(?:es|ne)? (?:away|to)|more|fewer|less|another|twice|half)\w*\b/i;
const koreanDeed =
	/\d|=|`|(?:재시작|롤백|삭제|지우|지워|늘|줄|올리|올려|내리|내려|변경|바꾸|바꿔|추가|생성|만들|중지|멈|켜|끄|코든|드레인|더|배)/;

/** `if web has more than 2 make it 2`: an order, whether its condition can be read or not. */
const conditionalDeed =
	/^(?:and\s+|but\s+)?(?:if|unless|in case|when|once)\b.*\s(?:make|set|scale|bring|take|raise|lower|cut|restart|give|add|delete|remove|drop)\s+(?:it|them|that|one|the|its)\b/i;

/**
 * Whether a part of a request only tells why, beside an order: what is told, and a need or a rule that names no deed and no value
 * (`The shop needs a robots.txt.`, `green can look after itself`).
 */
export function isBackground(text: string): boolean {
	if (conditionalDeed.test(text)) return false;
	if (moodOf(text) === 'told') return true;
	if (!['order', 'forbidden', 'unclear'].includes(moodOf(text)) || ordersOutright(text)) return false;
	return languageOf(text) === 'ko' ? /필요|해야|여야|있어야/.test(text) && !koreanDeed.test(text) : isRule(text) && !englishDeed.test(text);
}

const isRule = (text: string) =>
	/\b(?:needs?|wants?|requires?|asks? for|must not|mustn't|shouldn't|should not|may not|cannot|can't|(?:can|may|will) (?:stay|wait|look after|cope|live|handle|do without|remain))\b/i.test(
		text,
	);
