import * as z from 'zod';
import {shortLine} from '../../core/text/short-line.ts';
import type {Alert} from './alert.ts';

/** Characters that are kept of a text of others. */
const longest = 500;

/** Text of others: one line of letters that a reader sees. */
export const words = (text: string) => shortLine(text, longest);

/** Labels and details: what is no text is taken as it is written. */
export const labelsSchema = z
	.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
	.transform(labels => Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, words(String(value ?? ''))])));

const severities: {readonly [word: string]: Alert['severity']} = {
	critical: 'critical',
	emergency: 'critical',
	page: 'critical',
	p1: 'critical',
	error: 'high',
	high: 'high',
	major: 'high',
	p2: 'high',
	warning: 'medium',
	warn: 'medium',
	medium: 'medium',
	p3: 'medium',
	minor: 'low',
	info: 'low',
	low: 'low',
	none: 'low',
	p4: 'low',
	p5: 'low',
};

/** A severity in the words of whoever sent it; `medium` for what nobody knows. */
export const severityOfWord = (word: string | undefined): Alert['severity'] => severities[(word ?? '').toLowerCase()] ?? 'medium';

/** A moment; undefined for none, and for the zero time of Go. */
export function momentOf(time: string | number | undefined): number | undefined {
	const ms = typeof time === 'number' ? time : Date.parse(time ?? '');
	return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
