import {openPlace} from './place.ts';
import {steady} from './steady.ts';

type Place = Awaited<ReturnType<typeof openPlace>>;

/** Words of a command line: quotes hold spaces together. */
const wordsOf = (line: string) => (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map(word => word.replace(/^(["'])(.*)\1$/, '$2'));

/**
 * Ids that a page shows are those of the run in which it was written; a later run has others. Each id of the page stands for the one that
 * stood in its place when the commands ran anew.
 */
type Ids = Map<string, string>;

const idPattern = /\b(?=[a-z0-9]*\d)[a-z0-9]{12}\b/g;

function learnIds(written: string, fresh: string, ids: Ids): void {
	const [old, now] = [written.match(idPattern) ?? [], fresh.match(idPattern) ?? []];
	for (const [index, id] of old.entries()) ids.set(id, now[index] ?? id);
}

async function run(line: string, written: string, place: Place, ids: Ids): Promise<string> {
	if (line === 'echo $?') return String(place.lastCode());
	const silent = ' > /dev/null';
	const command = line.replace(silent, '').replaceAll(idPattern, id => ids.get(id) ?? id);
	const [program, ...words] = wordsOf(command);
	if (program !== 'mkcoa') throw new Error(`a page runs mkcoa and nothing else, not ${line}`);
	const fresh = await place.mkcoa(words, {answers: !line.endsWith(silent)});
	learnIds(written, fresh, ids);
	return fresh;
}

const flat = (text: string) => steady(text).replaceAll(/\s+/g, ' ').trim();

/**
 * Whether a written output still tells what a fresh one does, ids, ages and numbers aside. With a line of `…` it is an excerpt: the parts stand in
 * the fresh one in their order, however its lines are broken.
 */
export function tells(written: string, fresh: string): boolean {
	const parts = written.split(/^…$/m).map(flat);
	if (parts.length === 1) return steady(written) === steady(fresh);
	const [first = '', ...others] = parts;
	const whole = flat(fresh);
	if (!whole.startsWith(first) || !whole.endsWith(parts.at(-1) ?? '')) return false;
	let from = first.length;
	return others.every(part => {
		const at = whole.indexOf(part, from);
		from = at + part.length;
		return at >= 0;
	});
}

/** A block of commands, each with the output that it has now; kept as it is where it tells the same. */
async function consoleBlock(block: string, place: Place, ids: Ids): Promise<string> {
	const parts: string[] = [];
	for (const part of block.split(/^\$ /m).slice(1)) {
		const [line = '', ...output] = part.trimEnd().split('\n');
		const written = output.join('\n');
		const fresh = await run(line, written, place, ids);
		parts.push([`$ ${line}`, tells(written, fresh) ? written : fresh].filter(text => text !== '').join('\n'));
	}
	return `${parts.join('\n')}\n`;
}

/**
 * Runs the commands of a page, on an embedded shop of its own, and answers the page with their output. Blocks marked `console` hold commands
 * after `$ `; an output with a line of `…` is an excerpt, to be shortened again by hand where it went stale. A block whose first line is
 * `# NAME.yaml` is written to that file first, and one of `# FOLDER/NAME.yaml` is committed to a Git repository of that name. Blocks of other
 * languages stay as they are.
 */
export async function runPage(page: string): Promise<string> {
	const place = await openPlace();
	const ids: Ids = new Map();
	try {
		let result = '';
		let rest = page;
		for (;;) {
			const match = /^```(\w+)\n(.*?)^```$/ms.exec(rest);
			if (match === null) return result + rest;
			const [whole, language = '', text = ''] = match;
			const name = /^# ([\w./-]+)\n/.exec(text)?.[1];
			if (name !== undefined) place.file(name, text);
			const shown = language === 'console' ? await consoleBlock(text, place, ids) : text;
			result += `${rest.slice(0, match.index)}\`\`\`${language}\n${shown}\`\`\``;
			rest = rest.slice(match.index + whole.length);
		}
	} finally {
		await place.close();
	}
}
