import {lessWords, type Reason} from './trouble.ts';

/** More than any answer about one workload, and little enough to hold. */
const mostBytes = 16 * 1024 * 1024;

/** The answer was larger than anybody holds: whoever answers there may be no such server at all. */
export class TooLarge extends Error {
	readonly reason: Reason = {
		why: `its answer is larger than ${mostBytes / 1024 / 1024} MiB`,
		next: `Ask ${lessWords}. Where that was asked, something else answers at its address`,
	};
}

/** The text of an answer of at most 16 MiB. @throws TooLarge, and the connection ends */
export async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	// Leaving the loop ends the connection.
	for await (const chunk of body) {
		size += chunk.length;
		if (size > mostBytes) throw new TooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}
