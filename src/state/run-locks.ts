import {existsSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {MkcoaError} from '../core/error.ts';
import {storageError} from './storage-error.ts';
import {isCode, writeNewFile} from './user-key.ts';

/** Tells a run that lasts from one that died: the system drops a lock when its process ends, however it ends. */
export type RunLocks = {
	/**
	 * Takes the run for this process; taken already, nothing happens.
	 * @throws MkcoaError `run-in-progress` when another process is at it
	 */
	readonly take: (id: string) => void;
	/** Whether a process is at it, this one or another. */
	readonly isTaken: (id: string) => boolean;
	/** For a run that has ended: the lock is not needed any more. */
	readonly drop: (id: string) => void;
	/** For a process that ends: its unfinished runs may be resumed by others. */
	readonly close: () => void;
};

/** A handle that nothing refers to is closed by the garbage collector, and its lock goes with it: what is held stays in here until it is dropped. */
const pinned = new Set<DatabaseSync>();

/** Node has no file locks of its own; an exclusive transaction on an empty SQLite file is one, on every system. */
export function runLocks(folder: string): RunLocks {
	const held = new Map<string, DatabaseSync>();
	const pathOf = (id: string) => join(folder, `run-${id}.lock`);

	/** Undefined when another process has it. */
	function lock(id: string, waitMs: number): DatabaseSync | undefined {
		makeEmpty(pathOf(id));
		const handle = new DatabaseSync(pathOf(id), {timeout: waitMs});
		try {
			handle.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
			return handle;
		} catch (error) {
			handle.close();
			const told = storageError(error, pathOf(id));
			if (told instanceof MkcoaError && told.trouble.code === 'state-busy') return undefined;
			throw told;
		}
	}

	function release(id: string) {
		const handle = held.get(id);
		if (handle === undefined) return;
		handle.close();
		held.delete(id);
		pinned.delete(handle);
	}

	return {
		take(id) {
			if (held.has(id)) return;
			// Long enough for a reader that only looks.
			const handle = lock(id, 250);
			if (handle === undefined) throw inProgress(id);
			held.set(id, handle);
			pinned.add(handle);
		},
		isTaken(id) {
			if (held.has(id)) return true;
			if (!existsSync(pathOf(id))) return false;
			const handle = lock(id, 0);
			handle?.close();
			return handle === undefined;
		},
		drop(id) {
			rmSync(pathOf(id), {force: true});
			release(id);
		},
		close() {
			for (const id of held.keys()) release(id);
		},
	};
}

function makeEmpty(path: string) {
	try {
		writeNewFile(path, '');
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw storageError(error, path);
	}
}

const inProgress = (id: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'run-in-progress',
		what: `The run ${id} is still in progress`,
		why: 'another mkcoa on this machine is at it',
		next: 'Wait until it ends, or end it, and run the command again',
	});
