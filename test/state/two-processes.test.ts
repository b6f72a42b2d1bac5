import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, onTestFinished, test} from 'vitest';
import {deployment, doneOutcome, entryOf, scale} from './samples.ts';
import {troubleIn, world} from './world.ts';

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
const write = (folder: string, count: number) => promisify(execFile)(process.execPath, [writer, folder, String(count)]);

/** Does not outlive the test, whatever becomes of it. */
function writing(folder: string, what: string) {
	const child = spawn(process.execPath, ['--expose-gc', writer, folder, what], {stdio: ['ignore', 'pipe', 'inherit']});
	onTestFinished(() => void child.kill('SIGKILL'));
	return child;
}

test('processes that begin and write together share one key, one journal and one unbroken log', async () => {
	const {folder, open} = world();
	await Promise.all([write(folder, 40), write(folder, 40), write(folder, 40)]);
	const {reader, audit} = open();
	expect(new Set((await reader.list(1000)).map(({id}) => id)).size).toBe(120);
	expect(await audit.verify()).toEqual({ok: true, records: 120, unvouched: 0});
	expect(
		readdirSync(folder)
			.filter(name => !name.endsWith('.lock'))
			.sort(),
	).toEqual(['key', 'state.db', 'state.db-shm', 'state.db-wal']);
});

test('what one handle wrote the other reads at once', async () => {
	const {open} = world();
	const [one, two] = [open(), open()];
	const id = await one.journal.open(entryOf(undefined, {a: 'b'}));
	await one.journal.intend(id, {index: 0, write: scale, before: null});
	expect(await two.reader.effects(id)).toMatchObject([{state: 'intended'}]);
	expect(await two.reader.sealed(id)).toEqual({a: 'b'});
});

test('a run in progress is shown as such, and nobody else may go on with it', async () => {
	const {open} = world();
	const [one, two] = [open(), open()];
	const id = await one.journal.open(entryOf());
	await one.journal.intend(id, {index: 0, write: scale, before: null});
	expect((await two.reader.entry(id))?.running).toBe(true);
	expect((await two.reader.list(1))[0]?.running).toBe(true);
	for (const meddle of [
		() => two.journal.intend(id, {index: 1, write: scale, before: null}),
		() => two.journal.complete(id, 0, {after: null}),
		() => two.journal.close(id, doneOutcome()),
	])
		expect(await troubleIn(meddle)).toMatchObject({code: 'run-in-progress', what: `The run ${id} is still in progress`});
	await one.journal.complete(id, 0, {after: null});
	await one.journal.close(id, doneOutcome());
	expect(await two.reader.entry(id)).not.toHaveProperty('running');
});

test('only one of two who resume a dead run may go on with it', async () => {
	const {open} = world();
	const dead = open();
	const id = await dead.journal.open(entryOf());
	dead.close();
	const [one, two] = [open(), open()];
	expect((await one.reader.entry(id))?.running).toBeUndefined();
	await one.journal.intend(id, {index: 0, write: scale, before: null});
	expect(await troubleIn(() => two.journal.intend(id, {index: 0, write: scale, before: null}))).toMatchObject({code: 'run-in-progress'});
});

test('a process that was killed leaves a run that died', async () => {
	const {folder, open} = world();
	const child = writing(folder, 'one');
	const [id] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
	const {journal, reader} = open();
	expect((await reader.entry(id))?.running).toBe(true);
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(await reader.entry(id)).not.toHaveProperty('running');
	expect(await reader.effects(id)).toMatchObject([{state: 'intended', before: deployment(3)}]);
	await journal.complete(id, 0, {after: null});
});

test('processes that are killed while they write leave a state that opens, and a log that verifies', async () => {
	const {folder, open} = world();
	for (const dots of [1, 7, 20]) {
		const child = writing(folder, '100000');
		let printed = 0;
		for await (const text of child.stdout) {
			printed += String(text).length;
			if (printed >= dots) child.kill('SIGKILL');
		}
		const state = open();
		const check = await state.audit.verify();
		expect(check).toMatchObject({ok: true, unvouched: 0});
		const entries = await state.reader.list(100_000);
		expect(entries.length).toBeGreaterThanOrEqual(check.ok ? check.records : Number.NaN);
		expect(entries.filter(({running}) => running)).toEqual([]);
		state.close();
	}
});
