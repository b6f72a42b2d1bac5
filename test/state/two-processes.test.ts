import {execFile} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {entryOf, scale} from './samples.ts';
import {world} from './world.ts';

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
const write = (folder: string, count: number) => promisify(execFile)(process.execPath, [writer, folder, String(count)]);

test('processes that begin and write together share one key, one journal and one unbroken log', async () => {
	const {folder, open} = world();
	await Promise.all([write(folder, 40), write(folder, 40), write(folder, 40)]);
	const {reader, audit} = open();
	expect(new Set((await reader.list(1000)).map(({id}) => id)).size).toBe(120);
	expect(await audit.verify()).toEqual({ok: true, records: 120, unvouched: 0});
	expect(readdirSync(folder).sort()).toEqual(['key', 'state.db', 'state.db-shm', 'state.db-wal']);
});

test('what one handle wrote the other reads at once', async () => {
	const {open} = world();
	const [one, two] = [open(), open()];
	const id = await one.journal.open(entryOf(undefined, {a: 'b'}));
	await two.journal.intend(id, {index: 0, write: scale, before: null});
	expect(await one.reader.effects(id)).toMatchObject([{state: 'intended'}]);
	expect(await two.reader.sealed(id)).toEqual({a: 'b'});
});
