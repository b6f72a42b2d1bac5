import type {ServerResponse} from 'node:http';
import {expect, test} from 'vitest';
import type {Clock} from '../../../../../src/core/clock.ts';
import type {WatchEvent} from '../../../../../src/mcp/kubernetes/port.ts';
import {clientOf, hastyClock, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {manualClock} from '../../../../support/manual-clock.ts';
import {refuse, respond, type Seen, scriptedServer} from '../../../../support/scripted-server.ts';

const pod = (name: string, resourceVersion: string, uid = `uid-${name}`) => ({metadata: {name, namespace: 'shop', uid, resourceVersion}});
type Pod = ReturnType<typeof pod>;
const line = (type: string, object: unknown) => `${JSON.stringify({type, object})}\n`;

/** Back-off passes at once; the deadline of a silent watch never comes. */
const eagerClock = (): Clock => {
	const hasty = hastyClock();
	return {now: hasty.now, schedule: (delayMs, run) => (delayMs >= 200_000 ? () => {} : hasty.schedule(delayMs, run))};
};

type Step = (response: ServerResponse, seen: Seen) => unknown;

/** A server whose lists and watches each follow their script; the last step repeats. */
async function watched({
	lists,
	watches,
	clock = eagerClock(),
}: {
	readonly lists: readonly Step[];
	readonly watches: readonly Step[];
	readonly clock?: Clock;
}) {
	const asked: {readonly watch: boolean; readonly version: string | undefined}[] = [];
	let listed = 0;
	let watching = 0;
	const server = await scriptedServer(
		withDiscovery((seen, response) => {
			const watch = seen.query.watch === 'true';
			asked.push({watch, version: seen.query.resourceVersion});
			const step = watch ? watches[Math.min(watching++, watches.length - 1)] : lists[Math.min(listed++, lists.length - 1)];
			return step?.(response, seen);
		}),
	);
	const {cluster} = await clientOf(server.url, {clock});
	const type = await cluster.typeOf('pods');
	const stop = new AbortController();
	return {
		asked,
		server,
		stop,
		/** Event texts until `count` of them have come. */
		async take(count: number) {
			const events: string[] = [];
			for await (const event of cluster.watch({type, namespace: 'shop', labelSelector: 'app=web'}, stop.signal)) {
				events.push(eventText(event));
				if (events.length === count) stop.abort();
			}
			return events;
		},
	};
}

const eventText = (event: WatchEvent) =>
	event.type === 'synced'
		? 'synced'
		: `${event.type} ${event.object.kind} ${event.object.metadata.name}@${event.object.metadata.resourceVersion}`;
const list =
	(version: string, ...pods: readonly Pod[]): Step =>
	response =>
		respond(response, {kind: 'PodList', metadata: {resourceVersion: version}, items: pods});
const events =
	(...lines: readonly string[]): Step =>
	response =>
		response.write(lines.join(''));
const eventsThenEnd =
	(...lines: readonly string[]): Step =>
	response =>
		response.end(lines.join(''));

test('tells what exists, then synced, then what changes', async () => {
	const {take, server} = await watched({
		lists: [list('10', pod('a', '1'), pod('b', '2'))],
		watches: [events(line('ADDED', pod('c', '11')), line('MODIFIED', pod('a', '12')), line('DELETED', pod('b', '13')))],
	});
	expect(await take(6)).toEqual(['added Pod a@1', 'added Pod b@2', 'synced', 'added Pod c@11', 'modified Pod a@12', 'deleted Pod b@13']);
	const opened = server.seen.find(({query}) => query.watch === 'true');
	expect(opened?.query).toMatchObject({
		resourceVersion: '10',
		allowWatchBookmarks: 'true',
		labelSelector: 'app=web',
		timeoutSeconds: '300',
	});
});

test('goes on from the last bookmark when the server ends the watch', async () => {
	const {take, asked} = await watched({
		lists: [list('10')],
		watches: [eventsThenEnd(line('BOOKMARK', pod('', '50'))), events(line('ADDED', pod('a', '51')))],
	});
	expect(await take(2)).toEqual(['synced', 'added Pod a@51']);
	expect(asked.map(({version}) => version)).toEqual([undefined, '10', '50']);
});

test.each([
	['a reset', (response: ServerResponse) => response.destroy()],
	['a 500', (response: ServerResponse) => refuse(response, 500, 'InternalError')],
	['a 429', (response: ServerResponse) => refuse(response, 429, 'TooManyRequests')],
	[
		'a reset in the middle of an event',
		(response: ServerResponse) => response.write('{"type":"ADDED","object":{"meta', () => response.destroy()),
	],
	['half an event', (response: ServerResponse) => response.end('{"type":"ADDED","object":{"meta')],
	['a line that is no event', (response: ServerResponse) => response.end('nonsense\n')],
])('goes on after %s without a new list', async (_name, broken) => {
	const {take, asked} = await watched({lists: [list('10')], watches: [broken, broken, events(line('ADDED', pod('a', '11')))]});
	expect(await take(2)).toEqual(['synced', 'added Pod a@11']);
	expect(asked.filter(({watch}) => !watch)).toHaveLength(1);
});

test.each([
	['the status 410', (response: ServerResponse) => refuse(response, 410, 'Expired')],
	['an ERROR event of 410', eventsThenEnd(line('ERROR', {kind: 'Status', code: 410, reason: 'Expired', message: 'too old', metadata: {}}))],
])('lists again after %s and tells the difference, synced only once', async (_name, expired) => {
	const {take} = await watched({
		lists: [
			list('10', pod('kept', '1'), pod('changed', '2'), pod('gone', '3'), pod('reborn', '4')),
			list('20', pod('kept', '1'), pod('changed', '12'), pod('new', '13'), pod('reborn', '14', 'other')),
		],
		watches: [expired, events(line('MODIFIED', pod('new', '21')))],
	});
	expect((await take(11)).slice(5)).toEqual([
		'modified Pod changed@12',
		'added Pod new@13',
		'deleted Pod reborn@4',
		'added Pod reborn@14',
		'deleted Pod gone@3',
		'modified Pod new@21',
	]);
});

test('an object that the listener knows already is not told again', async () => {
	const {take} = await watched({
		lists: [list('10', pod('a', '9'))],
		watches: [events(line('ADDED', pod('a', '9')), line('DELETED', pod('unknown', '11')), line('MODIFIED', pod('late', '12')))],
	});
	expect(await take(3)).toEqual(['added Pod a@9', 'synced', 'added Pod late@12']);
});

test('a silent connection is given up after its deadline, and the watch goes on', async () => {
	const clock = manualClock();
	const silent = Promise.withResolvers<void>();
	const {take, asked} = await watched({
		clock,
		lists: [list('10')],
		watches: [
			response => {
				response.flushHeaders();
				silent.resolve();
			},
			events(line('ADDED', pod('a', '11'))),
		],
	});
	const taken = take(2);
	await silent.promise;
	// The deadline is set before the request is sent, so it is there when the server has seen the request.
	await clock.advance(330_000);
	await until(clock, () => asked.length === 3);
	expect(await taken).toEqual(['synced', 'added Pod a@11']);
});

/** Lets short waits of the clock pass until something has happened; the network takes its own time. */
async function until(clock: ReturnType<typeof manualClock>, happened: () => boolean) {
	while (!happened()) await clock.advance(1000);
}

test.each([
	[403, 'not-allowed', 'jane may not list pods in namespace shop'],
	[404, 'not-found', 'There is no pods in namespace shop'],
	[503, 'server-error', 'The cluster failed to list pods in namespace shop'],
])('a first list that is refused with %i ends the watch', async (status, code, what) => {
	const {take} = await watched({lists: [response => refuse(response, status, 'No')], watches: []});
	expect(await troubleFrom(take(1))).toMatchObject({code, what});
});

test('a watch that is not allowed any more ends with that', async () => {
	const {take} = await watched({lists: [list('10')], watches: [response => refuse(response, 403, 'Forbidden')]});
	expect(await troubleFrom(take(9))).toMatchObject({code: 'not-allowed', what: 'jane may not watch pods in namespace shop'});
});

test('ends quietly when the signal aborts while nothing happens', async () => {
	const {take, stop} = await watched({
		lists: [list('10')],
		watches: [
			response => {
				response.flushHeaders();
				stop.abort();
			},
		],
	});
	expect(await take(9)).toEqual(['synced']);
});
