import {quantityOf} from '../../core/kube/quantity.ts';

/** A Kubernetes quantity as a number of its unit: cores, bytes, pieces. 0 for what is absent. */
export const quantity = (text: string | number | undefined): number => quantityOf(text) ?? 0;

/** Largest first. */
const binary: readonly (readonly [string, number])[] = [
	['Gi', 2 ** 30],
	['Mi', 2 ** 20],
	['Ki', 2 ** 10],
];

/** Cores as Kubernetes writes sums of them. */
const cpuText = (cores: number) => {
	const milli = Math.round(cores * 1000);
	return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
};

/** Bytes in the largest binary unit that divides them. */
function bytesText(bytes: number): string {
	const unit = binary.find(([, size]) => bytes > 0 && bytes % size === 0);
	return unit === undefined ? String(Math.round(bytes)) : `${bytes / unit[1]}${unit[0]}`;
}

/** A sum in the notation that fits its resource. */
export function quantityText(resource: string, value: number): string {
	if (/(^|\.)cpu$/.test(resource)) return cpuText(value);
	return /memory|storage/.test(resource) ? bytesText(value) : String(value);
}
