import {fromVerb, withoutManners} from './english-openings.ts';
import {
	aroundDeed,
	asking,
	forbidding,
	grants,
	hesitating,
	isTerse,
	partMood,
	pleadsFor,
	reporting,
	telling,
	weighing,
	wish,
} from './english-part.ts';
import {isInformation} from './english-telling.ts';
import {beginsWithVerb} from './imperatives.ts';
import type {Mood} from './mood.ts';
import {isPassivePlea} from './passive-plea.ts';
import {politeMood} from './polite-mood.ts';
import {wishesForThing} from './wished-thing.ts';

const joints =
	/[,;:]\s+|\s+\/\s+|(?<!\b(?:you|u|we|i|can|could|would|will|and|to|just))\s+(?=please\b)|\s+[-–—]+\s+|\s+(?:and|but|so|then|plus|therefore)\s+|\s+(?=(?:because|since)\s)|\(|\)/;

const predicate =
	/^(?:is|are|was|were|has|had|have(?= (?:been|had|no|not|never|more|less|fewer|too|grown|gone|become)\b)|does|did|will|keeps|kept|runs|ran|fails|failed|crashes|crashed|looks|seems)\b/;

const partsOf = (plain: string) =>
	plain
		.split(joints)
		.map(part => part.trim())
		.filter(part => part !== '');

/** Whether an English sentence orders by a verb of its own or politely, not only by saying how something is to be. */
export const ordersInEnglish = (sentence: string): boolean =>
	partsOf(withoutManners(sentence.toLowerCase())).some(part => {
		const rest = fromVerb(part);
		return !forbidding.test(rest) && (beginsWithVerb(rest) || politeMood(rest) === 'order' || pleadsFor(part));
	});

/** `cart (the statefulset) has to …`: which one, in brackets. */
const aside = /\s*\((?:the\s+)?[a-z][\w-]*(?:\s[a-z][\w-]*){0,3}\)(?=\s)/g;

/** `names: everybody with rights, of both namespaces`: more of the part before. */
const goesOn = /^(?:with|of|across|among) (?!.*\b(?:set|to)\b)(?:[\w-]+ )*(?:rights|permissions|access|roles?) on\b/;

/** `the replicas of web and cart together`: added up, which is to be told. */
const sums =
	/^(?:the )?(?:total|combined|overall|aggregate) (?:amount of )?(?:\w+ )?(?:memory|cpu|storage|replicas?|pods|requests?|limits?|number)\b|\b(?:(?<!\b(?:restart|scale|put|keep) (?:\S+ ){0,3})together|altogether|combined|in total|in all|added up|summed up)$/;

/** `somebody took it back to 4, which is too low`: said of what is told. */
const isAppended = (part: string, before: string) => /^(?:which|who|whose)\b/.test(part) && telling.test(before) && !asking.test(before);

/** The mood of one English sentence. */
export function englishMood(sentence: string): Mood {
	const plain = withoutManners(
		sentence
			.toLowerCase()
			.replace(aside, '')
			.replace(/[.!…\s]+$/, ''),
	);
	if (wishesForThing(withoutManners(plain))) return 'order';
	if (wishes.test(plain) || mayBe.test(plain)) return 'order';
	const parts = partsOf(plain);
	if (plain.endsWith('?')) return askedMood(plain, parts);
	if (sums.test(plain) && !/(?:^|\s)\d/.test(plain) && !ordersInEnglish(plain) && !parts.some(part => wish.test(part))) return 'question';
	// `kafka-2, the third broker, has the busiest disk`: what stands before the verb is what is spoken of.
	const subjectEnds = parts.findLastIndex((part, at) => at > 0 && predicate.test(part));
	const moods = parts.map(
		(part, at): Mood =>
			(at < subjectEnds && !beginsWithVerb(fromVerb(part))) ||
			(at > 0 && (goesOn.test(part) || isAppended(part, parts.slice(0, at).join(' '))))
				? 'told'
				: partMood(at === subjectEnds ? `_ ${part}` : part),
	);
	const [first = 'unclear'] = moods;
	if (first === 'weighed' || (first === 'question' && asking.test(plain))) return first;
	// What stands behind `the docs say:` is somebody else's.
	const reported = parts.findIndex((part, at) => moods[at] !== 'order' && reporting.test(part));
	const own = reported === -1 ? moods : moods.filter((_, at) => at < reported || (pleadsFor(parts[at] ?? '') && !plain.includes(':')));
	const isAsked = own.includes('question');
	const asksOutright = parts.some((part, at) => moods[at] === 'question' && !isInformation(fromVerb(part)));
	// `kafka's claims together, how much is that`: what only looks like a wish belongs to the question.
	const isOfQuestion = (part: string) =>
		asksOutright
			? isTerse(fromVerb(part)) &&
				!/^(?:an?|one|another|new) /.test(part) &&
				!/\d|=|->/.test(part) &&
				!ordersInEnglish(part) &&
				!grants.test(part)
			: isAsked && part === 'please';
	if (own.includes('order') && parts.some((part, at) => moods[at] === 'order' && !isOfQuestion(part))) return 'order';
	return isAsked && (first === 'told' || first === 'order') ? 'question' : first;
}

/** `restart web, please?`, `…, ok?`: an order by its manners. */
const tag = /\b(?:please|pls|plz|ok|okay|thanks|will you|would you|could you|can you|for me|yes)\s*\?+$/;

/** `can web get 4?`: a wish, whatever its mark. */
const wishes =
	/^(?:can|could|may|might) (?!you\b|i\b|we\b|it\b|they\b)(?:[\w.-]+ ){1,3}(?:please )?(?:get|have|be given|go (?:up |down )?to|run on|use) (?:(?:an?|its own|their own) (?:second|third|extra|(?:[\w-]+ ){0,3}(?:deployment|stateful ?set|daemon ?set|pod|cron ?job|job|service|ingress|config ?map|secret|namespace|claim|pvc|hpa|autoscaler|pdb|budget|quota|role|policy)\b)|another|one|two|three|four|five|six|seven|eight|nine|ten|more|\d)/;

/** `could the disk be twice as large?`, `can web be raised to 5 pods?` */
const mayBe =
	/^(?:can|could|may|might) (?!you\b|i\b|we\b|it\b|they\b)(?:[\w.-]+ ){1,5}(?:please )?(?:(?:run|use|pull|serve|take|request|reserve|listen on|point at|go to|be on) \S*[\d=]\S*|be (?:twice|double|half|(?:made|grown|extended|expanded|enlarged|raised|increased|resized|bumped|scaled|set|moved|given|brought|cut|lowered|reduced|upgraded|updated|changed|switched|put) .*\d|[\d.]+ ?[kmgt]i?b?\b))/;

/** `any chance web gets 4?` */
const chance = /^(?:is there )?(?:any |a )?chance (?:that |of |for )?(?!you\b|u\b|we\b|i\b)(.+?)\??$/;

function askedMood(plain: string, parts: readonly string[]): Mood {
	if (wishes.test(plain) || mayBe.test(plain) || isPassivePlea(plain)) return 'order';
	const asked = parts.map(part => politeMood(fromVerb(part))).find(mood => mood === 'order' || mood === 'weighed');
	if (asked !== undefined && !/^(?:if|what|why|who|how(?! about)|when|should|shall)\b/.test(plain)) return asked;
	const [, hoped] = chance.exec(plain) ?? [];
	if (hoped !== undefined && (wish.test(hoped) || isTerse(hoped)) && !/\b(?:needs?|will|would|was|were|has|had)\b/.test(hoped))
		return 'order';
	const orders = parts.some(part => beginsWithVerb(fromVerb(part)));
	if (tag.test(plain) && orders) return 'order';
	return orders || hesitating.test(plain) || [plain, ...parts].some(part => weighing.test(part) || aroundDeed.test(part))
		? 'weighed'
		: 'question';
}
