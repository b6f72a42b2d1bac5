import {expect, test} from 'vitest';
import {at, mergePatch, table} from '../../servers/questions.ts';
import {definitions, withLamps} from '../lamps.ts';
import {definition} from '../objects.ts';
import {namesOf, versionOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

/** A server keeps what it saw of a kind since it first looked; of a new kind that is nothing old, and a definition that changes is a new kind to it. */
async function forgetLamps({ask, eventually, forget}: Room, {group, lamps}: {readonly group: string; readonly lamps: string}) {
	const column = {name: 'Changed', type: 'string', jsonPath: '.metadata.name'};
	const changed = definition('lamp', group, {additionalPrinterColumns: [column]});
	await ask(mergePatch(`${definitions}/lamps.${group}`, changed));
	await eventually({path: lamps, headers: table}, ({body}) => at(body, 'columnDefinitions', 1, 'name') === 'Changed');
	await forget();
}

const expired = {kind: 'Status', status: 'Failure', reason: 'Expired', code: 410};

/** What a server no longer knows. These cases take the past from everybody, and so run one after the other. */
export const past: Chapter = open => {
	test('a watch from a forgotten version is told to list anew', async () => {
		const room = await open();
		const {lamps} = await withLamps(room);
		await room.forget();
		const {status, next, rest} = await room.watch(`${lamps}?watch=true&resourceVersion=1`);
		expect(status).toBe(200);
		const event = await next();
		expect(event).toMatchObject({type: 'ERROR', object: expired});
		expect(at(event.object, 'message')).toMatch(/^too old resource version: 1 \(\d+\)$/);
		expect(await rest()).toEqual([]);
	});

	test('the rest of a list whose state is forgotten is refused, with a token to go on without it', async () => {
		const room = await open();
		const {group, lamps, light} = await withLamps(room);
		for (const name of ['a', 'b', 'c']) await light(name);
		const first = await room.ask({path: `${lamps}?limit=1`});
		await light('aa');
		await forgetLamps(room, {group, lamps});
		const page = (token: unknown) => room.ask({path: `${lamps}?limit=5&continue=${encodeURIComponent(String(token))}`});
		const refused = await page(at(first.body, 'metadata', 'continue'));
		expect(refused).toMatchObject({
			status: 410,
			body: {
				...expired,
				message: expect.stringMatching(/^The provided continue parameter is too old to display a consistent list result\. /),
				metadata: {continue: expect.any(String)},
			},
		});
		const rest = await page(at(refused.body, 'metadata', 'continue'));
		expect(rest.status).toBe(200);
		expect(namesOf(rest)).toEqual(['aa', 'b', 'c']);
	});

	test('a list at a forgotten version is refused', async () => {
		const room = await open();
		const {group, lamps, light} = await withLamps(room);
		const version = versionOf(await light('a'));
		await light('b');
		await forgetLamps(room, {group, lamps});
		const refused = await room.ask({path: `${lamps}?resourceVersion=${version}&resourceVersionMatch=Exact`});
		expect(refused).toMatchObject({
			status: 410,
			body: {...expired, message: 'The resourceVersion for the provided list is too old.'},
		});
	});

	test('a list and a watch from its version go on as ever', async () => {
		const room = await open();
		const {lamps, light} = await withLamps(room);
		await light('a');
		await room.forget();
		const list = await room.ask({path: lamps});
		expect(namesOf(list)).toEqual(['a']);
		const {next} = await room.watch(`${lamps}?watch=true&resourceVersion=${versionOf(list)}`);
		await light('b');
		expect(await next()).toMatchObject({type: 'ADDED', object: {metadata: {name: 'b'}}});
	});
};
