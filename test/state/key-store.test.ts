import {expect, test} from 'vitest';
import {day, troubleIn, world} from './world.ts';

const reader = {name: 'ci', scopes: ['mkcoa:read']};

test('a key is found by its token alone, as long as it lasts', async () => {
	const {open, clock} = world();
	const {accessKeys} = open();
	const {key, token} = await accessKeys.add(reader, day);
	expect(key).toMatchObject({...reader, createdAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-02T00:00:00.000Z'});
	expect(await accessKeys.find(token)).toEqual(key);
	for (const wrong of [
		'',
		token.slice(0, -1),
		`${token}x`,
		token.replace(/.$/, last => (last === 'A' ? 'B' : 'A')),
		`mkcoa_${key.id}_`,
		key.id,
	])
		expect(await accessKeys.find(wrong)).toBeUndefined();
	await clock.advance(day);
	expect(await open().accessKeys.find(token)).toBeUndefined();
});

test('its secret is kept nowhere', async () => {
	const {open, bytes} = world();
	const {token} = await open().accessKeys.add(reader, day);
	const secret = token.split('_').slice(2).join('_');
	expect(bytes().includes(secret)).toBe(false);
});

test('a revoked key opens nothing, and is listed as such', async () => {
	const {accessKeys} = world().open();
	const [one, two] = [await accessKeys.add(reader, day), await accessKeys.add({...reader, name: 'dana'}, day)];
	await accessKeys.revoke(one.key.id);
	expect(await accessKeys.find(one.token)).toBeUndefined();
	expect(await accessKeys.find(two.token)).toEqual(two.key);
	expect((await accessKeys.list()).map(({key, forged}) => [key.name, key.revokedAt, forged])).toEqual([
		['ci', '2026-01-01T00:00:00.000Z', false],
		['dana', undefined, false],
	]);
	expect(await troubleIn(() => accessKeys.revoke('unknown'))).toMatchObject({code: 'no-such-key'});
});

test.each([
	["UPDATE access_key SET terms = replace(terms, 'mkcoa:read', 'mkcoa:destructive')"],
	["UPDATE access_key SET terms = replace(terms, '2026-01-02', '2036-01-02')"],
	["UPDATE access_key SET hash = '00'"],
])('a key that was edited in the file opens nothing: %s', async sql => {
	const {open, tamper} = world();
	const {token, key} = await open().accessKeys.add(reader, day);
	tamper(sql);
	const {accessKeys} = open();
	expect(await accessKeys.find(token)).toBeUndefined();
	expect(await accessKeys.list()).toMatchObject([{forged: true}]);
	await accessKeys.revoke(key.id);
	expect(await accessKeys.list()).toEqual([]);
});
