const factors: Readonly<Record<string, number>> = {
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	'': 1,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	P: 1e15,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
};

/** A Kubernetes quantity as a number of its unit: cores, bytes, pieces. 0 for what is absent. */
export function quantity(text: string | number | undefined): number {
	const [, digits, suffix] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)(n|u|m|k|[KMGTP]i|[MGTP])?$/.exec(String(text ?? 0)) ?? [];
	return Number(digits ?? 0) * (factors[suffix ?? ''] ?? 1);
}

/** Cores as Kubernetes writes sums of them. */
export const cpuText = (cores: number) => {
	const milli = Math.round(cores * 1000);
	return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
};

/** Bytes in the largest binary unit that divides them. */
export function bytesText(bytes: number): string {
	const unit = ['Gi', 'Mi', 'Ki'].find(name => bytes > 0 && bytes % (factors[name] ?? 1) === 0);
	return unit === undefined ? String(Math.round(bytes)) : `${bytes / (factors[unit] ?? 1)}${unit}`;
}

/** A sum in the notation that fits its resource. */
export function quantityText(resource: string, value: number): string {
	if (/(^|\.)cpu$/.test(resource)) return cpuText(value);
	return /memory|storage/.test(resource) ? bytesText(value) : String(value);
}
