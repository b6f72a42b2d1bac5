import {deviation, mean} from '../../statistics/summary.ts';

/** Mean of the experiment over the mean of the control; NaN where one of them is zero. */
export function meanRatio(control: readonly number[], experiment: readonly number[]): number {
	const [below, above] = [mean(control), mean(experiment)];
	return below === 0 || above === 0 ? Number.NaN : above / below;
}

/**
 * Common language effect size: the part of all pairs in which the experiment is larger; a tie counts as a half.
 * @see McGraw and Wong 1992; Vargha and Delaney 2000
 */
export function cles(control: readonly number[], experiment: readonly number[]): number {
	const wins = experiment.reduce(
		(sum, one) => sum + control.reduce((won, other) => won + (one > other ? 1 : one === other ? 0.5 : 0), 0),
		0,
	);
	return wins / (control.length * experiment.length);
}

/** Difference of the means in pooled standard deviations (Cohen 1988). */
export function cohenD(control: readonly number[], experiment: readonly number[]): number {
	const pooled = Math.sqrt((deviation(experiment) ** 2 + deviation(control) ** 2) / 2);
	return (mean(experiment) - mean(control)) / pooled;
}
