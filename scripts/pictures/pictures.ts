/**
 * Makes the pictures of the documents from the real program in a terminal of tmux: `npm run pictures [-- NAME…]`. A picture is written anew only where its
 * screen tells something else than before, ids, ages and numbers aside.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {steady} from '../docs/steady.ts';
import {drawScreen} from './draw-screen.ts';
import {textOfPng} from './palette-png.ts';
import {scenes} from './scenes.ts';
import {openStage} from './stage.ts';

const wanted = process.argv.slice(2);
const fileOf = (name: string) => fileURLToPath(new URL(`../../docs/pictures/${name}.png`, import.meta.url));

for (const {name, size, take, tells = steady} of scenes) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	const stage = await openStage(size);
	try {
		const {captured, text} = await take(stage);
		const file = fileOf(name);
		const before = existsSync(file) ? textOfPng(readFileSync(file)) : undefined;
		const isSame = before !== undefined && tells(before) === tells(text);
		if (!isSame) writeFileSync(file, await drawScreen(captured, size, text));
		process.stdout.write(`${isSame ? 'unchanged' : 'drawn'}: ${name}\n`);
	} finally {
		await stage.close();
	}
}
