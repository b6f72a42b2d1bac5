import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {MkcoaError} from '../../../../core/error.ts';

/** The body as it was before compression. */
export function decoded(body: Readable, encoding: string | undefined): Readable {
	if (encoding !== 'gzip') return body;
	const gunzip = createGunzip();
	// Errors of the socket reach the reader through `gunzip`, which pipeline destroys with them.
	pipeline(body, gunzip, () => {});
	return gunzip;
}

/**
 * Reads a body to its end, holding at most `capBytes`.
 * @throws MkcoaError `answer-too-large`
 */
export async function readChunks(body: Readable, capBytes: number): Promise<Buffer[]> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		const bytes: Buffer = chunk;
		size += bytes.length;
		if (size > capBytes) {
			body.destroy();
			throw new MkcoaError({
				kind: 'environment',
				code: 'answer-too-large',
				what: `The cluster's answer is larger than ${Math.round(capBytes / 1024 / 1024)} MiB`,
				next: 'Ask for less: one namespace, a selector, or fewer objects at a time',
			});
		}
		chunks.push(bytes);
	}
	return chunks;
}

/** Reads at most `capBytes` and lets the rest go; for the text of refusals. */
export async function readStart(body: Readable, capBytes: number): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		const bytes: Buffer = chunk;
		chunks.push(bytes);
		size += bytes.length;
		if (size > capBytes) break;
	}
	return Buffer.concat(chunks).subarray(0, capBytes).toString('utf8');
}
