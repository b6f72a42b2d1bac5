import {createInterface} from 'node:readline';

type Terminal = {readonly input: NodeJS.ReadableStream; readonly output: {write(text: string): unknown}};

/** Asks a question of yes or no. No is the answer to everything but a yes: an empty line, the end of the input, an abort. */
export async function askYes(question: string, {input, output}: Terminal, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) return false;
	output.write(`${question} [y/N] `);
	const reader = createInterface({input, terminal: false});
	try {
		const line = await new Promise<string>(resolve => {
			const leave = () => resolve('');
			reader.once('line', resolve).once('close', leave);
			signal.addEventListener('abort', leave, {once: true});
		});
		return !signal.aborted && /^y(?:es)?$/i.test(line.trim());
	} finally {
		reader.close();
	}
}
