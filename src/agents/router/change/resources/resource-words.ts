import {withoutTold} from '../../words/reasons.ts';
import {factorIn, isLess} from '../factor-words.ts';
import {type Amount, isAdded, type Measure, quantityFrom, unitPattern} from '../quantity-words.ts';

export type Side = 'requests' | 'limits';

/** What is said of some of a container's resources. No side: the sentence does not tell request from limit. */
export type ResourceChange = {
	readonly measures: readonly Measure[];
	readonly sides: readonly Side[];
	readonly amount: Amount | 'remove';
};

const measures: readonly (readonly [Measure, RegExp])[] = [
	['cpu', /(?<![a-z])v?cpus?(?![a-z])|(?<![a-z])cores?\b|시피유|씨피유|코어|프로세서/],
	['memory', /\bmem(?:ory)?(?![a-z])|\bram(?![a-z])|메모리|램(?=[ 을은의])/],
];

const sides: readonly (readonly [Side, RegExp])[] = [
	['requests', /\brequest(?:s|ed)?(?![a-z])|\bask(?:s|ing)? for\b|\breserv\w*|\bguarantee\w*|요청|보장|리퀘스트|최소|\bat least\b/],
	[
		'limits',
		/\blimit(?:s|ed)?(?![a-z])|\bcap(?:ped|s)?(?![a-z])|\bceiling|\bat most\b|\bmax(?:imum)?(?![a-z])|\bup to\b|\bno more\b|\b(?:may|can|could) (?:only )?(?:use|take|consume|grow to|go (?:up )?to)\b|\b(?:let|have)\b[^,;]*\buse\b|\ballow(?:s|ed)?\b|\b(?:no|never|not|nothing)\b[^,;]*\b(?:more than|above|over|beyond)\b|제한|까지 허용|쓰게|쓸 수|한도|상한|최대|리밋|리미트/,
	],
];

const removing =
	/\b(?:remove|drop|delete|lift|clear|unset|strip|no(?= (?:[\w]+ )?(?:cpu|memory|limits?|requests?|cap|ceiling)\b)|without|unlimited|uncapped|take (?:off|away)|get rid of)\b|\b(?:limits?|requests?) (?:is |goes? )?(?:off|away|gone)\b|\btake\b.{1,40}\boff\b|없[애이]|제거|삭제|빼|해제|풀[어고]|지[워우]/;

const quantity = new RegExp(
	String.raw`(?<![\w.:/-])(\d+(?:\.\d+)?) ?(?:of a |a )?(${unitPattern})?(?!\.?\w| ?(?:%|percent|퍼센트|프로|배|times|x\b))`,
	'g',
);

/** Where a value starts from is no wish: `from 1Gi to 2Gi`, `1Gi에서 2Gi로`. */
const withoutStart = (text: string) =>
	text
		.replace(new RegExp(`\\bfrom \\d[\\d.]* ?(?:${unitPattern})?(?=\\W)`, 'g'), ' ')
		.replace(new RegExp(`\\d[\\d.]* ?(?:${unitPattern})? ?(?:에서|->|→|=>)`, 'g'), ' ');

/** What is said alone. */
const sole = <Name>(names: readonly Name[]): readonly Name[] => (names.length === 1 ? names : []);

const said = <Name>(table: readonly (readonly [Name, RegExp])[], text: string): readonly Name[] =>
	table.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);

/** `cpu 200m/400m` is a request and a limit, `100m / 128Mi` CPU and memory of one side. */
function paired(text: string): string {
	const sides = /\blimits? ?\/ ?requests?\b|제한 ?\/ ?요청/.test(text) ? ['limit', 'request'] : ['request', 'limit'];
	const unit = `(?:${unitPattern})`;
	const pair = new RegExp(
		String.raw`((?:cpu|memory|mem|메모리|시피유) ?(?:은|는|를)?:? ?)?(?<![\w.:/-])(\d+(?:\.\d+)? ?${unit}?) ?/ ?(\d+(?:\.\d+)? ?${unit}?)(?![\w/])`,
		'g',
	);
	return text
		.replace(pair, (all, what: string | undefined, first: string, second: string) => {
			const isBoth = isBytes(first) !== isBytes(second);
			if (isBoth) return `${what ?? ''}${first} and ${second}`;
			const measure = what ?? (isBytes(first) ? 'memory ' : 'cpu ');
			return /\d/.test(all) ? `${measure}${sides[0]} ${first}, ${measure}${sides[1]} ${second}` : all;
		})
		.replace(/\(?(?:requests?|limits?|요청|제한) ?\/ ?(?:requests?|limits?|요청|제한)\)?/g, ' ');
}

const isBytes = (amount: string) => /[KMGT]i?B?$|메가|기가|테라|meg|gig/i.test(amount.trim()) && !/\dm$/.test(amount.trim());

/** Pieces of one wish each: a piece without an amount belongs to the one before, or to the first. */
function pieces(text: string): readonly string[] {
	const joined: string[] = [];
	let waiting = '';
	for (const piece of text.split(/,|;|[.](?=\s)|\/(?= )|\band\b|\bthen\b|\bbut\b|그리고|하고 |(?<=[가-힣])고 /)) {
		const whole = `${waiting} ${piece}`;
		if (hasAmount(piece)) joined.push(whole);
		else if (joined.length > 0) joined.push(`${joined.pop()} ${piece}`);
		waiting = hasAmount(piece) || joined.length > 0 ? '' : whole;
	}
	return joined.length === 0 ? [text] : joined.flatMap(single);
}

/** A number without a unit is an amount where a resource or a side leads to it. */
const bareAfter = /(?:cpus?|memory|limits?|requests?|to|=|:|제한을?|요청을?) ?$/;

/** `4 pods`, `레플리카 5`: a number of them is no amount. */
const ofPods =
	/(?<![\w.])\d+ (?:replicas?|pods?|instances?|copies)(?![\w-])|\breplicas? ?(?:to |=|:)? ?\d+(?![\w.])|(?:레플리카|복제본|파드|인스턴스)(?:는|은|를|을|도)? ?(?:수(?:는|를)? ?)?\d+(?:개|대)?(?![\w.])/g;

const amountsIn = (piece: string) =>
	[...piece.replace(ofPods, said => ' '.repeat(said.length)).matchAll(quantity)].filter(
		({1: number = '', 2: unit, index}, _, all) =>
			number !== '' && (unit !== undefined || all.length === 1 || bareAfter.test(piece.slice(0, index))),
	);
const hasAmount = (piece: string) => amountsIn(piece).length > 0 || factorIn(piece) !== undefined || removing.test(piece);

/** `cpu 500m memory 1Gi` in one breath: cut before or behind each amount, as the first one stands. */
function single(piece: string): readonly string[] {
	const amounts = amountsIn(piece);
	if (amounts.length < 2) return [piece];
	const isFirst =
		said(measures, piece.slice(0, amounts[0]?.index)).length === 0 && said(sides, piece.slice(0, amounts[0]?.index)).length === 0;
	const cuts = amounts.map(({0: amount, index}) => (isFirst ? index : index + amount.length));
	const borders = isFirst ? [0, ...cuts.slice(1), piece.length] : [0, ...cuts.slice(0, -1), piece.length];
	return borders.slice(1).map((end, at) => piece.slice(borders[at], end));
}

const isMore = /\bby\b|\b(?:more(?! than)|extra|additional|another)\b|더|만큼|추가/;

function amountIn(
	piece: string,
	measure: Measure | undefined,
): {readonly amount: Amount | 'remove'; readonly measure?: Measure | undefined} | undefined {
	const [match] = amountsIn(piece);
	if (match !== undefined) {
		const {quantity: value, measure: told} = quantityFrom(match[1] ?? '', match[2] ?? '', measure);
		const isBy = isAdded(piece, match.index, match.index + match[0].length) || (isMore.test(piece) && !/\bto\b|\bno more\b/.test(piece));
		const isTaken = isLess(piece) || /\d\w* (?:off|away)\b/.test(piece) || /(?:^|\s)-\d|\bminus\b/.test(piece);
		return {amount: isBy ? {kind: 'by', quantity: value, sign: isTaken ? -1 : 1} : {kind: 'to', quantity: value}, measure: told};
	}
	const factor = factorIn(piece);
	if (factor !== undefined) return {amount: {kind: 'times', factor}};
	return removing.test(piece) ? {amount: 'remove'} : undefined;
}

/** `More room for web: 256Mi`: what it comes to stands behind. */
const headroom =
	/\bmore (?:room|headroom|air|space|resources|capacity|power|breath(?:ing)?(?: room| space)?|memory|cpu|ram)\b(?=[^:\d]*:\s)|(?:여유|자원|리소스)(?:를|을)? ?더(?=[^:\d]*:\s)/g;

/**
 * What a sentence wants of CPU and memory, one entry for each amount in it.
 * @param text plain text, without what is said to stay
 */
export function resourceChanges(whole: string): readonly ResourceChange[] {
	const text = whole.replace(headroom, ' ');
	const order = withoutTold(text);
	const found = changesIn(order);
	if (found.length === 0) return order === text ? found : changesIn(text);
	// `it dies at its 64Mi limit, allow 128Mi`: what is told says of what, and no amount.
	const [side, measure] = [sole(said(sides, toldIn(text, order))), sole(said(measures, text))];
	return found.map((change, at) => {
		const next = found.slice(at).find(one => one.sides.length > 0 && one.amount !== 'remove');
		return {
			...change,
			sides: change.sides.length > 0 ? change.sides : (next?.sides ?? side),
			measures: change.measures.length > 0 ? change.measures : measure,
		};
	});
}

/** What a text tells beside its order. */
const toldIn = (text: string, order: string) =>
	text
		.split(/(?<=[.;,:!])\s+/)
		.filter(part => !order.includes(part))
		.join(' ');

function changesIn(text: string): readonly ResourceChange[] {
	const found: ResourceChange[] = [];
	for (const piece of pieces(paired(withoutStart(text)))) {
		const named = said(measures, piece);
		const spoken = amountIn(piece, named.length === 1 ? named[0] : undefined);
		if (spoken === undefined) continue;
		const before = found.at(-1);
		// Bytes are no CPU, whatever word stands beside them.
		const own = spoken.measure !== undefined && !named.includes(spoken.measure) ? [spoken.measure] : named;
		const side = said(sides, piece);
		found.push({
			measures: own.length > 0 ? own : (before?.measures ?? []),
			sides: side.length > 0 ? side : (before?.sides ?? []),
			amount: spoken.amount,
		});
	}
	return found;
}

/** Whether a text speaks of CPU or memory, or of requests and limits. */
export const speaksOfResources = (text: string) =>
	said(measures, text).length > 0 ||
	(said(sides, text).length > 0 && new RegExp(`\\d ?${unitPattern}`).test(text)) ||
	/\bresource (?:request|limit)s?|리소스/.test(text) ||
	(removing.test(text) && /\b(?:all|both|its|any) (?:the )?(?:limits?|requests?)\b/.test(text));
