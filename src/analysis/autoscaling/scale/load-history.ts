/** One look at a workload: cores and bytes of an average ready pod, and how many there were. */
export type LoadSample = {
	readonly atMs: number;
	readonly cpuPerPod: number;
	readonly memoryPerPod?: number | undefined;
	readonly replicas: number;
};

/** What all pods together were asked to do, in order of time. */
export type Demand = {
	readonly points: readonly {readonly atMs: number; readonly cores: number; readonly replicas: number}[];
	/** The usual time between two points. */
	readonly stepMs: number;
	/** Time for which a point stands: gaps do not count. */
	readonly coveredMs: number;
	/** Part of the time from the first point to the last that is covered. */
	readonly coverage: number;
};

/** A point stands for as long as this many steps; after them nobody knows. */
const holdSteps = 3;

const isUsable = ({atMs, cpuPerPod, replicas}: LoadSample) =>
	Number.isFinite(atMs) && Number.isFinite(cpuPerPod) && cpuPerPod >= 0 && Number.isFinite(replicas) && replicas >= 0;

function usualStep(times: readonly number[]): number {
	const gaps = Float64Array.from(times.slice(1), (atMs, at) => atMs - (times[at] ?? atMs)).sort();
	return gaps[Math.floor(gaps.length / 2)] ?? 0;
}

/** How long a point stands. */
export const heldMs = ({points, stepMs}: Pick<Demand, 'points' | 'stepMs'>, at: number): number => {
	const point = points[at];
	const next = points[at + 1];
	if (point === undefined || next === undefined) return stepMs;
	const gap = next.atMs - point.atMs;
	return gap > holdSteps * stepMs ? stepMs : gap;
};

/** The demand in a history that may be out of order, with gaps, doubles and values that are no numbers. */
export function demandIn(samples: readonly LoadSample[]): Demand {
	const byTime = new Map(samples.filter(isUsable).map(sample => [sample.atMs, sample]));
	const points = [...byTime.values()]
		.toSorted((a, b) => a.atMs - b.atMs)
		.map(({atMs, cpuPerPod, replicas}) => ({atMs, cores: cpuPerPod * replicas, replicas}));
	const stepMs = usualStep(points.map(({atMs}) => atMs));
	const coveredMs = points.reduce((sum, _, at) => sum + heldMs({points, stepMs}, at), 0);
	const spanMs = (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0) + stepMs;
	return {points, stepMs, coveredMs, coverage: spanMs === 0 ? 0 : coveredMs / spanMs};
}

/** The same with at most so many points: neighbours become one, which has the largest of their demands. */
export function thinned(demand: Demand, most: number): Demand {
	const size = Math.ceil(demand.points.length / most);
	if (size <= 1) return demand;
	const points = demand.points.flatMap((point, at) => {
		if (at % size !== 0) return [];
		const cores = demand.points.slice(at, at + size).reduce((largest, each) => Math.max(largest, each.cores), 0);
		return [{...point, cores}];
	});
	return {...demand, points, stepMs: demand.stepMs * size};
}
