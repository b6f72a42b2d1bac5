/** How long values stood still so far. Plain. */
export type Stillness = {latest: number | undefined; run: number; longest: number; repeats: number; rows: number};

export const noStillness = (): Stillness => ({latest: undefined, run: 0, longest: 0, repeats: 0, rows: 0});

/** A row repeats the one before it as often as it did so far, and in half of all cases at least: values are rounded, and idle at times. */
const leastRepeating = 0.5;

/**
 * Takes one row. A value that stands still has likeness enough in calm moments of the past; what is new is how long it stands.
 * @returns −log10 of the probability to repeat as often as beyond the longest time so far; 0 within it
 */
export function observeStillness(stillness: Stillness, value: number): number {
	if (value === stillness.latest) stillness.repeats++;
	else {
		stillness.longest = Math.max(stillness.longest, stillness.run);
		stillness.run = 0;
	}
	stillness.latest = value;
	stillness.run++;
	stillness.rows++;
	const repeating = Math.max(leastRepeating, stillness.repeats / stillness.rows);
	return Math.max(0, stillness.run - stillness.longest) * -Math.log10(repeating);
}
