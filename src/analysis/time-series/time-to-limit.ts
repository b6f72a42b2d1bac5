import type {ForecastStep} from './forecast-result.ts';

/** When a forecast gets to a limit, in samples from now: 1 is the first step. Null where it does not within the horizon. */
export type TimeToLimit = {
	/** As early as one of ten such series gets there. */
	readonly low: number | null;
	/** As half of them do. */
	readonly mid: number | null;
	/** As late as nine of ten have got there. */
	readonly high: number | null;
	/** Probability to be there at the step where it is likeliest, 0.025 and 0.975 at most; whether it is there before then or between two steps is not counted. */
	readonly probability: number;
	/** `not within the horizon` where even the earliest is none. */
	readonly text: string;
};

/**
 * The range of times at which a forecast gets to a limit, from its bounds step by step.
 * @param direction from below (a disk fills) or from above (free space runs out)
 */
export function timeToLimit(steps: readonly ForecastStep[], limit: number, direction: 'rising' | 'falling' = 'rising'): TimeToLimit {
	const sign = direction === 'rising' ? 1 : -1;
	const when = (bound: (step: ForecastStep) => number) => {
		const at = steps.findIndex(step => sign * bound(step) >= sign * limit);
		return at === -1 ? null : at + 1;
	};
	const isRising = direction === 'rising';
	const low = when(step => (isRising ? step.high80 : step.low80));
	const mid = when(({median}) => median);
	const high = when(step => (isRising ? step.low80 : step.high80));
	const probability = Math.max(0, ...steps.map(step => probabilityBeyond(step, limit, isRising)));
	return {low, mid, high, probability, text: textOf({low, mid, high}, steps.length)};
}

/** Probability that one step is at the limit or beyond, linear between its bounds. */
function probabilityBeyond({low95, low80, median, high80, high95}: ForecastStep, limit: number, isRising: boolean): number {
	const below: readonly (readonly [number, number])[] = [
		[low95, 0.025],
		[low80, 0.1],
		[median, 0.5],
		[high80, 0.9],
		[high95, 0.975],
	];
	if (low95 === high95) return limit === median || limit < median === isRising ? 1 : 0;
	const above = below.findIndex(([value]) => value >= limit);
	const [[x1, p1] = [0, 0], [x2, p2] = [0, 0]] = above === -1 ? [below[4], below[4]] : [below[Math.max(0, above - 1)], below[above]];
	const share = x2 > x1 ? p1 + ((p2 - p1) * (limit - x1)) / (x2 - x1) : p2;
	return isRising ? 1 - share : share;
}

function textOf({low, mid, high}: Pick<TimeToLimit, 'low' | 'mid' | 'high'>, horizon: number): string {
	if (low === null) return `not within the horizon of ${horizon} steps`;
	const end = (at: number | null) => (at === null ? 'not within the horizon' : `after ${at}`);
	if (mid === null) return `perhaps: as early as ${end(low)} steps, in the middle not within the horizon of ${horizon}`;
	return `${end(mid)} steps, as early as ${end(low)} and as late as ${end(high)}`;
}
