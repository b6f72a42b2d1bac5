/**
 * Go's math.Pow for whole exponents, step for step: its last bit is another than JavaScript's, and amounts are cut to whole ones after it.
 * @param base positive and finite, or infinite
 */
export function power(base: number, exponent: number): number {
	if (exponent === 0 || base === 1) return 1;
	if (exponent === 1 || !Number.isFinite(base)) return exponent > 0 ? base : 1 / base;
	let [fraction, scale] = split(base);
	let [product, productScale] = [1, 0];
	for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
		if (left % 2 === 1) {
			product *= fraction;
			productScale += scale;
		}
		fraction *= fraction;
		scale *= 2;
		if (fraction < 0.5) {
			fraction += fraction;
			scale--;
		}
	}
	return exponent < 0 ? (1 / product) * 2 ** -productScale : product * 2 ** productScale;
}

/** A positive number as a fraction from a half to one, and an exponent of two. */
function split(value: number): [fraction: number, exponent: number] {
	let exponent = Math.floor(Math.log2(value)) + 1;
	let fraction = value / 2 ** exponent;
	// The logarithm may round up to the next whole number.
	if (fraction >= 1) [fraction, exponent] = [fraction / 2, exponent + 1];
	if (fraction < 0.5) [fraction, exponent] = [fraction * 2, exponent - 1];
	return [fraction, exponent];
}

const ln2 = [0.6931471803691238, 1.9082149292705877e-10] as const;
const series = [0.16666666666666666, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8] as const;

/** Go's math.Exp2, step for step. */
export function powerOfTwo(exponent: number): number {
	if (exponent > 1023.9999999999999) return Number.POSITIVE_INFINITY;
	if (exponent < -1074) return 0;
	const whole = exponent > 0 ? Math.trunc(exponent + 0.5) : Math.trunc(exponent - 0.5);
	const part = exponent - whole;
	const [high, low] = [part * ln2[0], -part * ln2[1]];
	const r = high - low;
	const t = r * r;
	const c = r - t * (series[0] + t * (series[1] + t * (series[2] + t * (series[3] + t * series[4]))));
	return (1 - (low - (r * c) / (2 - c) - high)) * 2 ** whole;
}
