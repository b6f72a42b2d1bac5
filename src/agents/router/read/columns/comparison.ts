import {quantityOf} from '../../../../core/kube/quantity.ts';
import type {Clause} from '../../clause.ts';
import {type Amount, amountsIn} from '../../words/amounts.ts';
import {spoken} from '../../words/spoken.ts';
import type {Unit} from './column.ts';

type Way = 'over' | 'least' | 'under' | 'most' | 'equal';

/** What a size is compared with. */
export type Bound = {readonly way: Way; readonly value: number; readonly unit: Unit; readonly en: string; readonly ko: string};

export function isWithin(size: number, {way, value}: Bound): boolean {
	switch (way) {
		case 'over':
			return size > value;
		case 'least':
			return size >= value;
		case 'under':
			return size < value;
		case 'most':
			return size <= value;
		case 'equal':
			return size === value;
	}
}

const before: readonly (readonly [Way, RegExp])[] = [
	['least', /\b(?:at least|no less than|not less than|no fewer than|minimum(?: of)?|>=)\s*$/],
	['most', /\b(?:at most|no more than|not more than|up to|maximum(?: of)?|<=)\s*$/],
	['over', /(?:\b(?:more|larger|bigger|greater|higher|older|longer|over|above|beyond|exceed\w*)(?: than)?|>)\s*$/],
	['under', /(?:\b(?:less|fewer|smaller|lower|younger|newer|shorter|under|below)(?: than)?|<)\s*$/],
	['equal', /\b(?:exactly|only|just|equal to|equals|precisely|with|of|to|at|=)(?: only| just| exactly| a single)?\s*$/],
];
const behind: readonly (readonly [Way, RegExp])[] = [
	[
		'least',
		/^\S*\s*(?:replicas?|pods?|times|restarts?)?\s*(?:or (?:more|above|over|larger|bigger|older|higher)|and (?:more|up|above))\b|^\S*\s*(?:개|대|번)?\s?(?:이상)/,
	],
	['most', /^\S*\s*(?:replicas?|pods?|times|restarts?)?\s*or (?:less|fewer|below|smaller)\b|^\S*\s*(?:개|대|번)?\s?(?:이하)/],
	['over', /^\S*\s*(?:개|대|번)?\s?(?:초과|을 넘|를 넘|넘|보다 ?(?:큰|크|많|높|오래|더|위))/],
	['under', /^\S*\s*(?:개|대|번)?\s?(?:미만|보다 ?(?:작|적|낮|짧|덜|아래))/],
	['equal', /^\S*\s*(?:개|대)?(?:인|짜리|(?:으)?로 ?(?:설정|되어|돼|맞춰|지정|내려|줄어|떨어|잡혀|잡아|스케일|꺼)|로만|뿐)/],
];

const signs: {readonly [way in Way]: string} = {over: '>', least: '≥', under: '<', most: '≤', equal: '='};

/** The comparisons of a clause: an amount with the words for how it compares before or behind it. */
export function bounds(clause: Clause): readonly Bound[] {
	const places = placesOf(clause);
	return amountsIn(clause).flatMap(amount => {
		const measured = measureOf(amount);
		const from = places[amount.first];
		if (measured === undefined || from === undefined) return [];
		const left = clause.text.slice(0, from).toLowerCase();
		const right = clause.text.slice(from).toLowerCase();
		const way = behind.find(([, pattern]) => pattern.test(right))?.[0] ?? before.find(([, pattern]) => pattern.test(left))?.[0];
		// `top 3`, `last 20`: how many are to be told.
		if (way === undefined || (way === 'equal' && (measured.unit !== 'count' || !isCounted(clause, amount)))) return [];
		const text = `${signs[way]} ${clause.text.slice(from).split(/[\s,?]/)[0] ?? ''}`;
		return [{way, ...measured, en: text, ko: text}];
	});
}

/** `레플리카가 1개인`, `with only one replica` say how many it has. */
const isCounted = (clause: Clause, {last, first}: Amount) =>
	[...clause.words.slice(Math.max(0, first - 3), first), ...clause.words.slice(first, last + 3)].some(word =>
		spoken({words: [word]}, 'replica pod instance copy restart 레플리카 복제본 파드 인스턴스 재시작'),
	);

function measureOf(amount: Amount): {readonly value: number; readonly unit: Unit} | undefined {
	switch (amount.kind) {
		case 'number':
		case 'factor':
			return {value: amount.value, unit: 'count'};
		case 'duration':
			return {value: amount.seconds, unit: 'seconds'};
		case 'quantity':
			return {value: quantityOf(amount.quantity) ?? 0, unit: amount.measures === 'cpu' ? 'cores' : 'bytes'};
		default:
			return undefined;
	}
}

/** Where each word begins in the text. */
function placesOf({text, words}: Clause): readonly number[] {
	let from = 0;
	return words.map(({raw}) => {
		const at = text.indexOf(raw, from);
		if (at !== -1) from = at + raw.length;
		return at === -1 ? from : at;
	});
}
