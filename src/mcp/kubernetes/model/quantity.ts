/** Suffixes of apimachinery's resource.Quantity. */
const factors: {readonly [suffix: string]: number} = {
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	'': 1,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	P: 1e15,
	E: 1e18,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
	Ei: 2 ** 60,
};

/** A quantity as a number in its base unit: cores for CPU, bytes for memory. Undefined for what is none. */
export function quantityOf(text: string | number | undefined): number | undefined {
	const [, number, exponent, suffix] =
		/^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]i?))?$/.exec(String(text ?? '').trim()) ?? [];
	const factor = factors[suffix ?? ''];
	return number === undefined || factor === undefined ? undefined : Number(`${number}${exponent ?? ''}`) * factor;
}

/** `250m`, or `2` from whole cores on. */
export const cpuText = (cores: number) => (Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1000)}m`);

/** Mebibytes, whole, as kubectl top writes them. */
export const memoryText = (bytes: number) => `${Math.round(bytes / 2 ** 20)}Mi`;
