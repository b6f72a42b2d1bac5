import {unlinkSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {day, troubleIn, world} from './world.ts';

const scaling = {tool: 'deployment_scale', namespace: 'shop', maxRisk: 'low', by: 'ada'} as const;

function withGrants() {
	const here = world();
	return {...here, grants: here.open().grants, again: () => here.open().grants};
}

test('a grant is given an id and a time, and read back by every process', async () => {
	const {grants, again} = withGrants();
	const grant = await grants.add(scaling, day);
	expect(grant).toEqual({...scaling, id: expect.any(String), at: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z'});
	expect(await grants.list()).toEqual([{grant, forged: false}]);
	expect(await again().inForce()).toEqual([grant]);
});

test('a grant is in force until the moment it expires, and is still listed after', async () => {
	const {grants, clock} = withGrants();
	const short = await grants.add(scaling, day);
	const long = await grants.add({...scaling, namespace: 'pay'}, 2 * day);
	await clock.advance(day - 1);
	expect(await grants.inForce()).toEqual([short, long]);
	await clock.advance(1);
	expect(await grants.inForce()).toEqual([long]);
	expect(await grants.list()).toHaveLength(2);
});

test('a revoked grant ends at once for every process, and tells who ended it first', async () => {
	const {grants, again, clock} = withGrants();
	const [first, second] = [await grants.add(scaling, day), await grants.add(scaling, day)];
	await again().revoke(first.id, 'bob');
	await clock.advance(1000);
	await again().revoke(first.id, 'eve');
	expect(await grants.inForce()).toEqual([second]);
	expect((await grants.list())[0]).toEqual({grant: {...first, revoked: {by: 'bob', at: '2026-01-01T00:00:00.000Z'}}, forged: false});
});

test('a grant that does not exist cannot be revoked', async () => {
	const {grants} = withGrants();
	expect(await troubleIn(() => grants.revoke('nope', 'ada'))).toMatchObject({
		kind: 'usage',
		code: 'no-such-grant',
		what: 'There is no grant nope',
	});
});

test('a grant that core refuses leaves nothing behind', async () => {
	const {grants} = withGrants();
	expect(await troubleIn(() => grants.add(scaling, 365 * day))).toMatchObject({code: 'bad-duration'});
	expect(await grants.list()).toEqual([]);
});

const forgeries: readonly (readonly [string, string])[] = [
	['widened', `UPDATE permit SET terms = replace(terms, 'deployment_scale', '*')`],
	['prolonged', `UPDATE permit SET terms = replace(terms, '2026-01-02', '2036-01-02')`],
	['renamed', `UPDATE permit SET id = 'copy'`],
	['copied', `INSERT INTO permit SELECT 9, 'copy', terms, mac FROM permit; DELETE FROM permit WHERE seq = 1`],
];

test.each(forgeries)('a grant that was %s in the file grants nothing, and can be removed', async (_, sql) => {
	const {grants, tamper} = withGrants();
	await grants.add(scaling, day);
	tamper(sql);
	expect(await grants.inForce()).toEqual([]);
	const [found] = await grants.list();
	expect(found?.forged).toBe(true);
	await grants.revoke(found?.grant.id ?? '', 'ada');
	expect(await grants.list()).toEqual([]);
});

test('under a new key, earlier grants are void', async () => {
	const {grants, folder, again} = withGrants();
	await grants.add(scaling, day);
	unlinkSync(join(folder, 'key'));
	expect(await again().inForce()).toEqual([]);
});

test('a row of no known form is told, not guessed', async () => {
	const {grants, tamper} = withGrants();
	await grants.add(scaling, day);
	tamper(`UPDATE permit SET terms = '{"tool":"*"}'`);
	expect(await troubleIn(() => grants.inForce())).toMatchObject({code: 'state-damaged'});
});
