import {type Line, lineText, lineWidth, type Span, span} from './styled.ts';
import {wrapText} from './text-width.ts';

/** The pieces of a line between two places of its text. */
function cut(spans: readonly Span[], from: number, to: number): Line {
	const pieces: Span[] = [];
	let at = 0;
	for (const {text, tone} of spans) {
		const piece = text.slice(Math.max(0, from - at), Math.max(0, to - at));
		if (piece !== '') pieces.push({text: piece, tone});
		at += text.length;
	}
	return pieces;
}

/** Pieces of different tones after a lead-in, wrapped like one text, with the following lines set under the first letter. */
export function wrapSpans(lead: Line, spans: readonly Span[], width: number): readonly Line[] {
	const indent = lineWidth(lead);
	const text = lineText(spans);
	let end = 0;
	return wrapText(text, Math.max(1, width - indent)).map((line, row) => {
		// A wrapped line is a stretch of the text: only the spaces between two lines are gone.
		const start = text.indexOf(line, end);
		end = start + line.length;
		return [...(row === 0 ? lead : [span(' '.repeat(indent))]), ...cut(spans, start, end)];
	});
}
