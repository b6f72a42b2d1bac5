import {randomBytes} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {expect, test} from 'vitest';
import {z} from 'zod';
import {openDatabase} from '../../src/state/database.ts';
import {storageError} from '../../src/state/storage-error.ts';
import {deployment, entryOf, scale} from './samples.ts';
import {troubleIn, world} from './world.ts';

/** A state with enough entries to fill some pages, all in the main file. */
async function closedState() {
	const here = world();
	const state = here.open();
	for (let index = 0; index < 20; index++) {
		const id = await state.journal.open(entryOf());
		await state.journal.intend(id, {index: 0, write: scale, before: deployment(3)});
	}
	state.close();
	return here;
}

function foreign(file: string) {
	rmSync(file);
	const handle = new DatabaseSync(file);
	handle.exec('PRAGMA user_version = 1; CREATE TABLE entry (id TEXT)');
	handle.close();
}

function fillPage(file: string) {
	const bytes = readFileSync(file);
	bytes.fill(0xff, 4096, 3 * 4096);
	writeFileSync(file, bytes);
}

const damages: readonly (readonly [string, (file: string) => void, string | RegExp])[] = [
	['was emptied', file => truncateSync(file, 0), 'it was cut to 0 bytes'],
	['was cut inside its header', file => truncateSync(file, 99), 'it was cut to 99 bytes'],
	['was cut after its first page', file => truncateSync(file, 4096), /./],
	['lost its last page', file => truncateSync(file, readFileSync(file).length - 4096), /./],
	['has overwritten pages', fillPage, /./],
	['is no SQLite file', file => writeFileSync(file, 'x'.repeat(8192)), 'it is not a SQLite file'],
	['belongs to another program', foreign, 'it belongs to another program'],
];

test.each(damages)('a state file that %s is told, and left as it is', async (_, damage, why) => {
	const {database, open} = await closedState();
	damage(database);
	const before = readFileSync(database);
	const trouble = await troubleIn(() => open());
	expect(trouble).toMatchObject({kind: 'environment', code: 'state-damaged', next: expect.stringContaining('Move it aside')});
	expect(trouble.why).toMatch(why);
	expect(readFileSync(database).equals(before)).toBe(true);
});

test('after the damaged file was moved aside, a new one begins', async () => {
	const {database, open} = await closedState();
	truncateSync(database, 0);
	renameSync(database, `${database}.aside`);
	expect(await open().reader.list(10)).toEqual([]);
});

test('a file of a newer version is told, and left as it is', async () => {
	const {database, open, tamper} = await closedState();
	tamper('PRAGMA user_version = 99');
	const before = readFileSync(database);
	expect(await troubleIn(() => open())).toMatchObject({code: 'state-too-new', why: 'a newer mkcoa wrote it, in version 99'});
	expect(readFileSync(database).equals(before)).toBe(true);
});

test('a folder or a link in the place of the file is refused', async () => {
	const {folder, database, open} = world();
	mkdirSync(folder);
	mkdirSync(database);
	expect(await troubleIn(() => open())).toMatchObject({code: 'state-damaged', why: 'it is not a regular file'});
	rmSync(database, {recursive: true});
	symlinkSync(join(folder, 'elsewhere'), database);
	expect(await troubleIn(() => open())).toMatchObject({code: 'state-damaged', why: 'it is not a regular file'});
});

test('a row that mkcoa did not write is told where it is read', async () => {
	const {open, tamper} = await closedState();
	tamper(`UPDATE entry SET plan = '{"version": 1}' WHERE seq = 1`);
	expect(await troubleIn(() => open().reader.list(100))).toMatchObject({
		code: 'state-damaged',
		why: 'a row has a form that mkcoa does not write',
	});
});

test('an effect that was made another kind of write is told where it is read', async () => {
	const {open, tamper} = await closedState();
	tamper(`UPDATE effect SET write = '{"op":"shell"}'`);
	const {reader} = open();
	const [entry] = await reader.list(1);
	expect(await troubleIn(() => reader.effects(entry?.id ?? ''))).toMatchObject({code: 'state-damaged'});
});

test('each write is on disk when it is confirmed: write-ahead log, full synchronisation', async () => {
	const {database} = await closedState();
	const access = openDatabase(database, {randomBytes, waitMs: 0});
	expect(access.get(z.object({journal_mode: z.string()}), 'PRAGMA journal_mode')).toEqual({journal_mode: 'wal'});
	expect(access.get(z.object({synchronous: z.number()}), 'PRAGMA synchronous')).toEqual({synchronous: 2});
	access.close();
});

test('a file of an older version is brought to ours', async () => {
	const {folder, database, open} = world();
	mkdirSync(folder, {mode: 0o700});
	const handle = new DatabaseSync(database);
	handle.exec(`PRAGMA application_id = ${0x6d6b636f}; CREATE TABLE other (id TEXT); DROP TABLE other`);
	handle.close();
	const {journal, reader} = open();
	const id = await journal.open(entryOf());
	expect(await reader.list(2)).toMatchObject([{id}]);
});

test('a full disk is told and leaves the journal as it was', async () => {
	const {database} = await closedState();
	const access = openDatabase(database, {randomBytes, waitMs: 0});
	access.run('PRAGMA max_page_count = 1');
	const insert = () =>
		access.transaction(() => {
			for (let row = 0; row < 100; row++)
				access.run('INSERT INTO sealed (owner, digest, count, body, expires_at) VALUES (?, ?, 1, ?, 0)', `x${row}`, '', Buffer.alloc(4096));
		});
	expect(await troubleIn(insert)).toMatchObject({code: 'disk-full', next: 'Free some space and run the command again'});
	expect(access.get(z.object({n: z.number()}), "SELECT count(*) AS n FROM sealed WHERE owner LIKE 'x%'")).toEqual({n: 0});
	access.close();
});

test('a file that may not be written is told', async () => {
	const {database} = await closedState();
	const access = openDatabase(database, {randomBytes, waitMs: 0});
	access.run('PRAGMA query_only = ON');
	expect(await troubleIn(() => access.run('DELETE FROM waiting'))).toMatchObject({code: 'state-not-writable'});
	access.close();
});

test('waiting for another writer ends with words', async () => {
	const {database, open} = await closedState();
	const {journal} = open({waitMs: 1});
	const other = new DatabaseSync(database);
	other.exec('BEGIN IMMEDIATE');
	expect(await troubleIn(() => journal.open(entryOf()))).toMatchObject({code: 'state-busy', why: 'another mkcoa is writing to it'});
	other.exec('ROLLBACK');
	other.close();
	expect(await journal.open(entryOf())).toHaveLength(12);
});

const systemErrors = [
	['ENOSPC', 'disk-full'],
	['EDQUOT', 'disk-full'],
	['EROFS', 'state-not-writable'],
	['EACCES', 'state-not-writable'],
	['EISDIR', 'state-damaged'],
] as const;

test.each(systemErrors)('the system error %s is told as %s', async (code, told) => {
	const error = storageError(Object.assign(new Error('the system says no'), {code}), '/state/state.db');
	expect(
		await troubleIn(() => {
			throw error;
		}),
	).toMatchObject({code: told, what: 'The state file /state/state.db cannot be used', quoted: 'the system says no'});
});

test('an error of mkcoa itself is not dressed as one of the disk', () => {
	const error = new TypeError('a bug');
	expect(storageError(error, 'state.db')).toBe(error);
});
