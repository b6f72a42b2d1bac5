import {createInterface} from 'node:readline';

type Terminal = {
	readonly input: NodeJS.ReadableStream;
	readonly output: NodeJS.WritableStream;
	/** Lines of plain text: nothing is drawn over, so that it reads well in a screen reader. */
	readonly plain: boolean;
};

/**
 * Asks for one line.
 * @param history earlier lines, the latest first, for the up key
 * @returns undefined at the end of the input, for Ctrl-C and Ctrl-D, and after an abort
 */
export async function askLine(
	prompt: string,
	{input, output, plain}: Terminal,
	history: readonly string[],
	signal: AbortSignal,
): Promise<string | undefined> {
	if (signal.aborted) return undefined;
	const reader = createInterface({input, output, terminal: !plain, history: [...history], prompt});
	try {
		return await new Promise<string | undefined>(resolve => {
			const leave = () => resolve(undefined);
			reader.once('line', resolve).once('close', leave).once('SIGINT', leave);
			signal.addEventListener('abort', leave, {once: true});
			// Last: what was typed ahead comes at once.
			reader.prompt();
		});
	} finally {
		reader.close();
	}
}
