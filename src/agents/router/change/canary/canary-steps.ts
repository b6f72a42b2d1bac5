import type {Clause} from '../../clause.ts';
import {amountsIn} from '../../words/amounts.ts';

const percent = '(?:\\s?(?:%|percent|per cent|pct|퍼센트|프로))';
const step = `\\d{1,3}${percent}?`;
const joint = '(?:\\s*(?:,|→|->)\\s*(?:and\\s+)?(?:then\\s+)?|\\s+and\\s+(?:then\\s+)?|\\s+then\\s+)';
const several = new RegExp(`(?<![\\w.:/-])${step}(?:${joint}${step})+(?![\\w.:/-])`, 'i');
const named = /\bsteps?\b|단계/i;

/** Shares that follow each other, per cent: `25, 50, 100 percent`, `10% then 50%`, `steps 25,50,100`. Undefined where there are not several that rise. */
export function stepsIn(clause: Clause): readonly number[] | undefined {
	const {text} = clause;
	const found = several.exec(text)?.[0];
	if (found === undefined || !(new RegExp(percent, 'i').test(found) || named.test(text))) return undefined;
	const steps = [...found.matchAll(/\d+/g)].map(([digits]) => Number(digits));
	const isRising = steps.every((share, index) => share > (steps[index - 1] ?? 0) && share <= 100);
	// A share that stands elsewhere may be one more of them.
	const isWhole = amountsIn(clause).every(amount => amount.kind !== 'percent' || steps.includes(amount.value));
	return isRising && isWhole ? steps : undefined;
}

/** How long each step is judged: the one time that a clause names. */
export function intervalIn(clause: Clause): string | undefined {
	const [time, ...others] = amountsIn(clause).filter(amount => amount.kind === 'duration');
	return time === undefined || others.length > 0 ? undefined : `${time.seconds}s`;
}

/** Whether a clause asks for a rollout that goes step by step. */
export const speaksOfSteps = ({text}: Clause) => /\b(?:gradual|progressiv|step[ -]by[ -]step|in steps)|단계적|점진|단계별/i.test(text);
