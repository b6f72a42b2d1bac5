import type {Cause, Remedy} from '../../../analysis/diagnosis/cause.ts';
import {factorIn} from '../change/factor-words.ts';
import {probeKinds} from '../change/probes/probe-words.ts';
import {amountOf} from '../change/quantity-words.ts';
import type {Clause} from '../clause.ts';
import {newnessOf} from '../create/reading/new-thing.ts';
import {wishOf} from '../create/reading/wish.ts';
import {inLanguage} from '../read/say.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {type Amount, amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {givesOrder} from '../words/mood/mood-of.ts';
import {imagesIn, pairsIn, versionsIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {findCauses} from './find-causes.ts';
import {type RemedyWords, remedyWords} from './remedy-words.ts';
import {openRemedies, sidesIn, withoutBans} from './sides.ts';
import {asksForCause, asksForRepair} from './symptom.ts';

/**
 * A complaint with the remedy that is wanted, in one sentence or several: `web cannot find its node: take the node selector out`, `bring the version back
 * that worked`. A plan comes of it only where the diagnosis finds the very cause whose remedy is named.
 */
export const mend: Intent = {
	name: 'mend as said',
	async understand(whole, world, talk) {
		if (!complains(whole) || pairsIn(whole).length > 0 || /["“]/.test(whole.text)) return undefined;
		const order = orderIn(withoutBans(whole));
		// What is to be deleted is not mended.
		if (
			order === undefined ||
			/^(?:please )?(?:delete|erase|destroy|purge|wipe|discard|retire|decommission|kill|get rid of|do away with)\b/i.test(order.text)
		)
			return undefined;
		// What is given a new name is to be made, and mends nothing that is there.
		const last = order.text.split(/(?<=[.!?;])\s+/).at(-1) ?? order.text;
		if ((await newnessOf(wishOf(last, whole.language), world)) === 'named') return undefined;
		const rows = remedyWords.filter(row => isMeant(row, whole, order));
		const found = (await Promise.all(rows.map(row => mended(row, whole, order, world, talk)))).flatMap(one => one ?? []);
		const [first, ...others] = found;
		if (first === undefined) return undefined;
		const same = others.every(({remedy}) => JSON.stringify(remedy.input) === JSON.stringify(first.remedy.input));
		return same ? plan(whole, first) : undefined;
	},
};

const complains = (whole: Clause) => asksForCause(whole) || asksForRepair(whole) || notAsItShould.test(whole.text);

/** What is wrong without a word that says so. */
const notAsItShould =
	/\b(?:no|missing|lacks?|lacking|wrong\w*|typo|slip|mis\w+|mistaken?|there is no|isn't|does(?:n't| not)|keeps? .*\b(?:away|out|off)|too (?:low|small|tight)|mismatch\w*|killed|insists?|looks for)\b|없|빠[져졌지]|잘못|어긋|오타|모자라|부족|막[혀히]|때문/i;

/** The sentences that say what is to be done. */
function orderIn(whole: Clause): Clause | undefined {
	const sentences = whole.text
		.split(/(?<=[.!?;])\s+|:\s+|\s+[-–—]\s+|,\s+(?=(?:so|hence|therefore|thus)\s)/)
		.filter(sentence => sentence.trim() !== '');
	const all = sentences.filter(givesOrder);
	const plain = all.filter(sentence => !asksForCause({text: sentence}));
	const orders = plain.length > 0 ? plain : all;
	return orders.length === 0 ? undefined : clauseOf(orders.join(' '));
}

/** Deeds that mend nothing by themselves, or something else. */
const otherDeeds =
	/\b(?:shut(?= (?:\S+ ){0,2}down)|park|purge|restart|reboot|bounce|scale|drain|evict|cordon|uncordon|roll\w*|revert|delete|drop|remove|create|suspend|deploy)\b|재시작|재기동|스케일|드레인|코든|롤백|되돌|삭제|지우|지워|만들/gi;

function isMeant({causes, words, deeds}: RemedyWords, whole: Clause, order: Clause): boolean {
	const others = [...order.text.matchAll(otherDeeds)].filter(([deed]) => deeds === undefined || !deeds.test(deed));
	if (others.length > 0) return false;
	// A probe that is to be given one is no Service whose port is wrong.
	if (probeKinds(whole.text.toLowerCase()).length > 0 && !causes.some(cause => cause.startsWith('probe-'))) return false;
	return (
		words.test(order.text) ||
		(asksForRepair(order) && words.test(whole.text)) ||
		isQuantified(order) ||
		(asksForRepair(order) && isQuantified(whole))
	);
}

const isQuantified = (order: Clause) => amountsIn(order).some(({kind}) => kind === 'quantity');

type Mended = {readonly cause: Cause; readonly remedy: Remedy};

async function mended(row: RemedyWords, whole: Clause, order: Clause, world: World, talk: Talk): Promise<Mended | undefined> {
	const found = await findCauses(whole, world, talk, row.symptom);
	if (found === undefined || 'choices' in found) return undefined;
	const causes = found.causes.filter(({id}) => row.causes.includes(id));
	const [cause, ...more] = causes;
	if (cause === undefined || more.length > 0) return undefined;
	const open = openRemedies(cause, whole, await sidesIn(whole, world));
	const remedy = withAmount(open, isQuantified(order) ? order : whole);
	return remedy !== undefined && explains({cause, remedy}, whole, order) ? {cause, remedy} : undefined;
}

type Quantity = Extract<Amount, {kind: 'quantity'}>;

/** The one remedy that is open; of one that needs an amount, with the amount that the order says. */
function withAmount(open: readonly Remedy[], order: Clause): Remedy | undefined {
	const [first, ...others] = open;
	const usual = first?.amount;
	// Whoever says how much is answered by nothing else.
	if (first === undefined || usual === undefined) return others.length === 0 && !isQuantified(order) ? first : undefined;
	const quantity = quantitySaid(first, usual, order);
	if (quantity === undefined) return undefined;
	const put = (text: string) => text.replaceAll(usual, quantity);
	return {
		...first,
		input: {...first.input, patch: String(first.input.patch).replaceAll(JSON.stringify(usual), JSON.stringify(quantity))},
		text: {en: put(first.text.en), ko: put(first.text.ko)},
	};
}

/** How much an order says that it is to be, itself or as a multiple of what there is. */
function quantitySaid(remedy: Remedy, usual: string, order: Clause): string | undefined {
	const now = valueNow(remedy);
	// `it dies at 512Mi, double that`: what it is now is no wish.
	const said = amountsIn(order).filter((amount): amount is Quantity => amount.kind === 'quantity' && amount.quantity !== now);
	const [one, ...more] = said;
	if (one !== undefined) return more.length === 0 && isAlike(usual, one) ? one.quantity : undefined;
	const factor = factorIn(order.text.toLowerCase());
	return factor === undefined ? undefined : amountOf(valueNow(remedy), {kind: 'times', factor});
}

/** What the place of a remedy holds, which its patch tests for. */
function valueNow({input}: Remedy): string | undefined {
	const [operation] = JSON.parse(String(input.patch)) as readonly {readonly op?: string; readonly value?: unknown}[];
	return operation?.op === 'test' && typeof operation.value === 'string' ? operation.value : undefined;
}

const isAlike = (usual: string, said: Quantity | undefined) => said?.measures === (/[KMGT]i?$/.test(usual) ? 'bytes' : 'cpu');

/** Whether every number and version of the order is one of the cause or of the remedy: another is another wish. */
function explains({cause, remedy}: Mended, whole: Clause, order: Clause): boolean {
	const known = JSON.stringify([cause, remedy]);
	const numbers = amountsIn(order).every(
		amount =>
			amount.kind !== 'duration' &&
			amount.kind !== 'percent' &&
			(amount.kind !== 'factor' || remedy.amount !== undefined) &&
			(amount.kind !== 'number' || amount.value <= 1 || known.includes(String(amount.value))),
	);
	const counted = amountsIn(whole);
	const isCounted = (at: number) => counted.some(({kind, first, last}) => kind !== 'number' && at >= first && at <= last);
	const versions = [
		...versionsIn(whole).flatMap(({version, at}) => (isCounted(at) ? [] : [version])),
		...imagesIn(whole).map(({image}) => image),
	];
	return numbers && versions.every(version => known.includes(version));
}

function plan({language}: Clause, {cause, remedy}: Mended): Understanding {
	return {
		kind: 'calls',
		said: inLanguage(language, `${cause.cause.en}. ${remedy.text.en}`, `${cause.cause.ko}. ${remedy.text.ko}`),
		calls: [{tool: remedy.tool, input: remedy.input}],
	};
}
