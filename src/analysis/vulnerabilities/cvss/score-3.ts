import type {Metrics} from './vector.ts';

const weights: {readonly [metric: string]: {readonly [value: string]: number}} = {
	AV: {N: 0.85, A: 0.62, L: 0.55, P: 0.2},
	AC: {L: 0.77, H: 0.44},
	UI: {N: 0.85, R: 0.62},
	C: {H: 0.56, L: 0.22, N: 0},
	I: {H: 0.56, L: 0.22, N: 0},
	A: {H: 0.56, L: 0.22, N: 0},
	E: {X: 1, H: 1, F: 0.97, P: 0.94, U: 0.91},
	RL: {X: 1, U: 1, W: 0.97, T: 0.96, O: 0.95},
	RC: {X: 1, C: 1, R: 0.96, U: 0.92},
	CR: {X: 1, H: 1.5, M: 1, L: 0.5},
	IR: {X: 1, H: 1.5, M: 1, L: 0.5},
	AR: {X: 1, H: 1.5, M: 1, L: 0.5},
};
/** What a privilege weighs depends on whether the scope changes. */
const privileges: {readonly [value: string]: readonly [number, number]} = {N: [0.85, 0.85], L: [0.62, 0.68], H: [0.27, 0.5]};

type Rounding = (score: number) => number;

/** One decimal upwards. 3.1 does it on whole numbers, as fractions of two are not those of ten. */
const roundings: {readonly [version in '3.0' | '3.1']: Rounding} = {
	'3.0': score => Math.ceil(score * 10) / 10,
	'3.1': score => {
		const whole = Math.round(score * 100_000);
		return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
	},
};

const environmental = ['CR', 'IR', 'AR', 'MAV', 'MAC', 'MPR', 'MUI', 'MS', 'MC', 'MI', 'MA'];

/**
 * The score of CVSS 3.0 and 3.1: that of the base, tempered by time and by the environment where the vector tells of them.
 * @see https://www.first.org/cvss/v3.1/specification-document#CVSS-v3-1-Equations
 */
export function scoreOf3(metrics: Metrics, version: '3.0' | '3.1'): number {
	const roundUp = roundings[version];
	const isEnvironmental = environmental.some(name => (metrics.get(name) ?? 'X') !== 'X');
	const modified = (name: string) => {
		const own = metrics.get(`M${name}`) ?? 'X';
		return isEnvironmental && own !== 'X' ? own : (metrics.get(name) ?? 'X');
	};
	const weight = (name: string, value = metrics.get(name) ?? 'X') => weights[name]?.[value] ?? 0;
	const isChanged = modified('S') === 'C';
	const demand = (name: string) => (isEnvironmental ? weight(name) : 1);
	const kept = (name: string, requirement: string) => 1 - weight(name, modified(name)) * demand(requirement);
	const lost = 1 - kept('C', 'CR') * kept('I', 'IR') * kept('A', 'AR');
	const base = isEnvironmental ? Math.min(lost, 0.915) : lost;
	const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * tail(base, isEnvironmental && version === '3.1') : 6.42 * base;
	if (impact <= 0) return 0;
	const privilege = privileges[modified('PR')]?.[isChanged ? 1 : 0] ?? 0;
	const exploitability = 8.22 * weight('AV', modified('AV')) * weight('AC', modified('AC')) * privilege * weight('UI', modified('UI'));
	const score = roundUp(Math.min(10, (isChanged ? 1.08 : 1) * (impact + exploitability)));
	return roundUp(score * weight('E') * weight('RL') * weight('RC'));
}

/** 3.1 bends the impact of a changed scope a little less where the environment is told. */
const tail = (base: number, isBent: boolean) => (isBent ? (base * 0.9731 - 0.02) ** 13 : (base - 0.02) ** 15);
