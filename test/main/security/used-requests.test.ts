import {expect, test} from 'vitest';
import {usedRequestsOf} from '../../../src/main/security/used-requests.ts';
import type {AuditItem} from '../../../src/mcp/security/audit-log/port.ts';
import {auditEvent, morningMs, type Told} from '../../support/audit-events.ts';

const used = (...told: readonly Told[]) =>
	usedRequestsOf(
		{
			source: 'audit.log',
			async *read(): AsyncIterable<AuditItem> {
				yield {malformed: 'not JSON'};
				for (const each of told) yield {event: auditEvent(each)};
			},
		},
		new AbortController().signal,
	);

test('what was let through counts, each request once', async () => {
	const read = {by: 'ada', verb: 'get', on: 'pods shop/web-1'};
	expect(await used({...read, stage: 'RequestReceived'}, read, {...read, atMs: 60_000})).toEqual({
		source: 'audit.log',
		requests: [
			{user: 'ada', groups: ['system:authenticated'], verb: 'get', apiGroup: '', resource: 'pods', namespace: 'shop', name: 'web-1'},
		],
		from: new Date(morningMs).toISOString(),
		to: new Date(morningMs + 60_000).toISOString(),
	});
});

test.each<[string, Told, object | undefined]>([
	['what was refused was not used', {on: 'pods shop/web-1', code: 403}, undefined],
	['what is made has no name yet', {verb: 'create', on: 'pods shop/web-1'}, {resource: 'pods', namespace: 'shop'}],
	['a subresource has its own', {verb: 'create', on: 'pods/exec shop/web-1'}, {resource: 'pods', subresource: 'exec', name: 'web-1'}],
	['a path is no resource', {uri: '/metrics?x=1'}, {url: '/metrics'}],
	['rights are those of whom it was for', {on: 'pods shop/a', as: {username: 'minho', groups: ['sre']}}, {user: 'minho', groups: ['sre']}],
])('%s', async (_, told, expected) => {
	const {requests} = await used(told);
	if (expected === undefined) expect(requests).toEqual([]);
	else expect(requests).toMatchObject([expected]);
	if (told.verb === 'create' && told.on?.startsWith('pods ')) expect(requests[0]).not.toHaveProperty('name');
});

test('an empty log tells of no time', async () => expect(await used()).toEqual({source: 'audit.log', requests: []}));
