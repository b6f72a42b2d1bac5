/**
 * A number as Prometheus writes it: in text, since JSON has no NaN or infinity, and with two digits of exponent at least.
 * @see MarshalFloat in util/jsonutil of Prometheus; JavaScript turns to exponents at the same sizes
 */
export function numberText(value: number): string {
	if (value === Number.POSITIVE_INFINITY) return '+Inf';
	if (value === Number.NEGATIVE_INFINITY) return '-Inf';
	return Object.is(value, -0) ? '-0' : String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}
