import {createReadStream} from 'node:fs';
import {type FileHandle, open, readdir, stat} from 'node:fs/promises';
import {basename, dirname, extname, join} from 'node:path';
import {createGunzip} from 'node:zlib';
import {type Clock, sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {auditItems, lineCutter} from './audit-lines.ts';
import type {AuditItem, AuditLog} from './port.ts';

/** A grown file is noticed so soon. */
const lookMs = 200;
const chunkBytes = 1024 * 1024;

const unreadable = (path: string, error: unknown) => {
	const code = (error as NodeJS.ErrnoException).code;
	return new MkcoaError({
		kind: 'environment',
		code: 'no-audit-log',
		what: `The audit log ${path} cannot be read`,
		why: code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'you have no right to read it' : String(error),
		next: "Name the file of the API server's --audit-log-path with --audit-log, or one that was copied from there",
	});
};

/** `audit.log` → its earlier ones as API servers name them (`audit-2026-01-31T10-00-00.000.log`) and as logrotate does (`audit.log.1`), oldest first. */
async function rotatedBeside(path: string): Promise<readonly string[]> {
	const [folder, name] = [dirname(path), basename(path)];
	const extension = extname(name);
	const stem = name.slice(0, name.length - extension.length);
	const names = await readdir(folder);
	const dated = names.filter(
		each =>
			each.startsWith(`${stem}-`) &&
			/^\d{4}-\d\d-\d\dT[\d.-]+$/.test(
				each
					.slice(stem.length + 1)
					.replace(/\.gz$/, '')
					.slice(0, -extension.length || undefined),
			),
	);
	const numbered = names.flatMap(each => {
		const [, number] = each.startsWith(`${name}.`) ? (/^(\d+)(?:\.gz)?$/.exec(each.slice(name.length + 1)) ?? []) : [];
		return number === undefined ? [] : [{each, number: Number(number)}];
	});
	return [...dated.toSorted(), ...numbered.toSorted((a, b) => b.number - a.number).map(({each}) => each)].map(each => join(folder, each));
}

/** A file, all files of a folder by their names, or a file with those that were rotated away. */
async function filesOf(path: string): Promise<readonly string[]> {
	if ((await stat(path)).isDirectory())
		return (await readdir(path))
			.filter(name => /\.(?:log|jsonl?|gz)(?:\.\d+)?$/.test(name))
			.toSorted()
			.map(name => join(path, name));
	return [...(await rotatedBeside(path)), path];
}

async function* itemsIn(path: string, signal: AbortSignal): AsyncGenerator<AuditItem> {
	const file = createReadStream(path, {signal, highWaterMark: chunkBytes});
	if (!path.endsWith('.gz')) {
		yield* auditItems(file);
		return;
	}
	const unzipped = createGunzip({chunkSize: chunkBytes});
	file.on('error', error => unzipped.destroy(error));
	yield* auditItems(file.pipe(unzipped));
}

/** An audit log in a file, in a folder, or in a file with its rotated ones. */
export function auditFiles(path: string, {clock}: {readonly clock: Clock}): AuditLog {
	async function* closed(files: readonly string[], sinceMs: number | undefined, signal: AbortSignal): AsyncGenerator<AuditItem> {
		for (const file of files) {
			signal.throwIfAborted();
			try {
				// What was written last before the time holds nothing of it.
				if (sinceMs !== undefined && file !== path && (await stat(file)).mtimeMs < sinceMs) continue;
				yield* itemsIn(file, signal);
			} catch (error) {
				signal.throwIfAborted();
				// A file may be rotated away between the look at the folder and this one.
				if (file !== path && (error as NodeJS.ErrnoException).code === 'ENOENT') continue;
				throw unreadable(file, error);
			}
		}
	}
	const filesNow = () =>
		filesOf(path).catch((error: unknown) => {
			throw unreadable(path, error);
		});
	return {
		source: path,
		async *read({sinceMs, signal}) {
			yield* closed(await filesNow(), sinceMs, signal);
		},
		async *follow({sinceMs, signal}) {
			if (sinceMs !== undefined) yield* closed((await filesNow()).slice(0, -1), sinceMs, signal);
			yield* followFile(path, {clock, signal, from: sinceMs === undefined ? 'end' : 'start'});
		},
	};
}

type Open = {readonly handle: FileHandle; readonly inode: number; offset: number};

async function openAt(path: string, from: 'start' | 'end'): Promise<Open | undefined> {
	try {
		const handle = await open(path, 'r');
		const {ino, size} = await handle.stat();
		return {handle, inode: ino, offset: from === 'end' ? size : 0};
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw unreadable(path, error);
	}
}

type Following = {readonly clock: Clock; readonly signal: AbortSignal; readonly from: 'start' | 'end'};

/** Reads on where it was, over rotations (a new file of the same name) and where the file was cut off. */
async function* followFile(path: string, {clock, signal, from}: Following): AsyncGenerator<AuditItem> {
	const isFolder = await stat(path).then(
		each => each.isDirectory(),
		error => {
			throw unreadable(path, error);
		},
	);
	if (isFolder) throw unreadable(path, 'a folder cannot be followed: name the file that grows');
	const cutter = lineCutter();
	const buffer = Buffer.allocUnsafe(chunkBytes);
	let file = await openAt(path, from);
	try {
		while (!signal.aborted) {
			if (file !== undefined) {
				const {bytesRead} = await file.handle.read(buffer, 0, chunkBytes, file.offset);
				file.offset += bytesRead;
				if (bytesRead > 0) {
					yield* cutter.take(buffer.subarray(0, bytesRead));
					continue;
				}
				// Once all of it was read: is it still the file of that name, and as long?
				if ((await file.handle.stat()).size < file.offset) {
					file.offset = 0;
					cutter.reset();
					continue;
				}
			}
			const named = await stat(path).catch(() => undefined);
			if (named !== undefined && named.ino !== file?.inode) {
				yield* cutter.end();
				await file?.handle.close();
				file = await openAt(path, 'start');
				continue;
			}
			await sleep(clock, lookMs, signal).catch(() => {});
		}
	} finally {
		await file?.handle.close();
	}
}
