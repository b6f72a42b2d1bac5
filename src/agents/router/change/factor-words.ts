const number = String.raw`(\d+(?:\.\d+)?)`;
const less =
	/\b(?:down|reduc\w*|decreas\w*|fewer|less|lower\w*|shrink\w*|cut\w*|drop\w*|trim\w*|shav\w*|los(?:e|es|ing)|shed\w*|spar(?:e|es|ed)|slim\w*|giv(?:e|es|ing) (?:up|back|away)|too many|(?:take|takes|taking|knock|knocks|pull)\b.*\b(?:off|away|out))\b|줄[여이인일]|내[려리릴]|낮[춰추출]|감소|축소|감축/;

/** Whether a text speaks of less, not more. */
export const isLess = (text: string) => less.test(text);

const fractions: {readonly [word: string]: number} = {
	half: 1 / 2,
	third: 1 / 3,
	quarter: 1 / 4,
	fourth: 1 / 4,
	fifth: 1 / 5,
	tenth: 1 / 10,
};

type Row = readonly [pattern: RegExp, factor: (value: number, text: string) => number | undefined];

/** `50% of its pods` is what stays, what goes or what comes, as the verb says. */
function part(share: number, text: string): number | undefined {
	if (isLess(text)) return 1 - share;
	if (/\b(?:add|more|extra|additional|increase|raise|grow|plus)\b/.test(text)) return 1 + share;
	return /\b(?:keep|leave|only|just|with|run|to|at|have|suffices?|enough|do)\b/.test(text) ? share : undefined;
}

const by = (share: number, text: string) => (isLess(text) ? 1 - share : 1 + share);

/** First match wins: a multiple that is stated ("to 150 %") comes before one that is added ("by 50 %"). */
const rows: readonly Row[] = [
	[new RegExp(`(?:\\bto|=) ${number} ?(?:%|percent\\b)`), value => value / 100],
	[new RegExp(`${number} ?(?:%|퍼센트|프로)(?:로|까지|수준)`), value => value / 100],
	[
		new RegExp(`${number} ?% of (?:the |its |their |our |all )*(?:[\\w-]+ )?(?:pods?|replicas?|instances?|copies)\\b`),
		(value, text) => part(value / 100, text),
	],
	[new RegExp(`${number} ?(?:%|percent\\b|퍼센트|프로)`), (value, text) => by(value / 100, text)],
	[/\bhalf again\b|절반 ?더|반 ?더/, () => 1.5],
	[/\b(half|third|quarter|fourth|fifth|tenth) (?:again )?(?:as )?(?:more|many more|extra)\b/, value => 1 + value],
	[/\b(half|third|quarter|fourth|fifth|tenth) (?:fewer|less)\b/, value => 1 - value],
	[/\b(half|third|quarter|fourth|fifth|tenth) off\b/, value => 1 - value],
	[/\b(half|third|quarter|fourth|fifth|tenth) of (?:the |its |their |our |all )*(?:[\w-]+ )?(?:pods?|replicas?|instances?|copies)\b/, part],
	[/\b(half|third|quarter|fourth|fifth|tenth) of (?:them|those|these)\b/, part],
	[/\bby (?:a |an |1 )?half\b/, (_, text) => by(0.5, text)],
	[/\bby (?:a |an |1 )?(third|quarter|fourth|fifth|tenth)\b/, (value, text) => by(value, text)],
	[/\b(?:doubl(?:e|es|ed|ing)|twice)\b/, () => 2],
	[/\b(?:tripl(?:e|es|ed|ing)|thrice)\b/, () => 3],
	[/\bquadrupl(?:e|es|ed|ing)\b/, () => 4],
	[/\bhalv(?:e|es|ed|ing)\b|\bhalf\b(?! an? (?:core|cpu|gig|dozen))|절반|반으로|반토막/, () => 0.5],
	[new RegExp(`\\b${number} ?(?:times|-?fold)\\b`), value => value],
	[new RegExp(`(?<![\\w.-])(?:x ?${number}|${number} ?x)(?![\\w.])`), value => value],
	[new RegExp(`\\bfactor of ${number}`), value => value],
	[/(\d+ ?분의 ?\d+)(?: ?(?:수준|정도|규모|까지))*(?:으로|로|만 ?(?:남|두|놔))/, parts => parts],
	[/\b(half|third|quarter) of (?:what|the (?:size|number|count|fleet)|its (?:current|present))\b/, part => part],
	[/(\d+ ?분의 ?\d+)(?:만큼|을|를|정도)? ?(?:더 )?(?:줄|늘|감소|증가)/, (parts, text) => by(parts, text)],
	// `1.8.0 배포`
	[new RegExp(`(?<![\\w.-])${number} ?배(?![포치정])`), value => value],
];

/** The multiple of what there is that a text speaks of: `double`, `by 50%`, `to half`, `1.5배`, `30% 줄여`. Undefined where it speaks of none. */
export function factorIn(text: string): number | undefined {
	for (const [pattern, factor] of rows) {
		const match = pattern.exec(text);
		if (match === null) continue;
		const said = match.slice(1).find(group => group !== undefined) ?? '';
		const [, whole, part] = /^(\d+) ?분의 ?(\d+)$/.exec(said) ?? [];
		return factor(whole === undefined ? (fractions[said] ?? Number(said)) : Number(part) / Number(whole), text);
	}
	return undefined;
}
