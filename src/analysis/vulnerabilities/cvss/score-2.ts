import type {Metrics} from './vector.ts';

const weights: {readonly [metric: string]: {readonly [value: string]: number}} = {
	AV: {L: 0.395, A: 0.646, N: 1},
	AC: {H: 0.35, M: 0.61, L: 0.71},
	Au: {M: 0.45, S: 0.56, N: 0.704},
};
const impacts: {readonly [value: string]: number} = {N: 0, P: 0.275, C: 0.66};

/**
 * The base score of CVSS 2.0.
 * @see https://www.first.org/cvss/v2/guide
 */
export function scoreOf2(metrics: Metrics): number {
	const weight = (name: string) => weights[name]?.[metrics.get(name) ?? ''] ?? 0;
	const lost = (name: string) => 1 - (impacts[metrics.get(name) ?? ''] ?? 0);
	const impact = 10.41 * (1 - lost('C') * lost('I') * lost('A'));
	const exploitability = 20 * weight('AV') * weight('AC') * weight('Au');
	if (impact === 0) return 0;
	return Math.round((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176 * 10) / 10;
}
