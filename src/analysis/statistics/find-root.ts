/** One end of the search. */
type Point = {readonly x: number; readonly y: number};

/**
 * Root between two points of opposite sign, by Brent's method (1973, chapter 4) in the steps of R's `uniroot`: on a step function the answer
 * depends on the way there, so whoever compares results with R has to search like it.
 * @param tolerance width of the interval at which the search ends
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance: number): number {
	let [a, b]: readonly [Point, Point] = [at(f, low), at(f, high)];
	let c = a;
	for (let steps = 0; steps < 1000; steps++) {
		const before = b.x - a.x;
		if (Math.abs(c.y) < Math.abs(b.y)) [a, b, c] = [b, c, b];
		const least = 2 * Number.EPSILON * Math.abs(b.x) + tolerance / 2;
		const half = (c.x - b.x) / 2;
		if (Math.abs(half) <= least || b.y === 0) return b.x;
		const step = stepFrom(a, b, c, before, least, half);
		a = b;
		b = at(f, b.x + (Math.abs(step) < least ? (step > 0 ? least : -least) : step));
		if (b.y > 0 === c.y > 0) c = a;
	}
	return b.x;
}

const at = (f: (x: number) => number, x: number): Point => ({x, y: f(x)});

/** Interpolation where it promises more than halving. */
function stepFrom(a: Point, b: Point, c: Point, before: number, least: number, half: number): number {
	if (Math.abs(before) < least || Math.abs(a.y) <= Math.abs(b.y)) return half;
	const {p, q} = interpolated(a, b, c);
	const [up, down] = p > 0 ? [p, -q] : [-p, q];
	return up < 0.75 * (c.x - b.x) * down - Math.abs(least * down) / 2 && up < Math.abs((before * down) / 2) ? up / down : half;
}

/** The secant through two points, or the inverse quadratic through three, as a quotient. */
function interpolated(a: Point, b: Point, c: Point): {readonly p: number; readonly q: number} {
	const width = c.x - b.x;
	const t1 = b.y / a.y;
	if (a.x === c.x) return {p: width * t1, q: 1 - t1};
	const quotient = a.y / c.y;
	const t2 = b.y / c.y;
	return {p: t1 * (width * quotient * (quotient - t2) - (b.x - a.x) * (t2 - 1)), q: (quotient - 1) * (t1 - 1) * (t2 - 1)};
}
