import type {Clause, Word} from '../../clause.ts';
import {amountsIn} from '../../words/amounts.ts';
import {fractionOf, numberOf} from '../../words/number-words.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {imagesIn, versionsIn} from '../../words/values.ts';

/** `try 1.8 on a third of the traffic`, `next to the current one`. */
const besides =
	/\b(?:try|test|trial|pilot|experiment)\b.*\b(?:traffic|requests|users|pods)\b|\b(?:traffic|requests|users)\b.*\b(?:next to|beside|alongside|in parallel)\b|(?:트래픽|요청|사용자).*(?:시험|테스트|시도|태워)/i;
/** Whose share a new version gets. */
const audience = /\b(?:traffic|requests?|users?|visitors?|customers?|calls?)\b|트래픽|요청|사용자|방문자|고객|유저/i;
/** A share by which something grows is none of the traffic. */
const grows = /\bby (?:a |an )?(?:\d|half|third|quarter|fifth)|(?:메모리|cpu|memory|cpus?|limits?|requests?:)/i;
/** Where a Deployment of its own stands. */
const apart =
	/\b(?:next to|beside|besides|alongside|side by side|in parallel|in addition to|on top of|behind (?:the |that |its )?(?:same )?service|of its own|its own deployment|own deployment|separate(?:ly)?|second deployment|additional deployment|extra deployment|another deployment)\b|따로|별도|옆에|나란히|추가로|별개|병행/i;

/** Only Deployments have canaries: pods of a set start in parallel, and jobs run so. */
const others =
	/\b(?:stateful ?sets?|daemon ?sets?|cron ?jobs?|jobs?)\b|스테이트풀 ?셋|데몬 ?셋|크론 ?잡|(?<![가-힣])잡(?=[을를은는이 ]|$)/i;

/** Whether a clause asks for a canary: by its word, or by a version that gets a share of the traffic in a Deployment of its own. */
export const speaksOfCanary = (clause: Clause) =>
	spoken(clause, 'canary 카나리 카나리아') ||
	clause.words.some(({text}) => /^[a-z0-9-]+-canary$/.test(text)) ||
	((versionsIn(clause).length > 0 || imagesIn(clause).length > 0) && getsShare(clause));

function getsShare(clause: Clause): boolean {
	const {text} = clause;
	if (others.test(text)) return false;
	if (shareIn(clause) === undefined) return apart.test(text) && canaryPods(clause) !== undefined;
	return besides.test(text) || apart.test(text) || (audience.test(text) && !grows.test(text));
}

/** The share of the traffic, 0 to 1 and neither of both: `25%`, `a fifth`, `3분의 1`, `one in ten`. */
export function shareIn(clause: Clause): number | undefined {
	const inWords =
		/\b(?:one|1) (?:(?:request|user|visitor|call|pod|customer)s? )?(?:in|out of)(?: every)? (?:(\d+)|(two|three|four|five|ten))\b/i.exec(
			clause.text,
		);
	const named: {readonly [word: string]: number} = {two: 2, three: 3, four: 4, five: 5, ten: 10};
	if (inWords !== null) return 1 / Number(inWords[1] ?? named[inWords[2]?.toLowerCase() ?? '']);
	const ofPods =
		/\b(\d+|one|two|three|four) (?:of|out of|in) (?:the |all |every )?(?:\w+ )?(\d+|two|three|four|five|six|seven|eight|nine|ten) (?:pods|replicas|requests|users|visitors|calls)\b/i.exec(
			clause.text,
		);
	const [part, all] = [ofPods?.[1], ofPods?.[2]].map(text => numberOf((text ?? '').toLowerCase()));
	if (part !== undefined && all !== undefined && part < all) return part / all;
	const among = /(\d+)(?:개|명|건|번) ?중(?:에서?|의)? ?(?:(\d+)|(한|하나|두|둘))/.exec(clause.text);
	if (among !== null) return (among[2] === undefined ? (/두|둘/.test(among[3] ?? '') ? 2 : 1) : Number(among[2])) / Number(among[1]);
	const every = /\bevery (third|fourth|fifth|sixth|tenth|twentieth) (?:request|user|visitor|call|customer)\b/i.exec(clause.text)?.[1];
	if (every !== undefined) return fractionOf(every.toLowerCase());
	if (
		/\bfifty[- ]fifty\b|(?<!\d)50 ?[:/-] ?50(?!\d)|\beven(?:ly)? split\b|\bsplit(?:s)? (?:\S+ ){0,4}(?:evenly|equally|in half)\b|\bhalf and half\b|반반|절반씩/i.test(
			clause.text,
		)
	)
		return 0.5;
	for (const amount of amountsIn(clause)) {
		const share = amount.kind === 'percent' ? amount.value / 100 : amount.kind === 'share' ? amount.value : undefined;
		if (share !== undefined && share > 0 && share < 1) return share;
	}
	return undefined;
}

const nameForm = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const isName = (word: Word | undefined): word is Word => word !== undefined && nameForm.test(word.text) && /[a-z]/.test(word.text);

/** `called X`, `name it X`, `X라는`. */
function told({words, text}: Clause): string | undefined {
	const at = words.findIndex(
		(word, index) =>
			isWord(word, 'called') ||
			isWord(word, 'named') ||
			((isWord(word, 'name') || isWord(word, 'call')) && isWord(words[index + 1], 'it')) ||
			(isWord(word, 'name') && (isWord(words[index + 1], 'be') || words[index]?.stop === ':')),
	);
	const behind = words.slice(at === -1 ? words.length : at + 1).find(word => isName(word) && !/^(?:it|is|be)$/.test(word.text));
	const named = /([a-z0-9][a-z0-9-]*)(?:이)?(?:라는|라고|란)\s/.exec(text)?.[1] ?? /이름은\s+['"`]?([a-z0-9][a-z0-9-]*)/.exec(text)?.[1];
	return behind?.text ?? named;
}

/** `deployment X`, `X 디플로이먼트`: a name beside the kind that no object has. */
function besideKind({words}: Clause, taken: ReadonlySet<string>): string | undefined {
	return words
		.flatMap((word, at) => (isWord(word, 'deployment') || isWord(word, '디플로이먼트') ? [words[at + 1], words[at - 1]] : []))
		.find(word => isName(word) && !taken.has(word.text) && !common.test(word.text) && !isWord(word, 'canary'))?.text;
}

const common =
	/^(?:the|a|an|own|its|new|second|separate|extra|additional|another|this|that|of|in|with|for|to|and|on|at|next|beside|which|as|separately|it|is|behind|image|tag)$/;

/**
 * The name that the canary is given: behind "name it" or "called", a word that ends in `-canary`, or a new name beside the kind.
 * @param taken names that exist, which are no names of something new
 */
export const canaryName = (clause: Clause, taken: ReadonlySet<string>, stable = ''): string | undefined =>
	told(clause) ??
	clause.words.find(({text}) => /-canary$/.test(text) && nameForm.test(text))?.text ??
	besideKind(clause, taken) ??
	clause.words.find(({text}) => stable !== '' && text.startsWith(`${stable}-`) && nameForm.test(text) && !taken.has(text))?.text;

/** `one pod of it`, `with 2 canary pods`: the size in pods, where no share is said. Pods that run already are none. */
export function canaryPods({text}: Clause): number | undefined {
	const found =
		/(?<!\b(?:the|those|these|its|our|current|existing|stable|all|of)\s)\b(\d+|a single|one|an?|two|three|four|five) (?:canary |extra |new |additional |single )?(?:pods?|replicas?|instances?|copies|copy)\b(?! (?:we|that|of today|now|are|stay|which))/i.exec(
			text,
		)?.[1] ??
		/(?<!기존\s|지금\s|현재\s|있는\s)(\d+|한|두|세|네)\s?(?:개|대)(?:짜리|만|로|의)?\s?(?:파드|레플리카|카나리|띄|로\s)/.exec(text)?.[1] ??
		/(?:파드|레플리카|카나리(?:는|를)?)\s?(\d+|한|두|세|네)\s?(?:개|대)/.exec(text)?.[1];
	return found === undefined ? undefined : (numberOf(found.toLowerCase()) ?? (/^(?:a|an|a single)$/i.test(found) ? 1 : undefined));
}
