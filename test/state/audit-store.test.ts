import {unlinkSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {AuditRecord} from '../../src/core/journal.ts';
import {world} from './world.ts';

const recordOf = (detail: string): AuditRecord => ({
	action: 'applied',
	tool: 'deployment_scale',
	digest: 'sha256:0',
	identity: 'ada',
	context: 'prod',
	detail,
});

async function withRecords(count = 5) {
	const here = world();
	const {audit} = here.open();
	for (let number = 1; number <= count; number++) await audit.append(recordOf(`record ${number} 🚀`));
	return {...here, audit};
}

test('an untouched log verifies, also when empty and from another handle', async () => {
	const {audit, open} = await withRecords();
	expect(await audit.verify()).toEqual({ok: true, records: 5, unvouched: 0});
	expect(await open().audit.verify()).toEqual({ok: true, records: 5, unvouched: 0});
	expect(await world().open().audit.verify()).toEqual({ok: true, records: 0, unvouched: 0});
});

const insertCopy = (seq: number, of: number) =>
	`INSERT INTO audit SELECT ${seq}, time, record, previous, hash FROM audit WHERE seq = ${of}`;

const swap = 'UPDATE audit SET seq = -1 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = -1';

const tampering: readonly (readonly [string, string, number, string])[] = [
	['changed in its words', `UPDATE audit SET record = replace(record, 'ada', 'eve') WHERE seq = 3`, 3, 'Record 3 was changed'],
	['changed in its time', `UPDATE audit SET time = '2020-01-01T00:00:00.000Z' WHERE seq = 1`, 1, 'Record 1 was changed'],
	['made unreadable', `UPDATE audit SET record = '{' WHERE seq = 3`, 3, 'Record 3 was changed'],
	['removed from the start', 'DELETE FROM audit WHERE seq = 1', 1, 'Record 1 is missing'],
	['removed from the middle', 'DELETE FROM audit WHERE seq = 3', 3, 'Record 3 is missing'],
	[
		'removed and closed up',
		'DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3',
		3,
		'Record 3 does not follow the one before it',
	],
	['cut at the end', 'DELETE FROM audit WHERE seq > 3', 4, 'The log was cut: it had 5 records'],
	['emptied', 'DELETE FROM audit', 1, 'The log was cut: it had 5 records'],
	['reordered', swap, 2, 'Record 2 does not follow the one before it'],
	['lengthened', insertCopy(6, 5), 6, 'Record 6 does not follow the one before it'],
	['robbed of its signed end', 'DELETE FROM audit_head', 5, 'The signed end of the log is missing'],
	[
		'cut, with its end corrected',
		'DELETE FROM audit WHERE seq = 5; UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)',
		4,
		'The signed end of the log was changed',
	],
];

test.each(tampering)('a log that was %s does not verify', async (_, sql, at, what) => {
	const {audit, tamper} = await withRecords();
	tamper(sql);
	expect(await audit.verify()).toEqual({ok: false, at, what});
});

test('a log that was rewritten with right hashes is not the one that was signed', async () => {
	const [ours, theirs] = [await withRecords(), await withRecords()];
	await theirs.audit.append(recordOf('a sixth'));
	ours.tamper(`ATTACH '${theirs.database}' AS theirs; DELETE FROM main.audit; INSERT INTO main.audit SELECT * FROM theirs.audit WHERE seq < 6;
		UPDATE main.audit SET record = record`);
	// Same clock and same records: the same chain, so the copy is no lie.
	expect(await ours.audit.verify()).toMatchObject({ok: true});
	ours.tamper(`ATTACH '${theirs.database}' AS theirs; INSERT INTO main.audit SELECT * FROM theirs.audit WHERE seq = 6`);
	expect(await ours.audit.verify()).toEqual({ok: false, at: 6, what: 'Record 6 was added by something else than mkcoa'});
});

test('a whole chain made by somebody else is found out at its end', async () => {
	const ours = await withRecords();
	const theirs = world();
	const {audit} = theirs.open();
	for (let number = 1; number <= 5; number++) await audit.append(recordOf('nothing happened'));
	ours.tamper(`ATTACH '${theirs.database}' AS theirs; DELETE FROM main.audit; INSERT INTO main.audit SELECT * FROM theirs.audit`);
	expect(await ours.audit.verify()).toEqual({ok: false, at: 5, what: 'Record 5 is not the one that was signed'});
});

test.each(['DELETE FROM audit WHERE seq > 3', 'DELETE FROM audit'])('what is written after a cut does not hide it: %s', async sql => {
	const {audit, tamper} = await withRecords();
	tamper(sql);
	await audit.append(recordOf('later'));
	expect(await audit.verify()).toMatchObject({ok: false, what: expect.stringMatching('is missing')});
});

test('what is written after a forged end does not hide it', async () => {
	const {audit, tamper} = await withRecords();
	tamper(`UPDATE audit_head SET mac = 'forged'`);
	await audit.append(recordOf('later'));
	expect(await audit.verify()).toEqual({ok: false, at: 5, what: 'The signed end of the log was changed'});
});

test('under a new key the chain goes on, and says how much nobody can vouch for', async () => {
	const {folder, open} = await withRecords();
	unlinkSync(join(folder, 'key'));
	const {audit} = open();
	expect(await audit.verify()).toEqual({ok: true, records: 5, unvouched: 5});
	await audit.append(recordOf('under the new key'));
	await audit.append(recordOf('and another'));
	expect(await audit.verify()).toEqual({ok: true, records: 7, unvouched: 5});
});

test('the log is exported as JSON lines, oldest first', async () => {
	const {audit} = await withRecords(2);
	const lines = (await audit.lines()).map(line => JSON.parse(line));
	expect(lines).toMatchObject([
		{seq: 1, time: '2026-01-01T00:00:00.000Z', record: recordOf('record 1 🚀'), previous: '0'.repeat(64)},
		{seq: 2, record: recordOf('record 2 🚀'), previous: lines[0].hash},
	]);
});

test('a record without a digest is kept as it is', async () => {
	const {audit} = world().open();
	const {digest: _, ...rest} = recordOf('a grant');
	await audit.append({...rest, digest: undefined});
	expect(JSON.parse((await audit.lines())[0] ?? '').record).toEqual(rest);
	expect(await audit.verify()).toMatchObject({ok: true});
});
