/** A stream of numbers from 0 to 1, the same for the same seed (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Successes among `n`, by jumping from one to the next (Devroye 1986, X.4). */
export function binomial(next: Random, n: number, chance: number): number {
	if (chance <= 0) return 0;
	if (chance > 0.5) return n - binomial(next, n, 1 - chance);
	const logMiss = Math.log1p(-chance);
	if (logMiss > -1e-15) return 0;
	let successes = 0;
	for (let at = 0; ; successes++) {
		at += Math.floor(Math.log1p(-next()) / logMiss) + 1;
		if (at > n) return successes;
	}
}

/** By products of uniforms (Knuth); for means of up to a few dozen. */
export function poisson(next: Random, mean: number): number {
	const limit = Math.exp(-mean);
	let count = 0;
	for (let product = next(); product > limit; product *= next()) count++;
	return count;
}

/** Polar angle of Box and Muller. */
export const normal = (next: Random): number => Math.sqrt(-2 * Math.log1p(-next())) * Math.cos(2 * Math.PI * next());

/** Gamma with mean `shape` and scale 1 (Marsaglia and Tsang 2000). */
export function gamma(next: Random, shape: number): number {
	if (shape < 1) return gamma(next, shape + 1) * (1 - next()) ** (1 / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const x = normal(next);
		const v = (1 + c * x) ** 3;
		if (v > 0 && Math.log1p(-next()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
	}
}
