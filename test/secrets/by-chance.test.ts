import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openShop} from '../support/shop.ts';
import {openedState} from './opened-state.ts';
import {bytesBelow} from './planted.ts';

const shop = await openShop();

const drawnIn = (name: string) => {
	const {token} = Object(shop.get({kind: 'Secret', name}).data);
	return Buffer.from(String(token), 'base64').toString();
};
const formsOf = (value: string) => [value, Buffer.from(value).toString('base64')];

type Waiting = {readonly printed: string; readonly yes: readonly string[]};

/** A plan that waits for a yes, and the words that say it. */
const ways: readonly (readonly [name: string, wait: (name: string) => Promise<Waiting>])[] = [
	[
		'on the waiting list',
		async name => {
			const {code, out, err} = await shop.run(['deploy', 'secret', name, '--random', 'token=40', '--json']);
			expect(code).toBe(8);
			return {printed: out + err, yes: ['approve', String(JSON.parse(out).id), '--yes', '--json']};
		},
	],
	[
		'in a plan file',
		async name => {
			const file = join(shop.folder, 'state', 'plan.json');
			const {code, out, err} = await shop.run(['deploy', 'secret', name, '--random', 'token=40', '--plan-out', file]);
			expect(code).toBe(0);
			return {printed: out + err, yes: ['apply', file, '--yes', '--json']};
		},
	],
];

test.each(ways)('a value by chance of a plan %s is the one that was planned, and nobody can read it', async (way, wait) => {
	const name = way.replaceAll(' ', '-');
	const {printed, yes} = await wait(name);
	const [raw, opened] = [bytesBelow(join(shop.folder, 'state')), openedState(shop.folder)];
	const said = await shop.run(yes);
	expect(JSON.parse(said.out)).toMatchObject({kind: 'done', output: {operation: 'created', set: ['token']}});
	const value = drawnIn(name);
	expect(value).toMatch(/^[0-9A-Za-z]{40}$/);
	if (way === 'on the waiting list') expect(formsOf(value).some(form => opened.includes(form))).toBe(true);
	const after = bytesBelow(join(shop.folder, 'state'));
	for (const form of formsOf(value)) expect([printed, raw, said.out, said.err, after].filter(text => text.includes(form))).toEqual([]);
});
