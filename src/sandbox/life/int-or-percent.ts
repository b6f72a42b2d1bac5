import type {IntOrPercent} from './shapes.ts';

/** A number, or a percentage of `total` rounded up or down. */
export function scaled(value: IntOrPercent | undefined, total: number, round: 'up' | 'down'): number {
	if (typeof value !== 'string') return value ?? 0;
	const exact = (Number.parseInt(value, 10) / 100) * total;
	if (!value.endsWith('%')) return Number.parseInt(value, 10);
	return round === 'up' ? Math.ceil(exact - 1e-9) : Math.floor(exact + 1e-9);
}
