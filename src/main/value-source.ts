import {randomInt} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import type {ValueSource} from '../agents/deploy/objects/settings/value-source.ts';
import {fileTrouble} from '../commands/read-file.ts';
import {MkcoaError} from '../core/error.ts';
import type {Host} from './host.ts';

type Wiring = {
	readonly host: Host;
	readonly learn: (secret: string) => void;
	/** Takes the progress line off the screen before a question. */
	readonly beforeAsking: () => void;
	readonly signal: AbortSignal;
};

/** The environment, files and the terminal of this process. What was answered once is not asked again. */
export function valueSource({host, learn, beforeAsking, signal}: Wiring): ValueSource {
	const answers = new Map<string, string>();
	const files = new Map<string, Uint8Array>();
	const drawn = new Map<string, string>();
	return {
		learn,
		fromEnvironment: name => host.env[name],
		async fromFile(path) {
			const known = files.get(path);
			if (known !== undefined) return known;
			const bytes = path === '-' ? Buffer.from(await host.streams.readInput()) : await readBytes(path);
			files.set(path, bytes);
			return bytes;
		},
		fromChance(key, length) {
			const value = drawn.get(key) ?? Array.from({length}, () => letters[randomInt(letters.length)]).join('');
			drawn.set(key, value);
			return value;
		},
		async fromPrompt(labels) {
			const open = labels.filter(label => !answers.has(label));
			const given =
				open.length === 0 ? [] : host.streams.canAsk ? await asked(open, {host, learn, beforeAsking, signal}) : await piped(open, host);
			for (const [index, label] of open.entries()) answers.set(label, given[index] ?? '');
			return labels.map(label => answers.get(label) ?? '');
		},
	};
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

async function readBytes(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (error) {
		throw fileTrouble(path, error);
	}
}

async function asked(labels: readonly string[], {host, beforeAsking, signal}: Wiring): Promise<readonly string[]> {
	beforeAsking();
	const {askHidden} = await import('../tui/ask-hidden.ts');
	const typed: string[] = [];
	for (const label of labels)
		typed.push(await askHidden(`Value of ${label} (not shown): `, {input: host.input, output: host.screen}, signal));
	return typed;
}

/** A single value is all of standard input but for a last line break; of several each is a line. */
async function piped(labels: readonly string[], {streams}: Host): Promise<readonly string[]> {
	const text = (await streams.readInput()).replace(/\r?\n$/, '');
	const lines = labels.length === 1 ? [text] : text.split(/\r?\n/);
	if (text !== '' && lines.length === labels.length) return lines;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-answer',
		what:
			text === ''
				? `Nobody can be asked for the value of ${labels.join(', ')}`
				: `Standard input has ${lines.length} lines for ${labels.length} keys`,
		next: 'Pipe one line for each key, or use --from-env or --from-file',
	});
}
