import type {Demand} from './load-history.ts';
import type {ScaleSettings} from './replay.ts';

/** Parts of the request, from what leaves room for a doubling to what leaves a quarter. */
const targets = [50, 60, 70, 80] as const;
/** What is left above the most that was ever wanted. */
const headroom = 1.25;
/** One replica is none while it is replaced; whoever has one now has chosen so. */
const leastReplicas = 2;

/** Replicas for so many cores. */
export const neededWith = (requestCores: number, targetPercent: number) => (cores: number) =>
	Math.max(1, Math.ceil((cores * 100) / (requestCores * targetPercent) - 1e-9));

/** Floors worth a try: what the quiet, the usual and the busy hours need, and the present one. */
function floorsFor(demand: Demand, need: (cores: number) => number, least: number, present: number | undefined): readonly number[] {
	const sorted = Float64Array.from(demand.points, ({cores}) => cores).sort();
	const quantiles = [0.05, 0.5, 0.9].map(part => need(sorted[Math.floor(part * (sorted.length - 1))] ?? 0));
	return [...new Set([...quantiles, present ?? least].map(floor => Math.max(floor, least)))].toSorted((a, b) => a - b);
}

/**
 * Settings worth a replay. None has a floor below what is used now, nor a ceiling below what there is or may come.
 * @param coming the most cores that are forecast
 * @param mayLower whether there is enough to go by for fewer pods than now
 */
export function candidates(
	demand: Demand,
	requestCores: number,
	present: ScaleSettings | undefined,
	coming: number,
	mayLower: boolean,
): readonly ScaleSettings[] {
	const last = demand.points.at(-1);
	const peak = demand.points.reduce((most, {cores}) => Math.max(most, cores), coming);
	const known = present === undefined ? targets : [...new Set([...targets, present.targetPercent])];
	// A higher target is fewer pods.
	const tried = mayLower || present === undefined ? known : known.filter(target => target <= present.targetPercent);
	const floorNow = present?.minReplicas ?? leastReplicas;
	return tried.flatMap(targetPercent => {
		const need = neededWith(requestCores, targetPercent);
		const least = Math.max(need(last?.cores ?? 0), mayLower ? Math.min(leastReplicas, floorNow) : floorNow);
		const most = Math.max(Math.ceil(need(peak) * headroom), present?.maxReplicas ?? 0, last?.replicas ?? 0);
		return floorsFor(demand, need, least, present?.minReplicas).map(minReplicas => ({
			...{minReplicas, maxReplicas: Math.max(most, minReplicas), targetPercent},
			behavior: present?.behavior,
		}));
	});
}
