import type {View} from '../tool.ts';
import {oneLine} from './one-line.ts';
import {textWidth, wrapText} from './text-width.ts';

/** What a piece of text means. One table per output knows the colours, and none is needed to understand the text. */
export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'warn' | 'accent';

export type Span = {readonly text: string; readonly tone: Tone};

/** One line of a screen, laid out: neither a printer nor a screen wraps it again. */
export type Line = readonly Span[];

/** Text on a single line; control characters are taken out, so that names and messages of others can be given as they are. */
export const span = (text: string, tone: Tone = 'plain'): Span => ({text: oneLine(text), tone});

/** The line without its tones, as it stands in a pipe. */
export const lineText = (line: Line) => line.map(({text}) => text).join('');

/** Columns that a line takes. */
export const lineWidth = (line: Line) => textWidth(lineText(line));

export const emptyLine: Line = [];

/** Text after a lead-in, wrapped to `width` columns with the following lines set under the first letter of the text. */
export function hanging(
	lead: Line,
	text: string,
	{width, tone = 'plain'}: {readonly width: number; readonly tone?: Tone},
): readonly Line[] {
	const indent = lineWidth(lead);
	return wrapText(text.trimEnd(), Math.max(1, width - indent)).map((line, index) => [
		...(index === 0 ? lead : [span(' '.repeat(indent))]),
		span(line, tone),
	]);
}

/** A lead-in and a text as a tool prints them: broken at words for a terminal, one line in a pipe. */
export const textLines = (lead: string, text: string, {terminal, width}: Pick<View, 'terminal' | 'width'>): readonly string[] =>
	terminal ? hanging(lead === '' ? [] : [span(lead)], text, {width}).map(lineText) : [`${lead}${text}`];

/** Lines moved to the right; an empty one stays empty. */
export const indented = (lines: readonly Line[], columns: number): readonly Line[] =>
	lines.map(line => (line.length === 0 ? line : [span(' '.repeat(columns)), ...line]));
