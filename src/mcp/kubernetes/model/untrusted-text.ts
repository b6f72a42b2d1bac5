import {oneLine} from '../../../core/text/one-line.ts';

/** Text of a third party on one line, cut to `limit` characters with the cut told. */
export function plainLine(text: string, limit = 500): string {
	const line = oneLine(text);
	return line.length <= limit ? line : `${line.slice(0, limit)}… (${line.length - limit} characters more)`;
}
