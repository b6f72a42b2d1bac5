import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {screen} from './screen.ts';

/** Names of keys and what a terminal sends for them. */
const sent: {readonly [key: string]: string} = {
	up: '\u001B[A',
	down: '\u001B[B',
	pagedown: '\u001B[6~',
	pageup: '\u001B[5~',
	escape: '\u001B',
	enter: '\r',
	backspace: '\u007F',
	'ctrl+c': '\u0003',
	'ctrl+d': '\u0004',
	'ctrl+g': '\u0007',
	'ctrl+j': '\n',
	'ctrl+o': '\u000F',
	'ctrl+r': '\u0012',
	'ctrl+z': '\u001A',
	left: '\u001B[D',
	right: '\u001B[C',
	tab: '\t',
};

/** A keyboard and a screen of a given size, for what draws with ink. */
export function frames({columns, rows}: {columns: number; rows: number}) {
	const shown = screen(columns, rows);
	const changed = new EventEmitter();
	const input = Object.assign(new PassThrough(), {
		isTTY: true,
		isRaw: false,
		setRawMode: () => input,
		ref: () => input,
		unref: () => input,
	});
	const output = Object.assign(new EventEmitter(), {
		columns,
		rows,
		isTTY: true,
		write(text: string | Uint8Array, ...rest: unknown[]) {
			shown.write(String(text));
			changed.emit('write');
			const done = rest.at(-1);
			if (typeof done === 'function') done();
			return true;
		},
	});
	/** Resolves when the screen satisfies the condition; the test's time limit ends a wait in vain. */
	const waitFor = async (isThere: (text: string) => boolean) => {
		while (!isThere(shown.text())) await new Promise(resolve => changed.once('write', resolve));
		return shown.text();
	};
	return {
		// The streams have what ink and readline use of a terminal's, and no more.
		input: input as unknown as NodeJS.ReadStream,
		output: output as unknown as NodeJS.WriteStream,
		screen: shown,
		waitFor,
		waitForText: (part: string) => waitFor(text => text.includes(part)),
		/** Sends a key, or text, and waits until the screen is another one. */
		async press(...keys: readonly string[]) {
			for (const key of keys) {
				const before = shown.text();
				input.write(sent[key] ?? key);
				await waitFor(text => text !== before);
			}
			return shown.text();
		},
		/** Sends without waiting: for keys that end the screen, or do nothing. */
		send: (key: string) => void input.write(sent[key] ?? key),
		resize(size: {columns: number; rows: number}) {
			Object.assign(output, size);
			shown.resize(size);
			output.emit('resize');
		},
		hangUp: () => void input.end(),
	};
}
