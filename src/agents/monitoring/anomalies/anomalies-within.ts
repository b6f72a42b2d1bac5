import {anomaliesIn} from '../../../analysis/anomalies/anomalies-in.ts';
import {alarmSeverity} from '../../../analysis/anomalies/detector.ts';
import type {MeasuredUnit} from '../../../core/text/measured-text.ts';
import type {Range} from '../../../mcp/monitoring/port.ts';
import {falseAlarmsPerWeek, strangeText} from './anomaly-text.ts';

/** Rows before those that are shown, from which it is learnt what is usual: a detector says most after a few hundred. */
export const learntRows = 240;

/** False alarms that all that is shown at once holds on average. */
const inAll = 0.5;

/**
 * What asks for more than this is silent where a series has a strong season: there a jump of a hundred deviations reaches 3.5 to 4.2, two or
 * three rows after it began.
 */
const plainest = 3.6;

/** Those of one series that are told at most, the most severe ones. */
const mostTold = 5;

/**
 * Severity below which an anomaly is not told, where many rows are looked at: some of them are always a little strange.
 * @param borne false alarms that so many rows may raise on average
 */
export const leastSeverity = (rows: number, borne = inAll) =>
	Math.min(plainest, Math.max(alarmSeverity, Math.log10(Math.max(1, rows) / borne)));

/** Something unusual in a series. */
export type Unusual = {
	readonly from: string;
	readonly to: string;
	/** An episode like it begins once in 10^severity rows of a series that stays as it is. */
	readonly severity: number;
	readonly falseAlarmsPerWeek: number;
	/** Without its subject: `jumps to 900 ms, where 40 to 60 ms is usual`. */
	readonly text: string;
};

type Asking = {
	/** Of `values`, more than what is shown. */
	readonly range: Range;
	readonly shownFromMs: number;
	readonly unit: MeasuredUnit;
	readonly least: number;
};

/** What is unusual in the part of a series that is shown, the oldest first. */
export function anomaliesWithin(values: readonly (number | null)[], {range, shownFromMs, unit, least}: Asking): readonly Unusual[] {
	const points = values.flatMap((value, row): readonly (readonly [number, number])[] =>
		value === null ? [] : [[range.fromMs + row * range.stepMs, value]],
	);
	return anomaliesIn(points)
		.filter(({toMs, severity}) => toMs >= shownFromMs && severity >= least)
		.toSorted((a, b) => b.severity - a.severity)
		.slice(0, mostTold)
		.toSorted((a, b) => a.fromMs - b.fromMs)
		.map(({fromMs, toMs, severity, explanation}) => ({
			from: new Date(Math.max(fromMs, shownFromMs)).toISOString(),
			to: new Date(toMs).toISOString(),
			severity: Number(severity.toFixed(2)),
			falseAlarmsPerWeek: Number(falseAlarmsPerWeek(severity, range.stepMs).toPrecision(2)),
			text: strangeText(explanation, unit, range.stepMs),
		}));
}
