/** Suffixes of Kubernetes quantities: decimal ones as exponents of ten, binary ones as exponents of 1024, each in rising order. */
export const decimalSuffixes = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18} as const;
export const binarySuffixes = {'': 0, Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6} as const;

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d{1,3}))?$/;

/** A quantity taken apart: `-1.50Ki` is the digits 150 with two places, negative, with the suffix Ki. */
type Parts = {
	readonly isNegative: boolean;
	readonly digits: bigint;
	/** Of the digits, those behind the point. */
	readonly places: number;
	/** Exponent of ten, by a decimal suffix or `e3`. */
	readonly tens: number;
	/** Exponent of 1024. */
	readonly powers: number;
	readonly hasExponent: boolean;
};

const exponentIn = (suffixes: {readonly [suffix: string]: number}, suffix: string) => suffixes[suffix] ?? 0;

/**
 * Reads what Kubernetes takes for a quantity. Undefined for what is none.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function readQuantity(text: string): Parts | undefined {
	const match = form.exec(text);
	if (match === null) return undefined;
	const [, sign, whole = '', fraction = '', suffix = '', exponent] = match;
	if (whole === '' && fraction === '') return undefined;
	return {
		isNegative: sign === '-',
		digits: BigInt(whole + fraction),
		places: fraction.length,
		tens: exponent === undefined ? exponentIn(decimalSuffixes, suffix) : Number(exponent),
		powers: exponentIn(binarySuffixes, suffix),
		hasExponent: exponent !== undefined,
	};
}

/** Fractions below a nano are rounded up, as Kubernetes does. */
const nano = 9;

/**
 * A quantity in billionths of its unit (cores, bytes, pieces), exact: `500m` → 500000000n, `1Ki` → 1024000000000n.
 * Undefined for what is no quantity.
 */
export function nanoUnits(quantity: string | number): bigint | undefined {
	const parts = readQuantity(String(quantity).trim());
	if (parts === undefined) return undefined;
	const power = nano + parts.tens - parts.places;
	const digits = parts.digits * 1024n ** BigInt(parts.powers);
	const size = power >= 0 ? digits * 10n ** BigInt(power) : roundedUp(digits, 10n ** BigInt(-power));
	return parts.isNegative ? -size : size;
}

/** A quotient of two natural numbers, rounded up. */
export const roundedUp = (value: bigint, divisor: bigint) => (value + divisor - 1n) / divisor;

/** Whether two quantities are the same amount, however they are written: `1000m` and `1`, `2048Mi` and `2Gi`. */
export function sameQuantity(left: string | number, right: string | number): boolean {
	const [first, second] = [nanoUnits(left), nanoUnits(right)];
	return first === undefined || second === undefined ? String(left) === String(right) : first === second;
}

/** A quantity as a number in its base unit: cores for CPU, bytes for memory. Undefined for what is none. */
export function quantityOf(text: string | number | undefined): number | undefined {
	const nanos = text === undefined ? undefined : nanoUnits(text);
	return nanos === undefined ? undefined : Number(nanos) / 1e9;
}

/** `250m`, or `2` from whole cores on. */
export const cpuText = (cores: number) => (Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1000)}m`);

/** Mebibytes, whole, as kubectl top writes them. */
export const memoryText = (bytes: number) => `${Math.round(bytes / 2 ** 20)}Mi`;
