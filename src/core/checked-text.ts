import * as z from 'zod';

/** A text that is checked here alone: a pattern in the schema of a tool costs every model that knows it. */
export const checkedText = (most: number, pattern: RegExp, words: string) =>
	z
		.string()
		.max(most)
		.refine(text => pattern.test(text), words);
