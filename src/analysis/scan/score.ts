import type {Finding} from '../../core/finding.ts';

/** What one failed check weighs beside another: a step of severity is worth about three of the one below. */
const weights: {readonly [severity in Finding['severity']]: number} = {low: 1, medium: 3, high: 10, critical: 30};

/** How many objects one check passed and failed: what is excepted, and what the cluster's makers installed, is in neither. */
export type Judgement = {readonly severity: Finding['severity']; readonly passed: number; readonly failed: number};

/**
 * How well a scan came out, from 0 to 100: the weighted mean, over the checks that judged anything, of the share of objects that passed,
 *
 *     100 · Σ weight(c) · passed(c) / (passed(c) + failed(c))  /  Σ weight(c)
 *
 * with weights of 1, 3, 10 and 30 for low, medium, high and critical. What was not checked moves it neither way, so it is told beside the number of
 * checks that it rests on; rounded down, so that 100 means that nothing failed.
 * @returns undefined where nothing was judged
 */
export function scoreOf(judgements: readonly Judgement[]): number | undefined {
	const judged = judgements.filter(({passed, failed}) => passed + failed > 0);
	const all = judged.reduce((sum, {severity}) => sum + weights[severity], 0);
	const right = judged.reduce((sum, {severity, passed, failed}) => sum + (weights[severity] * passed) / (passed + failed), 0);
	// Thousandths are what sums of shares are off by.
	return all === 0 ? undefined : Math.floor((100 * right) / all + 1e-9);
}
