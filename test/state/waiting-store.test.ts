import {expect, test} from 'vitest';
import {entryOf, planOf, replaceSecret, scale} from './samples.ts';
import {day, troubleIn, world} from './world.ts';

const no = {kind: 'rejected', feedback: 'Not on a Friday'} as const;
const maker = {principal: 'dana', agent: 'claude-code'};

test('a plan that waits is found by its id and by its digest, in full or by eight characters, with its secret values', async () => {
	const {waiting} = world().open();
	const {plan, digest} = entryOf(planOf(replaceSecret));
	const id = await waiting.save(plan, digest, {'sealed:1': 'canary'});
	const hex = digest.slice('sha256:'.length);
	for (const name of [id, digest, hex, hex.slice(0, 8), digest.slice(0, 15), hex.slice(0, 12).toUpperCase()])
		expect(await waiting.find(name)).toEqual({id, plan, digest, sealed: {'sealed:1': 'canary'}});
});

test.each(['', 'sha256:', 'nothing', '%', '________', '00000000'])('nothing is found by %j', async name => {
	const {waiting} = world().open();
	const {plan, digest} = entryOf();
	await waiting.save(plan, digest, {});
	expect(await waiting.find(name)).toBeUndefined();
});

test('seven characters of a digest are too few', async () => {
	const {waiting} = world().open();
	const {plan, digest} = entryOf();
	await waiting.save(plan, digest, {});
	expect(await waiting.find(digest.slice(7, 14))).toBeUndefined();
});

test('a digest that two plans share is refused with both ids', async () => {
	const {waiting} = world().open();
	const {plan, digest} = entryOf(planOf(replaceSecret));
	const ids = [await waiting.save(plan, digest, {'sealed:1': 'one'}), await waiting.save(plan, digest, {'sealed:1': 'two'})];
	expect(await troubleIn(() => waiting.find(digest))).toMatchObject({
		code: 'ambiguous-digest',
		next: `Name one by its id: ${ids.join(', ')}`,
	});
	expect((await waiting.find(ids[0] ?? ''))?.sealed).toEqual({'sealed:1': 'one'});
});

test('the same plan with the same values keeps its id', async () => {
	const {waiting} = world().open();
	const {plan, digest} = entryOf(planOf(replaceSecret));
	const id = await waiting.save(plan, digest, {'sealed:1': 'one'});
	expect(await waiting.save(plan, digest, {'sealed:1': 'one'})).toBe(id);
	expect(await waiting.list()).toHaveLength(1);
});

test('plans are listed oldest first and closed one by one', async () => {
	const {open, clock} = world();
	const {waiting} = open();
	const [one, two] = [entryOf(), entryOf(planOf({op: 'evict', ref: scale.ref}))];
	const first = await waiting.save(one.plan, one.digest, {});
	await clock.advance(day);
	const second = await waiting.save(two.plan, two.digest, {});
	expect(await waiting.list()).toEqual([
		{id: first, plan: one.plan, digest: one.digest, savedAt: '2026-01-01T00:00:00.000Z'},
		{id: second, plan: two.plan, digest: two.digest, savedAt: '2026-01-02T00:00:00.000Z'},
	]);
	await waiting.close(first, no);
	await waiting.close('unknown', no);
	expect((await waiting.list()).map(({id}) => id)).toEqual([second]);
	expect(await waiting.find(first)).toBeUndefined();
});

test('the same plan of two makers is two plans, and each is told with its maker', async () => {
	const {waiting} = world().open();
	const {plan, digest} = entryOf();
	const own = await waiting.save(plan, digest, {});
	const theirs = await waiting.save(plan, digest, {}, maker);
	expect(theirs).not.toBe(own);
	expect(await waiting.save(plan, digest, {}, {...maker})).toBe(theirs);
	expect((await waiting.list()).map(each => each.maker)).toEqual([undefined, maker]);
	expect(await waiting.find(theirs)).toMatchObject({id: theirs, maker});
});

test('what came of a plan can be asked for a week: that it waits, the words of the one who said no, the run that began', async () => {
	const {open, clock} = world();
	const {waiting, journal} = open();
	const entry = entryOf();
	const [refused, begun] = [
		await waiting.save(entry.plan, entry.digest, {}, maker),
		await waiting.save(entry.plan, entry.digest, {}, {...maker, agent: 'cursor'}),
	];
	const savedAt = new Date(clock.now()).toISOString();
	const about = {summary: entry.plan.summary, namespaces: ['shop']};
	expect(await waiting.answer(refused)).toEqual({answer: {kind: 'waiting'}, maker, about, savedAt});
	await clock.advance(day);
	await waiting.close(refused, no);
	const answeredAt = new Date(clock.now()).toISOString();
	const keptUntil = new Date(clock.now() + 7 * day).toISOString();
	const id = await journal.open({...entry, waited: begun});
	expect(await waiting.answer(refused)).toEqual({answer: no, maker, about, savedAt, answeredAt, keptUntil});
	expect(await waiting.answer(begun)).toMatchObject({answer: {kind: 'begun', journal: id}, maker: {agent: 'cursor'}});
	expect(await waiting.answer('unknown')).toBeUndefined();
	await journal.close(id, {kind: 'nothing-to-do', tool: 'x', digest: entry.digest, plan: entry.plan});
	await clock.advance(7 * day);
	// Also where nobody opened the state meanwhile, which tidies up.
	expect(await waiting.answer(refused)).toBeUndefined();
	expect(await open().waiting.answer(refused)).toBeUndefined();
});

test('what a plan is about is kept beside what came of it, and nothing is made up for one of an older version', async () => {
	const {open, tamper} = world();
	const {waiting} = open();
	const {plan, digest} = entryOf();
	const id = await waiting.save(plan, digest, {}, maker);
	const about = {summary: 'Scale shop/web to 5 replicas', namespaces: ['shop']};
	expect((await waiting.answer(id))?.about).toEqual(about);
	await waiting.close(id, no);
	expect((await waiting.answer(id))?.about).toEqual(about);
	const old = await waiting.save(plan, digest, {}, maker);
	tamper('UPDATE waiting SET about = NULL');
	expect(await waiting.answer(old)).toMatchObject({answer: {kind: 'waiting'}, about: undefined});
});

test('whoever asks whether a plan waits does not have it read', async () => {
	const {open, tamper} = world();
	const {waiting} = open();
	const {plan, digest} = entryOf();
	const id = await waiting.save(plan, digest, {}, maker);
	tamper("UPDATE waiting SET plan = 'unreadable'");
	expect(await waiting.answer(id)).toMatchObject({answer: {kind: 'waiting'}, maker});
});

test('a plan that was taken back is told from one that somebody rejected', async () => {
	const {open} = world();
	const {waiting} = open();
	const {plan, digest} = entryOf();
	const id = await waiting.save(plan, digest, {}, maker);
	await waiting.close(id, {kind: 'rejected', feedback: '', takenBack: true});
	expect(await waiting.answer(id)).toMatchObject({answer: {kind: 'rejected', feedback: '', takenBack: true}});
});

test('a plan without secret values waits for longer than a week', async () => {
	const {open, clock} = world();
	const {plan, digest} = entryOf();
	const id = await open().waiting.save(plan, digest, {});
	await clock.advance(30 * day);
	expect(await open().waiting.find(id)).toMatchObject({id, sealed: {}});
});

test('a plan whose secret values have expired is listed, and must be made again', async () => {
	const {open, clock} = world();
	const {plan, digest} = entryOf(planOf(replaceSecret));
	const id = await open().waiting.save(plan, digest, {'sealed:1': 'canary'});
	await clock.advance(7 * day);
	const {waiting} = open();
	expect(await waiting.list()).toMatchObject([{id}]);
	expect(await troubleIn(() => waiting.find(id))).toMatchObject({code: 'sealed-values-expired', next: expect.stringContaining('again')});
	expect(await waiting.save(plan, digest, {'sealed:1': 'canary'})).not.toBe(id);
});

test('closing a plan removes its secret values', async () => {
	const {open, tamper} = world();
	const {waiting} = open();
	const {plan, digest} = entryOf(planOf(replaceSecret));
	const id = await waiting.save(plan, digest, {'sealed:1': 'canary'});
	await waiting.close(id, no);
	tamper(`INSERT INTO waiting (id, digest, plan, saved_at) VALUES ('${id}', '${digest}', '${JSON.stringify(plan)}', '')`);
	expect(await troubleIn(() => waiting.find(id))).toMatchObject({code: 'sealed-values-missing'});
});

test('a waiting plan that was edited in the file is refused', async () => {
	const {open, tamper} = world();
	const {waiting} = open();
	const {plan, digest} = entryOf();
	const id = await waiting.save(plan, digest, {});
	tamper(`UPDATE waiting SET plan = replace(plan, '"replicas":5', '"replicas":500')`);
	expect(await troubleIn(() => waiting.find(id))).toMatchObject({
		code: 'edited-plan',
		what: `The plan in the waiting list (${id}) was edited`,
	});
});

test('secret values that were moved to another plan are refused', async () => {
	const {open, tamper} = world();
	const {waiting} = open();
	const [one, two] = [entryOf(planOf(replaceSecret)), entryOf(planOf(replaceSecret, 'another'))];
	const first = await waiting.save(one.plan, one.digest, {'sealed:1': 'one'});
	const second = await waiting.save(two.plan, two.digest, {'sealed:1': 'two'});
	tamper(`UPDATE sealed SET body = (SELECT body FROM sealed WHERE owner = 'waiting:${first}') WHERE owner = 'waiting:${second}'`);
	expect(await troubleIn(() => waiting.find(second))).toMatchObject({code: 'sealed-values-unreadable'});
});

test('one who asks from outside has 200 plans waiting, and pushes nobody out', async () => {
	const {waiting} = world().open();
	const numbered = (replicas: number) => {
		const plan = {...planOf(scale), summary: `Scale to ${replicas}`};
		return entryOf(plan);
	};
	const ask = async (replicas: number, principal = 'dana', agent = 'claude-code') => {
		const {plan, digest} = numbered(replicas);
		return waiting.save(plan, digest, {}, {principal, agent});
	};
	const first = await ask(0);
	for (let replicas = 1; replicas < 200; replicas++) await ask(replicas);
	expect(await troubleIn(() => ask(200))).toMatchObject({code: 'too-many-plans', next: expect.stringContaining('mkcoa approve')});
	expect(await troubleIn(() => ask(200, 'dana', 'under another name'))).toMatchObject({code: 'too-many-plans'});
	expect(await ask(0)).toBe(first);
	await ask(200, 'bob');
	await waiting.close(first, no);
	await ask(200);
	expect(await waiting.list()).toHaveLength(201);
});
