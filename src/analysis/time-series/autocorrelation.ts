/**
 * Autocorrelation at each lag from 0 on, each over the pairs that there are, so that long lags are not made small by their few pairs.
 * @returns zeros for a constant series
 */
export function autocorrelation(values: Float64Array, lags: number): Float64Array {
	const {length: n} = values;
	let size = 1;
	while (size < n + lags) size *= 2;
	const centre = values.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
	const real = new Float64Array(size);
	for (let time = 0; time < n; time++) real[time] = (values[time] ?? 0) - centre;
	const imaginary = new Float64Array(size);
	transform(real, imaginary);
	for (let i = 0; i < size; i++) {
		real[i] = (real[i] ?? 0) ** 2 + (imaginary[i] ?? 0) ** 2;
		imaginary[i] = 0;
	}
	transform(real, imaginary);
	const whole = (real[0] ?? 0) / Math.max(1, n);
	return Float64Array.from({length: Math.min(lags + 1, n)}, (_, lag) => (whole > 0 ? (real[lag] ?? 0) / (n - lag) / whole : 0));
}

/** Fast Fourier transform in place, of a length that is a power of two (Cooley and Tukey, 1965). */
function transform(real: Float64Array, imaginary: Float64Array): void {
	const {length: n} = real;
	reverseBits(real, imaginary);
	for (let half = 1; half < n; half *= 2)
		for (let k = 0; k < half; k++) {
			const [c, s] = [Math.cos((Math.PI * k) / half), -Math.sin((Math.PI * k) / half)];
			for (let low = k; low < n; low += 2 * half) {
				const high = low + half;
				const [x, y] = [real[high] ?? 0, imaginary[high] ?? 0];
				const [re, im] = [x * c - y * s, x * s + y * c];
				real[high] = (real[low] ?? 0) - re;
				imaginary[high] = (imaginary[low] ?? 0) - im;
				real[low] = (real[low] ?? 0) + re;
				imaginary[low] = (imaginary[low] ?? 0) + im;
			}
		}
}

function reverseBits(real: Float64Array, imaginary: Float64Array): void {
	const {length: n} = real;
	for (let i = 1, j = 0; i < n; i++) {
		let bit = n >> 1;
		for (; j & bit; bit >>= 1) j ^= bit;
		j ^= bit;
		if (i >= j) continue;
		for (const part of [real, imaginary]) [part[i], part[j]] = [part[j] ?? 0, part[i] ?? 0];
	}
}
