import {mean} from '../../statistics/summary.ts';
import type {GaugeInterval} from '../metric.ts';

/** One point of each side per minute: the mean of its pods and looks within it, so that looks that are taken more often are no more evidence. */
export type GaugePoints = {readonly canary: readonly number[]; readonly stable: readonly number[]};

const minuteMs = 60_000;

/** Points of both sides from the same minutes; minutes in which one side has no value are left out. */
export function pairedPoints(intervals: readonly GaugeInterval[]): GaugePoints {
	const minutes = new Map<number, {readonly canary: number[]; readonly stable: number[]}>();
	let elapsedMs = 0;
	for (const {spanMs, canary, stable} of intervals) {
		elapsedMs += spanMs;
		// A look belongs to the minute that ends with it or after it.
		const minute = Math.max(0, Math.ceil(elapsedMs / minuteMs) - 1);
		const open = minutes.get(minute) ?? {canary: [], stable: []};
		open.canary.push(...canary.filter(Number.isFinite));
		open.stable.push(...stable.filter(Number.isFinite));
		minutes.set(minute, open);
	}
	const whole = [...minutes.values()].filter(({canary, stable}) => canary.length > 0 && stable.length > 0);
	return {canary: whole.map(({canary}) => mean(canary)), stable: whole.map(({stable}) => mean(stable))};
}
