import * as z from 'zod';

/** A number; `null` stands for NaN. */
export const number = z
	.number()
	.nullable()
	.transform(value => value ?? Number.NaN);

export const numbers = z.array(number);

/** Whether both are the same within this difference. Where it is 0, rounding in the last digit is no difference. */
export function isNear(got: number, expected: number, within: number): boolean {
	if (Number.isNaN(expected) || Number.isNaN(got)) return Number.isNaN(expected) && Number.isNaN(got);
	return Math.abs(got - expected) <= Math.max(within, 1e-12 * Math.max(1, Math.abs(expected)));
}
