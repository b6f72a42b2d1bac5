import {expect, onTestFinished, test, vi} from 'vitest';
import {startSandbox} from '../../../../../src/sandbox/start.ts';
import {clientOf, troubleFrom} from '../../../../support/client-world.ts';
import {respond, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const path = '/api/v1/namespaces/shop/services/web:http/proxy/health';
const plain =
	(status: number, body: string, headers: {readonly [name: string]: string} = {}): Script =>
	(_, response) =>
		response.writeHead(status, {'content-type': 'text/html', ...headers}).end(body);

test.each([
	['a page', plain(200, '<html>'), {answered: true}],
	['a redirection', plain(302, '', {location: '/login'}), {answered: true}],
	['an error of the program', plain(500, 'database\u001b[31m is away\n'), {answered: false, why: 'it answers 500, database is away'}],
	['a refusal by the program', plain(403, ''), {answered: false, why: 'it answers 403'}],
	[
		'nobody behind the Service',
		plain(503, '{"kind":"Status","reason":"ServiceUnavailable","message":"no endpoints available"}'),
		{answered: false, why: 'it answers 503, no endpoints available'},
	],
])('%s is told by its status, and asked for once', async (_, script, expected) => {
	const server = await scriptedServer(script);
	const {cluster} = await clientOf(server.url);
	expect(await cluster.probe(path)).toEqual(expected);
	expect(server.seen.map(({method, path: asked}) => `${method} ${asked}`)).toEqual([`GET ${path}`]);
});

test('a right that is missing is no answer of the program', async () => {
	const status = {
		kind: 'Status',
		reason: 'Forbidden',
		message: 'services "web" is forbidden: User "a" cannot get resource "services/proxy"',
		code: 403,
	};
	const server = await scriptedServer((_, response) => respond(response, status, 403));
	const {cluster} = await clientOf(server.url);
	expect(await troubleFrom(cluster.probe(path))).toMatchObject({code: 'not-allowed'});
});

test('the embedded cluster answers for Services that have ready pods', async () => {
	const sandbox = await startSandbox({scenario: 'shop', speed: 100});
	onTestFinished(sandbox.stop);
	const {cluster} = await clientOf(sandbox.url, {user: {token: 'admin'}});
	const at = (service: string) => cluster.probe(`/api/v1/namespaces/shop/services/${service}/proxy/`);
	await vi.waitUntil(async () => (await at('web:80')).answered, {timeout: 20_000});
	expect([await at('web:8443'), await at('nothere:80')]).toEqual([
		{answered: false, why: 'it answers 503, no service port "8443" found for service "web"'},
		{answered: false, why: 'it answers 404, services "nothere" not found'},
	]);
});
