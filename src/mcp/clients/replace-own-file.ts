import {randomBytes} from 'node:crypto';
import {chmod, link, mkdir, open, readFile, rename, rm} from 'node:fs/promises';
import {dirname} from 'node:path';
import {ConflictError} from '../../core/tool.ts';
import {codeOf, orAbsent, refused, type SeenFile} from './own-file.ts';

/**
 * Puts bytes in the place of what was seen, at once and whole, with its mode and its owner.
 * @param bytes undefined removes the file
 * @param modes of what has to be made: a file, a folder
 * @throws ConflictError where the file is no longer as it was seen; nothing was done then
 */
export async function replaceOwnFile(
	seen: SeenFile,
	bytes: Uint8Array | undefined,
	modes: {readonly file: number; readonly folder: number},
): Promise<void> {
	const {path, found} = seen;
	if (bytes === undefined) {
		await refuseMoved(seen);
		return rm(path, {force: true});
	}
	await mkdir(dirname(path), {recursive: true, mode: modes.folder});
	const draft = `${path}.mkcoa-${randomBytes(8).toString('hex')}`;
	try {
		await writeDraft(draft, bytes, seen);
		if (found === undefined) await chmod(draft, modes.file);
		await refuseMoved(seen);
		if (found === undefined) await placeNew(draft, path);
		else await rename(draft, path);
	} finally {
		await rm(draft, {force: true});
	}
	await syncFolder(dirname(path));
}

async function writeDraft(draft: string, bytes: Uint8Array, {path, found}: SeenFile): Promise<void> {
	const file = await open(draft, 'wx', 0o600);
	try {
		await file.writeFile(bytes);
		if (found !== undefined) {
			const {uid, gid} = await file.stat();
			if (uid !== found.uid || gid !== found.gid)
				await file.chown(found.uid, found.gid).catch(() => {
					throw refused(path, 'settings-owner', 'its owner and group could not be kept', 'Add the entry by hand');
				});
			// After the owner: a change of the owner clears bits of the mode.
			await file.chmod(found.mode & 0o7777);
		}
		await file.sync();
	} finally {
		await file.close();
	}
}

/** A hard link fails where somebody took the name meanwhile. */
async function placeNew(draft: string, path: string): Promise<void> {
	try {
		await link(draft, path);
	} catch (error) {
		throw codeOf(error) === 'EEXIST' ? new ConflictError(`${path} was made by somebody else`, {cause: error}) : error;
	}
}

async function refuseMoved({path, found}: SeenFile): Promise<void> {
	const now = await orAbsent(readFile(path));
	const isSame = now === undefined || found === undefined ? now === found?.bytes : now.equals(found.bytes);
	if (!isSame) throw new ConflictError(`${path} was changed by somebody else`);
}

/** Not every system lets a folder be opened; the file itself is safe by then. */
async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder, 'r').catch(() => undefined);
	await handle?.sync().catch(() => {});
	await handle?.close();
}
