import {BlockList, isIP} from 'node:net';
import {getCACertificates} from 'node:tls';
import {Agent, type Dispatcher, ProxyAgent, Socks5ProxyAgent} from 'undici';
import {MkcoaError} from '../../../../core/error.ts';
import type {Environment} from '../../kubeconfig/kubeconfig.ts';

/** How the connection proves itself and what it believes. All PEM. */
export type TlsOptions = {
	readonly ca?: readonly string[] | undefined;
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
	readonly servername?: string | undefined;
	readonly rejectUnauthorized: boolean;
};

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

export type TimeoutsMs = {readonly connectMs: number; readonly headersMs: number; readonly bodyMs: number};

/** Sockets of one sign-in. These time-outs belong to the network and run on the machine's time, whatever the clock of the session. */
export function makeDispatcher(tls: TlsOptions, proxyUrl: string | undefined, {connectMs, headersMs, bodyMs}: TimeoutsMs): Dispatcher {
	const {ca, ...rest} = tls;
	const connect = {...defined({...rest, ca: ca === undefined ? undefined : [...ca]}), timeout: connectMs};
	const common = {headersTimeout: headersMs, bodyTimeout: bodyMs, allowH2: false};
	if (proxyUrl === undefined) return new Agent({...common, connect});
	if (/^socks5h?:/.test(proxyUrl)) return new Socks5ProxyAgent(proxyUrl.replace(/^socks5h:/, 'socks5:'), {...common, requestTls: connect});
	return new ProxyAgent({...common, uri: proxyUrl, requestTls: connect, proxyTls: {timeout: connectMs}, connect: {timeout: connectMs}});
}

/** Options that are undefined would switch defaults off. */
const defined = <Options extends object>(options: Options): Partial<Options> =>
	// The entries are those of `options`, minus some.
	Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Options>;

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

const hostOf = ({hostname}: URL) => hostname.replace(/^\[|\]$/g, '');

/** Whether requests stay on this machine. */
export const isLoopback = (server: URL) =>
	hostOf(server) === 'localhost' || hostOf(server) === '::1' || /^127\.[\d.]+$/.test(hostOf(server));

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
