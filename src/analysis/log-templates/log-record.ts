import type {Level} from './level.ts';

/** One thing that a program said: a line, and the lines of a stack trace that belong to it. */
export type LogRecord = {
	/** Its first line as it was written, cut. */
	readonly line: string;
	/** The line that holds the message and where it begins there. */
	readonly message: string;
	readonly start: number;
	readonly level?: Level | undefined;
	/** When, in milliseconds since 1970; left out where nobody says. */
	readonly atMs?: number | undefined;
	/** Of the message, where it was found already. */
	readonly fingerprint?: number | undefined;
	/** Lines that follow and belong to it. */
	readonly moreLines: number;
};

/** Characters of a line that are kept as an example. */
const mostCharacters = 1000;

/** The beginning of a line, as a string of its own: a slice would keep the whole of a long line in memory. */
export const exampleOf = (line: string): string =>
	line.length <= mostCharacters ? line : line.slice(0, mostCharacters).split('').join('');
