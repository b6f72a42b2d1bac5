import type {EventStore, JSONRPCMessage} from '@modelcontextprotocol/server';
import {expect, test} from 'vitest';
import {keptEvents} from '../../../../src/mcp/edge/http/kept-events.ts';

const line = (data: string): JSONRPCMessage => ({jsonrpc: '2.0', method: 'notifications/message', params: {level: 'info', data}});

async function after(store: EventStore, id: string): Promise<readonly string[]> {
	const sent: string[] = [];
	await store.replayEventsAfter(id, {send: async (_, message) => void sent.push(JSON.stringify(Object(message).params.data))});
	return sent;
}

test('who comes back hears what its stream said since, and nothing of another stream', async () => {
	const store = keptEvents()();
	const first = await store.storeEvent('one', line('a'));
	await store.storeEvent('two', line('b'));
	await store.storeEvent('one', line('c'));
	expect(await after(store, first)).toEqual(['"c"']);
	expect(await store.getStreamIdForEventId?.(first)).toBe('one');
});

test('no session finds events of another one', async () => {
	const forSession = keptEvents();
	const [own, other] = [forSession(), forSession()];
	const id = await own.storeEvent('one', line('a'));
	await own.storeEvent('one', line('b'));
	expect(await other.getStreamIdForEventId?.(id)).toBeUndefined();
	await expect(after(other, id)).rejects.toThrow('no longer kept');
});

test('the oldest events are given up, and who names one is told', async () => {
	const length = JSON.stringify(line('a')).length;
	const store = keptEvents(2 * length)();
	const first = await store.storeEvent('one', line('a'));
	const second = await store.storeEvent('one', line('b'));
	await store.storeEvent('one', line('c'));
	await expect(after(store, first)).rejects.toThrow('no longer kept');
	expect(await after(store, second)).toEqual(['"c"']);
});
