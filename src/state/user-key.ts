import {chmodSync, closeSync, fchmodSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {MkcoaError} from '../core/error.ts';
import {storageError} from './storage-error.ts';

export type RandomBytes = (size: number) => Uint8Array;

const keyBytes = 32;

/**
 * The user's own key, 32 bytes in the file `key` of the state folder. Made once, whole and exclusively, so that two
 * processes that start together get the same one. A key that is there is never replaced.
 * @throws MkcoaError `state-key-damaged` when the file does not hold 32 bytes
 */
export function loadUserKey(folder: string, randomBytes: RandomBytes): Uint8Array {
	const path = join(folder, 'key');
	const key = inWords(path, () => readKey(path) ?? makeKey(path, randomBytes));
	if (key.length === keyBytes) return key;
	throw new MkcoaError({
		kind: 'environment',
		code: 'state-key-damaged',
		what: `The key file ${path} is damaged`,
		why: `it holds ${key.length} bytes instead of ${keyBytes}`,
		next: 'Put the right file back from a copy; or move it aside, and what it encrypted can no longer be read',
	});
}

function inWords<Result>(path: string, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		throw storageError(error, path);
	}
}

function readKey(path: string): Uint8Array | undefined {
	try {
		const key = readFileSync(path);
		chmodSync(path, 0o600);
		return key;
	} catch (error) {
		if (isCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}

/** A hard link appears with all its bytes or not at all, and fails when the name is taken: then the other process was faster. */
function makeKey(path: string, randomBytes: RandomBytes): Uint8Array {
	const draft = `${path}.${Buffer.from(randomBytes(8)).toString('hex')}`;
	writeNewFile(draft, randomBytes(keyBytes));
	try {
		linkSync(draft, path);
		syncFolder(dirname(path));
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw error;
	} finally {
		unlinkSync(draft);
	}
	return readFileSync(path);
}

/** A new name is durable only when its folder is: a key that a power cut takes away would take all images with it. */
function syncFolder(folder: string) {
	const descriptor = openSync(folder, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

/** Writes a file that must not exist yet, readable by its owner alone whatever the umask, and durable. */
export function writeNewFile(path: string, content: Uint8Array | string): void {
	const file = openSync(path, 'wx', 0o600);
	try {
		fchmodSync(file, 0o600);
		writeFileSync(file, content);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

/** Whether the system refused with this code, such as `ENOENT`. */
export const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;
