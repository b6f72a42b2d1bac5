import type {Clause, Word} from '../clause.ts';
import {type KindMention, kindsIn} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {plainWords} from '../names/plain-words.ts';
import {amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {compoundWord} from '../words/compound-word.ts';
import {isImperative} from '../words/mood/imperatives.ts';
import {mayOrder} from '../words/mood/mood-of.ts';
import {isNearly} from '../words/nearly.ts';
import {numberOf} from '../words/number-words.ts';
import {isVersion} from '../words/values.ts';
import type {World} from '../world.ts';
import {isBackground} from './background.ts';
import {namedKinds} from './ordered.ts';

/** `Same for billing.`, `…, and so does billing` */
export const sameAgain = /^(?:and )?(?:the )?(?:same|ditto|likewise)\b|\band so (?:do|does|should|must)\b/i;
const sentences = /(?<=[.!?;])\s+|\n+/;

/**
 * A word that stands where a name does, beside a name that is known, and that nothing live is called: `restart web and billing`, `web to 4 and the billing
 * deployment to 2`, `billing은 2개로`. What was planned leaves it out.
 */
export async function strangerIn(text: string, planned: string, world: World): Promise<string | undefined> {
	const live = (await Promise.all([...namedKinds, 'Namespace', 'Pod'].map(kind => world.objects(kind)))).flat();
	const known = live.map(object => JSON.stringify(object)).join('\n');
	const isKnown = (word: string) =>
		whole(word).test(planned) || whole(word).test(known) || live.some(({metadata}) => isNearly(word, metadata.name));
	for (const sentence of text.split(sentences)) {
		if ((!mayOrder(sentence) || isBackground(sentence)) && !sameAgain.test(sentence)) continue;
		const clause = clauseOf(sentence);
		const {mentions} = await mentionsIn(clause, world, namedKinds);
		const places = new Set(mentions.flatMap(({first, last}) => [first, last]));
		const found = placesOfNames(clause, places).find(({raw}) => !isKnown(raw));
		if (found !== undefined) return found.raw;
	}
	return undefined;
}

const whole = (word: string) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`);

/** The words that are written like a name, and stand as one. */
function placesOfNames(clause: Clause, named: ReadonlySet<number>): readonly Word[] {
	const kinds = kindsIn(clause);
	const amounts = new Set(amountsIn(clause).map(({first}) => first));
	const isValue = (at: number) => amounts.has(at) || [clause.words[at]].some(word => word !== undefined && isVersion(word));
	return clause.words.filter(
		(word, at) =>
			mayName(word) &&
			!named.has(at) &&
			!kinds.some(({first, last}) => at >= first && at <= last) &&
			(clause.language === 'ko'
				? isTopic(word, clause.text)
				: isListed(clause, at, named, isValue) || isOfKind(clause, at, kinds, isValue)),
	);
}

const mayName = ({raw, quoted}: Word) =>
	!quoted &&
	/^[a-z][a-z0-9]+(?:-[a-z0-9]+)*$/.test(raw) &&
	raw.length > 2 &&
	!plainWords.has(raw) &&
	!grammar.test(raw) &&
	!technical.test(raw) &&
	!compoundWord.test(raw) &&
	!isImperative(raw) &&
	numberOf(raw) === undefined;

const grammar =
	/^(?:and|but|for|nor|not|yet|pair|duo|trio|couple|bunch|lot|the|its|our|his|her|you|who|how|why|all|any|one|own|too|now|per|via|off|out|plus|versus|whichever|whatever|whoever|however|neither|either|others?|rest|things?|stuff|ones|respectively|accordingly|instead|likewise|ditto|otherwise|though|although|unless|except|minus|till|until|whereas|within|without|upon|onto|into|during|despite|are|was|has|had|may|can|will|won't|don't|doesn't|say|said|thanks|thank|please|okay|hey|done|fine|gone|fewer|objects?|itself|apiece|available|unavailable|ready|running|pending|failed|successful|idle|spare|concurrent|parallel|nobody|nothing|nowhere|none|everybody|everyone|everything|somebody|someone|something|anybody|anyone|anything|report|tell|show|check|verify|confirm|watch|see|look|test|search|tonight|today|tomorrow|yesterday|afterwards?|afterward|later|soon|sooner|again|already|itself|themselves|himself|herself|yourself|ourselves|together|meanwhile|beforehand|right|away|bound|tied|given|kept|held|built|sent|made|meant|run|ran)$/;

/** What Korean sentences write in Latin letters beside names. */
const technical =
	/^(?:liveness|readiness|startup|probes?|health(?:check)?|envs?|cpu|ram|gpu|http|https|tcp|udp|grpc|api|url|path|selector|annotations?|tolerations?|taints?|min|max|target|readonly|true|false|yes|json|yaml|cron|timeout|period|delay|kubectl|helm|prod|production|dev|test|backend|frontend|tier|team|owner|app|track|blue|green|canary|stable|pods?|replicas?|ssd|hdd|raw|accounts?)$/;

/** `billing은`, `billing도`, `billing 재시작` */
const isTopic = ({raw}: Word, text: string) =>
	new RegExp(
		`(?<![\\w-])${raw}(?:은|는|도|랑|이랑|와|과|하고|을|를|만|이|가)(?=[\\s.,!]|$)|(?<![\\w-])${raw} (?:재시작|재기동|삭제|롤백|스케일|\\d+(?:개|대)로)`,
	).test(text);

const joint = /^(?:and|&|\+|plus|then|with)$/;
const verbal = /^(?:off|out|up|down|back|away|over|the|an?|it|them|me|us|my|our|that|this|everyone|everybody)$/;
/** What is done to an object that is there. */
const deed = /^(?:restart|reboot|bounce|scale|delete|remove|cordon|uncordon|drain|suspend|resume|unsuspend|pause)$/;
const ends = /^(?:to|in|on|at|from|by|for|and|please|now)$/;
/** `web and so does billing`, `same for billing` */
const alike = /^(?:so (?:does|do|should|must|is|has)|(?:same|likewise|ditto)(?: thing)? (?:for|with|to|on|goes for))$/;
const stands =
	/^(?:stays?|remains?|keeps?|lives?|survives?|continues?|works?|runs?|waits?|needs?|gets?|goes|should|must|may|can|has|have|is|are|that|which|called|named|itself|too|there|here|as|so|if|or|nor|but|only|not|alone|untouched|unchanged)$/;

/** `web and billing`, `web to 4 and billing to 2`, `web, and so does billing`. */
function isListed({words}: Clause, at: number, named: ReadonlySet<number>, isValue: (at: number) => boolean): boolean {
	const textAt = (index: number) => words[index]?.text ?? '';
	const begin = /^(?:the|our|its|both)$/.test(textAt(at - 1)) ? at - 1 : at;
	if (
		[2, 3, 4].some(back =>
			alike.test(
				words
					.slice(Math.max(0, begin - back), begin)
					.map(({text}) => text)
					.join(' '),
			),
		)
	)
		return true;
	if ((joint.test(textAt(at + 1)) && named.has(at + 2)) || (words[at]?.stop === ',' && named.has(at + 1)))
		return begin === 0 || isImperative(textAt(begin - 1));
	if (deed.test(textAt(begin - 1)) && (words[at]?.stop !== undefined || words.length === at + 1 || ends.test(textAt(at + 1)))) return true;
	// `and seal off pier-1`, `and ping the team`
	if (verbal.test(textAt(at + 1))) return false;
	const isAnd = joint.test(textAt(begin - 1));
	const before = isAnd ? begin - 2 : words[begin - 1]?.stop === ',' ? begin - 1 : undefined;
	if (before === undefined || before < 0) return false;
	// `service web, share 40%` lists nothing.
	if (named.has(before))
		return isAnd || words[at]?.stop !== undefined || at + 1 === words.length || /^(?:and|plus|to|at)$/.test(textAt(at + 1));
	return /^(?:to|at)$/.test(textAt(at + 1)) && isValue(at + 2) && (isAnd || !/(?:ing|ed|ly)$/.test(textAt(at)));
}

/** `the billing deployment to 2`, `and the config map banner` */
const isOfKind = ({words}: Clause, at: number, kinds: readonly KindMention[], isValue: (at: number) => boolean): boolean =>
	kinds.some(
		({first, last, plural}) =>
			(first === at + 1 && /^(?:to|at)$/.test(words[last + 1]?.text ?? '') && isValue(last + 2)) ||
			(last === at - 1 && !plural && !stands.test(words[at]?.text ?? '') && (words[at + 1] === undefined || words[at]?.stop !== undefined)),
	);
