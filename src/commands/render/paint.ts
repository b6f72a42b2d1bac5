import type {Streams} from '../../core/streams.ts';
import type {Line, Tone} from '../../core/text/styled.ts';

/** Select Graphic Rendition codes of ECMA-48: on and off. */
const codes: {readonly [tone in Tone]: readonly [number, number] | undefined} = {
	plain: undefined,
	strong: [1, 22],
	dim: [2, 22],
	good: [32, 39],
	bad: [31, 39],
	warn: [33, 39],
	accent: [36, 39],
};

function paintSpan(text: string, tone: Tone): string {
	const code = codes[tone];
	return code === undefined || text.trim() === '' ? text : `\u001B[${code[0]}m${text}\u001B[${code[1]}m`;
}

/** Lines as text, each ended by a line break. */
const paint = (lines: readonly Line[], colour: boolean) =>
	lines.map(line => `${line.map(({text, tone}) => (colour ? paintSpan(text, tone) : text)).join('')}\n`).join('');

/** Columns to lay out for: those of the terminal, and no limit in a pipe. */
export const widthOf = ({width}: Streams, isTerminal: boolean) => (isTerminal ? Math.max(20, width) : Number.POSITIVE_INFINITY);

/** Prints lines made for the width of standard output. */
export const printOut = (streams: Streams, lines: (width: number) => readonly Line[]) =>
	streams.out(paint(lines(widthOf(streams, streams.outIsTerminal)), streams.colour && streams.outIsTerminal));

/** Prints lines made for the width of standard error. */
export const printErr = (streams: Streams, lines: (width: number) => readonly Line[]) =>
	streams.err(paint(lines(widthOf(streams, streams.errIsTerminal)), streams.colour && streams.errIsTerminal));
