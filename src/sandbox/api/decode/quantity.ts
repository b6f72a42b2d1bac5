import {binarySuffixes, decimalSuffixes, readQuantity, roundedUp} from '../../../core/kube/quantity.ts';

/**
 * A quantity as the server writes it back: no fraction, the largest suffix that keeps it whole (`1000m` → `1`, `0.5` → `500m`, `1024Mi` → `1Gi`).
 * Texts that are no quantity, or use an exponent, come back as they are; numbers become texts.
 * @see k8s.io/apimachinery resource.Quantity, canonical form
 */
export function canonicalQuantity(value: string | number): string {
	const text = String(value);
	const parts = readQuantity(text);
	if (parts === undefined || parts.hasExponent) return text;
	const {digits, places, tens, powers, isNegative} = parts;
	if (digits === 0n) return '0';
	return (isNegative ? '-' : '') + (powers > 0 ? binaryText(digits, places, powers) : decimalText(digits, places, tens));
}

/** Counted in nano, the smallest unit; what is finer is rounded up. */
function decimalText(digits: bigint, places: number, tens: number): string {
	const shift = tens + 9 - places;
	const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : roundedUp(digits, 10n ** BigInt(-shift));
	return withSuffix(nano, 1000n, Object.keys(decimalSuffixes));
}

function binaryText(digits: bigint, places: number, powers: number): string {
	const bytes = digits * 1024n ** BigInt(powers);
	const scale = 10n ** BigInt(places);
	// A fraction of a byte makes it a decimal amount in milli-bytes.
	if (bytes % scale !== 0n) return decimalText(roundedUp(bytes * 1000n, scale), 0, -3);
	return withSuffix(bytes / scale, 1024n, Object.keys(binarySuffixes));
}

/** The amount with the largest suffix that keeps it whole. */
function withSuffix(amount: bigint, step: bigint, [suffix = '', ...larger]: readonly string[]): string {
	return amount % step === 0n && larger.length > 0 ? withSuffix(amount / step, step, larger) : `${amount}${suffix}`;
}
