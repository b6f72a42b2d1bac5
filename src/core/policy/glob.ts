/** Whether a word fits a pattern of `*` (any text) and `?` (one character). Case does not count: contexts and kinds are typed by hand. */
export function fitsGlob(pattern: string, word: string): boolean {
	const source = pattern
		.replace(/[.+^${}()|[\]\\]/g, '\\$&')
		.replace(/\*+/g, '.*')
		.replaceAll('?', '.');
	return new RegExp(`^${source}$`, 'is').test(word);
}
