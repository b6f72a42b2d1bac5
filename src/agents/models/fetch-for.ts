import {isLoopback} from '../../core/loopback.ts';

type Environment = {readonly [variable: string]: string | undefined};

/** Either spelling; the lower one wins, as with curl. */
const either = (env: Environment, name: string) => env[name.toLowerCase()] || env[name] || undefined;

/** The way to a server: by the proxy of the environment, which Node's own fetch does not ask for. This machine is reached directly. */
export async function fetchFor(server: URL, env: Environment): Promise<typeof globalThis.fetch> {
	const [httpProxy, httpsProxy] = [either(env, 'HTTP_PROXY'), either(env, 'HTTPS_PROXY')];
	const proxy = server.protocol === 'https:' ? httpsProxy : httpProxy;
	if (proxy === undefined || isLoopback(server)) return globalThis.fetch;
	return (await import('./proxied-fetch.ts')).proxiedFetch({httpProxy, httpsProxy, noProxy: either(env, 'NO_PROXY')});
}
