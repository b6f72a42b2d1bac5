import {describe, expect, test} from 'vitest';
import {systemClock} from '../../../src/core/clock.ts';
import {troubleOf} from '../../../src/core/error.ts';
import type {Json} from '../../../src/core/json.ts';
import {listenForCallback} from '../../../src/mcp/outside/callback-listener.ts';
import {signInProvider} from '../../../src/mcp/outside/sign-in.ts';
import {connected, nobody} from '../../support/outside/connected.ts';
import {webServer} from '../../support/outside/web-server.ts';

const signal = new AbortController().signal;
const trouble = (work: Promise<unknown>) => work.then(() => undefined, troubleOf);

describe('a server at an address', () => {
	test('is spoken to in the newer era', async () => {
		const web = await webServer();
		const server = await connected({url: web.url});
		expect(server.era).toBe('modern');
		expect(await server.call('look', {}, signal)).toEqual({text: 'from the web'});
		expect(web.seen.every(({authorization}) => authorization === undefined)).toBe(true);
	});

	test('and in the older one, where it was that before', async () => {
		const web = await webServer();
		const server = await connected({url: web.url}, {era: 'legacy'});
		expect(server.era).toBe('legacy');
		expect((await server.list(signal)).tools).toHaveLength(1);
	});

	test('that nobody listens at is told so', async () => {
		expect(await trouble(connected({url: 'http://127.0.0.1:1/mcp'}))).toMatchObject({code: 'outside-unreachable'});
	});

	test.each(['http://169.254.169.254/latest/meta-data/', 'https://example.com/mcp'])('is not followed to %s', async target => {
		const web = await webServer({
			before: (_, response) => {
				response.writeHead(307, {location: target}).end();
				return true;
			},
		});
		expect(await trouble(connected({url: web.url}))).toMatchObject({
			code: 'outside-failed',
			quoted: expect.stringContaining('redirect'),
		});
	});

	test('that leads whoever signs in to the metadata service is not followed there', async () => {
		const web = await webServer({
			guarded: true,
			before(request, response) {
				if (!request.url?.includes('oauth-protected-resource')) return false;
				response.writeHead(200, {'content-type': 'application/json'});
				response.end(JSON.stringify({resource: `http://${request.headers.host}/mcp`, authorization_servers: ['http://169.254.169.254']}));
				return true;
			},
		});
		expect(await trouble(connected({url: web.url}))).toMatchObject({
			code: 'address-not-allowed',
			what: 'http://169.254.169.254 is not asked',
		});
	});

	test('that answers without an end is cut off', async () => {
		const web = await webServer({
			before(request, response) {
				request.resume();
				response.writeHead(200, {'content-type': 'application/json'});
				const chunk = Buffer.alloc(1024 * 1024, ' ');
				const more = () => {
					while (!response.destroyed && response.write(chunk));
					if (!response.destroyed) response.once('drain', more);
				};
				more();
				return true;
			},
		});
		expect(await trouble(connected({url: web.url}, {clock: systemClock({background: true})}))).toMatchObject({code: 'outside-flood'});
	});
});

describe('signing in', () => {
	const person = async (kept: {value?: Json}, learned: string[]) => {
		const callback = await listenForCallback();
		const shown: URL[] = [];
		const signIn = signInProvider({
			name: 'shelf',
			learn: secret => void learned.push(secret),
			store: {
				load: async () => kept.value,
				save: async value => {
					kept.value = value;
				},
			},
			// The browser of a person who says yes at once.
			person: {
				...callback,
				show(address) {
					shown.push(address);
					void fetch(address).then(answer => answer.text());
				},
			},
		});
		return {signIn, callback, shown, comesBack: () => callback.answer(systemClock({background: true}), signal)};
	};

	test('keeps a token, which the next session uses without a person', async () => {
		const web = await webServer({guarded: true});
		const [kept, learned]: [{value?: Json}, string[]] = [{}, []];
		const {signIn, callback, shown, comesBack} = await person(kept, learned);
		const server = await connected({url: web.url}, {signIn, comesBack});
		callback.close();
		expect(await server.call('look', {}, signal)).toEqual({text: 'from the web'});
		expect(Object.fromEntries(shown[0]?.searchParams ?? [])).toMatchObject({
			code_challenge_method: 'S256',
			resource: web.url,
			redirect_uri: callback.redirectUrl,
		});
		expect(web.registered).toMatchObject([
			{client_name: 'mkcoa', redirect_uris: [callback.redirectUrl], token_endpoint_auth_method: 'none'},
		]);
		const [token = ''] = web.tokens;
		expect(learned).toContain(token);
		expect(JSON.stringify(kept.value)).toContain(token);
		// The word of PKCE has done its work.
		expect(JSON.stringify(kept.value)).not.toContain('verifier');

		const next = await connected({url: web.url}, {signIn: nobody(kept)});
		expect(await next.call('look', {}, signal)).toEqual({text: 'from the web'});
	});

	test('is renewed without a person, and asked of one when that is refused', async () => {
		const web = await webServer({guarded: true});
		const kept: {value?: Json} = {};
		const {signIn, callback, comesBack} = await person(kept, []);
		await connected({url: web.url}, {signIn, comesBack});
		callback.close();
		web.tokens.clear();
		const renewed = await connected({url: web.url}, {signIn: nobody(kept)});
		expect(await renewed.call('look', {}, signal)).toEqual({text: 'from the web'});
		expect(JSON.stringify(kept.value)).toContain([...web.tokens][0]);
		web.tokens.clear();
		web.refreshes.clear();
		expect(await trouble(renewed.call('look', {}, signal))).toMatchObject({code: 'outside-sign-in'});
		expect(await trouble(connected({url: web.url}, {signIn: nobody(kept)}))).toMatchObject({code: 'outside-sign-in'});
		expect(web.registered).toHaveLength(1);
	});

	test('is asked of a person where nobody can', async () => {
		const web = await webServer({guarded: true});
		expect(await trouble(connected({url: web.url}))).toEqual({
			kind: 'auth',
			code: 'outside-sign-in',
			what: 'The MCP server shelf wants you to sign in',
			next: 'Sign in with: mkcoa mcp add shelf',
		});
		expect(web.registered).toEqual([]);
	});

	test('a callback with another word is not taken', async () => {
		const callback = await listenForCallback();
		const wrong = await fetch(`${callback.redirectUrl}?code=stolen&state=guess`);
		expect(wrong.status).toBe(400);
		const right = await fetch(`${callback.redirectUrl}?code=mine&state=${callback.state}`);
		expect(right.status).toBe(200);
		expect((await callback.answer(systemClock({background: true}), signal)).get('code')).toBe('mine');
		callback.close();
	});
});
