import {overlaps, type Span, spanOf} from '../limits/marked-text.ts';
import type {Wish} from '../wish.ts';

/** The text with numbers in digits and without what is told elsewhere: `two to eight pods` → `2-8 pods`. */
export function withDigits(wish: Wish, text: string, others: readonly Span[]): string {
	let out = '';
	let done = 0;
	const pieces = wish.amounts
		.flatMap(amount => {
			const span = spanOf(wish, amount);
			if (others.some(other => overlaps(other, span))) return [];
			if (amount.kind === 'number') return [{...span, said: String(amount.value)}];
			if (amount.kind === 'range') return [{...span, said: `${amount.from}-${amount.to}`}];
			// `max 7 cpu 60`: no seven CPUs, or they were told among the metrics.
			return [{...span, said: /^\d+(?=[^\d\s]{0,2} ?v?cpu)/i.exec(text.slice(span.from, span.to))?.[0] ?? ' '}];
		})
		.concat(others.map(span => ({...span, said: ' '})))
		.toSorted((left, right) => left.from - right.from);
	for (const {from, to, said} of pieces) {
		if (from < done) continue;
		out += text.slice(done, from) + said;
		done = to;
	}
	return out + text.slice(done);
}

const number = String.raw`(?<![\w.-])(\d+)(?![\w%]|\.\d)`;
const pods = '(?: ?(?:pods?|replicas?|copies|instances?|개|대|파드))?';
const most = String.raw`\bn?or (?:to )?(?:go |grow |rise )?(?:over|above|beyond|past|more than)\b|\bmax(?:imum)?(?:[ -]?(?:replicas|pods))?\b|\bat (?:the )?(?:very )?most\b|\bno(?:t)? (?:more|higher) than\b|\b(?:never|not)(?: \w+)? (?:more than|above|over|beyond|exceed\w*)\b|\bup to\b|\bupper\b|\bceiling\b|\bhigh\b|\bcap(?:ped)?\b|\btops? out\b|최대|상한|최댓값|맥스`;
const least = String.raw`\bmin(?:imum)?(?:[ -]?(?:replicas|pods))?\b|\bat (?:the )?(?:very )?least\b|\bno(?:t)? (?:fewer|less|lower) than\b|\bnever (?:fewer than|less than|below|under)\b|\bdown to\b|\blower\b|\bfloor\b|\blow\b|최소|하한|최솟값|미니멈`;
const mostBehind = String.raw`(?:at|in|when|while|on|during|under)(?: (?:it is|it's|the|its|things are|full|high|heavy|a))* (?:busy|peak|busiest|rush|load|top|upper|high)\b|max(?:imum|ima)?\b|at (?:the )?most\b|tops\b|or (?:fewer|less)\b|이하|까지|를? ?넘지|상한`;
const leastBehind = String.raw`(?:at|in|when|while|on|during|under)(?: (?:it is|it's|the|its|things are|low|little|a))* (?:quiet|idle|calm|quietest|night|bottom|lower|low)\b|min(?:imum|ima)?\b|at (?:the )?least\b|or more\b|이상|부터|밑으로|하한`;

const firstOf = (text: string, ...patterns: readonly RegExp[]) => {
	const digits = patterns.map(pattern => pattern.exec(text)?.[1]).find(found => found !== undefined);
	return digits === undefined ? undefined : Number(digits);
};

export type Bounds = {readonly min: number | undefined; readonly max: number | undefined};

const range = new RegExp(
	String.raw`(?<![\w.-])(\d+)${pods} ?(?:-|–|~|to|through|up to|until|에서|부터|and|\/|이상)(?: at most| a max(?:imum)? of| up to| 최대)? ?(\d+)(?![\w%]|\.\d)`,
	'i',
);

/** Between how many pods an autoscaler may choose, in a text from `withDigits`. */
export function replicaBounds(text: string): Bounds {
	const gap = String.raw`[^\d,;.]{0,16}`;
	const min = firstOf(
		text,
		new RegExp(`(?:${least})${gap}${number}`, 'i'),
		new RegExp(`${number}${pods}[ ]?(?:as )?(?:a |the )?(?:${leastBehind})`, 'i'),
	);
	const max = firstOf(
		text,
		new RegExp(`(?:${most})${gap}${number}`, 'i'),
		new RegExp(`${number}${pods}[ ]?(?:as )?(?:a |the )?(?:${mostBehind})`, 'i'),
	);
	const [, low, high] = range.exec(text) ?? [];
	if (low !== undefined && high !== undefined && Number(low) <= Number(high) && (min === undefined || max === undefined || min >= max))
		return {min: Number(low), max: Number(high)};
	return {min, max};
}
