/** What to do with NaN: leave the point out, or take it for zero. */
export type NaNStrategy = 'remove' | 'replace';

export const withoutNaN = (values: readonly number[]) => values.filter(value => !Number.isNaN(value));

export const replaceNaN = (values: readonly number[], replacement: number) =>
	values.map(value => (Number.isNaN(value) ? replacement : value));
