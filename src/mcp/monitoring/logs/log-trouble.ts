import {MkcoaError} from '../../../core/error.ts';

/** What a store may read for one question: it takes Loki about a minute, and a million lines are less. */
export const usualBytes = 2 * 1024 ** 3;

/** A query that the store does not understand, in its words. */
export const badLogQuery = (source: string, query: string, quoted: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-log-query',
		what: `${source} does not understand the query`,
		why: `the query was ${query}`,
		next: 'Correct what its words name',
		quoted,
	});

/** More than a store should read for one question. */
export const tooMuchLog = (source: string, query: string, bytes: number, most: number) =>
	new MkcoaError({
		kind: 'usage',
		code: 'too-much-log',
		what: `${source} would read ${mebibytes(bytes)}, more than ${mebibytes(most)}`,
		why: `the query was ${query}`,
		next: 'Choose a shorter time, or fewer streams, as with {namespace="…", pod="…"}',
	});

const mebibytes = (bytes: number) => `${Math.ceil(bytes / 1024 ** 2)} MiB`;
