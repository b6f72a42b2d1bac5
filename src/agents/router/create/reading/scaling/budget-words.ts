import {numberOf} from '../../../words/number-words.ts';
import type {BudgetWish} from '../../manifests/limits.ts';
import {listParts, partAt, type Span, spanOf} from '../limits/marked-text.ts';
import type {Wish} from '../wish.ts';

const away =
	/max ?unavailable|unavailable|\bdown\b|disrupt|evict|\baway\b|\blos[et]\b|\bmissing\b|\bout\b|\bgone\b|\btaken\b|at a time|at once|simultaneous|내려|내릴|중단|빠[지져질]|죽|축출|비워|끊|멈|잃|동시에|한 ?번에|한꺼번에/i;
const stay =
	/min ?available|\bat least|\bmin(?:imum)?\b|\bstay|\bkeep|\bkept|\bremain|surviv|running|(?<!un)available\b|\bup\b|alive|healthy|\bleft\b|ready|no(?:t)? (?:fewer|less) than|never (?:fewer|less|below|under)|최소|적어도|이상|살아|살려|유지|남|떠 ?있|가용|보장|띄워/i;
const most = /\bat (?:the )?most\b|\bno(?:t)? more than\b|\bmore than\b|\bup to\b|\bonly\b|\bmax(?:imum)?\b|까지|최대|이하|초과|넘/i;
const least =
	/\bat (?:the )?least\b|\bno(?:t)? (?:fewer|less) than\b|\bnever (?:fewer|less|below|under)\b|\bmin(?:imum)?\b|최소|적어도|이상/i;

const none =
	/\b(?:no|not (?:a single|any|one)|zero|without any) (?:\w+ ){0,2}(?:disruptions?|evictions?|pods? may)|\bnever (?:be )?(?:evict|disrupt)|(?:하나도|한 ?개도|절대|아예)[^,.]{0,20}(?:안|못|없|말)/i;

type Told = Span & {readonly amount: number | string};

/** Every amount that may be meant; `PDB 하나` and `a budget` count what is made. */
function amountsIn(wish: Wish, text: string): readonly Told[] {
	return wish.amounts.flatMap((each): readonly Told[] => {
		const span = spanOf(wish, each);
		const isThing =
			/(?:pdb|budget|버짓|예산)[을를도]? ?$/i.test(text.slice(0, span.from)) && /^(?:하나|한|1개)/.test(text.slice(span.from));
		if (isThing || /^(?:a|an)$/i.test(text.slice(span.from, span.to))) return [];
		if (each.kind === 'number') return [{...span, amount: each.value}];
		// A budget counts whole percents.
		if (each.kind === 'percent') return [{...span, amount: `${Math.round(each.value)}%`}];
		return each.kind === 'share' ? [{...span, amount: `${Math.round(each.value * 100)}%`}] : [];
	});
}

const partings = /[,;:](?=\s|$)|\.(?=\s|$)|[()]|\s\/(?=\s)/g;

const has = (pattern: RegExp, text: string) => (pattern.test(text) ? 1 : 0);

/** How likely an amount of a part is the one that is meant: beside words for bounds first, then for staying or being away. */
const weight = (said: string) =>
	8 * has(/(?:max|min) ?(?:un)?available/i, said) + 2 * (has(most, said) + has(least, said)) + has(away, said) + has(stay, said);

const many = '(\\d+|two|three|four|five|두|세|네|다섯)';
/** `두 개 이상 빠지지 않게`, `no two pods may be down at once`: so many are too many. */
const tooMany = [
	new RegExp(
		`${many} ?(?:개|대|파드)? ?이상(?:이|은|씩)?[^,.]{0,12}(?:빠지|내려가|내리|중단|죽|멈추|사라지|축출|없어지|종료|비워)[가-힣]*(?:지 ?(?:는 ?)?(?:않|못|말)|면 ?안| ?없)`,
	),
	new RegExp(
		`\\b(?:no|never(?: have)?|not) ${many} (?:or more )?(?:of (?:them|its|the)[^,.;]{0,16}|pods?|replicas?|instances?)?[^,.;]{0,24}\\b(?:down|away|out|gone|missing|unavailable|evicted|disrupted|offline)\\b`,
		'i',
	),
];
function neverSoMany(text: string): number | undefined {
	const found = tooMany.map(pattern => pattern.exec(text)?.[1]).find(one => one !== undefined);
	return found === undefined ? undefined : numberOf(found.toLowerCase());
}

/** Whether the amount is of pods that may be away, by the words of its own part, else by all. */
function isAway(said: string, text: string): boolean {
	if (/max ?unavailable|maxunavailable/i.test(said)) return true;
	if (/min ?available|minavailable/i.test(said)) return false;
	if (least.test(said)) return false;
	if (most.test(said)) return !(/\bonly\b/i.test(said) && stay.test(said) && !away.test(said));
	if (away.test(said) || stay.test(said)) return away.test(said) && !stay.test(said);
	return said === text ? false : isAway(text, text);
}

const unhealthy = (text: string): Pick<BudgetWish, 'unhealthyPodEvictionPolicy'> => {
	if (/AlwaysAllow/i.test(text)) return {unhealthyPodEvictionPolicy: 'AlwaysAllow'};
	if (/IfHealthyBudget/i.test(text)) return {unhealthyPodEvictionPolicy: 'IfHealthyBudget'};
	const isAlways =
		/\b(?:unhealthy|broken|unready|not[- ]ready|sick|crashing|failing)\b[^,.;]{0,40}\b(?:always|anyway|any ?time|regardless|no matter)|(?:비정상|아픈|준비되지 않은|고장)[^,.]{0,20}(?:언제나|항상|언제든)/i.test(
			text,
		);
	return isAlways ? {unhealthyPodEvictionPolicy: 'AlwaysAllow'} : {};
};

/** `leave the budget of web and its minAvailable of 2 in peace` */
const leftAlone = /\b(?:leave|keep)\b[^.;]*\b(?:in peace|alone|untouched|unchanged|as (?:it|they) (?:is|are))\b/gi;

/**
 * How many pods have to stay, or may be away; undefined where it is not said.
 * @param said the text of the wish, without names
 */
export function budgetIn(wish: Wish, said: string): BudgetWish | undefined {
	const text = said.replaceAll(leftAlone, others => ' '.repeat(others.length));
	const policy = unhealthy(text);
	if (/\ball but one\b|하나만 빼고/i.test(text)) return {field: 'maxUnavailable', amount: 1, ...policy};
	const fewer = neverSoMany(text);
	if (fewer !== undefined && !/(?:un)?available/i.test(text)) return {field: 'maxUnavailable', amount: fewer - 1, ...policy};
	const parts = listParts(text, partings);
	const told = amountsIn(wish, text)
		.map(each => {
			const part = partAt(parts, each.from);
			return {...each, said: text.slice(part.from, part.to)};
		})
		.toSorted((left, right) => weight(right.said) - weight(left.said));
	const [best] = told;
	if (best === undefined) return none.test(text) ? {field: 'maxUnavailable', amount: 0, ...policy} : undefined;
	return {field: isAway(best.said, text) ? 'maxUnavailable' : 'minAvailable', amount: best.amount, ...policy};
}
