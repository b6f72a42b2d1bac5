/** Go's int64 limits as numbers; 2⁶³ − 1 has none of its own. */
export const maxInt64 = 2 ** 63;
export const maxInt32 = 2 ** 31 - 1;

/** Quotient of two integers towards zero, without the rounding of a division between: exact up to 2⁵³. */
export const quotient = (value: number, divisor: number): number => (value - (value % divisor)) / divisor;

/** Whole percent, exact however large the product; it wraps at 32 bits where the controller's does. */
export function percentOf(value: number, whole: number): number {
	const hundredfold = value * 100;
	if (Math.abs(hundredfold) <= Number.MAX_SAFE_INTEGER) return quotient(hundredfold, whole) | 0;
	return Number(BigInt.asIntN(32, BigInt.asIntN(64, BigInt(value) * 100n) / BigInt(whole)));
}

/** The next whole number as an int32: what does not fit becomes the least one, as on amd64. */
export function ceilInt32(value: number): number {
	const whole = Math.ceil(value);
	// A negative zero is a zero to Go's integers.
	return whole <= maxInt32 && whole >= -maxInt32 - 1 ? whole + 0 : -maxInt32 - 1;
}
