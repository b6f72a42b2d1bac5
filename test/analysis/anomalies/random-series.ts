/** Random numbers that are the same in every run (mulberry32), in the distributions that metrics have. */
export function randomNumbers(seed: number) {
	let state = seed;
	const uniform = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
	/** Student's t with three degrees of freedom. */
	const heavy = () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3);
	const poisson = (mean: number) => {
		let count = 0;
		let chance = Math.exp(-mean);
		for (let below = chance, at = uniform(); at > below && count < 1000; below += chance) chance *= mean / ++count;
		return count;
	};
	return {uniform, normal, heavy, poisson};
}

/** A series of this length. */
export const series = (rows: number, value: (row: number) => number): number[] => Array.from({length: rows}, (_, row) => value(row));
