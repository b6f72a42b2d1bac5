import {coresText} from '../../words/units.ts';
import type {Labels} from '../manifests/object.ts';
import {plainAt, segmentEnd, segmentStart, type Wish} from './wish.ts';

type Mode = 'requests' | 'limits' | 'both';
type Resource = 'cpu' | 'memory';

type Mark =
	| {readonly kind: 'mode'; readonly mode: Mode; readonly at: number}
	| {readonly kind: 'resource'; readonly resource: Resource; readonly at: number}
	| {readonly kind: 'amount'; readonly quantity: string; readonly measures: 'cpu' | 'bytes' | 'plain'; readonly at: number}
	| {readonly kind: 'factor'; readonly factor: number; readonly at: number};

export type Amounts = {readonly requests: Labels; readonly limits: Labels};

const requestWord =
	/^(?:requests?|requesting|requested|asks?|asking|reserves?|reserved|reserving|guarantee[sd]?|least|minimum|min|요청(?:은|을|이|량|값)?|리퀘스트(?:는|를)?)$/;
const limitWord =
	/^(?:limits?|limited|limiting|caps?|capped|ceiling|max|maximum|most|제한(?:은|을|이|값)?|상한(?:은|을)?|최대|리밋(?:은|을)?|리미트(?:는|를)?|한도(?:는|를)?)$/;
const bothWord = /^(?:both|equal|same|모두|둘다|전부|똑같이|동일)$/;

function modeAt(wish: Wish, at: number): Mode | undefined {
	const word = plainAt(wish, at);
	const said = (pattern: RegExp) => pattern.test(word) || (word !== '' && pattern.test(wish.words[at]?.text ?? ''));
	if (said(requestWord)) return 'requests';
	if (said(limitWord) || isBound(wish, at)) return 'limits';
	// "up to 2 cores", "may use 2 cores"
	if (word === 'up' && plainAt(wish, at + 1) === 'to') return 'limits';
	return word === 'use' && /^(?:may|can|could)$/.test(plainAt(wish, at - 1)) ? 'limits' : undefined;
}

/** `no more than 300m`, `must not exceed 1Gi`, `never above 2 cores`, `1Gi를 넘지 않게`. */
function isBound(wish: Wish, at: number): boolean {
	const word = plainAt(wish, at);
	const before = [at - 1, at - 2, at - 3].map(index => plainAt(wish, index));
	if (/^(?:more|over|above|beyond|past|exceed(?:s|ing)?)$/.test(word))
		return before.some(each => /^(?:no|not|never|nothing|without|can't|cannot|mustn't|shouldn't)$/.test(each));
	return /^(?:이하|이내|넘지|넘으면|넘어가면|넘어서면|넘어가지|초과하지|초과하면|못)/.test(word);
}

function resourceAt(wish: Wish, at: number): Resource | undefined {
	const word = plainAt(wish, at);
	if (/^(?:v?cpus?|cores?|processor|코어(?:는|를|가)?|씨피유)$/.test(word) || /^cpu[는를가]$/.test(word)) return 'cpu';
	return /^(?:memory|mem|ram|메모리(?:는|를|가|도)?|램(?:은|을)?)$/.test(word) ? 'memory' : undefined;
}

/** Requests and limits side by side (`requests and limits`, `요청·제한 모두`) are meant together. */
function joined(marks: readonly Mark[], wish: Wish): readonly Mark[] {
	const out: Mark[] = [];
	for (const [index, mark] of marks.entries()) {
		const last = out.at(-1);
		// "1Gi limit and request 500Mi": each has an amount of its own.
		const isApart =
			out.at(-2)?.kind === 'amount' &&
			['amount', 'resource'].includes(marks[index + 1]?.kind ?? '') &&
			!wish.text.includes('모두') &&
			!/\bboth\b/.test(wish.text);
		const isPair =
			mark.kind === 'mode' && !isApart && last?.kind === 'mode' && last.mode !== mark.mode && onlyJoins(wish, last.at + 1, mark.at);
		if (isPair) out[out.length - 1] = {...mark, mode: 'both'};
		else out.push(mark);
	}
	return out;
}

const onlyJoins = (wish: Wish, from: number, to: number) =>
	wish.words.slice(from, to).every(({text}) => /^(?:and|\/|&|as|well|및|과|와|랑)$/.test(text)) && wish.words[from - 1]?.stop === undefined;

function marksIn(wish: Wish, isOther: (at: number) => boolean): readonly Mark[] {
	const marks = wish.words.flatMap((_, at): readonly Mark[] => {
		const amount = wish.amounts.find(({first}) => first === at);
		if (isOther(at)) return [];
		if (amount?.kind === 'quantity') return [{kind: 'amount', quantity: amount.quantity, measures: amount.measures, at}];
		if (amount?.kind === 'factor') return [{kind: 'factor', factor: amount.value, at}];
		// `requests half of that`, `요청은 그 절반`.
		if (amount?.kind === 'share' && isOfThat(wish, amount)) return [{kind: 'factor', factor: amount.value, at}];
		const mode = modeAt(wish, at);
		if (mode !== undefined) return [{kind: 'mode', mode, at}];
		if (bothWord.test(plainAt(wish, at))) return [{kind: 'mode', mode: 'both', at}];
		const resource = resourceAt(wish, at);
		const inside = wish.amounts.some(({first, last}) => at > first && at <= last);
		if (resource !== undefined && !inside) return [{kind: 'resource', resource, at}];
		return amount?.kind === 'number' && (isBesideCpu(wish, amount) || isOfCpuBefore(wish, amount))
			? [{kind: 'amount', quantity: coresText(amount.value), measures: 'plain', at}]
			: [];
	});
	return joined(marks, wish);
}

const isOfThat = (wish: Wish, {first, last}: {readonly first: number; readonly last: number}) =>
	/^(?:that|those|these|it|them|the|each|both)$/.test(plainAt(wish, last + (plainAt(wish, last + 1) === 'of' ? 2 : 1))) ||
	/^(?:그|그것의|그의|각각의?|각)$/.test(plainAt(wish, first - 1));

/** `cpu 2`, `2 CPUs`: a bare number is an amount of CPU alone. */
const isBesideCpu = (wish: Wish, {first, last}: {readonly first: number; readonly last: number}) =>
	!/^(?:container ?)?ports?$|^포트/.test(plainAt(wish, first - 1)) &&
	[first - 1, first - 2, last + 1].some(
		at =>
			resourceAt(wish, at) === 'cpu' &&
			(at < first || wish.words[last]?.stop === undefined) &&
			(at > first || !/[,;.]/.test(wish.words[first - 1]?.stop ?? '')),
	);

/** `CPU 2개 요청에 제한 4개`: the second number has no word of its own, and what it limits stands before. */
const isOfCpuBefore = (wish: Wish, {first, last}: {readonly first: number; readonly last: number}) => {
	if (modeAt(wish, first - 1) === undefined && modeAt(wish, last + 1) === undefined) return false;
	for (let at = first - 1; at >= segmentStart(wish, first); at -= 1) {
		const resource = resourceAt(wish, at);
		if (resource !== undefined) return resource === 'cpu';
	}
	return false;
};

/** A quantity times a number, in its own unit: `50Mi` × 2 → `100Mi`. */
export function timesQuantity(quantity: string, factor: number): string {
	const [, digits = '0', unit = ''] = /^(\d+(?:\.\d+)?)(.*)$/.exec(quantity) ?? [];
	const value = Number(digits) * factor;
	return unit === '' ? coresText(value) : `${Number(value.toFixed(3))}${unit}`;
}

/** The marks of the part of a sentence that one stands in. */
function around(marks: readonly Mark[], wish: Wish, {at}: Mark): readonly Mark[] {
	const [from, to] = [segmentStart(wish, at, /[,;.]/), segmentEnd(wish, at, /[,;.]/)];
	return marks.filter(mark => mark.at >= from && mark.at < to);
}

/** Whether the words say what amounts are before the amounts (`limits: 1Gi`) or behind them (`1Gi limit`). */
function isBehind(marks: readonly Mark[]): boolean {
	const mode = marks.findIndex(({kind}) => kind === 'mode');
	const amount = marks.findIndex(({kind}) => kind === 'amount');
	return mode >= 0 && amount >= 0 && amount < mode;
}

const modesOf = (list: readonly Mark[]) => list.flatMap(mark => (mark.kind === 'mode' ? [mark.mode] : []));

/** What an amount is, by the words of its own part of the sentence; where that has none, by the last ones before, or the next. */
function modeOf(marks: readonly Mark[], index: number, wish: Wish): Mode | undefined {
	const mark = marks[index];
	const near = mark === undefined ? [] : around(marks, wish, mark);
	const [before, behind] = [near.filter(({at}) => at < (mark?.at ?? 0)), near.filter(({at}) => at > (mark?.at ?? 0))];
	if (modesOf(near).length > 0 && isBehind(near)) return modesOf(behind)[0] ?? modesOf(before).at(-1);
	return modesOf(before).at(-1) ?? modesOf(marks.slice(0, index)).at(-1) ?? modesOf(marks.slice(index))[0];
}

function resourceOf(marks: readonly Mark[], index: number): Resource {
	const mark = marks[index];
	if (mark?.kind === 'amount' && mark.measures !== 'plain') return mark.measures === 'cpu' ? 'cpu' : 'memory';
	return 'cpu';
}

/**
 * What a wish says of CPU and memory. Amounts without a word for it are both: asked for and at the most.
 * @param isOther words whose amounts are something else, such as the size of a volume
 */
export function resourcesIn(wish: Wish, isOther: (at: number) => boolean = () => false): Amounts {
	const marks = marksIn(wish, isOther);
	const found = {requests: new Map<Resource, string>(), limits: new Map<Resource, string>()};
	for (const [index, mark] of marks.entries()) {
		const mode = modeOf(marks, index, wish);
		if (mark.kind === 'amount') {
			const sides = mode === 'requests' || mode === 'limits' ? [mode] : (['requests', 'limits'] as const);
			for (const side of sides) found[side].set(resourceOf(marks, index), mark.quantity);
		}
		if (mark.kind === 'factor') double(found, modeBeside(marks, index), mark.factor);
	}
	return {requests: Object.fromEntries(found.requests), limits: Object.fromEntries(found.limits)};
}

/** `double that for limits` has its mode behind, `limits: twice that` before. */
function modeBeside(marks: readonly Mark[], index: number): Mode {
	const [before, behind] = [marks[index - 1], marks[index + 1]];
	if (behind?.kind === 'mode') return behind.mode;
	return before?.kind === 'mode' ? before.mode : 'limits';
}

function double(
	found: {readonly requests: Map<Resource, string>; readonly limits: Map<Resource, string>},
	mode: Mode,
	factor: number,
): void {
	const [from, to] = mode === 'requests' ? [found.limits, found.requests] : [found.requests, found.limits];
	for (const [resource, quantity] of from) to.set(resource, timesQuantity(quantity, factor));
}
