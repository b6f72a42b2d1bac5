import {expect, test} from 'vitest';
import type {Write} from '../../src/core/plan.ts';
import {deployment, doneOutcome, entryOf, planOf, scale} from './samples.ts';
import {day, world} from './world.ts';

test('an entry is read back with its plan, digest, approval and time', async () => {
	const {open} = world();
	const {journal, reader} = open();
	const {plan, digest, approval, sealed} = entryOf();
	const id = await journal.open({plan, digest, approval, sealed});
	expect(await reader.entry(id)).toEqual({id, startedAt: '2026-01-01T00:00:00.000Z', plan, digest, approval, running: true});
});

test('an effect is in the journal with its pre-image before it happens', async () => {
	const {open} = world();
	const {journal, reader} = open();
	const id = await journal.open(entryOf());
	await journal.intend(id, {index: 0, write: scale, before: deployment(3)});
	expect(await reader.effects(id)).toEqual([{index: 0, write: scale, before: deployment(3), state: 'intended'}]);
});

test('a process that dies between the intention and the answer leaves an open entry and an intended effect', async () => {
	const {open} = world();
	const first = open();
	const id = await first.journal.open(entryOf());
	await first.journal.intend(id, {index: 0, write: scale, before: deployment(3)});
	// Closed without an outcome: what the system does to the locks of a killed process.
	first.close();
	const {reader} = open();
	const entry = await reader.entry(id);
	expect([entry?.outcome, entry?.endedAt, entry?.running]).toEqual([undefined, undefined, undefined]);
	expect(await reader.effects(id)).toMatchObject([{state: 'intended', before: {spec: {replicas: 3}}}]);
});

test('a resumed run completes what the dead one intended and keeps the first pre-image', async () => {
	const {open} = world();
	const dead = open();
	const id = await dead.journal.open(entryOf());
	await dead.journal.intend(id, {index: 0, write: scale, before: deployment(3)});
	dead.close();
	const {journal, reader} = open();
	await journal.intend(id, {index: 0, write: scale, before: deployment(5)});
	await journal.complete(id, 0, {after: deployment(5)});
	await journal.close(id, doneOutcome());
	expect(await reader.effects(id)).toEqual([{index: 0, write: scale, before: deployment(3), state: 'done', after: deployment(5)}]);
	expect(await reader.entry(id)).toMatchObject({outcome: 'done', endedAt: '2026-01-01T00:00:00.000Z'});
});

test('an effect that failed may be tried again from what is there now', async () => {
	const {journal, reader} = world().open();
	const id = await journal.open(entryOf());
	await journal.intend(id, {index: 0, write: scale, before: deployment(3)});
	await journal.complete(id, 0, {error: 'conflict'});
	expect(await reader.effects(id)).toMatchObject([{state: 'failed', error: 'conflict'}]);
	await journal.intend(id, {index: 0, write: scale, before: deployment(4)});
	await journal.complete(id, 0, {after: null});
	const [effect] = await reader.effects(id);
	expect(effect).toEqual({index: 0, write: scale, before: deployment(4), state: 'done', after: null});
});

test('an object that was not there has a null pre-image and no excuse', async () => {
	const {journal, reader} = world().open();
	const id = await journal.open(entryOf());
	const create: Write = {op: 'create', ref: scale.ref, manifest: deployment(3)};
	await journal.intend(id, {index: 0, write: create, before: null});
	expect(await reader.effects(id)).toEqual([{index: 0, write: create, before: null, state: 'intended'}]);
});

test('effects come in the order of their index', async () => {
	const {journal, reader} = world().open();
	const id = await journal.open(entryOf());
	for (const index of [2, 0, 10, 1]) await journal.intend(id, {index, write: scale, before: deployment(index)});
	expect((await reader.effects(id)).map(({index}) => index)).toEqual([0, 1, 2, 10]);
});

const running = async () => {
	const {journal} = world().open();
	const id = await journal.open(entryOf());
	await journal.intend(id, {index: 0, write: scale, before: null});
	await journal.complete(id, 0, {after: null});
	return {journal, id, intend: (index: number, write: Write) => journal.intend(id, {index, write, before: null})};
};

test('an effect that was done is not intended again', async () => {
	const {intend} = await running();
	await expect(intend(0, scale)).rejects.toThrow('was done already');
});

test('an intended effect does not become another write', async () => {
	const {intend} = await running();
	await intend(1, scale);
	await expect(intend(1, {...scale, op: 'evict'})).rejects.toThrow('was another write');
});

test('what was not intended cannot be completed', async () => {
	const {journal, id} = await running();
	await expect(journal.complete(id, 1, {after: null})).rejects.toThrow('was not intended');
	await expect(journal.complete(id, 0, {after: null})).rejects.toThrow('was not intended');
});

test('nothing is added to an entry that has ended', async () => {
	const {journal, id, intend} = await running();
	await journal.close(id, doneOutcome());
	await expect(intend(1, scale)).rejects.toThrow('has ended');
	await expect(journal.close(id, doneOutcome())).rejects.toThrow('has ended');
});

test('an effect of an unknown entry is refused with the way to the known ones', async () => {
	const {journal, reader} = world().open();
	await expect(journal.intend('nope', {index: 0, write: scale, before: null})).rejects.toThrow('no entry nope');
	expect(await reader.entry('nope')).toBeUndefined();
	expect(await reader.effects('nope')).toEqual([]);
	await expect(reader.sealed('nope')).rejects.toThrow('no entry nope');
});

test('history lists the newest first, also within one millisecond, and as many as asked', async () => {
	const {open, clock} = world();
	const {journal, reader} = open();
	const ids: string[] = [];
	for (const pause of [0, 0, day]) {
		await clock.advance(pause);
		ids.unshift(await journal.open(entryOf()));
	}
	expect((await reader.list(10)).map(({id}) => id)).toEqual(ids);
	expect((await reader.list(2)).map(({id}) => id)).toEqual(ids.slice(0, 2));
});

test('how a run ended is kept as it was given', async () => {
	const {journal, reader} = world().open();
	const id = await journal.open(entryOf());
	expect(await reader.outcome(id)).toBeUndefined();
	await journal.close(id, doneOutcome({replicas: 5, note: '‹redacted›'}));
	expect(await reader.outcome(id)).toEqual(doneOutcome({replicas: 5, note: '‹redacted›'}));
	await expect(reader.outcome('nope')).rejects.toThrow('no entry nope');
});

test('an entry is taken back when its undo is done, not when it begins or fails', async () => {
	const {journal, reader} = world().open();
	const id = await journal.open(entryOf());
	const failed = await journal.open({...entryOf(), undoes: id});
	await journal.close(failed, {kind: 'drifted', tool: 'undo', digest: 'sha256:0', moved: ['it moved']});
	expect((await reader.entry(id))?.undoneBy).toBeUndefined();
	const undo = await journal.open({...entryOf(), undoes: id});
	expect((await reader.entry(id))?.undoneBy).toBeUndefined();
	await journal.close(undo, doneOutcome());
	expect((await reader.entry(id))?.undoneBy).toBe(undo);
	expect((await reader.entry(undo))?.undoes).toBe(id);
});

const names = ['a'.repeat(253), 'öäü-ß', '배포-🚀', 'quote\'"\\', 'zero\0byte', '__proto__'];

test.each(names)('a name comes back as it went in: %j', async name => {
	const {journal, reader} = world().open();
	const write: Write = {op: 'delete', ref: {...scale.ref, name}};
	const plan = planOf(write, name);
	const id = await journal.open(entryOf(plan, {[name]: name}));
	const before = {...deployment(1, name), data: JSON.parse(`{${JSON.stringify(name)}: 1}`)};
	await journal.intend(id, {index: 0, write, before});
	expect((await reader.entry(id))?.plan).toEqual(plan);
	expect(JSON.stringify(await reader.effects(id))).toContain(`"data":{${JSON.stringify(name)}:1}`);
	expect(Object.entries(await reader.sealed(id))).toEqual([[name, name]]);
});

test('a run that failed may be gone on with; one that is done or was taken back may not', async () => {
	const {journal, reader} = world().open();
	const id = await journal.open(entryOf());
	await journal.close(id, {kind: 'drifted', tool: 'x', digest: 'sha256:0', moved: ['it moved']});
	await journal.resume(id);
	expect(await reader.entry(id)).toMatchObject({outcome: undefined, endedAt: undefined, running: true});
	await journal.intend(id, {index: 0, write: scale, before: deployment(3)});
	await journal.close(id, doneOutcome());
	await expect(journal.resume(id)).rejects.toThrow('carried out to its end');
	const failed = await journal.open(entryOf());
	await journal.close(failed, {kind: 'drifted', tool: 'x', digest: 'sha256:0', moved: ['it moved']});
	const undo = await journal.open({...entryOf(), undoes: failed});
	await journal.close(undo, doneOutcome());
	await expect(journal.resume(failed)).rejects.toThrow(`was taken back by ${undo}`);
	await expect(journal.resume('nope')).rejects.toThrow('no entry nope');
});

test('of two answers to one waiting plan, one begins a run', async () => {
	const {open} = world();
	const [one, other] = [open(), open()];
	const {plan, digest, sealed} = entryOf();
	const waited = await one.waiting.save(plan, digest, sealed);
	await one.journal.open({...entryOf(), waited});
	await expect(other.journal.open({...entryOf(), waited})).rejects.toThrow('does not wait any more');
	expect(await other.reader.list(10)).toHaveLength(1);
	expect(await other.waiting.list()).toEqual([]);
});
