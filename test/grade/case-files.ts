import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

/**
 * The folder of one set: `folder` itself, or the one named after the set where `folder` holds many sets.
 * @throws where there is no such folder, with what to do
 */
export function setFolder(folder: string, set: string): string {
	const inside = join(folder, set);
	if (existsSync(inside)) return inside;
	if (existsSync(folder)) return folder;
	throw new Error(`there is no folder ${folder}. Name one with --data DIR, or set MKCOA_SHARED to the folder that holds data/`);
}

/** Every file of this name in the folder and below it, sorted, so that a set may be one index or several. */
export function filesNamed(folder: string, name: string): readonly string[] {
	const found = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile() && entry.name === name);
	return found.map(entry => join(entry.parentPath, entry.name)).sort();
}

/** What the `index.json` files of a folder list, each row with the folder that its paths are relative to. */
export const indexRows = (folder: string): readonly {readonly from: string; readonly row: unknown}[] =>
	filesNamed(folder, 'index.json').flatMap(file => {
		const rows: unknown = JSON.parse(readFileSync(file, 'utf8'));
		return (Array.isArray(rows) ? rows : [rows]).map((row: unknown) => ({from: dirname(file), row}));
	});
