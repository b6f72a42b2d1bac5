import type {Range} from './syntax.ts';

/**
 * What `rate`, `increase` and `delta` answer for one range: the difference of its ends, corrected for resets of a counter,
 * and stretched towards the borders of the range. A border further off than 1.1 sample intervals is reached half an interval; a counter is never stretched below zero.
 * @returns undefined with fewer than two samples
 * @see extrapolatedRate in promql/functions.go of Prometheus
 */
export function extrapolated({turns, count, fromMs, toMs}: Range, kind: 'rate' | 'increase' | 'delta'): number | undefined {
	const first = turns[0];
	const last = turns.at(-1);
	if (first === undefined || last === undefined || count < 2) return undefined;
	const counter = kind !== 'delta';
	const change = last.value - first.value + (counter ? lostInResets(turns) : 0);
	const sampledMs = last.ms - first.ms;
	const intervalMs = sampledMs / (count - 1);
	const reach = (gapMs: number) => (gapMs >= intervalMs * 1.1 ? intervalMs / 2 : gapMs);
	const toZeroMs = counter && change > 0 && first.value >= 0 ? sampledMs * (first.value / change) : Number.POSITIVE_INFINITY;
	const stretchedMs = sampledMs + Math.min(reach(first.ms - fromMs), toZeroMs) + reach(toMs - last.ms);
	const whole = (change * stretchedMs) / sampledMs;
	return kind === 'rate' ? whole / ((toMs - fromMs) / 1000) : whole;
}

function lostInResets(samples: Range['turns']) {
	let lost = 0;
	let before = 0;
	for (const {value} of samples) {
		if (value < before) lost += before;
		before = value;
	}
	return lost;
}

/** Per second, from the last two samples only. */
export function instantRate({samples}: Range): number | undefined {
	const last = samples.at(-1);
	const before = samples.at(-2);
	if (last === undefined || before === undefined) return undefined;
	return (last.value < before.value ? last.value : last.value - before.value) / ((last.ms - before.ms) / 1000);
}
