import {creating} from './order-verbs.ts';
import {wordsOf} from './words-of.ts';

const marker = /^\s*(?:[-*•]|\(?\d{1,2}[.)])\s+/;

/** A request of several lines, each with a mark or a number of a list, without these and without the line that only introduces them (`Three things:`). */
/** Says nothing of what is to be done. */
const asides =
	/,?\s*\b(?:while (?:you're|you are|we're|we are) at it|by the way|btw|for the record|until (?:i|we) say otherwise|as (?:usual|always|discussed|agreed))\b,?/gi;

export function listed(request: string): string {
	const lines = request
		.replace(asides, ' ')
		.replaceAll(/[ \t]{2,}/g, ' ')
		.split('\n');
	if (!lines.some(line => marker.test(line))) return lines.join('\n');
	const [first = '', ...others] = lines;
	const introduces = /:\s*$/.test(first) && !marker.test(first) && !creating(wordsOf(first));
	return (introduces ? others : lines)
		.map(line => line.replace(marker, '').trim())
		.filter(line => line !== '')
		.join('\n');
}
