import {oneLine} from './one-line.ts';

/** Of a text of many megabytes no more is looked at than so many times what is shown. */
const looked = 8;

/** Text of others on one line, at most so many letters long: what is cut ends in `…`, so that nobody takes it for the whole. */
export function shortLine(text: string, most: number): string {
	const letters = [...oneLine(text.slice(0, most * looked)).trim()];
	return letters.length <= most && text.length <= most * looked ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`;
}
