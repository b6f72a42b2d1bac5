/** A part of all moments that is worth a word: a scrape fails now and then. */
const fewMissing = 0.05;

/** Without the time before the server began to keep it. */
export function sinceFirst(values: readonly (number | null)[]): readonly (number | null)[] {
	const first = values.findIndex(value => value !== null);
	return first === -1 ? [] : values.slice(first);
}

/** `120 of 241 moments` without a number, where they are more than a few; undefined else. */
export function gapOf(values: readonly (number | null)[]): string | undefined {
	const missing = values.filter(value => value === null).length;
	return missing > fewMissing * values.length ? `${missing} of ${values.length} moments` : undefined;
}
