/** One backend of a rule. `isStable`: it leads to the workload, so the canary takes its part from it. */
export type Backend = {readonly weight: number; readonly isStable: boolean};

/** The new weight of a backend, and of the canary's twin beside it where it is a stable one. */
export type Split = {readonly own: number; readonly canary: number | undefined};

/** The highest weight that the Gateway API takes. */
const highest = 1_000_000;

/**
 * Weights that are shares of their sum: the canary gets its per cent of what the workload had, and every other backend keeps its share, exactly
 * unless a weight would pass 1,000,000.
 * @param percent 0 to 100, whole
 */
export function splitShares(backends: readonly Backend[], percent: number): readonly Split[] {
	const unit = backends.reduce((divisor, {weight}) => gcd(divisor, weight), 0) || 1;
	const exact = backends.map(({weight, isStable}): Split => {
		const parts = weight / unit;
		return isStable ? {own: parts * (100 - percent), canary: parts * percent} : {own: parts * 100, canary: undefined};
	});
	const most = Math.max(...exact.flatMap(({own, canary}) => [own, canary ?? 0]));
	if (most <= highest) return exact;
	// A backend that got something keeps something.
	const scaled = (value: number) => (value === 0 ? 0 : Math.max(1, Math.round((value * highest) / most)));
	return exact.map(({own, canary}) => ({own: scaled(own), canary: canary === undefined ? undefined : scaled(canary)}));
}

/**
 * Weights that have to add up to what they did: other backends keep theirs to the number, and the canary gets its per cent of the workload's,
 * rounded to a whole number but never to everything, nor to nothing where there are two to share.
 * @param percent 0 to 100, whole
 */
export function splitWhole(backends: readonly Backend[], percent: number): readonly Split[] {
	const stable = backends.reduce((sum, {weight, isStable}) => sum + (isStable ? weight : 0), 0);
	const isPart = percent > 0 && percent < 100;
	const wanted = Math.round((stable * percent) / 100);
	const canary = isPart ? Math.max(0, Math.min(Math.max(wanted, 1), stable - 1)) : wanted;
	const parts = apportion(
		canary,
		backends.map(({weight, isStable}) => (isStable ? weight : 0)),
	);
	return backends.map(({weight, isStable}, index) =>
		isStable ? {own: weight - (parts[index] ?? 0), canary: parts[index] ?? 0} : {own: weight, canary: undefined},
	);
}

/** Whole numbers of a sum, in proportion: the largest remainders get what is left. */
function apportion(sum: number, weights: readonly number[]): readonly number[] {
	const all = weights.reduce((total, weight) => total + weight, 0);
	if (all === 0) return weights.map(() => 0);
	const exact = weights.map(weight => (sum * weight) / all);
	const left = sum - exact.reduce((total, value) => total + Math.floor(value), 0);
	const byRemainder = exact
		.map((value, index) => ({index, rest: value - Math.floor(value)}))
		.sort((a, b) => b.rest - a.rest || a.index - b.index);
	const lucky = new Set(byRemainder.slice(0, left).map(({index}) => index));
	return exact.map((value, index) => Math.floor(value) + (lucky.has(index) ? 1 : 0));
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
