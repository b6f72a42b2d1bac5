const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimal: {readonly [suffix: string]: number} = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18};
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

const grammar = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** Whether a text is a quantity at all. */
export const isQuantity = (text: string) => grammar.test(text) && /\d/.test(text);

/**
 * A quantity as the server writes it back: no fraction, the largest suffix that keeps it whole (`1000m` → `1`, `0.5` → `500m`, `1024Mi` → `1Gi`).
 * Texts that are no quantity, or use an exponent, come back as they are; numbers become texts.
 * @see k8s.io/apimachinery resource.Quantity, canonical form
 */
export function canonicalQuantity(value: string | number): string {
	const text = String(value);
	const match = grammar.exec(text);
	if (match === null || !/\d/.test(text)) return text;
	const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
	if (/^[eE][+-]?\d/.test(suffix)) return text;
	const digits = BigInt(`${whole}${fraction}` || '0');
	if (digits === 0n) return '0';
	const minus = sign === '-' ? '-' : '';
	return minus + (suffix.endsWith('i') ? binaryText(digits, fraction.length, suffix) : decimalText(digits, fraction.length, suffix));
}

function decimalText(digits: bigint, places: number, suffix: string): string {
	// Counted in nano, the smallest unit; what is finer is rounded up.
	const shift = (decimal[suffix] ?? 0) + 9 - places;
	const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : ceilDivide(digits, 10n ** BigInt(-shift));
	let [amount, step] = [nano, 0];
	while (amount % 1000n === 0n && step < decimalSuffixes.length - 1) {
		amount /= 1000n;
		step += 1;
	}
	return `${amount}${decimalSuffixes[step]}`;
}

function binaryText(digits: bigint, places: number, suffix: string): string {
	const bytes = digits * 1024n ** BigInt(binary.indexOf(suffix));
	const scale = 10n ** BigInt(places);
	// A fraction of a byte makes it a decimal amount in milli-bytes.
	if (bytes % scale !== 0n) return decimalText(ceilDivide(bytes * 1000n, scale), 0, 'm');
	let [amount, step] = [bytes / scale, 0];
	while (amount % 1024n === 0n && step < binary.length - 1) {
		amount /= 1024n;
		step += 1;
	}
	return `${amount}${binary[step]}`;
}

const ceilDivide = (a: bigint, b: bigint) => (a + b - 1n) / b;

/** A quantity as a number, for comparisons; NaN for a text that is none. */
export function quantityValue(text: string): number {
	const match = grammar.exec(text);
	if (match === null || !/\d/.test(text)) return Number.NaN;
	const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
	const amount = Number(`${sign}${whole || '0'}.${fraction || '0'}`);
	if (/^[eE][+-]?\d/.test(suffix)) return amount * 10 ** Number(suffix.slice(1));
	return suffix.endsWith('i') ? amount * 1024 ** binary.indexOf(suffix) : amount * 10 ** (decimal[suffix] ?? 0);
}
