/** A point of the simplex and its cost. */
type Vertex = {readonly x: readonly number[]; readonly cost: number};

/** How far from the start the first simplex reaches, and when it is small enough; parameters here are shares of about 0 to 1. */
const reach = 0.15;
const closeEnough = 1e-4;

/**
 * Minimum of a function of a few parameters, without derivatives, by the simplex of Nelder and Mead (1965).
 * @param cost may be infinite or NaN outside of its domain; the start itself has to be inside
 * @param steps most evaluations
 * @returns the best point seen, the start where nothing is better
 * @see Lagarias et al. (1998), https://doi.org/10.1137/S1052623496303470
 */
export function nelderMead(cost: (x: readonly number[]) => number, start: readonly number[], steps = 120): readonly number[] {
	let left = steps;
	const at = (x: readonly number[]): Vertex => {
		left--;
		const value = cost(x);
		return {x, cost: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value};
	};
	let simplex = [
		at(start),
		...start.map((_, side) => at(start.map((value, index) => (index === side ? value + (value > 0.5 ? -reach : reach) : value)))),
	];
	const sorted = () => simplex.toSorted((one, other) => one.cost - other.cost);
	for (simplex = sorted(); left > 0 && !isSmall(simplex); simplex = sorted()) simplex = step(simplex, at);
	return simplex[0]?.x ?? start;
}

/** Whether the costs of best and worst are the same for all that matters. */
function isSmall(simplex: readonly Vertex[]): boolean {
	const [best = 0, worst = 0] = [simplex[0]?.cost, simplex.at(-1)?.cost];
	return worst - best <= closeEnough * Math.abs(best) || !Number.isFinite(best);
}

/** One step: the worst vertex is reflected, stretched or drawn in; where none of it helps, all shrink to the best. */
function step(simplex: readonly Vertex[], at: (x: readonly number[]) => Vertex): Vertex[] {
	const [best, worst] = [simplex[0], simplex.at(-1)];
	if (best === undefined || worst === undefined || simplex.length < 2) return [...simplex];
	const others = simplex.slice(0, -1);
	const centre = best.x.map((_, index) => others.reduce((sum, {x}) => sum + (x[index] ?? 0), 0) / others.length);
	const along = (factor: number) => at(centre.map((value, index) => value + factor * (value - (worst.x[index] ?? 0))));
	const reflected = along(1);
	if (reflected.cost < best.cost) {
		const stretched = along(2);
		return [...others, stretched.cost < reflected.cost ? stretched : reflected];
	}
	if (reflected.cost < (others.at(-1)?.cost ?? 0)) return [...others, reflected];
	const drawnIn = along(reflected.cost < worst.cost ? 0.5 : -0.5);
	if (drawnIn.cost < Math.min(reflected.cost, worst.cost)) return [...others, drawnIn];
	return [best, ...simplex.slice(1).map(({x}) => at(x.map((value, index) => ((best.x[index] ?? 0) + value) / 2)))];
}
