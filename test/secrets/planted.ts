import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** Secret values as people choose them: no form and no randomness gives them away. */
export const planted = {
	data: 'Violet-otter-seven',
	written: 'Amber-heron-three',
	patched: 'Ochre-lynx-nine',
	applied: 'Umber-stoat-five',
	file: 'Cobalt-raccoon-sixteen',
	env: 'Teal-badger-four',
	nextEnv: 'Coral-gecko-eight',
	annotation: 'Mauve-ibex-two',
	event: 'Khaki-crane-six',
	log: 'Beige-marten-one',
	argument: 'Ivory-weasel-ten',
	token: 'Lilac-condor-eleven',
	plugin: 'Sepia-falcon-twelve',
	password: 'Russet-dormouse-thirteen',
	pluginArgument: 'Maroon-puffin-fourteen',
	key: 'Pewter-walrus-fifteen',
} as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The ways a value is written: as it is, in base64 at each of the three places where it can begin, in a URL, in JSON, as hexadecimal. */
function spellings(value: string): readonly string[] {
	// The first and the last characters of base64 depend on what stands around.
	const inside = [0, 1, 2].map(shift => base64(`${'x'.repeat(shift)}${value}`).slice(shift === 0 ? 0 : 4, -4));
	return [value, ...inside, encodeURIComponent(`/${value}`).slice(3), Buffer.from(value).toString('hex'), value.toUpperCase()];
}

/** Names of the planted values that stand in a text, or in bytes read as Latin-1. */
export const leaksIn = (text: string): readonly string[] =>
	Object.entries(planted).flatMap(([name, value]) => (spellings(value).some(spelling => text.includes(spelling)) ? [name] : []));

/** Every byte of every file below a folder; none where there is no folder. */
export const bytesBelow = (folder: string): string =>
	(existsSync(folder) ? readdirSync(folder, {recursive: true, withFileTypes: true}) : [])
		.filter(entry => entry.isFile())
		.map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
		.join('\n');
