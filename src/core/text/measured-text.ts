import {amountText} from './amount-text.ts';

/** What a number counts. `ratio` is 0 to 1, `restarts` and the like are a `number`. */
export const measuredUnits = ['ratio', 'seconds', 'bytes', 'bytesPerSecond', 'cores', 'perSecond', 'number'] as const;
export type MeasuredUnit = (typeof measuredUnits)[number];

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const decimal = ['', 'k', 'M', 'G', 'T'];

/** With three telling digits in the largest unit that leaves a whole part. */
function scaled(value: number, base: number, units: readonly string[]): string {
	const size = Math.abs(value);
	const power = size < base ? 0 : Math.min(units.length - 1, Math.floor(Math.log(size) / Math.log(base) + 1e-9));
	const unit = units[power] ?? '';
	return `${Number((value / base ** power).toPrecision(3))}${unit === '' ? '' : ` ${unit}`}`;
}

/** A measured value for people: `1.5 GiB`, `250m` of a core, `41.2/s`, `12.3 ms`, `0.4 %`. */
export function measuredText(value: number, unit: MeasuredUnit): string {
	if (!Number.isFinite(value)) return Number.isNaN(value) ? 'no number' : value > 0 ? 'endless' : '-endless';
	switch (unit) {
		case 'bytes':
			return scaled(value, 1024, binary);
		case 'bytesPerSecond':
			return `${scaled(value, 1024, binary)}/s`;
		case 'cores':
			return Math.abs(value) < 1 && value !== 0 ? `${Number((value * 1000).toPrecision(3))}m` : String(Number(value.toPrecision(3)));
		case 'perSecond':
			return `${scaled(value, 1000, decimal)}/s`.replace(' /', '/');
		case 'number':
			return scaled(value, 1000, decimal);
		default:
			return amountText(value, unit);
	}
}
