import type {ScalingRules} from './behavior.ts';

/** One change by the autoscaler, up or down, as a positive number. */
export type ScaleEvent = {readonly change: number; readonly atMs: number; readonly isOutdated: boolean};

/** Sum of changes in the last seconds. @see getReplicasChangePerPeriod in horizontal.go */
export function changeWithin(events: readonly ScaleEvent[], periodSeconds: number, nowMs: number): number {
	let sum = 0;
	for (const {change, atMs} of events) if (atMs > nowMs - periodSeconds * 1000) sum += change;
	return sum;
}

/**
 * Events with a new one, which takes the place of one that no policy counts any more.
 * @see storeScaleEvent in horizontal.go
 */
export function withEvent(events: readonly ScaleEvent[], change: number, {policies}: ScalingRules, nowMs: number): readonly ScaleEvent[] {
	const longest = policies.reduce((most, {periodSeconds}) => Math.max(most, periodSeconds), 0);
	const marked = events.map(event => (event.atMs < nowMs - longest * 1000 ? {...event, isOutdated: true} : event));
	const added = {change, atMs: nowMs, isOutdated: false};
	const at = marked.findLastIndex(({isOutdated}) => isOutdated);
	return at === -1 ? [...marked, added] : marked.with(at, added);
}
