const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** What people and machines repeat: an hour, a day, a week, a year. */
const cycles = [hour, day, 7 * day, 364 * day];

/** Samples of a cycle below which it has no shape. */
const fewestSamples = 4;

/**
 * Lengths in samples of the cycles that a calendar has, of those that were seen three times.
 * @param stepSeconds from one sample to the next
 * @param length number of samples
 */
export const calendarSeasons = (stepSeconds: number, length: number): readonly number[] =>
	cycles
		.map(seconds => seconds / stepSeconds)
		.filter(samples => Number.isInteger(samples) && samples >= fewestSamples && 3 * samples <= length);
