import {readFile} from 'node:fs/promises';
import {fileURLToPath as pathOf} from 'node:url';
import {initWasm, Resvg} from '@resvg/resvg-wasm';
import {textWidth} from '../../src/core/text/text-width.ts';
import {palettePng} from './palette-png.ts';
import {type Cell, styledCells} from './styled-cells.ts';

const [cellWidth, cellHeight, baseline, margin] = [9, 19, 14, 10] as const;
const [ground, ink] = ['#1e1e1e', '#d4d4d4'] as const;
const family = 'DejaVu Sans Mono';
/** Sharp on a screen of many pixels, and still small. */
const zoom = 1.25;

const escaped = (text: string) => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`);

/** Rows and columns of the eight dots of a braille pattern, by their bits. @see Unicode 15, Braille Patterns (U+2800) */
const brailleDots = [
	[0, 0],
	[1, 0],
	[2, 0],
	[0, 1],
	[1, 1],
	[2, 1],
	[3, 0],
	[3, 1],
] as const;

/** Dots of a chart; the font has no braille patterns. Undefined for every other letter. */
function dotsSvg(text: string, x: number, y: number, colour: string): string | undefined {
	const bits = (text.codePointAt(0) ?? 0) - 0x28_00;
	if (bits < 0 || bits > 0xff) return undefined;
	const [across, down] = [cellWidth / 2, cellHeight / 4];
	return brailleDots
		.map(([row, column], bit) =>
			(bits >> bit) % 2 === 0
				? ''
				: `<circle cx="${x + (column + 0.5) * across}" cy="${y + (row + 0.5) * down}" r="1.35" fill="${colour}"/>`,
		)
		.join('');
}

/** One row: grounds below, letters above, each letter in its own place. */
function rowSvg(cells: readonly Cell[], row: number): string {
	let column = 0;
	let [grounds, letters] = ['', ''];
	for (const {text, front = ink, back, bold, dim, inverse} of cells) {
		const [x, y, width] = [margin + column * cellWidth, margin + row * cellHeight, textWidth(text) * cellWidth];
		const [colour, behind] = inverse ? [back ?? ground, front] : [front, back];
		if (behind !== undefined) grounds += `<rect x="${x}" y="${y}" width="${width}" height="${cellHeight}" fill="${behind}"/>`;
		const style = `${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity=".65"' : ''}`;
		const dots = dotsSvg(text, x, y, colour);
		if (dots !== undefined) letters += dots;
		else if (text.trim() !== '') letters += `<text x="${x}" y="${y + baseline}" fill="${colour}"${style}>${escaped(text)}</text>`;
		column += textWidth(text);
	}
	return grounds + letters;
}

let fonts: readonly Uint8Array[] | undefined;

/** Fonts and the machine that draws come with the packages, so that a picture is the same on every machine. */
async function ready(): Promise<readonly Uint8Array[]> {
	if (fonts !== undefined) return fonts;
	await initWasm(await readFile(pathOf(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))));
	const [regular, bold] = [
		import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
		import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf'),
	];
	fonts = await Promise.all([regular, bold].map(url => readFile(pathOf(url))));
	return fonts;
}

/** Draws a screen that tmux captured with its colours as a PNG. */
export async function drawScreen(captured: string, {columns, rows}: {readonly columns: number; readonly rows: number}, text: string) {
	const fontBuffers = [...(await ready())];
	const [width, height] = [columns * cellWidth + 2 * margin, rows * cellHeight + 2 * margin];
	const body = styledCells(captured).slice(0, rows).map(rowSvg).join('');
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${family}" font-size="15"><rect width="100%" height="100%" fill="${ground}"/>${body}</svg>`;
	const image = new Resvg(svg, {fitTo: {mode: 'zoom', value: zoom}, font: {fontBuffers, defaultFontFamily: family}}).render();
	return palettePng({width: image.width, height: image.height, rgba: image.pixels}, text);
}
