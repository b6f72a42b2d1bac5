import {withoutLeisure, withoutManners} from './english-openings.ts';
import {asksToHand, isTelling} from './english-telling.ts';
import {beginsWithGerund, beginsWithLook, beginsWithPast, beginsWithVerb} from './imperatives.ts';
import type {Mood} from './mood.ts';

/** Before an order that is asked for: `could you`, `I need you to`, `let's`, `my lead asked me to`. */
const frames: readonly RegExp[] = [
	/^(?:can|could|would|will|may|might|won't|can't|couldn't|wouldn't)\s+(?:you|u|ya|someone|somebody|anyone|anybody|one of you|we|i)\s+(?:(?:all|guys|please|pls|plz|kindly|also|just|maybe|perhaps|possibly|quickly|then|now|help me(?: to)?|try to|go ahead and|be so kind (?:as to|and)|manage to|get to|ask you to|ask to)\s+)*/,
	/^(?:would|could|might) it (?:(?:perhaps|maybe|please) )?be (?:possible|ok|okay|feasible|alright) (?:for you |to ask you )?to\s+/,
	/^(?:is|would) it (?:be )?possible for you to\s+/,
	/^(?:would|do) you mind\s+|^how about (?:you )?/,
	/^(?:is there )?(?:any |a )?chance (?:that )?(?:you|u|we) (?:could|can|might)\s+/,
	/^(?:i was|i'm|i am|was|we were|just)\s+(?:just )?(?:wondering|curious|hoping|asking) (?:if|whether|that) (?:you|u|we|someone) (?:could|can|would|might)(?: be able to)?\s+/,
	/^i wonder (?:if|whether) you (?:could|can|would|might)\s+/,
	/^(?:i'd|i would|we'd|we would|i'll|we'll)\s+(?:(?:really|much|greatly) )*(?:appreciate it|be (?:grateful|thankful|happy|glad|obliged|delighted)|love it|like it) if (?:you|we) (?:could|can|would)?\s*/,
	/^(?:it|that)(?:'d| would)(?: really)? (?:be|help)\b.{0,24}? if (?:you|we|someone) (?:could|can|would|might)?\s*/,
	/^(?:do you think|think) (?:that )?you (?:could|can)\s+/,
	/^(?:i|we)(?:'d| would| do)?(?: really| just| kindly| now| only| also| urgently)* (?:need|want|wanna|like|love|prefer|have|got|wish|ask|gotta)(?: for)?(?: you| someone| mkcoa)? ?(?:to|you to)? (?:please |just |also |now )*/,
	/^(?:you|we)(?:'ll| will)? (?:need|have|ought|are|got) to\s+/,
	/^(?:you (?:should|must|can|may)|we (?:should|must|can))(?: now| just| please| also| then)*\s+/,
	/^(?:let's|lets|let us)\s+(?:(?:please|just|also|now|quickly|go ahead and|try to)\s+)*/,
	/^(?:it's|it is|its)?\s*(?:high |about )?time (?:to|for you to|we)\s+/,
	/^(?:my|our|the) (?:lead|boss|manager|team|tech lead|team lead|po|product owner|cto|director|supervisor|head|customer|client|oncall|on-call|security team|finance)(?: \w+)? (?:just |has |have )?(?:asked|asks|told|tells|wants|wanted|needs|needed|instructed|requested)(?: that)?(?: me| us| you)?(?: to)?\s+/,
	/^(?:i've|i have|we've|we have|i was|we were|i'm|we're) been (?:asked|told|instructed) to\s+/,
	/^(?:i was|we were|i'm|we're|i am|we are) (?:asked|told|instructed|supposed|required) to\s+/,
	/^(?:the )?(?:task|job|request|order|plan|goal|idea) (?:is|for today is|now is) to\s+/,
	/^(?:i'm|i am|we're|we are|just) (?:asking|requesting) (?:you )?to\s+/,
];

/** `can I delete charts?`: the one who asks is not sure that it may be done. */
const ofOneself = /^(?:can|could|may|might)\s+(?:i|we)\b/;
const costs =
	/^(?:delete|remove|drop|drain|kill|erase|purge|wipe|destroy|evict|restart|reboot|bounce|stop|shut|roll|revert|undo|nuke|scale|safely)\b/;

/** `I need two namespaces`: a thing is wished for, not a deed. */
const wishes = /^(?:i|we)\b.*\b(?:need|want|like|love|have|prefer)\b/;
const isThing = (rest: string) =>
	rest !== '' &&
	!/^(?:to|not|no longer|been|it done|that|if|when|why|what|how|whether|advice|help|opinion|your|you|some (?:advice|help)|more (?:info\w*|time))\b/.test(
		rest,
	);

function frameOf(part: string): string {
	const found = frames.map(pattern => pattern.exec(part)?.[0] ?? '');
	return found.reduce((longest, one) => (one.length > longest.length ? one : longest), '');
}

const long = /\b(?:wondering|chance|possible|appreciate|go ahead)\b/;

/** `could we get a namespace lab?`: what is made; logs and lists of it are shown. */
const hands =
	/^(?:so |hey |hi |hello )?,?\s*(?:could|can|may|might) (?:we|i) (?:please |maybe |perhaps |also )?(?:get|have) (?=(?:an?|another|one|two|three) (?:new |second |small |extra )?(?:namespace|config ?map|secret|pod|deployment|stateful ?set|daemon ?set|service(?: ?account)?|ingress|quota|resource ?quota|limit ?range|pvc|claim|pdb|hpa|autoscaler|role(?: ?binding)?|network ?policy|cron ?job|job)s?\b(?! (?:logs?|lists?|names?|status|overview|count|events?|details?|yaml|manifest|usage|description)\b))/i;

/** `finance asks that the namespaces a and b both have a label x`: how they should be. */
const asksThat =
	/^(?:(?:[Tt]he |[Oo]ur )?[A-Za-z][\w-]*(?: [a-z]+)? )?(?:asks?|requests?|requires?|insists?|wants?|demands?)(?: of us)? that ([^,;?]+?) (?:both |all |each )?(?:have|has|carry|carries|bear|get)s?\b/;

/** `I was wondering if you could restart web?` → `restart web`: an order without the manners that whoever reads on would take for its words. */
export function withoutFrame(sentence: string): string {
	if (hands.test(sentence)) return sentence.replace(hands, 'Create ').replace(/\?\s*$/, '');
	if (asksThat.test(sentence)) return sentence.replace(asksThat, '$1 should have');
	const text = withoutLeisure(sentence);
	const frame = frameOf(text.toLowerCase());
	const rest = text.slice(frame.length);
	const isLong = text !== sentence || long.test(frame);
	return isLong && beginsWithVerb(rest.toLowerCase()) ? rest.replace(/\?\s*$/, '') : sentence;
}

/** What a part asks for politely. Undefined: it has no such manners. */
export function politeMood(part: string): Mood | undefined {
	const frame = frameOf(part);
	if (frame === '') return undefined;
	const rest = withoutManners(part.slice(frame.length));
	if (ofOneself.test(part) && costs.test(rest)) return 'weighed';
	if (beginsWithLook(rest) || /^(?:to )?(?:know|see|hear|learn|understand)\b/.test(rest)) return 'question';
	// `double the size of web` is a deed, whatever the noun.
	const isDeed = /^(?:double|triple|quadruple|halve) /.test(rest);
	if (!isDeed && (asksToHand(rest) || isTelling(rest))) return 'question';
	if (/\bmind\b|^how about/.test(frame) && beginsWithGerund(rest)) return 'order';
	if (beginsWithVerb(rest) || (/\bif\b/.test(frame) && beginsWithPast(rest))) return 'order';
	return wishes.test(frame) && isThing(rest) ? 'order' : undefined;
}
