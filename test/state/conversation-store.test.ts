import {expect, test} from 'vitest';
import type {Target} from '../../src/core/plan.ts';
import type {SavedTurn} from '../../src/core/saved-conversation.ts';
import {day, troubleIn, world} from './world.ts';

const target: Target = {context: 'prod', cluster: 'https://10.0.0.1', clusterId: 'uid-1', identity: 'alice'};
const turn = (request: string): SavedTurn => ({
	at: '2026-01-01T00:00:00.000Z',
	request,
	understood: '',
	answer: `about ${request}`,
	reason: 'answered',
});

test('a conversation is found with its turns, in the order in which they were said', async () => {
	const {open} = world();
	const {conversations} = open();
	const id = await conversations.begin(target);
	await conversations.add(id, turn('one'));
	await conversations.add(id, turn('two'));
	expect(await conversations.find(id)).toEqual({id, startedAt: '2026-01-01T00:00:00.000Z', target, turns: [turn('one'), turn('two')]});
	expect(await open().conversations.find(id)).toMatchObject({id});
	expect(await conversations.find('nothing')).toBeUndefined();
});

test('the one that was spoken in last is listed first, and one without a turn is not listed', async () => {
	const {conversations} = world().open();
	const [first, second, silent] = [await conversations.begin(target), await conversations.begin(target), await conversations.begin(target)];
	await conversations.add(second, turn('a'));
	await conversations.add(first, turn('b'));
	const listed = await conversations.list(10);
	expect(listed.map(({id}) => id)).toEqual([first, second]);
	expect(listed.map(({id}) => id)).not.toContain(silent);
	expect(await conversations.list(1)).toHaveLength(1);
});

test('a month after its last turn a conversation is gone, from every file', async () => {
	const {open, clock, bytes} = world();
	const {conversations, close} = open();
	const [old, kept] = [await conversations.begin(target), await conversations.begin(target)];
	await conversations.add(old, turn('an old rose'));
	await conversations.add(kept, turn('begun'));
	await clock.advance(20 * day);
	await conversations.add(kept, turn('gone on'));
	await clock.advance(11 * day);
	close();
	const again = open();
	expect((await again.conversations.list(10)).map(({id}) => id)).toEqual([kept]);
	expect(await troubleIn(() => again.conversations.add(old, turn('late')))).toMatchObject({code: 'no-such-conversation'});
	again.close();
	expect(bytes()).not.toContain('an old rose');
});

test('a turn that somebody edited into another form is noticed', async () => {
	const {open, tamper} = world();
	const state = open();
	const id = await state.conversations.begin(target);
	await state.conversations.add(id, turn('one'));
	tamper(`UPDATE turn SET turn = '{"request":1}'`);
	expect(await troubleIn(() => state.conversations.find(id))).toMatchObject({code: 'state-damaged'});
});
