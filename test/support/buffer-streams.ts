import type {Streams} from '../../src/core/streams.ts';

/** Streams over buffers: what a command printed, and for whom it thought to print. */
export function bufferStreams(shape: Partial<Streams> & {readonly input?: string} = {}) {
	const printed = {out: '', err: ''};
	const streams: Streams = {
		out: text => {
			printed.out += text;
		},
		err: text => {
			printed.err += text;
		},
		readInput: async () => shape.input ?? '',
		inIsPiped: shape.input !== undefined,
		outIsTerminal: false,
		errIsTerminal: false,
		canAsk: false,
		colour: false,
		width: 80,
		height: 24,
		...shape,
	};
	return {streams, printed};
}

/** A terminal of so many columns, without colour. */
export const terminal = (width = 80): Partial<Streams> => ({outIsTerminal: true, errIsTerminal: true, canAsk: true, width});
