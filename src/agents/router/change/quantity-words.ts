import {quantityOf as amountIn, cpuText, readQuantity} from '../../../core/kube/quantity.ts';
import {quantityOf} from '../words/units.ts';

/** What a quantity becomes: a value, so much more or less than now, or a multiple of now. */
export type Amount =
	| {readonly kind: 'to'; readonly quantity: string}
	| {readonly kind: 'by'; readonly quantity: string; readonly sign: 1 | -1}
	| {readonly kind: 'times'; readonly factor: number};

/** Which resource a quantity is of, as far as its unit tells. */
export type Measure = 'cpu' | 'memory';

const units = [
	'millicores?|millicpus?|v?cpus?|cores?',
	'(?:mega|giga|tera|mebi|gibi|tebi)bytes?|megs?|gigs?|[KkMmGgTtPp][Ii]?[Bb]?',
	'밀리코어|코어|메가바이트|기가바이트|테라바이트|메가|기가|테라',
];

/** Units as alternatives of a pattern. */
export const unitPattern = `(?:${units.join('|')})(?![A-Za-z])`;

/** Words right before and behind a quantity by which it is added: `another 10Gi`, `+256Mi`, `10Gi씩 더`, `100m 낮춰`. */
const addedBefore = /(?:\b(?:by|add(?:ing|s)?|another|extra|additional|plus|minus|more|further)|[+-]|추가로|더)(?: an?| about)? ?$/;
const addedBehind =
	/^ ?(?:of )?(?:more|extra|additional|larger|bigger|on top|further|less|fewer|off|away)\b(?! than(?! (?:it|they|now|today|currently|before|at present|what)\b))|^(?:을|를|만)? ?(?:씩|더(?![가-힣])|만큼|추가|가량 더|정도 더)|^(?:을|를|만)? (?:올[려리]|늘[려리]|높[여이]|낮[춰추]|줄[여이]|내[려리])/;

/** Whether the quantity at a place of a text is what comes on top of what there is. */
export const isAdded = (text: string, from: number, to: number): boolean =>
	addedBefore.test(text.slice(0, from)) || addedBehind.test(text.slice(to));

/**
 * A quantity as Kubernetes writes it, from a number and the unit that a person said. `512m` of memory, where no one means thousandths, are Mi.
 * @param measure what the sentence speaks of
 */
export function quantityFrom(
	number: string,
	unit: string,
	measure?: Measure,
): {readonly quantity: string; readonly measure: Measure | undefined} {
	const value = Number(number);
	if (unit === '') return {quantity: measure === 'cpu' ? cpuText(value) : number, measure};
	const known = quantityOf(value, unit === 'm' && measure === 'memory' ? 'Mi' : unit);
	return known === undefined
		? {quantity: number, measure}
		: {quantity: known.quantity, measure: known.measures === 'cpu' ? 'cpu' : 'memory'};
}

const smaller: {readonly [suffix: string]: readonly [suffix: string, times: number]} = {
	Ti: ['Gi', 1024],
	Gi: ['Mi', 1024],
	Mi: ['Ki', 1024],
	T: ['G', 1000],
	G: ['M', 1000],
	M: ['k', 1000],
	'': ['m', 1000],
};

/** `1.5`, `Gi` → `1536Mi`: in the nearest unit in which it is a whole number, rounded up where none is. */
function whole(number: number, suffix: string): string {
	const next = smaller[suffix];
	if (Number.isInteger(number) || next === undefined) return `${Math.ceil(number)}${suffix}`;
	return whole(round(number * next[1]), next[0]);
}

/** Takes away what binary fractions add: 0.1 + 0.2. */
const round = (number: number) => Math.round(number * 1e6) / 1e6;

const suffixOf = (quantity: string) => /[A-Za-z]*$/.exec(quantity)?.[0] ?? '';

/** The quantity that an amount makes of the one there is. Undefined where there is none to start from, or nothing would be left. */
export function amountOf(before: string | undefined, amount: Amount): string | undefined {
	if (amount.kind === 'to') return amount.quantity;
	if (before === undefined || readQuantity(before) === undefined) return undefined;
	if (amount.kind === 'times') return positive(whole(round(Number.parseFloat(before) * amount.factor), suffixOf(before)));
	const [now = 0, more = 0, unit = 1] = [before, amount.quantity, `1${suffixOf(before)}`].map(amountIn);
	return positive(whole(round((now + amount.sign * more) / unit), suffixOf(before)));
}

const positive = (quantity: string) => ((amountIn(quantity) ?? 0) > 0 ? quantity : undefined);
