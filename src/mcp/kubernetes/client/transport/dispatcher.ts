import {BlockList, isIP} from 'node:net';
import {getCACertificates} from 'node:tls';
import {MkcoaError} from '../../../../core/error.ts';
import {hostOf, isLoopback} from '../../../../core/loopback.ts';
import type {Environment} from '../../kubeconfig/kubeconfig.ts';
import {directConnection} from './direct-connection.ts';
import type {HttpConnection, TimeoutsMs, TlsOptions} from './http-connection.ts';

export type TlsInput = {
	readonly server: URL;
	/** PEM of `certificate-authority`; the machine's own authorities if left out. */
	readonly certificateAuthority?: string | undefined;
	readonly skipTlsVerify: boolean;
	readonly tlsServerName?: string | undefined;
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
};

/** The kubeconfig's words as options of node:tls. Without an authority of its own, a cluster is believed as any web site is. */
export function tlsOptions({server, certificateAuthority, skipTlsVerify, tlsServerName, cert, key}: TlsInput): TlsOptions {
	const systemCa = () =>
		server.protocol === 'https:' && !skipTlsVerify ? [...getCACertificates('default'), ...getCACertificates('system')] : undefined;
	return {
		ca: certificateAuthority === undefined ? systemCa() : [certificateAuthority],
		cert,
		key,
		servername: tlsServerName,
		rejectUnauthorized: !skipTlsVerify,
	};
}

/** Sockets of one sign-in. These time-outs belong to the network and run on the machine's time, whatever the clock of the session. */
export async function makeDispatcher(
	tls: TlsOptions,
	{server, proxyUrl, timeoutsMs}: {readonly server: URL; readonly proxyUrl: string | undefined; readonly timeoutsMs: TimeoutsMs},
): Promise<HttpConnection> {
	if (proxyUrl === undefined) return directConnection(tls, server, timeoutsMs);
	const {proxiedConnection} = await import('./proxied-connection.ts');
	return proxiedConnection(tls, proxyUrl, timeoutsMs);
}

/**
 * The proxy of a server: `proxy-url` of its cluster, else `HTTPS_PROXY` or `HTTP_PROXY` unless `NO_PROXY` names the host.
 * Loopback is never asked through a proxy of the environment.
 * @throws MkcoaError `unsupported` for other schemes than http, https and socks5
 * @see http.ProxyFromEnvironment of Go
 */
export function proxyOf(server: URL, proxyUrl: string | undefined, environment: Environment): string | undefined {
	const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
	const fromEnvironment = environment[variable] || environment[variable.toLowerCase()] || undefined;
	const found = proxyUrl ?? (bypasses(server, environment.NO_PROXY || environment.no_proxy || '') ? undefined : fromEnvironment);
	if (found === undefined) return undefined;
	const complete = found.includes('://') ? found : `http://${found}`;
	if (!URL.canParse(complete) || !['http:', 'https:', 'socks5:', 'socks5h:'].includes(new URL(complete).protocol))
		throw new MkcoaError({
			kind: 'usage',
			code: 'unsupported',
			what: `The proxy of ${server.host} is not of a kind that mkcoa knows`,
			why: 'proxies may begin with http://, https:// or socks5://',
			next: proxyUrl === undefined ? `Correct ${variable}` : 'Correct proxy-url of the cluster in your kubeconfig',
		});
	return complete;
}

function bypasses(server: URL, noProxy: string): boolean {
	const host = hostOf(server);
	if (isLoopback(server)) return true;
	return noProxy
		.split(/[\s,]+/)
		.filter(rule => rule !== '')
		.some(rule => rule === '*' || (rule.includes('/') ? inSubnet(host, rule) : matchesHost(server, host, rule)));
}

function inSubnet(host: string, rule: string): boolean {
	const [network = '', bits = ''] = rule.split('/');
	const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
	if (isIP(host) === 0 || isIP(network) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (isIP(network) === 6 ? 128 : 32)) return false;
	const list = new BlockList();
	list.addSubnet(network, Number(bits), family(network));
	return list.check(host, family(host));
}

/** `example.com` covers its subdomains, `.example.com` only these; a port narrows. */
function matchesHost(server: URL, host: string, rule: string): boolean {
	const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase().replace(/^\*\./, '.')) ?? [];
	if (port !== undefined && port !== (server.port || (server.protocol === 'https:' ? '443' : '80'))) return false;
	return host === name || host.endsWith(name.startsWith('.') ? name : `.${name}`);
}
