import {
	type BurnRates,
	budgetLeft,
	burnRate,
	burnWindowNames,
	firingRule,
	rateOf,
	secondsToEmpty,
} from '../../../analysis/reliability/burn-rate.ts';
import type {Ref} from '../../../core/kube/kube-object.ts';
import type {RequestCounter} from './request-counter.ts';
import type {SlaRow} from './sla-output.ts';

/** What a spark line has columns for. */
const steps = 30;

type Promised = {
	readonly name: string;
	readonly resource?: Ref | undefined;
	readonly objectivePercent: number;
	readonly windowSeconds: number;
};

/** Judges one objective; undefined where no request was asked within its window. */
export async function judgeSlo(counter: RequestCounter, promised: Promised, toMs: number): Promise<SlaRow | undefined> {
	const {objectivePercent, windowSeconds} = promised;
	const objective = {objective: objectivePercent / 100, windowSeconds};
	const whole = await counter.over(`${windowSeconds}s`);
	const left = whole === undefined ? undefined : budgetLeft(whole, objective);
	if (whole === undefined || left === undefined) return undefined;
	const stepSeconds = Math.round(windowSeconds / steps);
	const [history, ...counts] = await Promise.all([
		counter.history({toMs, stepSeconds, steps}),
		...burnWindowNames.map(async window => [window, await counter.over(window)] as const),
	]);
	const rates: BurnRates = Object.fromEntries(
		counts.map(([window, each]) => [window, each === undefined ? undefined : burnRate(each, objective)]),
	);
	const rule = firingRule(rates, objective);
	const first = history.findIndex(each => each !== null);
	const empty = secondsToEmpty(left, rates['1h'] ?? 0, objective);
	return {
		name: promised.name,
		...(promised.resource === undefined ? {} : {resource: promised.resource}),
		objectivePercent,
		windowSeconds,
		requests: whole.total,
		failedRequests: whole.bad,
		availabilityPercent: (1 - whole.bad / whole.total) * 100,
		budgetLeftPercent: left * 100,
		burnRates: {'5m': null, '30m': null, '1h': null, '2h': null, '6h': null, '1d': null, '3d': null, ...withNulls(rates)},
		...(rule === undefined
			? {}
			: {
					alert: {
						asks: rule.asks,
						severity: rule.severity,
						longWindow: rule.long,
						shortWindow: rule.short,
						fromBurnRate: rateOf(rule, objective),
					},
				}),
		secondsToEmpty: empty ?? null,
		historyPercent: history.map(each => (each === null || each.total === 0 ? null : (1 - each.bad / each.total) * 100)),
		coveredSeconds: first < 0 ? 0 : (history.length - first) * stepSeconds,
	};
}

/** JSON has no undefined. */
const withNulls = (rates: BurnRates) => Object.fromEntries(Object.entries(rates).map(([window, rate]) => [window, rate ?? null]));
