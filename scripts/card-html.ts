import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';

const source = (name: string) => fileURLToPath(new URL(`../src/card/${name}`, import.meta.url));
const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** The page of a plan's card as one file: nothing of it is loaded from elsewhere, and only its own script and style are obeyed. */
function cardHtml(): string {
	const {outputFiles} = buildSync({
		entryPoints: [source('card.ts')],
		bundle: true,
		minify: true,
		format: 'iife',
		target: 'es2022',
		charset: 'ascii',
		write: false,
	});
	const script = (outputFiles[0]?.text ?? '').trim();
	const style = readFileSync(source('card.css'), 'utf8').replace(/\s+/g, ' ').trim();
	if (/<\/|<!--/.test(script + style)) throw new Error('The script or the style would end the page');
	const parts: {readonly [name: string]: string} = {SCRIPT: hashOf(script), STYLE: hashOf(style), CSS: style, JS: script};
	return readFileSync(source('card.html'), 'utf8').replace(
		/%([A-Z]+)%|\/\* ([A-Z]+) \*\//g,
		(_, one?: string, other?: string) => parts[one ?? other ?? ''] ?? '',
	);
}

export const cardModule = (): string =>
	`// Generated from src/card by npm run generate.\n/** One page, with its script and style in it. */\nexport const cardHtml = ${JSON.stringify(cardHtml())};\n`;
