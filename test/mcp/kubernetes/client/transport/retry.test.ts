import {expect, test} from 'vitest';
import {backoffMs} from '../../../../../src/mcp/kubernetes/client/transport/retry.ts';
import {clientOf, hastyClock, troubleFrom, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

/** Fails `times` times as told, then answers. */
const failing = (times: number, fail: Script): Script => {
	let left = times;
	return withDiscovery((seen, response) => {
		if (left > 0) {
			left--;
			return fail(seen, response);
		}
		return respond(response, {kind: 'ConfigMap', metadata: {name: 'a', uid: '1'}});
	});
};
const path = '/api/v1/namespaces/default/configmaps/a';
const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'a'};
const live = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a', uid: '1', resourceVersion: '5'}};
const signal = new AbortController().signal;

test.each([429, 500, 502, 503, 504])('a read is tried again after %i, with waits that double', async status => {
	const server = await scriptedServer(failing(3, (_seen, response) => refuse(response, status, 'Busy')));
	const clock = hastyClock();
	const {cluster} = await clientOf(server.url, {clock});
	expect(await cluster.raw(path)).toMatchObject({kind: 'ConfigMap'});
	expect(clock.waits).toEqual([250, 500, 1000]);
});

test.each([400, 403, 409, 410, 422, 501])('a read is not tried again after %i', async status => {
	const server = await scriptedServer(failing(1, (_seen, response) => refuse(response, status, 'No')));
	const {cluster} = await clientOf(server.url, {clock: hastyClock()});
	await troubleFrom(cluster.raw(path));
	expect(server.seen).toHaveLength(1);
});

test('a webhook that does not answer is not asked four times', async () => {
	const words = 'Internal error occurred: failed calling webhook "a.example.org": context deadline exceeded';
	const server = await scriptedServer(failing(1, (_seen, response) => refuse(response, 500, 'InternalError', words)));
	const {cluster} = await clientOf(server.url, {clock: hastyClock()});
	expect(await troubleFrom(cluster.raw(path))).toMatchObject({code: 'webhook-failed'});
	expect(server.seen).toHaveLength(1);
});

test('a read gives up after four tries', async () => {
	const server = await scriptedServer(failing(9, (_seen, response) => refuse(response, 503, 'ServiceUnavailable')));
	const {cluster} = await clientOf(server.url, {clock: hastyClock()});
	expect(await troubleFrom(cluster.raw(path))).toMatchObject({kind: 'environment', code: 'server-error', why: 'it answered 503'});
	expect(server.seen).toHaveLength(4);
});

test('Retry-After is waited for', async () => {
	const server = await scriptedServer(
		failing(1, (_seen, response) => refuse(response, 429, 'TooManyRequests', 'slow down', {headers: {'retry-after': '7'}})),
	);
	const clock = hastyClock();
	const {cluster} = await clientOf(server.url, {clock});
	await cluster.raw(path);
	expect(clock.waits).toEqual([7000]);
});

test('a server that asks for longer and longer waits does not hold a read for ever', async () => {
	const server = await scriptedServer(
		failing(9, (_seen, response) => refuse(response, 429, 'TooManyRequests', 'slow down', {headers: {'retry-after': '3600'}})),
	);
	const clock = hastyClock();
	const {cluster} = await clientOf(server.url, {clock});
	expect(await troubleFrom(cluster.raw(path))).toMatchObject({code: 'too-many-requests'});
	expect(clock.waits).toEqual([30_000, 30_000]);
});

test.each([
	['a reset', (_seen: unknown, response: Parameters<Script>[1]) => response.destroy()],
	[
		'an answer that breaks off',
		(_seen: unknown, response: Parameters<Script>[1]) => {
			response.writeHead(200, {'content-type': 'application/json', 'content-length': '100'});
			response.write('{"kind":', () => response.destroy());
		},
	],
])('a read is tried again after %s', async (_name, fail) => {
	const server = await scriptedServer(failing(2, fail));
	const {cluster} = await clientOf(server.url, {clock: hastyClock()});
	expect(await cluster.raw(path)).toMatchObject({kind: 'ConfigMap'});
});

test.each([
	['429', 429, {}, 2],
	['503 with Retry-After', 503, {'retry-after': '1'}, 2],
	['503 alone', 503, {}, 1],
	['500', 500, {'retry-after': '1'}, 1],
	['504', 504, {'retry-after': '1'}, 1],
])('a write after %s is sent as often as is safe', async (_name, status, headers, times) => {
	const server = await scriptedServer(failing(1, (_seen, response) => refuse(response, status, 'Busy', 'busy', {headers})));
	const {effector} = await clientOf(server.url, {clock: hastyClock()});
	await effector.send({op: 'delete', ref}, live, signal).catch(() => {});
	expect(server.seen.filter(({method}) => method === 'DELETE')).toHaveLength(times);
});

test('a write whose answer is lost is not sent again, and says that it may have happened', async () => {
	const server = await scriptedServer(failing(1, (_seen, response) => response.destroy()));
	const {effector} = await clientOf(server.url, {clock: hastyClock()});
	expect(await troubleFrom(effector.send({op: 'delete', ref}, live, signal))).toMatchObject({
		code: 'unreachable',
		why: expect.stringContaining('the change may have been made or not'),
		next: 'Run the command again: its plan shows what is there now',
	});
	expect(server.seen.filter(({method}) => method === 'DELETE')).toHaveLength(1);
});

test('an eviction that a disruption budget forbids is told at once', async () => {
	const details = {causes: [{reason: 'DisruptionBudget', message: 'needs 2 healthy pods'}], retryAfterSeconds: 10};
	const server = await scriptedServer(withDiscovery((_seen, response) => refuse(response, 429, 'TooManyRequests', 'no', {details})));
	const {effector} = await clientOf(server.url, {clock: hastyClock()});
	const pod = {...ref, kind: 'Pod'};
	expect(await troubleFrom(effector.send({op: 'evict', ref: pod}, {...live, kind: 'Pod'}, signal))).toMatchObject({
		code: 'disruption-budget',
	});
	expect(server.seen.filter(({method}) => method === 'POST')).toHaveLength(1);
});

test('an abort ends the wait between two tries', async () => {
	const stop = new AbortController();
	const server = await scriptedServer((_seen, response) => refuse(response, 503, 'ServiceUnavailable'));
	const clock = {
		now: () => 0,
		schedule() {
			setImmediate(() => stop.abort(new Error('the person left')));
			return () => {};
		},
	};
	const {cluster} = await clientOf(server.url, {clock, signal: stop.signal});
	await expect(cluster.raw(path)).rejects.toThrow('the person left');
	expect(server.seen).toHaveLength(1);
});

test.each([
	[1, 0, 125],
	[1, 1, 250],
	[3, 0.5, 750],
	[20, 1, 30_000],
])('the wait before try %i with luck %d is %i ms', (tries, luck, waitMs) => {
	expect(backoffMs(tries, () => luck)).toBe(waitMs);
});
