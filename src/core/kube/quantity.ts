import {nanoUnits} from '../diff/quantity.ts';

/** A quantity as a number in its base unit: cores for CPU, bytes for memory. Undefined for what is none. */
export function quantityOf(text: string | number | undefined): number | undefined {
	const nanos = text === undefined ? undefined : nanoUnits(text);
	return nanos === undefined ? undefined : Number(nanos) / 1e9;
}

/** `250m`, or `2` from whole cores on. */
export const cpuText = (cores: number) => (Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1000)}m`);

/** Mebibytes, whole, as kubectl top writes them. */
export const memoryText = (bytes: number) => `${Math.round(bytes / 2 ** 20)}Mi`;
