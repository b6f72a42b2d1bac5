import {readFile} from 'node:fs/promises';
import {createSecureContext} from 'node:tls';
import {MkcoaError} from '../../core/error.ts';
import type {OAuthIssuer} from '../../mcp/edge/http/oauth.ts';
import type {ActionCall} from '../actions/answer.ts';
import {isLoopbackHost, listenAddress} from '../listen-address.ts';

/** Where and how MCP is served over HTTP. */
export type HttpPlace = {
	readonly host: string;
	readonly port: number;
	readonly isLoopback: boolean;
	readonly tls: {readonly cert: string; readonly key: string} | undefined;
	/** Names under which it may be asked for. */
	readonly names: readonly string[];
	readonly issuer: OAuthIssuer | undefined;
	readonly noAuth: boolean;
};

const usual = {host: '127.0.0.1', port: 8765};

/** @throws MkcoaError of kind usage for a flag that cannot be meant */
export async function httpPlace({values}: Pick<ActionCall, 'values'>): Promise<HttpPlace> {
	const {host, port} = listenAddress('--http', values.http ?? '', usual);
	const isLoopback = isLoopbackHost(host);
	const names = (values.name ?? '').split(',').filter(Boolean);
	if (['0.0.0.0', '::'].includes(host) && names.length === 0)
		throw usage('bad-flag', `--http ${host} does not say by which name clients reach it`, 'Give --name, such as --name mkcoa.example.com');
	return {
		host,
		port,
		isLoopback,
		tls: await tlsOf(values),
		names: [...(isLoopback ? ['localhost', '127.0.0.1', '[::1]'] : [host.includes(':') ? `[${host}]` : host]), ...names],
		issuer: issuerOf(values),
		noAuth: values.noAuth !== undefined,
	};
}

async function tlsOf({tlsCert, tlsKey}: ActionCall['values']) {
	if (tlsCert === undefined && tlsKey === undefined) return undefined;
	if (tlsCert === undefined || tlsKey === undefined)
		throw usage('bad-flag', '--tls-cert and --tls-key belong together', 'Give both, or none');
	const [cert, key] = await Promise.all([pemOf('--tls-cert', tlsCert), pemOf('--tls-key', tlsKey)]);
	try {
		createSecureContext({cert, key});
	} catch (error) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-certificate',
			what: `${tlsCert} and ${tlsKey} are no certificate with its key`,
			next: 'Give both as PEM, the key of this certificate and without a passphrase',
			quoted: error instanceof Error ? error.message : String(error),
		});
	}
	return {cert, key};
}

async function pemOf(flag: string, file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-such-file',
			what: `${flag} ${file} cannot be read`,
			next: 'Check the path, its owner and its mode',
			quoted: error instanceof Error ? error.message : String(error),
		});
	}
}

function issuerOf({issuer, audience, jwks}: ActionCall['values']): OAuthIssuer | undefined {
	if (issuer === undefined && audience === undefined && jwks === undefined) return undefined;
	if (issuer === undefined || audience === undefined || jwks === undefined)
		throw usage('bad-flag', '--issuer, --audience and --jwks belong together', 'Give all three: your identity provider documents them');
	if (!URL.canParse(jwks) || !URL.canParse(issuer))
		throw usage('bad-flag', '--issuer and --jwks are addresses', 'Write them with https://');
	return {issuer, audience, jwks: new URL(jwks)};
}

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});
