import {expect, test} from 'vitest';
import {at, erase, post} from '../../servers/questions.ts';
import {secret} from '../objects.ts';
import {namesOf, type Reply, refusal, versionOf} from '../reply.ts';
import type {Chapter, Room} from '../room.ts';

const five = ['a', 'b', 'c', 'd', 'e'];
const tokenOf = ({body}: Reply) => String(at(body, 'metadata', 'continue') ?? '');

type Query = {readonly [key: string]: string | number};

/** The room with five secrets, and a list of them by its query. */
async function withFive(room: Room, labels: object = {}) {
	for (const name of five) await room.ask(post(room.path('secrets'), secret(name, {}, {labels})));
	const page = (query: Query) => {
		const text = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
		return room.ask({path: `${room.path('secrets')}?${text.join('&')}`});
	};
	return {...room, page};
}

/** Long lists in pieces. */
export const paging: Chapter = open => {
	test('pages follow one another, and each tells how many are left', async () => {
		const {page} = await withFive(await open());
		const first = await page({limit: 2});
		expect(first).toMatchObject({status: 200, body: {kind: 'SecretList', metadata: {remainingItemCount: 3}}});
		const second = await page({limit: 2, continue: tokenOf(first)});
		expect(second).toMatchObject({status: 200, body: {metadata: {remainingItemCount: 1}}});
		const third = await page({limit: 2, continue: tokenOf(second)});
		expect([first, second, third].map(namesOf)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
		expect(third).not.toHaveProperty('body.metadata.continue');
		expect(third).not.toHaveProperty('body.metadata.remainingItemCount');
	});

	test('a list that fits its limit has no token', async () => {
		const {page} = await withFive(await open());
		for (const limit of [5, 6, 0]) {
			const list = await page({limit});
			expect(namesOf(list)).toEqual(five);
			expect(list).not.toHaveProperty('body.metadata.continue');
		}
	});

	test('later pages may have another limit', async () => {
		const {page} = await withFive(await open());
		const first = await page({limit: 1});
		expect(namesOf(await page({limit: 3, continue: tokenOf(first)}))).toEqual(['b', 'c', 'd']);
		expect(namesOf(await page({continue: tokenOf(first)}))).toEqual(['b', 'c', 'd', 'e']);
	});

	test('all pages show the state of the first, whatever is written between them', async () => {
		const {ask, path, page} = await withFive(await open());
		const first = await page({limit: 2});
		await ask(erase(path('secrets', 'c')));
		await ask(post(path('secrets'), secret('bb')));
		const second = await page({limit: 5, continue: tokenOf(first)});
		expect(namesOf(second)).toEqual(['c', 'd', 'e']);
		expect(versionOf(second)).toBe(versionOf(first));
		expect(namesOf(await page({}))).toEqual(['a', 'b', 'bb', 'd', 'e']);
	});

	test('with a selector a page is full of selected objects, and nothing is counted', async () => {
		const room = await withFive(await open(), {app: 'web'});
		await room.ask(post(room.path('secrets'), secret('aa')));
		const first = await room.page({limit: 2, labelSelector: 'app=web'});
		expect(namesOf(first)).toEqual(['a', 'b']);
		expect(first).not.toHaveProperty('body.metadata.remainingItemCount');
		const second = await room.page({limit: 9, labelSelector: 'app=web', continue: tokenOf(first)});
		expect(namesOf(second)).toEqual(['c', 'd', 'e']);
	});

	test('a token that the server did not make is refused', async () => {
		const {page} = await withFive(await open());
		expect(await page({limit: 2, continue: 'abc'})).toMatchObject(
			refusal(400, 'BadRequest', "invalid continue token: continue key is not valid: invalid character 'i' looking for beginning of value"),
		);
	});

	test('a token and a version together are refused', async () => {
		const {page} = await withFive(await open());
		const first = await page({limit: 2});
		expect(await page({limit: 2, continue: tokenOf(first), resourceVersion: versionOf(first)})).toMatchObject(
			refusal(400, 'BadRequest', 'specifying resource version is not allowed when using continue'),
		);
	});

	test('a limit that is no number is refused', async () => {
		const {page} = await withFive(await open());
		expect(await page({limit: 'two'})).toMatchObject(refusal(400, 'BadRequest', 'strconv.ParseInt: parsing "two": invalid syntax'));
	});
};
