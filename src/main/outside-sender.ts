import {makeDispatcher, proxyOf, type TlsInput, tlsOptions} from '../mcp/kubernetes/client/transport/dispatcher.ts';
import type {HttpConnection} from '../mcp/kubernetes/client/transport/http-connection.ts';
import type {Host} from './host.ts';

const timeoutsMs = {connectMs: 5000, headersMs: 30_000, bodyMs: 30_000, freeMs: 4000};

/** Requests to a server that no kubeconfig names: through the proxy of the environment, and believed as any web site is unless an authority is given. */
export async function outsideSender(
	server: URL,
	environment: Host['env'],
	trust: Omit<TlsInput, 'server' | 'skipTlsVerify'> = {},
): Promise<HttpConnection['request']> {
	const proxyUrl = proxyOf(server, undefined, environment);
	const connection = await makeDispatcher(tlsOptions({...trust, server, skipTlsVerify: false}), {server, proxyUrl, timeoutsMs});
	return request => connection.request(request);
}
