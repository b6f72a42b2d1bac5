import {alarmSeverity, newDetector, observe} from './detector.ts';
import type {Explanation} from './explain.ts';

/** A stretch of a series that is unlike what came before it. */
export type Anomaly = {
	/** Unix milliseconds of its first row, and of the latest that is as severe as an alarm. */
	readonly fromMs: number;
	readonly toMs: number;
	/** Of the worst row: an episode like it begins once in 10^severity rows on data that stay as they are. */
	readonly severity: number;
	readonly explanation: Explanation;
};

/**
 * The anomalies of a range query's series, oldest first. The first 150 rows are learnt from alone, and a stretch says most after a few
 * hundred more.
 * @param points times in Unix milliseconds and values in the order of time; gaps, NaN and infinite values are left out
 */
export function anomaliesIn(points: Iterable<readonly [atMs: number, value: number]>): readonly Anomaly[] {
	const state = newDetector();
	const found: Anomaly[] = [];
	for (const [atMs, value] of points) {
		const {severity, episode, explanation} = observe(state, value);
		const open = found.at(-1);
		if (episode === 'begins' && explanation !== undefined) found.push({fromMs: atMs, toMs: atMs, severity, explanation});
		else if (episode === 'goes on' && open !== undefined) {
			found[found.length - 1] = {
				...open,
				toMs: severity >= alarmSeverity ? atMs : open.toMs,
				severity: Math.max(open.severity, severity),
				explanation: explanation ?? open.explanation,
			};
		}
	}
	return found;
}
