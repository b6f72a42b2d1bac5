import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {troubleOf} from '../../../../src/core/error.ts';
import {manualClock} from '../../../support/manual-clock.ts';
import {wireTo, wireToScript} from '../../../support/monitoring-wire.ts';
import {respond, scriptedServer} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));

test.each([
	{what: 'a page', status: 200, body: '<html>', trouble: {code: 'metrics-unreachable', why: 'what answers there is no test'}},
	{what: 'a failure', status: 500, body: 'oops', trouble: {code: 'metrics-unreachable', why: 'it answered HTTP 500', quoted: 'oops'}},
	{what: 'an overload', status: 503, body: 'later', trouble: {code: 'metrics-unreachable', why: 'it answered HTTP 503'}},
	{what: 'nobody known', status: 401, body: '', trouble: {kind: 'auth', code: 'metrics-signed-out', next: 'Sign in'}},
	{what: 'nobody known at a proxy', status: 403, body: '', trouble: {kind: 'auth', code: 'metrics-signed-out'}},
])('$what is told with a remedy', async ({status, body, trouble}) => {
	const {wire} = await wireToScript((_, response) => response.writeHead(status).end(body));
	expect(await failure(wire.ask({path: '/x'}))).toMatchObject(trouble);
});

test.each([
	[401, 'metrics-signed-out', 'test does not accept who mkcoa signs in as'],
	[403, 'metrics-not-allowed', 'test does not allow this to who mkcoa signs in as'],
])('who is signed in and refused with %d is told so', async (status, code, what) => {
	const {wire} = await wireToScript((_, response) => response.writeHead(status).end('no'), {headers: {authorization: 'Bearer x'}});
	expect(await failure(wire.ask({path: '/x'}))).toMatchObject({kind: 'auth', code, what});
});

test.each([400, 404, 409, 412, 422])('a refusal with %d in its own words is an answer', async status => {
	const {wire} = await wireToScript((_, response) => respond(response, {message: 'no'}, status));
	expect(await wire.ask({path: '/x'})).toMatchObject({status, body: {message: 'no'}});
});

test('what says who asks does not follow an answer elsewhere', async () => {
	const elsewhere = await scriptedServer((_, response) => respond(response, {}));
	const {wire} = await wireToScript((_, response) => response.writeHead(307, {location: `${elsewhere.url}/x`}).end(), {
		headers: {authorization: 'Bearer secret'},
	});
	expect(await failure(wire.ask({path: '/x'}))).toMatchObject({why: `it sends on to ${elsewhere.url}`});
	expect(elsewhere.seen).toEqual([]);
});

test('waits as long as it is asked to, and asks again', async () => {
	const clock = manualClock();
	const statuses = [429, 503, 200];
	let asked = 0;
	const {wire, seen} = await wireToScript((_, response) => respond(response, {ok: true}, statuses[asked++], {'retry-after': '2'}), {clock});
	const asking = wire.ask({path: '/x'});
	let isDone = false;
	void asking.then(() => {
		isDone = true;
	});
	// Each advance lets one pause end, whenever the answer before it arrives.
	while (!isDone) await clock.advance(1000);
	expect(await asking).toMatchObject({status: 200, body: {ok: true}});
	expect(seen).toHaveLength(3);
});

test.each([
	['too long', '3600', 1],
	['a date that is far', new Date(Date.UTC(2026, 0, 1, 1)).toUTCString(), 1],
])('a pause of %s is told instead', async (_, header, requests) => {
	const {wire, seen} = await wireToScript((__, response) => respond(response, {}, 429, {'retry-after': header}), {clock: manualClock()});
	expect(await failure(wire.ask({path: '/x'}))).toMatchObject({
		code: 'metrics-busy',
		why: 'it answered HTTP 429 and asks to come back in 3600 s',
	});
	expect(seen).toHaveLength(requests);
});

test('a write is never sent twice', async () => {
	const {wire, seen} = await wireToScript((_, response) => respond(response, {}, 503, {'retry-after': '1'}));
	expect(await failure(wire.ask({method: 'POST', path: '/x', body: {}}))).toMatchObject({code: 'metrics-busy'});
	expect(seen).toHaveLength(1);
});

test('a long question is asked as a form', async () => {
	const {wire, seen} = await wireToScript((_, response) => respond(response, {}));
	const query = 'a'.repeat(5000);
	await wire.ask({path: '/api', parameters: {query, 'match[]': ['x', 'y']}, mayBeForm: true});
	expect(seen[0]).toMatchObject({method: 'POST', path: '/api', query: {}});
	expect(new URLSearchParams(seen[0]?.body).getAll('match[]')).toEqual(['x', 'y']);
	expect(new URLSearchParams(seen[0]?.body).get('query')).toBe(query);
	expect(seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
});

test('100 MB are not read to their end', async () => {
	const piece = Buffer.alloc(1024 * 1024, ' ');
	let sent = 0;
	const {wire} = await wireToScript((_, response) => {
		const more = () => {
			while (!response.destroyed && sent < 100) {
				sent++;
				if (!response.write(piece)) return;
			}
		};
		response.on('drain', more);
		more();
	});
	expect(await failure(wire.ask({path: '/x'}))).toMatchObject({why: 'its answer is larger than 16 MiB'});
	expect(sent).toBeLessThan(100);
});

test('a server that is down', async () => {
	const server = createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	await new Promise(resolve => server.close(resolve));
	const wire = await wireTo(`http://127.0.0.1:${port}`);
	expect(await failure(wire.ask({path: '/x'}))).toMatchObject({code: 'metrics-unreachable', why: expect.stringContaining('ECONNREFUSED')});
});

test('who stops waiting is told so', async () => {
	const stop = new AbortController();
	const {wire} = await wireToScript(() => stop.abort(new Error('interrupted')), {signal: stop.signal});
	await expect(wire.ask({path: '/x'})).rejects.toThrow('interrupted');
});

test.each([
	['answers nothing', false],
	['begins an answer and does not end it', true],
])('one that %s is not waited for', async (_, begins) => {
	const {wire} = await wireToScript((__, response) => (begins ? response.writeHead(200).write('{"status":') : undefined), {
		patienceMs: 200,
	});
	expect(await failure(wire.ask({path: '/x'}))).toMatchObject({code: 'metrics-unreachable', why: 'no answer within 0.2 s'});
});
