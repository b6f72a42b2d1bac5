import {expect, test} from 'vitest';
import type {JournalEntry, JournalReader} from '../../src/core/journal.ts';
import type {Reach, Room} from '../../src/core/roles/reach.ts';
import {confinedJournal} from '../../src/main/confined-journal.ts';

/** An entry of which only the objects matter here. */
const entry = (id: string, ...places: readonly (string | undefined)[]) => {
	const changes = places.map(namespace => ({ref: {apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace}}));
	return {id, plan: {summary: '', steps: [], changes, preconditions: []}} as unknown as JournalEntry;
};
const entries = [entry('own', 'shop'), entry('both', 'shop', 'blog'), entry('other', 'blog'), entry('node', undefined)];
const journal: JournalReader = {
	list: async () => entries,
	entry: async id => entries.find(each => each.id === id),
	effects: async () => [
		{index: 0, write: {op: 'delete', ref: {apiVersion: 'v1', kind: 'ConfigMap', name: 'a'}}, before: null, state: 'done'},
	],
	sealed: async () => ({one: 'value'}),
	outcome: async () => undefined,
};

const room: Room = {namespaces: ['shop'], clusterScoped: false};
const everything: Room = {namespaces: ['*'], clusterScoped: true};

test.each<readonly [string, Reach, readonly string[]]>([
	['who has one namespace', {read: everything, write: room, metrics: false}, ['own']],
	['who has all', {read: everything, write: everything, metrics: false}, ['own', 'both', 'other', 'node']],
])('%s is told of the changes that lie inside', async (_, reach, told) => {
	const seen = confinedJournal(journal, reach);
	expect((await seen.list(10)).map(({id}) => id)).toEqual(told);
	for (const {id} of entries) {
		const isTold = told.includes(id);
		expect((await seen.entry(id)) !== undefined).toBe(isTold);
		expect(await seen.effects(id)).toHaveLength(isTold ? 1 : 0);
		expect(await seen.sealed(id)).toEqual(isTold ? {one: 'value'} : {});
	}
});
