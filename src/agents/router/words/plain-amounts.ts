import {koreanNumber, koreanNumberPattern} from './korean-numbers.ts';
import {fractionOf, numberOf} from './number-words.ts';

const ones = 'one|two|three|four|five|six|seven|eight|nine';
const tens = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const number = String.raw`\d+(?:\.\d+)?|(?:${tens})(?:[- ](?:${ones}))?|${ones}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:(?:a|${ones}) )?hundred`;
const fraction = `half|(?:(?:a|one|two|three|four) )?(?:third|quarter|fourth|fifth|sixth|eighth|tenth|twentieth)s?`;
const bytes = String.raw`gig(?:abyte|ibyte)?s?|meg(?:abyte|ibyte)?s?|mebibytes?|gibibytes?|[GMT]i?B?(?![\w-])`;
const cpus = `v?cpus?|cores?`;

const inEnglish = (text: string): number => {
	const plain = text.trim().toLowerCase();
	if (/hundred$/.test(plain)) return 100 * (numberOf(plain.split(' ')[0] ?? '') ?? 1);
	return numberOf(plain.replace(' ', '-')) ?? Number.NaN;
};

/** `a fifth`, `three quarters`. */
function shareOf(text: string): number {
	const [first = '', second] = text.trim().toLowerCase().split(/\s+/);
	if (second === undefined) return fractionOf(first) ?? Number.NaN;
	return (first === 'a' ? 1 : (numberOf(first) ?? Number.NaN)) * (fractionOf(second) ?? Number.NaN);
}

/** The next smaller unit, so that an amount is a whole number: `0.25`, `Gi` → `256Mi`. */
const smaller: {readonly [unit: string]: readonly [unit: string, times: number]} = {
	Ti: ['Gi', 1024],
	Gi: ['Mi', 1024],
	T: ['G', 1000],
	G: ['M', 1000],
};

function whole(value: number, unit: string): string {
	const next = smaller[unit];
	return Number.isInteger(value) || next === undefined ? `${Math.round(value)}${unit}` : whole(value * next[1], next[0]);
}

/** An amount as Kubernetes writes it, of a unit as people say it. People who say gigs mean what Kubernetes calls Gi. */
function quantity(value: number, unit: string): string {
	if (/^v?cpu|^core|코어|시피유|씨피유/i.test(unit)) return Number.isInteger(value) ? `${value} cores` : `${Math.round(value * 1000)}m`;
	const [, letter = '', isBinary] = /^([GMT])(i)?B?$/.exec(unit) ?? [];
	if (letter !== '') return whole(value, `${letter}${isBinary ?? ''}`);
	if (/^(?:mega|메가)(?:byte|바이트)/i.test(unit)) return whole(value, 'M');
	if (/^(?:giga|기가)(?:byte|바이트)/i.test(unit)) return whole(value, 'G');
	if (/^테라바이트/.test(unit)) return whole(value, 'T');
	return whole(value, /^m|^메가/i.test(unit) ? 'Mi' : /^g|^기가/i.test(unit) ? 'Gi' : 'Ti');
}

type Rewrite = readonly [pattern: RegExp, written: (...parts: readonly string[]) => string];

const all = (pattern: string) => new RegExp(String.raw`(?<![\w.:/=-])${pattern}(?![\w-])`, 'gi');

/** First those of more words. The first part is the number or the fraction, the second the unit. */
const english: readonly Rewrite[] = [
	[all(`(${number})(?: and a half|½) (${bytes}|${cpus})`), (value = '', unit = '') => quantity(inEnglish(value) + 0.5, unit)],
	[all(`(a|an|${number}) (${bytes}|${cpus}) and a half`), (value = '', unit = '') => quantity((inEnglish(value) || 1) + 0.5, unit)],
	[
		all(`(?:a |an )?(${fraction})(?: of)?(?: an?| one| the)? (?:single |full |whole )?(${bytes}|${cpus})`),
		(share = '', unit = '') => quantity(shareOf(share), unit),
	],
	[
		all(`(${number}) (more|extra|additional|further) (${bytes}|${cpus})`),
		(value = '', more = '', unit = '') => `${quantity(inEnglish(value), unit)} ${more}`,
	],
	[all(`(?:a|an|one) (?:full |whole |single )+(${bytes}|${cpus})`), (unit = '') => quantity(1, unit)],
	[
		all(`(${number}) (?:full |whole )?(gigs?|gigabytes?|megs?|megabytes?|gibibytes?|mebibytes?|terabytes?|tebibytes?)`),
		(value = '', unit = '') => quantity(inEnglish(value), unit),
	],
	[all(`an? (gig|gigabyte|gibibyte|terabyte|tebibyte)`), (unit = '') => quantity(1, unit)],
	[all(`(${tens}|ten|fifteen|hundred|${tens}[- ](?:${ones})) ?(?:percent|per cent|pct)`), (value = '') => `${inEnglish(value)}%`],
	[all(String.raw`(\d+(?:\.\d+)?) ?(?:percent|per cent|pct)`), (value = '') => `${value}%`],
	[
		all(`(?:an? )?(${fraction}) of (?:its|the|their|all|all the|these|those|our|(?:the )?(\\S+?)(?:'s?)?) (pods?|replicas?|instances?)`),
		(share = '', owner = '', pods = '') => `${Number((shareOf(share) * 100).toFixed(6))}% of ${owner === '' ? '' : `the ${owner} `}${pods}`,
	],
	[
		/(?<=\b(?:at most|up to|only|maximum|max|retry|retries|retried|try|tries) )(once|twice|thrice)\b/gi,
		(word = '') => ({once: '1 time', twice: '2 times', thrice: '3 times'})[word.toLowerCase()] ?? word,
	],
	[all('half a dozen'), () => '6'],
	[all(`(${number}) dozen`), (value = '') => String(inEnglish(value) * 12)],
	[all('a dozen'), () => '12'],
	[all('a couple(?: of)?'), () => '2'],
];

const koreanUnits = '밀리코어|코어|시피유|씨피유|CPU|기가바이트|메가바이트|테라바이트|기가|메가|테라|Gi|Mi';
const count = String.raw`\d+(?:\.\d+)?|${koreanNumberPattern}`;
const heads = String.raw`(?<![가-힣\w.:/=-])`;
const numberIn = (text: string) => (/^\d/.test(text) ? Number(text) : (koreanNumber(text) ?? Number.NaN));

const korean: readonly Rewrite[] = [
	[
		new RegExp(`${heads}(${count}) ?(${koreanUnits}) ?반(?![가-힣]{2})`, 'gi'),
		(value = '', unit = '') => quantity(numberIn(value) + 0.5, unit),
	],
	[
		new RegExp(`${heads}(${count}) ?분의 ?(${count}) ?(${koreanUnits})`, 'gi'),
		(parts = '', top = '', unit = '') => quantity(numberIn(top) / numberIn(parts), unit),
	],
	[new RegExp(`${heads}(?:반|절반) ?(${koreanUnits})`, 'gi'), (unit = '') => quantity(0.5, unit)],
	[new RegExp(`${heads}(${koreanUnits})(?:의)? ?(?:반 ?개|절반)`, 'gi'), (unit = '') => quantity(0.5, unit)],
	[
		new RegExp(`${heads}(\\d+\\.\\d+) ?(코어|시피유|씨피유|기가|테라)(?!바이트)`, 'gi'),
		(value = '', unit = '') => quantity(Number(value), unit),
	],
	[
		new RegExp(`${heads}(${koreanNumberPattern}) ?(밀리코어|코어|기가|메가|테라)`, 'gi'),
		(value = '', unit = '') => (unit === '밀리코어' ? `${numberIn(value)}m` : quantity(numberIn(value), unit)),
	],
	[new RegExp(`${heads}(${count}) ?(?:퍼센트|프로|퍼)(?=[가-힣\\s,.)]|$)`, 'g'), (value = '') => `${numberIn(value)}%`],
	[
		new RegExp(`${heads}(${koreanNumberPattern}) ?(초|분|시간)(?=[가-힣\\s,.)]|$)`, 'g'),
		(value = '', unit = '') => `${numberIn(value)}${unit}`,
	],
];

const unitBehind = `[KMGT]i?B?|m`;
/** `from 512Mi to 1`: the second amount has the unit of the first. */
const sameUnit: readonly RegExp[] = [
	new RegExp(String.raw`(\bfrom \d[\d.]*)(${unitBehind}| cores)( to )(${number})(?![\w.%-]| ?(?:cores?|v?cpus?|[KMGT]i))`, 'g'),
	new RegExp(String.raw`((?<![\w.])\d[\d.]*)(${unitBehind})((?:에서|->|→) ?)(\d+(?:\.\d+)?)(?![\w.%]| ?(?:코어|기가|메가))`, 'g'),
];

/**
 * A text with the amounts that are said in words in digits and in units of Kubernetes, in both languages; all else stays as it was written.
 * `half a gig` → `512Mi`, `two and a half cores` → `2500m`, `eighty percent` → `80%`, `1.5기가` → `1536Mi`, `반 코어` → `500m`
 */
export function plainAmounts(text: string): string {
	const written = [...english, ...korean].reduce(
		(now, [pattern, rewrite]) =>
			now.replace(pattern, (found: string, ...rest: readonly unknown[]) => {
				const parts = rest
					.slice(
						0,
						rest.findIndex(part => typeof part === 'number'),
					)
					.map(part => (typeof part === 'string' ? part : ''));
				const plain = rewrite(...parts);
				return plain.includes('NaN') ? found : plain;
			}),
		text,
	);
	return sameUnit.reduce(
		(now, pattern) =>
			now.replace(pattern, (_, from: string, unit: string, joint: string, to: string) => `${from}${unit}${joint}${inEnglish(to)}${unit}`),
		written,
	);
}
