/**
 * The best test for one alternative: Wald's sequential probability ratio test (1945) of it against the nearest distribution without a difference.
 *
 * With the error ratios p of the stable version and qp of the canary known, no test with this error rate decides sooner on average (Wald and Wolfowitz
 * 1948). The hypothesis "no difference" does not know the common ratio, though, so a test must hold at each; the one that is hardest to tell from the
 * alternative has the mean ratio of all requests (the reverse information projection: Grünwald and others 2019; Turner and others 2022). The likelihood
 * ratio against it is the ratio of two binomials for where each error falls: `θ^x / (1 + s(θ − 1))^k`, for any ratio that both have in common.
 */
export type BestTest = {readonly odds: number; readonly boundary: number};

/** More errors than an hour brings; the chance of a first crossing after them is below 0.01 %. */
const mostErrors = 1500;

/** @param chance of ever deciding without a difference, which the boundary keeps exactly, by recursion over the errors */
export function bestTest(odds: number, share: number, chance: number): BestTest {
	let [low, high] = [1, 1 / chance];
	for (let step = 0; step < 14; step++) {
		const middle = (low + high) / 2;
		if (crossingChance(odds, share, middle) > chance) low = middle;
		else high = middle;
	}
	return {odds, boundary: high};
}

/** Log likelihood ratio of x canary errors among k. */
export const logRatio = (odds: number, share: number, x: number, k: number) => x * Math.log(odds) - k * Math.log(1 + share * (odds - 1));

/** Chance that the ratio ever reaches the boundary, each error being the canary's with this share. */
export function crossingChance(odds: number, share: number, boundary: number): number {
	let alive = new Float64Array(mostErrors + 2);
	alive[0] = 1;
	let crossed = 0;
	for (let k = 1; k <= mostErrors; k++) {
		const next = new Float64Array(mostErrors + 2);
		const limit = (Math.log(boundary) + k * Math.log(1 + share * (odds - 1))) / Math.log(odds);
		for (let x = 0; x <= Math.min(k, Math.ceil(limit)); x++) {
			const chance = (alive[x] ?? 0) * (1 - share) + (x > 0 ? (alive[x - 1] ?? 0) * share : 0);
			if (x >= limit) crossed += chance;
			else next[x] = chance;
		}
		alive = next;
	}
	return crossed;
}
