import {EnvHttpProxyAgent, fetch as undiciFetch} from 'undici';

type Proxies = {readonly httpProxy: string | undefined; readonly httpsProxy: string | undefined; readonly noProxy: string | undefined};

/** Fetch by a proxy, except to the hosts of `noProxy`. */
export function proxiedFetch({httpProxy = '', httpsProxy = '', noProxy = ''}: Proxies): typeof globalThis.fetch {
	const dispatcher = new EnvHttpProxyAgent({httpProxy, httpsProxy, noProxy});
	// The package's fetch is Node's own, in a newer version: only their types are strangers.
	const proxied = (input: string, init: object) => undiciFetch(input, {...init, dispatcher});
	return proxied as unknown as typeof globalThis.fetch;
}
