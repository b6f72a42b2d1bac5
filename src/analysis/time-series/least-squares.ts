/** One row of a regression: fills `row` with the predictors at a time. */
type RowAt = (time: number, row: Float64Array) => void;

/** Which times, how wide a row is, and how strongly coefficients are held at zero (as a share of the mean square of the predictors). */
type Design = {readonly from: number; readonly to: number; readonly width: number; readonly ridge: number};

/**
 * Coefficients that make the squared errors smallest, by the normal equations; the ridge keeps them from growing where predictors say the same.
 * @param target the values, by time
 */
export function leastSquares(target: Float64Array, {from, to, width, ridge}: Design, rowAt: RowAt): Float64Array {
	const products = new Float64Array(width * width);
	const withTarget = new Float64Array(width);
	const row = new Float64Array(width);
	for (let time = from; time < to; time++) {
		rowAt(time, row);
		const y = target[time] ?? 0;
		for (let i = 0; i < width; i++) {
			const x = row[i] ?? 0;
			withTarget[i] = (withTarget[i] ?? 0) + x * y;
			for (let j = 0; j <= i; j++) products[i * width + j] = (products[i * width + j] ?? 0) + x * (row[j] ?? 0);
		}
	}
	hold(products, width, ridge);
	return solve(products, withTarget, width);
}

/** Adds to the diagonal. */
function hold(products: Float64Array, width: number, ridge: number): void {
	let trace = 0;
	for (let i = 0; i < width; i++) trace += products[i * width + i] ?? 0;
	const more = (ridge * trace) / width + Number.MIN_VALUE;
	for (let i = 0; i < width; i++) products[i * width + i] = (products[i * width + i] ?? 0) + more;
}

/** A pivot below that part of its column says nothing of its own. */
const smallestPivot = 1e-14;

/** Cholesky factor in place, then the two triangles. */
function solve(matrix: Float64Array, right: Float64Array, width: number): Float64Array {
	const at = (i: number, j: number) => matrix[i * width + j] ?? 0;
	for (let j = 0; j < width; j++) {
		const whole = at(j, j);
		let pivot = whole;
		for (let k = 0; k < j; k++) pivot -= at(j, k) ** 2;
		const root = Math.sqrt(Math.max(pivot, smallestPivot * whole, Number.MIN_VALUE));
		matrix[j * width + j] = root;
		for (let i = j + 1; i < width; i++) {
			let sum = at(i, j);
			for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
			matrix[i * width + j] = sum / root;
		}
	}
	const x = right.slice();
	for (let i = 0; i < width; i++) {
		for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - at(i, k) * (x[k] ?? 0);
		x[i] = (x[i] ?? 0) / at(i, i);
	}
	for (let i = width - 1; i >= 0; i--) {
		for (let k = i + 1; k < width; k++) x[i] = (x[i] ?? 0) - at(k, i) * (x[k] ?? 0);
		x[i] = (x[i] ?? 0) / at(i, i);
	}
	return x;
}
