import {coresText} from '../../../words/units.ts';
import {type LimitRangeWish, type limitSides, limitTypes} from '../../manifests/limits.ts';
import type {Wish} from '../wish.ts';
import {listParts, partAt, type Span, spanOf, spansOf, withoutNames} from './marked-text.ts';

type Side = (typeof limitSides)[number];
type Type = (typeof limitTypes)[number];
type Mark<Means> = Span & {readonly means: Means};
type Resource = 'cpu' | 'bytes';

const markers = <Means>(rows: readonly (readonly [Means, string])[], text: string): readonly Mark<Means>[] =>
	rows.flatMap(([means, words]) => spansOf(new RegExp(words, 'gi'), text).map(({from, to}) => ({from, to, means})));

const ratio = String.raw`\bratio\b|maxLimitRequestRatio|\btimes (?:the|its|their) requests?\b|비율|요청의 ?(?=\d+ ?배)`;
const least = String.raw`\bmin(?:imum|imal)?\b|\bat (?:the )?(?:very )?least\b|\b(?:less|smaller|fewer|lower) than\b|\b(?:below|under)\b|\bsmallest\b|\bor more\b|최소|하한|이상|최솟값`;
const most = String.raw`\bmax(?:imum|imal)?\b|\bat (?:the )?(?:very )?most\b|\b(?:more|bigger|larger|greater|higher) than\b|\bup to\b|\bmay (?:use|take|have|get)\b|\b(?:not|never|must not|may not) exceed\b|\bexceed\b|\babove\b|\bbeyond\b|\blargest\b|\bbiggest\b|\bor less\b|\bcap(?:s|ped)?(?: at)?\b|최대|상한|이하|넘지|넘을|까지|최댓값`;
const requests = String.raw`\bdefault ?requests?\b|\brequests?\b|\brequested\b|\basks?(?: for)?\b|\breserves?\b|요청|리퀘스트`;
const limits = String.raw`\bdefault limits?\b|\blimits?\b(?! ?ranges?)|\blimited\b|제한|한도|리밋(?! ?레인지)|리미트(?! ?레인지)`;

const types: readonly (readonly [Type, string])[] = [
	['PersistentVolumeClaim', String.raw`\bpersistent ?volume ?claims?\b|\b(?:volume )?claims?\b|\bpvcs?\b|볼륨 ?클레임|클레임`],
	['Container', String.raw`\bcontainers?\b|컨테이너`],
	['Pod', String.raw`(?<!(?:per|each|of|in) (?:a |the )?)\bpods?\b|파드|포드`],
];

type Amount = Span & {readonly quantity: string; readonly measures: Resource | 'plain'};

function amountsIn(wish: Wish, text: string): readonly Amount[] {
	return wish.amounts.flatMap((amount): readonly Amount[] => {
		const span = spanOf(wish, amount);
		if (amount.kind === 'quantity') return [{...span, quantity: amount.quantity, measures: amount.measures}];
		if (amount.kind === 'factor') return [{...span, quantity: String(amount.value), measures: 'plain'}];
		if (amount.kind !== 'number') return [];
		const isCpu =
			/(?:cpus?|cores?|코어|씨피유|시피유)[은는을를도]? ?(?:(?:of|is|at|to|=|:) ?)?$/i.test(text.slice(0, span.from)) ||
			/^ ?(?:v?cpus?|cores?|코어)/i.test(text.slice(span.to));
		return [{...span, quantity: isCpu ? coresText(amount.value) : String(amount.value), measures: isCpu ? 'cpu' : 'plain'}];
	});
}

const inside = <Mark extends Span>(marks: readonly Mark[], part: Span) =>
	marks.filter(({from}) => from >= part.from && from < part.to).toSorted((left, right) => left.from - right.from);

/**
 * What an amount is, by the words of its own part: those nearest before it, or behind it where the part begins with an amount. Bounds come before what
 * only tells requests from limits: a container may `ask for 10m at least`.
 */
function sideOf(marks: readonly (readonly Mark<Side>[])[], part: Span, amounts: readonly Amount[], amount: Amount): Side | undefined {
	const own = marks.map(list => inside(list, part)).find(list => list.length > 0) ?? [];
	const isBehind = (inside(amounts, part)[0]?.from ?? 0) < (own[0]?.from ?? 0);
	const before = own.findLast(({from}) => from < amount.from);
	const behind = own.find(({from}) => from > amount.from);
	return (isBehind ? (behind ?? before) : (before ?? behind))?.means;
}

const partings = /[,;](?=\s|$)|\.(?=\s|$)|\s\/(?=\s)|(?<=[가-힣\d])(?:고|며)(?=[\s,])/g;

const sidesIn = (text: string): readonly (readonly Mark<Side>[])[] =>
	[
		[['maxLimitRequestRatio', ratio] as const],
		[['min', least] as const, ['max', most] as const],
		[['defaultRequest', requests] as const, ['default', limits] as const],
	].map(rows => markers<Side>(rows, text));

/** Every amount of a wish by what it bounds. What only says that there are limits is not its side. */
export function boundsIn(wish: Wish, names: readonly string[]): readonly LimitRangeWish[] {
	const text = withoutNames(wish.text, names).replaceAll(/limit[- ]?ranges?|(?:리밋|리미트) ?(?:레인지|범위)/gi, said =>
		' '.repeat(said.length),
	);
	const sides = sidesIn(text);
	const kinds = markers(types, text).toSorted((left, right) => left.from - right.from);
	const amounts = amountsIn(wish, text);
	const parts = cutBeforeSides(text, sides, amounts);
	const found = new Map<Type, {[side in Side]?: {[resource: string]: string}}>();
	let lastSide: Side | undefined;
	for (const amount of amounts) {
		const part = partAt(parts, amount.from);
		const side = sideOf(sides, part, amounts, amount) ?? lastSide;
		lastSide = side;
		const type = (kinds.findLast(({from}) => from < amount.from) ?? kinds[0])?.means ?? 'Container';
		const resource = resourceOf(text.slice(part.from, part.to), amount, type, side);
		if (resource === undefined) continue;
		const own = found.get(type) ?? {};
		for (const one of side === undefined ? (['default', 'defaultRequest'] as const) : [side])
			own[one] = {...own[one], [resource]: amount.quantity};
		found.set(type, own);
	}
	return limitTypes.flatMap(type => {
		const own = found.get(type);
		return own === undefined ? [] : [{type, ...own}];
	});
}

/** A list goes on behind `and` where nothing says another side: `max 8 cpu and 32Gi, min 50m`, `ask for 10m and 16Mi at least`. */
function cutBeforeSides(text: string, sides: readonly (readonly Span[])[], amounts: readonly Span[]): readonly Span[] {
	return listParts(text, partings).flatMap(part => {
		const pieces = listParts(text.slice(part.from, part.to), /\s(?:and|plus|및|그리고)(?=\s)/g);
		const out: Span[] = [];
		for (const piece of pieces.map(({from, to}) => ({from: from + part.from, to: to + part.from}))) {
			const last = out.at(-1);
			if (last === undefined || saysOther(last, piece, sides, amounts)) out.push(piece);
			else out[out.length - 1] = {from: last.from, to: piece.to};
		}
		return out;
	});
}

/** Whether a piece says what its own amounts are: with words of the sort of those before, or with words in front. */
function saysOther(last: Span, piece: Span, sides: readonly (readonly Span[])[], amounts: readonly Span[]): boolean {
	const [own] = inside(sides.flat(), piece);
	const [amount] = inside(amounts, piece);
	if (own === undefined || amount === undefined || inside(sides.flat(), last).length === 0) return false;
	return own.from < amount.from || sides.some(list => inside(list, last).length > 0 && inside(list, piece).length > 0);
}

function resourceOf(said: string, amount: Amount, type: Type, side: Side | undefined): string | undefined {
	if (side === 'maxLimitRequestRatio') return /mem|메모리/i.test(said) ? 'memory' : 'cpu';
	if (amount.measures === 'cpu') return 'cpu';
	if (amount.measures === 'plain') return undefined;
	if (type === 'PersistentVolumeClaim') return 'storage';
	return /ephemeral|scratch|임시/i.test(said) ? 'ephemeral-storage' : 'memory';
}
