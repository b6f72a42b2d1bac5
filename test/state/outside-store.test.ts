import {expect, test} from 'vitest';
import {world} from './world.ts';

const approved = {endpoint: 'https://mcp.example.com/', era: 'modern', tools: [{name: 'look', description: 'Looks'}]};

test('an approval is read back by every process until it is forgotten', async () => {
	const here = world();
	const {outside} = here.open();
	expect(await outside.approved('shelf')).toBeUndefined();
	await outside.approve('shelf', approved);
	expect(await here.open().outside.approved('shelf')).toEqual(approved);
	await outside.forget('shelf');
	expect(await outside.approved('shelf')).toBeUndefined();
});

test('an approval that something else wrote, or that was given to another server, is none', async () => {
	const here = world();
	const {outside} = here.open();
	await outside.approve('shelf', approved);
	here.tamper(`INSERT INTO outside_approval SELECT 'other', terms, mac FROM outside_approval`);
	here.tamper(`UPDATE outside_approval SET terms = replace(terms, 'Looks', 'Leaks') WHERE name = 'shelf'`);
	expect([await outside.approved('shelf'), await outside.approved('other')]).toEqual([undefined, undefined]);
});

test('what a sign-in brought is encrypted, and is for one address alone', async () => {
	const here = world();
	const {outside} = here.open();
	await outside.keepSignIn('shelf', 'https://a.example/', {tokens: {access_token: 'canary-token'}});
	expect(await here.open().outside.signIn('shelf', 'https://a.example/')).toEqual({tokens: {access_token: 'canary-token'}});
	expect(await outside.signIn('shelf', 'https://b.example/')).toBeUndefined();
	expect(here.bytes()).not.toContain('canary-token');
	await outside.forget('shelf');
	expect(await outside.signIn('shelf', 'https://a.example/')).toBeUndefined();
});
