import {newDetector, observe, probationRows} from '../../../src/analysis/anomalies/detector.ts';
import {follow, noEpisode} from '../../../src/analysis/anomalies/episode.ts';

/** Episodes from a severity on, in series in which nothing happens, and the number that the severity promises. */
export type Kept = {readonly severity: number; readonly seen: number; readonly promised: number};

/** How many episodes begin in these series at each severity, beside 10^−severity of the rows that are judged. */
export function calibration(all: readonly (readonly number[])[], severities: readonly number[]): readonly Kept[] {
	const seen = severities.map(() => 0);
	let rows = 0;
	for (const values of all) {
		const [state, episodes] = [newDetector(), severities.map(noEpisode)];
		rows += values.length - probationRows;
		for (const value of values) {
			const {severity} = observe(state, value);
			for (const [at, episode] of episodes.entries())
				if (follow(episode, severity >= (severities[at] ?? 0)) === 'begins') seen[at] = (seen[at] ?? 0) + 1;
		}
	}
	return severities.map((severity, at) => ({severity, seen: seen[at] ?? 0, promised: rows / 10 ** severity}));
}

/** Between these the mean number of such episodes lies in 95 of 100 cases, as rare events come (the normal approximation of the square root). */
export const range = (seen: number) => ({
	low: Math.max(0, Math.sqrt(seen) - 0.98) ** 2,
	high: (Math.sqrt(seen + 1) + 0.98) ** 2,
});

/** Whether there are no more than promised, but for chance. */
export const isKept = ({seen, promised}: Kept): boolean => range(seen).low <= promised;
