/** Cores that all pods together will be asked for, as the caller forecasts them. */
export type LoadForecast = {
	/** Whose forecast it is, for people. */
	readonly source: string;
	readonly points: readonly {readonly atMs: number; readonly high: number}[];
};

/** A floor of replicas for some time. */
export type Floor = {readonly fromMs: number; readonly toMs: number; readonly minReplicas: number};

/**
 * When the floor should be raised, and to what, so that pods serve before a peak that is forecast: by the upper end of its interval.
 * Never below the floor that holds anyhow.
 * @param neededFor replicas for so many cores
 * @param leadMs how much earlier a floor must rise than the load
 */
export function floorPlan(
	{points}: LoadForecast,
	neededFor: (cores: number) => number,
	bounds: {readonly minReplicas: number; readonly maxReplicas: number},
	leadMs: number,
	nowMs: number,
): readonly Floor[] {
	const ahead = points.filter(({atMs, high}) => atMs > nowMs && Number.isFinite(high)).toSorted((a, b) => a.atMs - b.atMs);
	const floors: Floor[] = [];
	for (const [at, {atMs, high}] of ahead.entries()) {
		const minReplicas = Math.min(neededFor(high), bounds.maxReplicas);
		if (minReplicas <= bounds.minReplicas) continue;
		const fromMs = Math.max(nowMs, atMs - leadMs);
		const toMs = ahead[at + 1]?.atMs ?? atMs + (atMs - (ahead[at - 1]?.atMs ?? nowMs));
		const last = floors.at(-1);
		if (last !== undefined && last.minReplicas === minReplicas && last.toMs >= fromMs) floors[floors.length - 1] = {...last, toMs};
		// What falls keeps until the load has fallen; what rises does so early.
		else if (last !== undefined && last.toMs > fromMs && last.minReplicas > minReplicas)
			floors.push({fromMs: last.toMs, toMs: Math.max(toMs, last.toMs), minReplicas});
		else {
			if (last !== undefined && last.toMs > fromMs) floors[floors.length - 1] = {...last, toMs: fromMs};
			floors.push({fromMs, toMs, minReplicas});
		}
	}
	return floors.filter(({fromMs, toMs}) => toMs > fromMs);
}
