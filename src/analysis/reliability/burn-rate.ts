import type {Finding} from '../../core/finding.ts';

/** Requests of a time, and those of them that failed. */
export type Counts = {readonly total: number; readonly bad: number};

/** A promise: this part of the requests of a window is answered well. `objective` lies between 0 and 1, such as 0.999. */
export type Objective = {readonly objective: number; readonly windowSeconds: number};

/** Windows over which burn rates are told, and their seconds. */
export const burnWindows = {'5m': 300, '30m': 1800, '1h': 3600, '2h': 7200, '6h': 21_600, '1d': 86_400, '3d': 259_200} as const;
export type BurnWindow = keyof typeof burnWindows;
export const burnWindowNames: readonly BurnWindow[] = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/** Burn rates by window; undefined where nothing was asked in it. */
export type BurnRates = {readonly [window in BurnWindow]?: number | undefined};

/**
 * How many times faster than allowed errors use the budget up: 1 uses it up exactly by the end of the window.
 * @returns undefined without requests: nobody can tell
 */
export const burnRate = ({total, bad}: Counts, {objective}: Pick<Objective, 'objective'>): number | undefined =>
	total > 0 ? Math.min(bad, total) / total / (1 - objective) : undefined;

/** What is left of the budget of a window: 1 is all of it, 0 none, less than 0 is overspent. Undefined without requests. */
export function budgetLeft(counts: Counts, objective: Pick<Objective, 'objective'>): number | undefined {
	const burnt = burnRate(counts, objective);
	return burnt === undefined ? undefined : 1 - burnt;
}

/** Seconds until the budget is used up at a rate; undefined where it never is. */
export function secondsToEmpty(left: number, rate: number, {windowSeconds}: Pick<Objective, 'windowSeconds'>): number | undefined {
	if (left <= 0) return 0;
	return rate > 0 ? Math.round((left * windowSeconds) / rate) : undefined;
}

/** A rule fires where both windows burn too fast: the long one says that it matters, the short one that it still does. */
export type BurnRule = {
	readonly long: BurnWindow;
	readonly short: BurnWindow;
	/** The part of the budget that is gone when the long window has burnt at the rule's rate. */
	readonly budgetPart: number;
	readonly asks: 'page' | 'ticket';
	readonly severity: Finding['severity'];
};

/**
 * Over 30 days the rates are 14.4, 6 and 1, those of the workbook, and 3 for a day, which is between them.
 * @see https://sre.google/workbook/alerting-on-slos/ (5, "Multiwindow, Multi-Burn-Rate Alerts", table 5-8)
 */
export const burnRules: readonly BurnRule[] = [
	{long: '1h', short: '5m', budgetPart: 0.02, asks: 'page', severity: 'critical'},
	{long: '6h', short: '30m', budgetPart: 0.05, asks: 'page', severity: 'high'},
	{long: '1d', short: '2h', budgetPart: 0.1, asks: 'ticket', severity: 'medium'},
	{long: '3d', short: '6h', budgetPart: 0.1, asks: 'ticket', severity: 'medium'},
];

/**
 * The rate from which a rule fires: 14.4 for 2 % of 30 days within an hour. Never below 1, as it would be over a short window: what burns more slowly than that
 * keeps the promise.
 */
export const rateOf = ({budgetPart, long}: BurnRule, {windowSeconds}: Pick<Objective, 'windowSeconds'>): number =>
	Math.max(1, (budgetPart * windowSeconds) / burnWindows[long]);

/** The gravest rule that fires; undefined where none does. */
export const firingRule = (rates: BurnRates, objective: Pick<Objective, 'windowSeconds'>): BurnRule | undefined =>
	burnRules.find(rule => [rule.long, rule.short].every(window => (rates[window] ?? 0) >= rateOf(rule, objective)));
