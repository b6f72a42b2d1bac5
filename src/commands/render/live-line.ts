import type {Clock} from '../../core/clock.ts';
import type {Streams} from '../../core/streams.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {cutText} from '../../core/text/text-width.ts';

const frames = ['|', '/', '-', '\\'] as const;
const frameMs = 120;
/** Back to the first column, and everything to its right erased (ECMA-48 EL). */
const erase = '\r\u001B[2K';

/** One line of a terminal that is written over again and again. */
type LiveLine = {
	/** Shows a text that is asked for at every turn of the wheel, so that times in it go on. */
	readonly show: (text: () => string) => void;
	/** Takes the line away, lets something be printed for good, and shows the line below it again. */
	readonly above: (print: () => void) => void;
	readonly clear: () => void;
};

/** The line is drawn on standard error; the caller asks first whether that is a terminal. */
export function liveLine(streams: Streams, clock: Clock): LiveLine {
	let current: (() => string) | undefined;
	let turn = 0;
	let cancel: (() => void) | undefined;
	const draw = () => {
		if (current === undefined) return;
		const frame = frames[turn % frames.length];
		streams.err(`${erase}${cutText(`${frame} ${oneLine(current())}`, streams.width - 1)}`);
	};
	const wait = () => {
		cancel = clock.schedule(frameMs, () => {
			turn += 1;
			draw();
			wait();
		});
	};
	const clear = () => {
		if (current === undefined) return;
		cancel?.();
		cancel = undefined;
		current = undefined;
		streams.err(erase);
	};
	return {
		show(text) {
			current = text;
			draw();
			if (cancel === undefined) wait();
		},
		above(print) {
			if (current !== undefined) streams.err(erase);
			print();
			draw();
		},
		clear,
	};
}
