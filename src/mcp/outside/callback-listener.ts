import {randomBytes, timingSafeEqual} from 'node:crypto';
import {createServer} from 'node:http';
import {type Clock, sleep} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';

/** Where a browser comes back to after a sign-in: one request with the right word, on this machine alone. */
export type CallbackListener = {
	readonly redirectUrl: string;
	readonly state: string;
	/** @throws MkcoaError `not-signed-in` when nobody comes back within five minutes */
	readonly answer: (clock: Clock, signal: AbortSignal) => Promise<URLSearchParams>;
	readonly close: () => void;
};

const waitMs = 5 * 60_000;

/** Listens on a free port of the loopback interface. @see RFC 8252 section 7.3 */
export async function listenForCallback(): Promise<CallbackListener> {
	const state = randomBytes(24).toString('base64url');
	const came = Promise.withResolvers<URLSearchParams>();
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		const isRight = request.method === 'GET' && url.pathname === '/callback' && isSame(url.searchParams.get('state') ?? '', state);
		response.writeHead(isRight ? 200 : 400, {'content-type': 'text/plain; charset=utf-8', connection: 'close'});
		response.end(isRight ? 'mkcoa goes on. You can close this page.\n' : 'This is not the sign-in that mkcoa waits for.\n');
		if (isRight) came.resolve(url.searchParams);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		redirectUrl: `http://127.0.0.1:${port}/callback`,
		state,
		async answer(clock, signal) {
			const done = new AbortController();
			const late = sleep(clock, waitMs, AbortSignal.any([done.signal, signal])).then(() => {
				throw notSignedIn();
			});
			try {
				return await Promise.race([came.promise, late]);
			} finally {
				done.abort();
				late.catch(() => {});
			}
		},
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}

const isSame = (one: string, other: string) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

const notSignedIn = () =>
	new MkcoaError({
		kind: 'auth',
		code: 'not-signed-in',
		what: 'Nobody signed in',
		why: 'the browser did not come back within five minutes',
		next: 'Run the command again. The browser must be on this machine',
	});
