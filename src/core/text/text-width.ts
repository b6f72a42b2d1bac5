/** Made when the first text needs it: that takes ten milliseconds, and most commands print no such text. */
let segmenter: Intl.Segmenter | undefined;
function graphemes(text: string) {
	segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	return segmenter.segment(text);
}

/** ASCII, Latin, dashes and quotes, arrows, lines and the marks of this program: each code unit is one column, and stands alone. */
const plain = /^[\x20-\x7E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u21FF\u2500-\u257F\u25A0-\u25FC\u2800-\u28FF\u2713\u2717]*$/;
const invisible = /^[\p{Mark}\p{Cc}\p{Cf}]+$/u;
const emoji = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u;

/** East Asian Wide and Fullwidth blocks, UAX #11, as first and last code point. Ambiguous characters count as narrow. */
const wideBlocks: readonly (readonly [number, number])[] = [
	[0x11_00, 0x11_5f],
	[0x2e_80, 0x30_3e],
	[0x30_41, 0x4d_bf],
	[0x4e_00, 0xa4_cf],
	[0xa9_60, 0xa9_7f],
	[0xac_00, 0xd7_a3],
	[0xf9_00, 0xfa_ff],
	[0xfe_30, 0xfe_6f],
	[0xff_01, 0xff_60],
	[0xff_e0, 0xff_e6],
	[0x1_f3_00, 0x1_f6_4f],
	[0x1_f9_00, 0x1_f9_ff],
	[0x2_00_00, 0x3_ff_fd],
];

function graphemeWidth(grapheme: string): number {
	if (invisible.test(grapheme)) return 0;
	const point = grapheme.codePointAt(0) ?? 0;
	return emoji.test(grapheme) || wideBlocks.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** Columns that a text without escape sequences takes in a terminal: Korean and emoji take two, combining marks none. */
export function textWidth(text: string): number {
	if (plain.test(text)) return text.length;
	let width = 0;
	for (const {segment} of graphemes(text)) width += graphemeWidth(segment);
	return width;
}

/** The longest beginning of a text that fits into `width` columns; a wide character is never halved. */
function fitting(text: string, width: number): string {
	if (plain.test(text)) return text.slice(0, Math.max(0, width));
	let taken = 0;
	let end = 0;
	for (const {segment} of graphemes(text)) {
		taken += graphemeWidth(segment);
		if (taken > width) break;
		end += segment.length;
	}
	return text.slice(0, end);
}

/** The text, or its beginning and `…` where it is wider than `width` columns. */
export const cutText = (text: string, width: number) => (textWidth(text) <= width ? text : width < 1 ? '' : `${fitting(text, width - 1)}…`);

/** The text with spaces after it, `width` columns in all; wider texts stay as they are. */
export const padText = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - textWidth(text)));

/** The same with the spaces in front. */
export const padStart = (text: string, width: number) => ' '.repeat(Math.max(0, width - textWidth(text))) + text;

/**
 * Lines of at most `width` columns, broken at spaces; words wider than a line are broken inside.
 * Line breaks of the text are kept; `width` may be Infinity.
 */
export const wrapText = (text: string, width: number): readonly string[] => text.split('\n').flatMap(line => wrapLine(line, width));

/** Looks at each word once, however long the line is: a log may be one line of a megabyte. */
function wrapLine(line: string, width: number): readonly string[] {
	if (textWidth(line) <= width) return [line];
	const lines: string[] = [];
	let current = '';
	let taken = 0;
	for (const word of line.split(' ')) {
		const columns = textWidth(word);
		const [longer, wanted] = current === '' ? [word, columns] : [`${current} ${word}`, taken + 1 + columns];
		if (wanted <= width) {
			[current, taken] = [longer, wanted];
			continue;
		}
		if (current !== '') lines.push(current);
		const pieces = piecesOf(word, width);
		for (const piece of pieces.slice(0, -1)) lines.push(piece);
		current = pieces.at(-1) ?? '';
		taken = textWidth(current);
	}
	return [...lines, current];
}

/** What stands alone in a terminal, one after the other. */
const cellsOf = (text: string): readonly string[] =>
	plain.test(text) ? text.split('') : Array.from(graphemes(text), ({segment}) => segment);

function piecesOf(word: string, width: number): readonly string[] {
	const cells = cellsOf(word);
	const pieces: string[] = [];
	for (let start = 0; start < cells.length; ) {
		const end = fullEnd(cells, start, width);
		const cut = end === cells.length ? end : neatEnd(cells, start, end);
		pieces.push(cells.slice(start, cut).join(''));
		start = cut;
	}
	return pieces;
}

/** Where a line of `width` columns that begins at `start` is full. A wide character in a line of one column goes on alone: it has to go on. */
function fullEnd(cells: readonly string[], start: number, width: number): number {
	let taken = 0;
	for (const [index, cell] of cells.slice(start, start + width).entries()) {
		taken += graphemeWidth(cell);
		if (taken > width) return start + Math.max(1, index);
	}
	return Math.min(cells.length, start + width);
}

const neatSigns = new Set(['.', '/', '-', '_', ',']);

/** Paths and image names are broken behind a dot, slash or dash where one is near the end. */
function neatEnd(cells: readonly string[], start: number, end: number): number {
	const sign = cells.slice(start, end).findLastIndex(cell => neatSigns.has(cell)) + 1;
	return sign > (end - start) / 2 ? start + sign : end;
}
