import {bumpedForOom} from '../../right-sizing/oom-bump.ts';
import {type Aggregate, addCpu, addPeak, aggregation, subtractPeak} from './aggregate.ts';
import {wholeAmount} from './amounts.ts';

/** One container, as its samples come: it puts CPU and the peaks of memory into the aggregate of its name. */
export type ContainerUsage = {
	readonly aggregate: Aggregate;
	readonly intervalMs: number;
	lastCpuMs: number | undefined;
	lastMemoryMs: number | undefined;
	/** End of the interval whose peaks these are. Bytes. */
	windowEndMs: number | undefined;
	memoryPeak: number;
	oomPeak: number;
};

export const newContainer = (aggregate: Aggregate, intervalMs: number = aggregation.memoryIntervalMs): ContainerUsage => ({
	...{aggregate, intervalMs, lastCpuMs: undefined, lastMemoryMs: undefined, windowEndMs: undefined},
	...{memoryPeak: 0, oomPeak: 0},
});

/**
 * @param millicores whole
 * @returns whether it counts: neither negative nor out of order
 */
export function addCpuSample(container: ContainerUsage, millicores: number, atMs: number): boolean {
	if (!(millicores >= 0) || atMs <= (container.lastCpuMs ?? Number.NEGATIVE_INFINITY)) return false;
	addCpu(container.aggregate, millicores / 1000, atMs);
	container.lastCpuMs = atMs;
	return true;
}

/** @see addMemorySample in pkg/recommender/model/container.go */
export function addMemorySample(container: ContainerUsage, bytes: number, atMs: number, isOom = false): boolean {
	if (!(bytes >= 0) || (!isOom && atMs < (container.lastMemoryMs ?? Number.NEGATIVE_INFINITY))) return false;
	container.lastMemoryMs = atMs;
	const end = container.windowEndMs ?? atMs;
	const isWithin = atMs < end;
	const peak = Math.max(container.memoryPeak, container.oomPeak);
	// A first sample of nothing is no peak: a larger one of the same interval would not be counted, as in the recommender.
	if (isWithin && (peak === 0 || bytes <= peak)) return true;
	if (isWithin) subtractPeak(container.aggregate, peak, end);
	else Object.assign(container, {memoryPeak: 0, oomPeak: 0});
	container.windowEndMs = isWithin ? end : end + (Math.floor((atMs - end) / container.intervalMs) + 1) * container.intervalMs;
	addPeak(container.aggregate, bytes, container.windowEndMs);
	if (isOom) container.oomPeak = bytes;
	else container.memoryPeak = bytes;
	return true;
}

/**
 * A kill for memory counts as a use above what the container had.
 * @param requested bytes
 * @returns whether it counts: one before the interval of the last sample does not
 */
export function recordOom(container: ContainerUsage, requested: number, atMs: number): boolean {
	if (container.lastMemoryMs !== undefined && atMs < container.lastMemoryMs - container.intervalMs) return false;
	const needed = bumpedForOom(Math.max(requested, container.memoryPeak));
	return addMemorySample(container, wholeAmount(needed), atMs, true);
}
