/** Millicores and bytes, whole, as the recommender keeps them. */
export type Amounts = {readonly cpu?: number; readonly memory?: number};

const mostAmount = 1e14;

/** A whole amount; nothing is below none, nor above what the recommender counts to. @see resourceAmountFromFloat in model/types.go */
export const wholeAmount = (value: number): number => (value > mostAmount ? mostAmount : value > 0 ? Math.trunc(value) : 0);

export const scaledAmount = (amount: number, factor: number): number => wholeAmount(amount * factor);

/** Up to the next multiple. */
export const roundedUpTo = (amount: number, step: number): number => (step > 0 ? Math.ceil(amount / step) * step : amount);

const units = ['Ki', 'Mi', 'Gi', 'Ti'] as const;

/** Two places in the largest unit that fits, as `--humanize-memory` writes it. */
export function humanMemory(bytes: number): string {
	const power = Math.min(units.length, Math.floor(Math.log2(Math.max(bytes, 1)) / 10 + 1e-12));
	const unit = units[power - 1];
	return unit === undefined ? String(bytes) : `${(bytes / 1024 ** power).toFixed(2)}${unit}`;
}
