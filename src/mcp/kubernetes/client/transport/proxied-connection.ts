import {ProxyAgent, Socks5ProxyAgent} from 'undici';
import type {HttpConnection, TimeoutsMs, TlsOptions} from './http-connection.ts';

/** Sockets through an http, https or socks5 proxy. */
export function proxiedConnection(tls: TlsOptions, proxyUrl: string, {connectMs, headersMs, bodyMs, freeMs}: TimeoutsMs): HttpConnection {
	const {ca, ...rest} = tls;
	const connect = {...defined({...rest, ca: ca === undefined ? undefined : [...ca]}), timeout: connectMs};
	const common = {headersTimeout: headersMs, bodyTimeout: bodyMs, keepAliveTimeout: freeMs, allowH2: false};
	if (/^socks5h?:/.test(proxyUrl)) return new Socks5ProxyAgent(proxyUrl.replace(/^socks5h:/, 'socks5:'), {...common, requestTls: connect});
	return new ProxyAgent({...common, uri: proxyUrl, requestTls: connect, proxyTls: {timeout: connectMs}, connect: {timeout: connectMs}});
}

/** Options that are undefined would switch defaults off. */
const defined = <Options extends object>(options: Options): Partial<Options> =>
	// The entries are those of `options`, minus some.
	Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Options>;
