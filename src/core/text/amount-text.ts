import type {MetricEvidence} from '../canary-evidence.ts';

/** A ratio as per cent, one digit behind the point, three where it is tiny: `12.3 %`. */
const percentText = (ratio: number) => `${(ratio * 100).toFixed(ratio !== 0 && Math.abs(ratio) < 0.001 ? 3 : 1)} %`;

/** A time with three telling digits: `850 µs`, `12.3 ms`, `1.5 s`. */
function secondsText(seconds: number): string {
	const size = Math.abs(seconds);
	if (size === 0) return '0 s';
	if (size < 0.001) return `${plainText(seconds * 1e6)} µs`;
	return size < 1 ? `${plainText(seconds * 1000)} ms` : `${plainText(seconds)} s`;
}

const plainText = (value: number) => String(Number(value.toPrecision(3)));

/** A measured value for people. */
export function amountText(value: number, unit: MetricEvidence['unit']): string {
	if (unit === 'ratio') return percentText(value);
	return unit === 'seconds' ? secondsText(value) : plainText(value);
}
