import {escapeUnseen, hasUnseen} from '../../core/text/strip-control.ts';
import {emptyLine, hanging, indented, type Line, span} from '../../core/text/styled.ts';
import type {Compared, Standing} from '../../mcp/outside/compare-pins.ts';
import {reads, type ToolDefinition} from '../../mcp/outside/tool-definition.ts';

/** What a call of a tool means for the person. */
export const doesText = (definition: ToolDefinition): string => (reads(definition) ? 'reads' : 'changes, asks every time');

const words: {readonly [standing in Standing]: string} = {pinned: 'approved', changed: 'CHANGED', new: 'new', gone: 'gone'};

/** How a tool stands to what was approved, with what is different. */
export const standingText = ({standing, parts}: Compared): string =>
	standing === 'changed' ? `${words.changed}: ${parts.join(', ')}` : words[standing];

/** A description as it is read before a yes: all of it, and what nobody sees by its code. */
function saidLines(mark: string, {title, description}: ToolDefinition, width: number): readonly Line[] {
	const text = [title, description].filter(Boolean).join(': ');
	const shown = escapeUnseen(text, letter => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);
	const lines = shown === '' ? ['(says nothing of itself)'] : shown.split('\n');
	return [
		...lines.flatMap(line => hanging([span(mark)], line === '' ? ' ' : line, {width})),
		...(hasUnseen(text) ? [[span(`${mark}! It holds letters that nobody sees; they are written by their codes above`, 'warn')]] : []),
	];
}

/** A tool with all that it says of itself; of a changed one, what it said before, too. */
function toolLines(compared: Compared, width: number): readonly Line[] {
	const {name, definition, was, standing, parts} = compared;
	const tone = standing === 'changed' ? 'warn' : 'plain';
	const does = `${doesText(definition)}${standing === 'pinned' ? '' : ` (${standingText(compared)})`}`;
	const head = hanging([span(`${name}  `, 'strong')], does, {width, tone});
	if (standing === 'gone') return head;
	if (was === undefined) return [...head, ...indented(saidLines('', definition, width - 4), 4)];
	const inner = width - 4;
	const input = parts.includes('input')
		? [
				...hanging([span('- input ')], JSON.stringify(was.inputSchema), {width: inner}),
				...hanging([span('+ input ')], JSON.stringify(definition.inputSchema), {width: inner}),
			]
		: [];
	const hints = parts.includes('hints')
		? [
				...hanging([span('- hints ')], JSON.stringify(was.annotations), {width: inner}),
				...hanging([span('+ hints ')], JSON.stringify(definition.annotations), {width: inner}),
			]
		: [];
	return [...head, ...indented([...saidLines('- ', was, inner), ...saidLines('+ ', definition, inner), ...input, ...hints], 4)];
}

/** All of them with an empty line between. */
export const toolsLines = (all: readonly Compared[], width: number): readonly Line[] =>
	all.flatMap(each => [...toolLines(each, width), emptyLine]);
