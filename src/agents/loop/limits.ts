import type {TokenUse} from '../models/model.ts';

/** What one turn may take. */
export type Limits = {
	/** Answers of the model. */
	readonly answers: number;
	/** Tokens sent and received; those that came from the model's cache do not count. */
	readonly tokens: number;
	/** Time in which the model and the reading tools work. A person's review is not counted. */
	readonly workMs: number;
	/** Time in which a model says nothing, after which it counts as one that does not answer. */
	readonly silenceMs: number;
	readonly dollars: number;
	/** Plans that a person is asked about. */
	readonly plans: number;
	/** Plans that the person said no to, after which none is shown any more in this turn. */
	readonly refusals: number;
	/** Changes in a row that policy, a dry run or the cluster refused before a person could be asked, after which none is planned any more in this turn. */
	readonly attempts: number;
};

/** Enough for an incident, and the price of a coffee. */
export const defaultLimits: Limits = {
	answers: 24,
	tokens: 400_000,
	workMs: 10 * 60_000,
	silenceMs: 2 * 60_000,
	dollars: 3,
	plans: 12,
	refusals: 3,
	attempts: 4,
};

export type Budget = {
	readonly used: (use: TokenUse, dollars: number) => void;
	readonly worked: (ms: number) => void;
	readonly leftMs: () => number;
	/** What is used up, as a sentence with a remedy; undefined while the turn may go on. */
	readonly over: () => string | undefined;
};

/** Counts what a turn takes. */
export function budgetOf({answers, tokens, workMs, dollars}: Limits): Budget {
	const spent = {answers: 0, tokens: 0, ms: 0, dollars: 0};
	return {
		used({inputTokens, outputTokens, cachedTokens}, money) {
			spent.answers += 1;
			spent.tokens += Math.max(0, inputTokens - cachedTokens) + outputTokens;
			spent.dollars += money;
		},
		worked(ms) {
			spent.ms += ms;
		},
		leftMs: () => Math.max(0, workMs - spent.ms),
		over() {
			if (spent.answers >= answers) return `${answers} answers of the model are used up. Ask for less at a time.`;
			if (spent.tokens >= tokens) return `${tokens} tokens are used up. Ask for less at a time.`;
			if (spent.ms >= workMs) return `${Math.round(workMs / 1000)} seconds of work are used up. Ask for less at a time.`;
			if (spent.dollars >= dollars) return `$${dollars} are used up. Ask for less at a time.`;
			return undefined;
		},
	};
}
