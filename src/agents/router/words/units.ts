/** Units of bytes as people write them, and as Kubernetes does. */
const bytes: {readonly [unit: string]: string} = {
	ki: 'Ki',
	mi: 'Mi',
	gi: 'Gi',
	ti: 'Ti',
	pi: 'Pi',
	kib: 'Ki',
	mib: 'Mi',
	gib: 'Gi',
	tib: 'Ti',
	pib: 'Pi',
	k: 'k',
	kb: 'k',
	mb: 'M',
	gb: 'G',
	tb: 'T',
	pb: 'P',
	g: 'G',
	t: 'T',
	p: 'P',
	megabyte: 'M',
	gigabyte: 'G',
	terabyte: 'T',
	mebibyte: 'Mi',
	gibibyte: 'Gi',
	tebibyte: 'Ti',
	meg: 'Mi',
	gig: 'Gi',
	메가: 'Mi',
	기가: 'Gi',
	테라: 'Ti',
	메가바이트: 'M',
	기가바이트: 'G',
	테라바이트: 'T',
};

const cores = new Set('core cpu vcpu 코어'.split(' '));
const millicores = new Set('millicore millicpu mcore 밀리코어'.split(' '));

const seconds: {readonly [unit: string]: number} = {
	s: 1,
	sec: 1,
	second: 1,
	초: 1,
	min: 60,
	minute: 60,
	분: 60,
	h: 3600,
	hr: 3600,
	hour: 3600,
	시간: 3600,
	d: 86_400,
	day: 86_400,
	일: 86_400,
	week: 604_800,
	주: 604_800,
};

const singular = (unit: string) => unit.replace(/(?<=..)s$/, '');

/** `1.5` and `GB` → `1.5G`; the unit may stand as its own word. `m` and `M` are told apart by their case: `500m` is half a core, `500M` are bytes. */
export function quantityOf(value: number, unit: string): {readonly quantity: string; readonly measures: 'cpu' | 'bytes'} | undefined {
	if (unit === 'm') return {quantity: `${value}m`, measures: 'cpu'};
	if (unit === 'M') return {quantity: `${value}M`, measures: 'bytes'};
	const word = singular(unit.toLowerCase());
	if (cores.has(word)) return {quantity: coresText(value), measures: 'cpu'};
	if (millicores.has(word)) return {quantity: `${value}m`, measures: 'cpu'};
	const known = bytes[word];
	return known === undefined ? undefined : {quantity: `${value}${known}`, measures: 'bytes'};
}

/** Cores as Kubernetes writes them: `0.5` → `500m`. */
export const coresText = (value: number) => (Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`);

/** How many seconds a unit of time has; `m` alone is left to quantities. */
export const secondsIn = (unit: string): number | undefined => seconds[unit.toLowerCase()] ?? seconds[singular(unit.toLowerCase())];
