import {chmodSync, closeSync, linkSync, lstatSync, openSync, readSync, unlinkSync} from 'node:fs';
import {DatabaseSync, type SQLInputValue} from 'node:sqlite';
import type * as z from 'zod';
import {applicationId, migrations} from './schema.ts';
import {damaged, storageError, tooNew} from './storage-error.ts';
import {isCode, type RandomBytes, writeNewFile} from './user-key.ts';

/** Rows checked by a schema, so that a file that somebody edited is noticed where it is read. Every method throws MkcoaError in words. */
export type Database = {
	readonly run: (sql: string, ...values: SQLInputValue[]) => void;
	readonly all: <Row>(row: z.ZodType<Row>, sql: string, ...values: SQLInputValue[]) => Row[];
	readonly get: <Row>(row: z.ZodType<Row>, sql: string, ...values: SQLInputValue[]) => Row | undefined;
	/** Whether a query finds any row. */
	readonly has: (sql: string, ...values: SQLInputValue[]) => boolean;
	/** Takes the write lock before the first read, so that what `work` read still holds when it writes. */
	readonly transaction: <Result>(work: () => Result) => Result;
	/** Writes all into the main file and empties the log, so that what was deleted is in no file. */
	readonly compact: () => void;
	/** May be called again. */
	readonly close: () => void;
};

const headerBytes = 100;

/**
 * Opens the file, or makes it; never replaces one that is there.
 * @param waitMs how long to wait for another process that writes
 * @throws MkcoaError `state-damaged`, `state-too-new`, `state-busy`, `state-not-writable`, `disk-full`
 */
export function openDatabase(file: string, {randomBytes, waitMs}: {readonly randomBytes: RandomBytes; readonly waitMs: number}): Database {
	try {
		if (!isOurs(file)) makeDatabase(file, randomBytes);
		closeToOthers(file);
		const handle = new DatabaseSync(file, {timeout: waitMs});
		try {
			handle.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON');
			refuseDamaged(handle, file);
			migrate(handle, file);
		} catch (error) {
			handle.close();
			throw error;
		}
		return accessTo(handle, file);
	} catch (error) {
		throw storageError(error, file);
	}
}

/** False when there is no file. Looks at the first bytes before SQLite may touch a file that is not ours. */
function isOurs(file: string): boolean {
	const found = lstatSync(file, {throwIfNoEntry: false});
	if (found === undefined) return false;
	if (!found.isFile()) throw damaged(file, 'it is not a regular file');
	const header = Buffer.alloc(headerBytes);
	const descriptor = openSync(file, 'r');
	const length = readSync(descriptor, header, 0, headerBytes, 0);
	closeSync(descriptor);
	if (length < headerBytes) throw damaged(file, `it was cut to ${length} bytes`);
	if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw damaged(file, 'it is not a SQLite file');
	// Offset 68 of the header (https://www.sqlite.org/fileformat.html).
	if (header.readUInt32BE(68) !== applicationId) throw damaged(file, 'it belongs to another program');
	return true;
}

/** Built beside its place and linked into it whole: an empty or half-made file under the real name is always damage. */
function makeDatabase(file: string, randomBytes: RandomBytes) {
	const draft = `${file}.${Buffer.from(randomBytes(8)).toString('hex')}`;
	writeNewFile(draft, '');
	try {
		const handle = new DatabaseSync(draft);
		try {
			handle.exec(`PRAGMA application_id = ${applicationId}; PRAGMA journal_mode = WAL`);
			migrate(handle, draft);
		} finally {
			handle.close();
		}
		linkSync(draft, file);
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw error;
	} finally {
		unlinkSync(draft);
	}
}

/** SQLite gives new side files the mode of the main file; files that were copied back may have any. */
function closeToOthers(file: string) {
	for (const path of [file, `${file}-wal`, `${file}-shm`]) if (lstatSync(path, {throwIfNoEntry: false})?.isFile()) chmodSync(path, 0o600);
}

function refuseDamaged(handle: DatabaseSync, file: string) {
	const [first] = Object.values(handle.prepare('PRAGMA quick_check(1)').get() ?? {});
	if (first !== 'ok') throw damaged(file, `SQLite found: ${String(first)}`);
}

function migrate(handle: DatabaseSync, file: string) {
	const version = () => Number(Object.values(handle.prepare('PRAGMA user_version').get() ?? {})[0]);
	if (version() === migrations.length) return;
	inTransaction(handle, () => {
		if (version() > migrations.length) throw tooNew(file, version());
		for (const step of migrations.slice(version())) handle.exec(step);
		handle.exec(`PRAGMA user_version = ${migrations.length}`);
	});
}

function inTransaction<Result>(handle: DatabaseSync, work: () => Result): Result {
	handle.exec('BEGIN IMMEDIATE');
	try {
		const result = work();
		handle.exec('COMMIT');
		return result;
	} catch (error) {
		// A full disk makes SQLite roll back on its own.
		if (handle.isTransaction) handle.exec('ROLLBACK');
		throw error;
	}
}

function accessTo(handle: DatabaseSync, file: string): Database {
	const inWords = <Result>(work: () => Result): Result => {
		try {
			return work();
		} catch (error) {
			throw storageError(error, file);
		}
	};
	const checked = <Row>(row: z.ZodType<Row>, found: unknown): Row => {
		const result = row.safeParse(found);
		if (result.success) return result.data;
		throw damaged(file, 'a row has a form that mkcoa does not write', {cause: result.error});
	};
	return {
		run: (sql, ...values) => void inWords(() => handle.prepare(sql).run(...values)),
		all: (row, sql, ...values) => inWords(() => handle.prepare(sql).all(...values)).map(found => checked(row, found)),
		get(row, sql, ...values) {
			const found = inWords(() => handle.prepare(sql).get(...values));
			return found === undefined ? undefined : checked(row, found);
		},
		has: (sql, ...values) => inWords(() => handle.prepare(sql).get(...values)) !== undefined,
		transaction: work => inWords(() => inTransaction(handle, work)),
		compact: () => void inWords(() => handle.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()),
		close: () => {
			if (handle.isOpen) handle.close();
		},
	};
}
