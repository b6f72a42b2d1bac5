import {expect, test} from 'vitest';
import type {IncidentRecord} from '../../src/core/incident-record.ts';
import {day, troubleIn, world} from './world.ts';

const record = (key: string): Omit<IncidentRecord, 'id'> => ({
	key,
	context: 'prod',
	clusterId: 'uid-1',
	severity: 'high',
	title: `Service shop/web (${key})`,
	beganAt: '2026-01-01T00:00:00.000Z',
	detectedAt: '2026-01-01T00:00:01.000Z',
	times: 1,
	alerts: ['Down'],
	notes: [],
});

test('an incident is found by its id, by the beginning of it and by its key, and keeps what was noted', async () => {
	const {open} = world();
	const {incidents} = open();
	const [id = ''] = await incidents.begin([record('a')]);
	await incidents.change(id, before => ({...before, owner: 'bob'}));
	for (const word of [id, id.slice(0, 10), 'a']) expect(await open().incidents.find(word)).toEqual({id, ...record('a'), owner: 'bob'});
	expect(await incidents.find('nothing')).toBeUndefined();
});

test('a beginning that fits two is refused, with both', async () => {
	const {incidents} = world().open();
	const ids = await incidents.begin([record('a'), record('b')]);
	const {code, next} = await troubleIn(() => incidents.find(ids[0]?.slice(0, 5) ?? ''));
	expect([code, ids.every(id => next?.includes(id))]).toEqual(['ambiguous-incident', true]);
});

test('those that healed are listed only when asked for, those of another cluster not at all, newest first', async () => {
	const {incidents} = world().open();
	const [old, healed = '', young] = await incidents.begin(['a', 'b', 'c'].map(record));
	await incidents.begin([{...record('d'), clusterId: 'uid-2'}]);
	await incidents.change(healed, before => ({...before, healedAt: '2026-01-01T00:01:00.000Z'}));
	const ids = async (open: boolean) => (await incidents.list({open, limit: 10, clusterId: 'uid-1'})).map(({id}) => id);
	expect([await ids(true), await ids(false)]).toEqual([
		[young, old],
		[young, healed, old],
	]);
	expect(await incidents.list({open: true, limit: 10})).toHaveLength(3);
});

test('one that healed is gone a hundred days later, and one that is open stays', async () => {
	const {open, clock} = world();
	const {incidents, close} = open();
	const [healed = '', stays = ''] = await incidents.begin([record('a'), record('b')]);
	await incidents.change(healed, before => ({...before, healedAt: '2026-01-01T00:01:00.000Z'}));
	close();
	await clock.advance(101 * day);
	const later = open().incidents;
	expect([await later.find(healed), (await later.find(stays))?.id]).toEqual([undefined, stays]);
});

test('a change of an incident that nobody knows is refused', async () => {
	const {incidents} = world().open();
	expect((await troubleIn(() => incidents.change('nothing', before => before))).code).toBe('no-such-incident');
});
