import {MkcoaError} from '../core/error.ts';

type Terminal = {
	readonly input: NodeJS.ReadableStream & {setRawMode?(raw: boolean): unknown};
	readonly output: {write(text: string): unknown};
};

const cancelled = () =>
	new MkcoaError({kind: 'environment', code: 'cancelled', what: 'Nothing was changed', why: 'the question for a value was cancelled'});

/** What one piece of input does to the line: the line so far, and whether it ended, was cancelled, or goes on. */
function typedOn(line: string, piece: string): {readonly line: string; readonly state: 'open' | 'ended' | 'cancelled'} {
	let typed = line;
	for (const letter of piece) {
		if (letter === '\r' || letter === '\n') return {line: typed, state: 'ended'};
		// Ctrl-C, and Ctrl-D on an empty line.
		if (letter === '\u0003' || (letter === '\u0004' && typed === '')) return {line: typed, state: 'cancelled'};
		if (letter === '\u007f' || letter === '\b') typed = [...typed].slice(0, -1).join('');
		else if (letter === '\u0015') typed = '';
		else if (letter >= ' ') typed += letter;
	}
	return {line: typed, state: 'open'};
}

/**
 * Asks for one line that is shown nowhere, not even as stars: its length is nobody's business either.
 * @throws MkcoaError `cancelled` for Ctrl-C, the end of input, or a signal
 */
export async function askHidden(question: string, {input, output}: Terminal, signal: AbortSignal): Promise<string> {
	output.write(question);
	input.setRawMode?.(true);
	try {
		return await new Promise<string>((resolve, reject) => {
			let line = '';
			const stop = () => {
				input.off('data', onData);
				input.off('end', onEnd);
				signal.removeEventListener('abort', onEnd);
			};
			const onEnd = () => {
				stop();
				reject(cancelled());
			};
			const onData = (chunk: string | Uint8Array) => {
				const read = typedOn(line, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
				line = read.line;
				if (read.state === 'open') return;
				stop();
				if (read.state === 'ended') resolve(line);
				else reject(cancelled());
			};
			input.on('data', onData);
			input.once('end', onEnd);
			signal.addEventListener('abort', onEnd, {once: true});
			if (signal.aborted) onEnd();
			else input.resume();
		});
	} finally {
		input.pause();
		input.setRawMode?.(false);
		output.write('\n');
	}
}
