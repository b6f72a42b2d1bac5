import {refused} from './refused.ts';

/**
 * The part that a number of per cent is, without the digits that a computer adds to it.
 * @param what it is of, such as `requests`
 * @throws MkcoaError `bad-threshold` for what is no part
 */
export function partOf(percent: number, what: string): number {
	if (percent > 0 && percent < 100) return Number((percent / 100).toPrecision(12));
	throw refused('bad-threshold', `${percent} % is no part of ${what} that could be passed`, 'Give a number of per cent between 0 and 100');
}
