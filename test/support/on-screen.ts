import {frames} from './frames.ts';
import type {Shop} from './shop.ts';

/** A command at a terminal with a keyboard and a screen, in this process. `ended` is how it ended. */
export function onScreen(shop: Pick<Shop, 'run'>, words: readonly string[], {columns = 80, rows = 24} = {}) {
	const terminal = frames({columns, rows});
	const interrupt = new AbortController();
	const ended = shop.run(words, {
		streams: {canAsk: true, outIsTerminal: true, errIsTerminal: true, width: columns},
		terminal: {input: terminal.input, screen: terminal.output},
		signal: interrupt.signal,
	});
	return {
		...terminal,
		ended,
		interrupt: () => interrupt.abort(new Error('interrupted')),
		/** Moves down a list until the selected row holds a text. */
		async select(text: string) {
			const isSelected = () =>
				terminal.screen
					.text()
					.split('\n')
					.some(line => line.startsWith('> ') && line.includes(text));
			while (!isSelected()) await terminal.press('down');
		},
	};
}
