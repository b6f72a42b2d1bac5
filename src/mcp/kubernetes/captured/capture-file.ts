import {promisify} from 'node:util';
import {gunzip, gzip} from 'node:zlib';
import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject} from '../../../core/json.ts';
import {type Capture, captureFormat, captureSchema, captureVersion} from '../model/capture.ts';

/** A file may be small and unpack to more than this process can hold. */
const mostBytes = 256 * 1024 * 1024;
const packedBytes = 64 * 1024 * 1024;

const unreadable = (path: string, why: string, next = 'Take one with mkcoa incident capture FILE') =>
	new MkcoaError({kind: 'usage', code: 'not-a-capture', what: `File '${path}' cannot be looked at as a cluster`, why, next});

/** A capture as the bytes of its file: JSON, packed with gzip. */
export async function packCapture(capture: Capture): Promise<Buffer> {
	return promisify(gzip)(JSON.stringify(capture));
}

/**
 * Reads the bytes of a file as a capture.
 * @param path only to be named where it is none
 * @throws MkcoaError `not-a-capture` that quotes the path and says what is wrong with it
 */
export async function unpackCapture(path: string, bytes: Buffer): Promise<Capture> {
	if (bytes.length > packedBytes)
		throw unreadable(path, `it has ${bytes.length} bytes, and ${packedBytes} is the most that is read`, 'Capture one namespace with -n');
	const text = await unpacked(path, bytes);
	const json = parsed(path, text);
	if (!isJsonObject(json) || json.format !== captureFormat) throw unreadable(path, 'it is no capture of mkcoa');
	if (json.version !== captureVersion)
		throw unreadable(
			path,
			`it has version ${String(json.version)}, and this mkcoa reads version ${captureVersion}`,
			'Read it with the mkcoa that wrote it',
		);
	const checked = captureSchema.safeParse(json);
	if (!checked.success) throw unreadable(path, `it is damaged: ${z.prettifyError(checked.error).split('\n').slice(0, 2).join(' ')}`);
	// The schema checks the parts by which it is asked; the rest is as this program wrote it.
	return checked.data as unknown as Capture;
}

async function unpacked(path: string, bytes: Buffer): Promise<string> {
	try {
		return (await promisify(gunzip)(bytes, {maxOutputLength: mostBytes})).toString('utf8');
	} catch (error) {
		const isLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
		throw unreadable(path, isLarge ? `it unpacks to more than ${mostBytes} bytes` : 'it is not packed with gzip, or is cut off');
	}
}

function parsed(path: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw unreadable(path, 'what is packed in it is no JSON');
	}
}
