import type {Cell} from './cells.ts';

/** What one judge came to in one cell: parts of the runs that it called bad by minute 10 and 60, and its median time in minutes. */
export type Outcome = {readonly judge: string; readonly by10: number; readonly by60: number; readonly medianMinutes?: number};

export type CellResult = {readonly cell: Cell; readonly runs: number; readonly outcomes: readonly Outcome[]; readonly seconds: number};

/** Of the minutes at which runs were called bad, Infinity where they were not. */
export function outcomeOf(judge: string, minutes: readonly number[]): Outcome {
	const sorted = minutes.toSorted((one, other) => one - other);
	const median = sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
	const part = (until: number) => sorted.filter(minute => minute <= until).length / sorted.length;
	return {judge, by10: part(10), by60: part(60), ...(Number.isFinite(median) && {medianMinutes: median})};
}
