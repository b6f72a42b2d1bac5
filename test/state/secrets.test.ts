import {readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {deployment, doneOutcome, entryOf, planOf, replaceSecret, scale, secret} from './samples.ts';
import {day, troubleIn, world} from './world.ts';

/** One finished entry that replaced a Secret, and one that scaled a Deployment. */
async function withSecret(keepSecretsMs?: number) {
	const here = world();
	const state = here.open(keepSecretsMs === undefined ? {} : {keepSecretsMs});
	const {journal} = state;
	const id = await journal.open(entryOf(planOf(replaceSecret), {'sealed:1': 'canary-sealed'}));
	await journal.intend(id, {index: 0, write: replaceSecret, before: secret('canary-before')});
	await journal.complete(id, 0, {after: secret('canary-after')});
	await journal.intend(id, {index: 1, write: scale, before: deployment(3)});
	await journal.complete(id, 1, {after: deployment(5)});
	await journal.close(id, doneOutcome());
	return {...here, state, id};
}

const expired = 'The image of this object has expired: secret values are kept for a limited time only';

test('no secret value is in any byte of any file, and all are read back', async () => {
	const {bytes, state, id, folder} = await withSecret();
	expect(readdirSync(folder).sort()).toEqual(['key', 'state.db', 'state.db-shm', 'state.db-wal']);
	expect(bytes()).toContain('deployment_scale');
	for (const value of ['canary-before', 'canary-after', 'canary-sealed']) {
		expect(bytes()).not.toContain(value);
		expect(bytes()).not.toContain(Buffer.from(value).toString('base64').slice(0, 12));
	}
	expect(await state.reader.effects(id)).toMatchObject([{before: secret('canary-before'), after: secret('canary-after')}, {}]);
	expect(await state.reader.sealed(id)).toEqual({'sealed:1': 'canary-sealed'});
});

test('the images of a Secret expire after seven days, those of other objects do not', async () => {
	const {clock, state, id} = await withSecret();
	await clock.advance(7 * day - 1);
	expect((await state.reader.effects(id))[0]).not.toHaveProperty('unavailable');
	await clock.advance(1);
	const [ofSecret, ofDeployment] = await state.reader.effects(id);
	expect(ofSecret).toEqual({index: 0, write: replaceSecret, before: null, state: 'done', unavailable: expired});
	expect(ofDeployment).toMatchObject({before: deployment(3), after: deployment(5)});
	expect(ofDeployment).not.toHaveProperty('unavailable');
});

test('opening deletes the expired ciphertexts from every file', async () => {
	const {clock, open, tamper, state, id, database} = await withSecret(day);
	tamper(`UPDATE effect SET before = CAST('marked-ciphertext' AS BLOB) WHERE position = 0`);
	state.close();
	await clock.advance(day);
	const {reader} = open();
	expect((await reader.effects(id))[0]?.unavailable).toBe(expired);
	expect(readFileSync(database, 'latin1')).not.toContain('marked-ciphertext');
});

test('what a program printed expires like a Secret', async () => {
	const {clock, open} = world();
	const {journal, reader} = open();
	const id = await journal.open(entryOf());
	await journal.intend(id, {index: 0, write: {op: 'exec', ref: scale.ref, command: ['env']}, before: deployment(3)});
	await journal.complete(id, 0, {after: {stdout: 'PASSWORD=canary'}});
	await clock.advance(7 * day);
	expect((await reader.effects(id))[0]?.unavailable).toBe(expired);
});

test('sealed values expire with the way out', async () => {
	const {clock, state, id} = await withSecret();
	await clock.advance(7 * day);
	expect(await troubleIn(() => state.reader.sealed(id))).toMatchObject({
		code: 'sealed-values-expired',
		next: expect.stringMatching(/Make the plan again/),
	});
});

test('without the key the history still lists, images say why they cannot be read, and new entries work', async () => {
	const {folder, open, state, id} = await withSecret();
	state.close();
	unlinkSync(join(folder, 'key'));
	const {journal, reader} = open();
	expect(await reader.list(10)).toMatchObject([{id, outcome: 'done'}]);
	expect(await reader.effects(id)).toMatchObject([
		{before: null, unavailable: 'The image of this object cannot be read: the key that encrypted it is gone'},
		{before: null, unavailable: expect.stringMatching(/key that encrypted it is gone/)},
	]);
	expect(await troubleIn(() => reader.sealed(id))).toMatchObject({
		code: 'sealed-values-unreadable',
		why: 'the key that encrypted it is gone',
	});
	const next = await journal.open(entryOf(planOf(), {a: 'b'}));
	expect(await reader.sealed(next)).toEqual({a: 'b'});
});

test('a key that comes back opens what it encrypted', async () => {
	const {folder, open, state, id} = await withSecret();
	state.close();
	renameSync(join(folder, 'key'), join(folder, 'key.aside'));
	open().close();
	renameSync(join(folder, 'key.aside'), join(folder, 'key'));
	expect((await open().reader.effects(id))[0]?.before).toEqual(secret('canary-before'));
});

test('a damaged key is refused and left as it is', async () => {
	const {folder, open, state} = await withSecret();
	state.close();
	writeFileSync(join(folder, 'key'), 'short');
	expect(await troubleIn(() => open())).toMatchObject({code: 'state-key-damaged', why: 'it holds 5 bytes instead of 32'});
});

const tampering: readonly (readonly [string, string])[] = [
	['swapped between effects', 'UPDATE effect SET before = (SELECT before FROM effect WHERE position = 0) WHERE position = 1'],
	['swapped between fields', 'UPDATE effect SET before = after WHERE position = 1'],
	[
		'changed in one byte',
		"UPDATE effect SET before = CAST(substr(before, 1, 40) || iif(substr(before, 41, 1) = x'00', x'01', x'00') || substr(before, 42) AS BLOB) WHERE position = 1",
	],
	['of another write', `UPDATE effect SET write = replace(write, '"replicas":5', '"replicas":9') WHERE position = 1`],
];

test.each(tampering)('a pre-image that was %s is not believed', async (_, sql) => {
	const {state, tamper, id} = await withSecret();
	tamper(sql);
	expect((await state.reader.effects(id))[1]).toMatchObject({
		before: null,
		unavailable: expect.stringMatching(/changed after it was written/),
	});
});

test('a pre-image that was cut says so', async () => {
	const {state, tamper, id} = await withSecret();
	tamper("UPDATE effect SET before = x'01' WHERE position = 1");
	expect((await state.reader.effects(id))[1]?.unavailable).toMatch('a form that this version does not know');
});

test('sealed values of one entry are not those of another', async () => {
	const {state, tamper, id} = await withSecret();
	const other = await state.journal.open(entryOf(planOf(replaceSecret), {'sealed:1': 'canary-other'}));
	tamper(`UPDATE sealed SET body = (SELECT body FROM sealed WHERE owner = 'entry:${id}') WHERE owner = 'entry:${other}'`);
	expect(await troubleIn(() => state.reader.sealed(other))).toMatchObject({
		code: 'sealed-values-unreadable',
		why: 'it was changed after it was written',
	});
});
