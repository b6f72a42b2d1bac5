/** Powers of the suffixes of Kubernetes quantities; decimal ones as exponents of ten, binary ones as exponents of 1024. */
const decimal: {readonly [suffix: string]: number} = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18};
const binary: {readonly [suffix: string]: number} = {Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6};
const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d{1,3}))?$/;

/** Fractions below a nano are rounded up, as Kubernetes does. */
const nano = 9;

/**
 * A Kubernetes quantity in billionths of its unit (cores, bytes, pieces), exact: `500m` → 500000000n, `1Ki` → 1024000000000n.
 * Undefined for what is no quantity.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function nanoUnits(quantity: string | number): bigint | undefined {
	const match = form.exec(String(quantity).trim());
	if (match === null) return undefined;
	const [, sign, whole = '', fraction = '', suffix = '', exponent] = match;
	if (whole === '' && fraction === '') return undefined;
	const power = nano - fraction.length + (exponent === undefined ? (decimal[suffix] ?? 0) : Number(exponent));
	const digits = BigInt(whole + fraction) * 1024n ** BigInt(binary[suffix] ?? 0);
	const size = power >= 0 ? digits * 10n ** BigInt(power) : roundedUp(digits, 10n ** BigInt(-power));
	return sign === '-' ? -size : size;
}

const roundedUp = (value: bigint, divisor: bigint) => (value + divisor - 1n) / divisor;

/** Whether two quantities are the same amount, however they are written: `1000m` and `1`, `2048Mi` and `2Gi`. */
export function sameQuantity(left: string | number, right: string | number): boolean {
	const [first, second] = [nanoUnits(left), nanoUnits(right)];
	return first === undefined || second === undefined ? String(left) === String(right) : first === second;
}
