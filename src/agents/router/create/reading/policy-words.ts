import {indexOfWord} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

/** On which side of a policy a word stands: whose pods it is for, or whom they may speak with. */
export type Side = 'target' | 'peer';

const reaches =
	/^(?:reach|reaches|access|accesses|talk|talks|connect|connects|call|calls|speak|speaks|query|queries|use|uses|get|gets|come|comes|enter|enters|open|opens|scrape|scrapes|hit|hits|contact|contacts|send|sends)$/;
const receives = /^(?:accept|accepts|accepting|receive|receives|reached|reachable|accessed|accessible|called|contacted|be)$/;

/** Who reaches whom in English: the words before the verb go to those behind it; `be reached by` and `from` turn it round. */
function englishSide(wish: Wish, at: number, isEgress: boolean): Side {
	for (let index = at - 1; index >= 0; index -= 1) {
		const word = plainAt(wish, index);
		if (/^(?:from|by)$/.test(word)) return isEgress ? 'target' : 'peer';
		if (/^(?:to|into|reach|access|with|only)$/.test(word) && isEgress) return 'peer';
		if (/^(?:to|into)$/.test(word)) return 'target';
		if (reaches.test(word)) return 'target';
		if (wish.words[index]?.stop === '.') break;
	}
	if (isEgress) return 'target';
	const verb = wish.words.findIndex(
		(_, index) => index > at && (reaches.test(plainAt(wish, index)) || receives.test(plainAt(wish, index))),
	);
	const isActive =
		verb >= 0 && reaches.test(plainAt(wish, verb)) && !wish.words.slice(at, verb).some(({text}) => /^(?:be|been|from|traffic)$/.test(text));
	return isActive ? 'peer' : 'target';
}

function koreanSide(wish: Wish, at: number, isEgress: boolean): Side {
	const behind = wish.text
		.slice(indexOfWord(wish, at) + (wish.words[at]?.raw.length ?? 0))
		.replace(/^["'`]/, '')
		.replace(/^ ?네임 ?스페이스(?:의|에 ?있는| ?안의| ?내의?)? ?(?:모든|전체|전부)? ?(?=파드)/, ' ');
	const tail =
		/^ ?(?:파드|네임 ?스페이스|디플로이먼트|서비스|쪽)?(?:들)?(에서만|에서|에게서|로부터|만|이나|과|와|랑|및|,|로만|으로만|로|으로|에만|에|은|는|이|가|의|을|를)/.exec(
			behind,
		)?.[1];
	if (tail === undefined) return 'target';
	if (/^(?:에서|에서만|에게서|로부터)$/.test(tail)) return isEgress ? 'target' : 'peer';
	if (/^(?:만|이나)$/.test(tail)) return 'peer';
	if (/^(?:과|와|랑|및|,)$/.test(tail)) return nextSide(wish, at, isEgress);
	if (/^(?:로만|으로만|로|으로|에만|에)$/.test(tail)) return isEgress ? 'peer' : 'target';
	// "web이 api에 접근": the one who does it.
	return /^(?:이|가)$/.test(tail) && !isEgress && /접근|접속|호출|연결/.test(behind) ? 'peer' : 'target';
}

/** In a list the last word says for all. */
function nextSide(wish: Wish, at: number, isEgress: boolean): Side {
	const next = wish.words.findIndex(({raw}, index) => index > at && /^[a-z0-9][a-z0-9-]*$/.test(raw));
	return next < 0 ? 'peer' : koreanSide(wish, next, isEgress);
}

export const sideOf = (wish: Wish, at: number, isEgress: boolean): Side =>
	wish.language === 'ko' ? koreanSide(wish, at, isEgress) : englishSide(wish, at, isEgress);

const egressWord = /\b(?:egress|outgoing|outbound|out-going|leave|leaving|going out)\b|나가[는고거]|아웃바운드|이그레스|외부로|송신/i;
const talksOnly =
	/\bnothing (?:in|of|inside|from) [\w-]+ (?:may|can|should|must) (?:\w+ )?(?:open|make|talk|connect|reach|send)|\b(?:open|make|initiate|start) (?:new |any )?connections? only to\b|\b(?:connections?|traffic) (?:only )?(?:out )?to (?:the )?(?:outside|anywhere|internet)\b|\btalk to the outside\b|\b(?:may|can|should|must|shall) only (?:talk|speak|connect|send|reach|call|access)|only (?:be able|allowed) to (?:talk|connect|reach)|\b(?:talk|speak|connect|send) only to\b|(?:으로|로)만 ?(?:나가|통신|접속|연결)/i;
const ingressWord = /\b(?:ingress|incoming|inbound|in-coming|coming in)\b|들어오[는고거]|인바운드|수신/i;

/** Which directions a policy is about. Incoming where nothing is said; a denial of all traffic is about both. */
export function directionsIn({text}: Wish): {readonly ingress: boolean; readonly egress: boolean} {
	// What is said to be left alone is none of it: "들어오는 쪽은 건드리지 말고".
	const plain = text.replaceAll(
		/(?:들어오는|인바운드|나가는|아웃바운드)[^.,]{0,12}(?:건드리지|그대로|상관)|(?:leave|without touching|do(?:n't| not) touch)[^.,]{0,12}(?:incoming|inbound|ingress|outgoing|outbound|egress)[^.,]*/gi,
		' ',
	);
	const egress = egressWord.test(plain) || talksOnly.test(plain);
	const ingress = ingressWord.test(plain);
	if (egress || ingress) return {egress, ingress};
	const all = /\b(?:all|any) traffic\b|모든 ?(?:트래픽|통신)|isolate|격리/i.test(plain);
	return all && deniesAll(plain) ? {egress: true, ingress: true} : {egress: false, ingress: true};
}

export const deniesAll = (text: string) =>
	/\bnothing\b.{0,60}\b(?:may|can|should|must|is allowed to|shall|gets?|goes?|in\b.{0,20}\bout)\b|\bno (?:traffic|connections?|ingress|egress|one|body|packets?)\b.{0,30}\b(?:in|out|may|can|should|allowed|leaves?|enters?|gets?)\b|\bseal (?:it |them )?off\b|\bcut off\b|\block(?:ed)? ?down\b|\b(?:den(?:y|ies)|block|drop|forbid|reject|refuse)\b.{0,30}\b(?:all|any|every|everything|incoming|inbound|ingress|outgoing|egress|traffic)\b|default[- ]deny|deny[- ]all|\bisolate\b|(?:모든|모두|전부|전체|기본).{0,24}(?:차단|막|거부|deny)|(?:트래픽|통신).{0,12}(?:차단|막|거부)|격리/i.test(
		text,
	);
