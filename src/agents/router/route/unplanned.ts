import {quantityOf} from '../../../core/kube/quantity.ts';
import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import type {Call, Understanding} from '../understanding.ts';
import {type Amount, amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {mayOrder} from '../words/mood/mood-of.ts';
import {numberOf} from '../words/number-words.ts';
import {withoutTold} from '../words/reasons.ts';
import {imagesIn, pairsIn, versionsIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {askPart} from './ask-part.ts';
import {isBackground} from './background.ts';
import {isChanging} from './is-changing.ts';
import {namedKinds} from './ordered.ts';

const sentences = /(?<=[.!?;])\s+|\n+/;

/** The question that stands instead of a plan that lacks a value of its request. */
export async function unplanned(whole: Clause, understood: readonly Understanding[], world: World): Promise<Understanding | undefined> {
	const plans = understood.flatMap(one => (one.kind === 'calls' ? [one] : []));
	const calls = plans.flatMap(one => one.calls).filter(isChanging);
	const missing = calls.length === 0 ? undefined : await unplannedIn(whole.text, calls, world);
	return missing === undefined ? undefined : askPart(whole, missing, plans.map(({said}) => said).join('; '));
}

/**
 * A value that an order spells out and that its plan does not have: a pair, a key in capitals, a version, an amount with a unit. A plan without it does
 * something else than was said. What is so already may be told (`web, now on 1.2, to 1.3`, `those with team=shop`).
 */
export async function unplannedIn(text: string, calls: readonly Call[], world: World): Promise<string | undefined> {
	const planned = calls.map(({input}) => [JSON.stringify(input), ...Object.values(input)].join('\n')).join('\n');
	for (const sentence of text.split(sentences)) {
		if (!mayOrder(sentence) || isBackground(sentence)) continue;
		const clause = clauseOf(withoutTold(sentence));
		const missing = valuesOf(clause).filter(({isIn}) => !isIn(planned));
		if (missing.length === 0) continue;
		const live = await liveText(text, world);
		const found = missing.find(({at, isIn, isSo = isIn, reckons}) => (reckons === true || !isReckoned(clause, at)) && !isSo(live));
		if (found !== undefined)
			return clause.words
				.slice(found.at, found.to + 1)
				.map(({raw}) => raw)
				.join(' ');
	}
	return undefined;
}

type Value = {
	readonly at: number;
	readonly to: number;
	readonly isIn: (planned: string) => boolean;
	/** Whether it is so now; the same as in a plan where it is not given. */
	readonly isSo?: (live: string) => boolean;
	/** `by half`: no plan has it, but what it is reckoned with. */
	readonly reckons?: boolean;
};

function valuesOf(clause: Clause): readonly Value[] {
	const spelled = (at: number, ...texts: readonly string[]): Value => ({
		at,
		to: at,
		isIn: text => texts.every(each => text.includes(each)),
	});
	return [
		// `heat=high:NoSchedule` is three parts of a taint.
		...pairsIn(clause).map(({key, value, at}) => spelled(at, key, ...value.split(':'))),
		...clause.words.flatMap(({raw}, at) => (/^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(raw) ? [spelled(at, raw)] : [])),
		...versionsIn(clause).map(({version, at}) => spelled(at, version)),
		...imagesIn(clause)
			.filter(({image}) => /:[^/]*$/.test(image) && !/^[^/]*:\d+$/.test(image))
			.map(({image, at}) => spelled(at, image)),
		// A time of day is a schedule's, where one is changed.
		...clause.words.flatMap(({raw}, at) => clockAt(raw, at)),
		...amountsIn(clause).flatMap(amount => measured(amount, clause)),
	];
}

function clockAt(raw: string, at: number): readonly Value[] {
	const [, minute] = /^\d{1,2}:(\d{2})(?:am|pm)?$/i.exec(raw) ?? [];
	return minute === undefined
		? []
		: [{at, to: at, isIn: planned => !planned.includes('CronJob') || planned.includes(`${Number(minute)} `), isSo: () => false}];
}

/** Fields that a share or a multiple may be of. */
const reckonable = /eplicas|resources|storage|\bhard\b|vailable|Utilization|completions|parallelism|Seconds|\bdata\b|values|schedule/;

function measured(amount: Amount, {words}: Clause): readonly Value[] {
	const place = {at: amount.first, to: amount.last};
	const isWritten = /^\d/.test(words[amount.first]?.raw ?? '');
	// `two hundred`
	if (!isWritten && [amount.first - 1, amount.last + 1].some(beside => numberOf(words[beside]?.text ?? '') !== undefined)) return [];
	if (amount.kind === 'quantity') return [{...place, isIn: text => holds(text, quantityOf(amount.quantity))}];
	if (amount.kind === 'duration')
		return isWritten
			? [{...place, isIn: planned => lasts(planned, amount.seconds), isSo: live => live.includes(`Seconds":${amount.seconds}`)}]
			: [];
	// `memory up by half`: something that is counted or measured has to change.
	if (amount.kind === 'share' || amount.kind === 'factor')
		return [
			{...place, isIn: planned => reckonable.test(planned) || planned.includes(String(amount.value)), isSo: () => false, reckons: true},
		];
	if (amount.kind !== 'number') return [];
	const isIn = (text: string) => new RegExp(`(?<![\\w.])${amount.value}(?![\\w.]*\\d)`).test(text);
	// Thresholds and delays, which the server fills in, hold any small number.
	const isSo = (live: string) =>
		new RegExp(`(?:eplicas|[pP]ort|vailable|Seconds)":"?${amount.value}(?!\\d)|[=":]${amount.value}(?:%|")`).test(live);
	const isCount = (text: string) => [...text.matchAll(/^kind: /gm)].length === amount.value;
	// `2 pods in staging, ping-a and ping-b`
	const counts = plurals.test(words[amount.last + 1]?.raw ?? '');
	if (isWritten)
		return /^\d+(?:개|대)?$/.test(words[amount.first]?.raw ?? '')
			? [{...place, isIn: text => isIn(text) || (counts && isCount(text)), isSo}]
			: [];
	if (countsSpoken(words, amount)) return [];
	return [{...place, isIn: text => isIn(text) || isCount(text), isSo}];
}

/** A number in words that is none of the plan: `the two`, `one of them`, `all three`, `one in four`, and `열 수 있게`, which is a verb. */
function countsSpoken(words: Clause['words'], {first, last, ...amount}: Extract<Amount, {kind: 'number'}>): boolean {
	const before = words[first - 1]?.text ?? '';
	if ((amount.value < 3 && !isReplicas(before, words[last + 1]?.text)) || /^(?:all|the|those|these|other|last|first)$/.test(before))
		return true;
	if (/^(?:in|of)$/.test(before) && words.slice(Math.max(0, first - 4), first - 1).some(({text}) => text === 'one')) return true;
	return /[가-힣]/.test(words[first]?.raw ?? '') && amount.counter === undefined;
}

const units: readonly (readonly [suffix: string, seconds: number])[] = [
	['ms', 1 / 1000],
	['s', 1],
	['m', 60],
	['h', 3600],
	['d', 86_400],
];

/** `30 minutes` may be written as `30m`, as `1800s`, in seconds or less, or as minutes of a schedule. */
const lasts = (text: string, seconds: number) =>
	units.some(([suffix, unit]) => new RegExp(`(?<![\\w.])${seconds / unit}(?:${suffix})?(?![\\w.])`).test(text));

const plurals = /^(?:pods|deployments|statefulsets|jobs|services|namespaces|configmaps|secrets|claims|pvcs)$/;

/** `two replicas and image 1.2`; `take one pod off` is reckoned. */
const isReplicas = (before: string, behind = '') =>
	/^(?:replicas?|pods?|instances?)$/.test(behind) &&
	!/^(?:take|remove|drop|pull|lose|loses|shed|knock|shave|kill|stop|retire|put|spare|only|just|at)$/.test(before);

const holds = (text: string, amount: number | undefined) =>
	[...text.matchAll(/(?<![\w.-])\d+(?:\.\d+)?(?:[kKMGTP]i?|m)?(?![\w.])/g)].some(([each]) => quantityOf(each) === amount);

/** What objects that are named are now, and which labels and images there are. */
async function liveText(text: string, world: World): Promise<string> {
	const {mentions} = await mentionsIn(clauseOf(text), world, namedKinds);
	const named = mentions.flatMap(({objects}) => objects).map(object => JSON.stringify(object));
	const all = (await Promise.all([...namedKinds, 'Namespace'].map(kind => world.objects(kind)))).flat();
	const labels = all.flatMap(({metadata}) => Object.entries(metadata.labels ?? {}).map(pair => pair.join('=')));
	const images = [...JSON.stringify(all).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image);
	return [...named, ...labels, ...images].join('\n');
}

/** `by 10Gi`, `add 10Gi`, `10Gi 더`: what is reckoned with stands in no plan. */
const isReckoned = ({words, text}: Clause, at: number) =>
	/^(?:by|add|adding|revision|rev|리비전|another|extra|additional|from|plus|than|not|instead)$/.test(words[at - 1]?.text ?? '') ||
	(words[at - 1]?.text === 'of' && words[at - 2]?.text === 'instead') ||
	(/^(?:늘리|줄이)$/.test(words[at + 1]?.text ?? '') && !text.includes(`${words[at]?.raw}로`)) ||
	[1, 2].some(ahead => /^(?:more|less|fewer|extra|top|더|추가|추가하|씩|대신|말고)$/.test(words[at + ahead]?.text ?? ''));
