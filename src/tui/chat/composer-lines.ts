import {type Line, span} from '../../core/text/styled.ts';
import {textWidth} from '../../core/text/text-width.ts';
import type {Composer} from './composer.ts';

/** Where the cursor of the terminal stands: column and row of the lines, from 0. */
export type Cursor = {readonly x: number; readonly y: number};

const lead = '> ';
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

type Row = {readonly text: string; readonly from: number};

/** One line of the text in rows of so many columns. Broken anywhere, so that each letter has its place. */
function rowsOf(line: string, from: number, width: number): readonly Row[] {
	const rows: Row[] = [];
	let [text, columns, start] = ['', 0, from];
	for (const {segment} of segmenter.segment(line)) {
		const letter = textWidth(segment);
		if (columns + letter > width) {
			rows.push({text, from: start});
			start += text.length;
			[text, columns] = ['', 0];
		}
		text += segment;
		columns += letter;
	}
	return [...rows, {text, from: start}];
}

function allRows(text: string, width: number): readonly Row[] {
	let from = 0;
	return text.split('\n').flatMap(line => {
		const rows = rowsOf(line, from, width);
		from += line.length + 1;
		return rows;
	});
}

/**
 * What is being written, in at most `most` rows around the cursor.
 * @param placeholder what stands there while nothing is written
 */
export function composerLines(
	{text, cursor}: Composer,
	{width, most, placeholder}: {readonly width: number; readonly most: number; readonly placeholder: string},
): {readonly lines: readonly Line[]; readonly cursor: Cursor} {
	// One column stays free for the cursor behind the last letter.
	const rows = allRows(text, Math.max(1, width - lead.length - 1));
	const at = rows.findLastIndex(({from}) => from <= cursor);
	const first = Math.max(0, Math.min(at - Math.floor(most / 2), rows.length - most));
	const shown = rows.slice(first, first + most);
	const lines = shown.map((row, index): Line => {
		const isFirst = first + index === 0;
		return [span(isFirst ? lead : '  ', 'accent'), text === '' ? span(placeholder, 'dim') : span(row.text)];
	});
	const {text: rowText = '', from = 0} = rows[at] ?? {};
	return {lines, cursor: {x: lead.length + textWidth(rowText.slice(0, cursor - from)), y: at - first}};
}
