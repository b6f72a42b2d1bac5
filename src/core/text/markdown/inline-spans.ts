import {type Span, span, type Tone} from '../styled.ts';

/** What may stand inside a line. The lengths are bounded, so that a line of nothing but openings is not searched to its end for each of them. */
const inline =
	/`(?<code>[^`]{1,400})`|\*\*(?<strong>[^*]{1,400})\*\*|\[(?<label>[^\]]{0,400})\]\((?<target>[^()\s]{1,400})\)|(?<![\w*])\*(?<stressed>[^\s*](?:[^*]{0,400}[^\s*])?)\*(?![\w*])/g;

type Found = {readonly [name: string]: string | undefined};

/** A link shows where it leads, so that its words cannot hide it. */
function foundSpans({code, strong, label, target, stressed}: Found, tone: Tone): readonly Span[] {
	if (code !== undefined) return [span(code, 'accent')];
	if (target === undefined) return [span(strong ?? stressed ?? '', 'strong')];
	return label === target || label === '' ? [span(target, 'accent')] : [span(label ?? '', tone), span(` (${target})`, 'accent')];
}

/** The pieces of one line of Markdown: code, bold and stressed words, links. What is not closed stands as it is. */
export function inlineSpans(text: string, tone: Tone = 'plain'): readonly Span[] {
	const spans: Span[] = [];
	let end = 0;
	for (const match of text.matchAll(inline)) {
		spans.push(span(text.slice(end, match.index), tone), ...foundSpans(match.groups ?? {}, tone));
		end = match.index + match[0].length;
	}
	return [...spans, span(text.slice(end), tone)].filter(piece => piece.text !== '');
}
