import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {listenAudit} from '../../../src/mcp/security/audit-log/listen-audit.ts';
import {auditJson} from '../../support/audit-events.ts';
import {whenOver} from '../../support/when-over.ts';

async function listening() {
	const listener = await listenAudit({host: '127.0.0.1', port: 0, isKey: token => token === 'right', mostWaiting: 5});
	whenOver(listener.close);
	const post = async (body: string | Buffer, headers: Record<string, string> = {}, method = 'POST') =>
		fetch(`http://127.0.0.1:${listener.port}/audit`, {
			...(method === 'GET' ? {method} : {method, body: new Uint8Array(Buffer.from(body))}),
			headers: {'content-type': 'application/json', authorization: 'Bearer right', ...headers},
		});
	return {listener, post};
}
const list = (...ids: string[]) =>
	JSON.stringify({kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: ids.map(id => auditJson({id}))});

test('events of an API server come in their order, zipped or not, until it is over', async () => {
	const {listener, post} = await listening();
	const ending = new AbortController();
	const events = listener.follow({signal: ending.signal})[Symbol.asyncIterator]();
	const next = async () => {
		const {value, done} = await events.next();
		return done === true ? 'over' : 'event' in value ? value.event.id : value.malformed;
	};
	const first = next();
	expect((await post(list('a', 'b'))).status).toBe(200);
	expect((await post(gzipSync(list('c')), {'content-encoding': 'gzip'})).status).toBe(200);
	expect([await first, await next(), await next()]).toEqual(['a', 'b', 'c']);
	const last = next();
	ending.abort();
	expect(await last).toBe('over');
});

test('nobody without a key is heard, and nothing but events is taken', async () => {
	const {post} = await listening();
	expect((await post(list('a'), {authorization: 'Bearer wrong'})).status).toBe(401);
	expect((await post(list('a'), {authorization: ''})).status).toBe(401);
	expect((await post(list('a'), {'content-type': 'text/plain'})).status).toBe(415);
	expect((await post('{"kind":"Pod"}')).status).toBe(400);
	expect((await post('no json')).status).toBe(400);
	expect((await post('', {}, 'GET')).status).toBe(405);
	expect((await post('x'.repeat(17 * 1024 * 1024))).status).toBe(413);
});

test('what nobody takes is refused after a while, so that the server sends it again', async () => {
	const {post} = await listening();
	const answers: number[] = [];
	for (let times = 0; times < 3; times += 1) answers.push((await post(list('a', 'b'))).status);
	expect(answers).toEqual([200, 200, 503]);
});

test('an address that cannot be had is told', async () => {
	const {listener} = await listening();
	await expect(listenAudit({host: '127.0.0.1', port: listener.port, isKey: () => true})).rejects.toMatchObject({
		trouble: {code: 'no-address'},
	});
});
