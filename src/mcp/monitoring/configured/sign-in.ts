import {MkcoaError} from '../../../core/error.ts';
import type {ReachedEntry, Reference} from './backend-entry.ts';

/** Where what monitoring.yaml names by reference is read. */
export type References = {
	readonly environment: {readonly [name: string]: string | undefined};
	/** @throws MkcoaError where it cannot be read */
	readonly readFile: (path: string) => Promise<string>;
	/** Hides this value wherever something is printed or stored. */
	readonly learn: (secret: string) => void;
};

/** Options of TLS as PEM. */
export type Trust = {
	readonly certificateAuthority?: string | undefined;
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
	readonly tlsServerName?: string | undefined;
};

/** A secret by its reference; it is learned before anybody else sees it. @throws MkcoaError `no-secret` where there is none, or none that a header takes */
export async function secretAt(reference: Reference, {environment, readFile, learn}: References): Promise<string> {
	const name = 'env' in reference ? `The variable ${reference.env}` : `The file ${reference.file}`;
	const text = ('env' in reference ? (environment[reference.env] ?? '') : await readFile(reference.file)).trim();
	if (text !== '') learn(text);
	if (/^[\x20-\x7e]+$/.test(text)) return text;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-secret',
		what: `${name}, which monitoring.yaml names, holds no secret that can be sent`,
		why: text === '' ? 'it is empty, or not set' : 'it has line breaks, or characters that no header takes',
		next: 'env' in reference ? `Set ${reference.env}` : 'Write the secret alone into it',
	});
}

/** The headers that say who asks, and for which tenant. Read for each request: tokens in files are renewed. */
export async function headersOf(entry: ReachedEntry, references: References): Promise<{readonly [name: string]: string}> {
	const own = await Promise.all(
		Object.entries(entry.headers ?? {}).map(async ([name, value]) => [
			name.toLowerCase(),
			typeof value === 'string' ? value : await secretAt(value, references),
		]),
	);
	return {...Object.fromEntries(own), ...tenantOf(entry), ...(await authorizationOf(entry, references))};
}

async function authorizationOf({auth}: ReachedEntry, references: References): Promise<{readonly authorization?: string}> {
	if (auth === undefined) return {};
	if ('bearer' in auth) return {authorization: `Bearer ${await secretAt(auth.bearer, references)}`};
	if ('apiKey' in auth) return {authorization: `ApiKey ${await secretAt(auth.apiKey, references)}`};
	const {username, password} = auth.basic;
	const written = Buffer.from(`${username}:${await secretAt(password, references)}`).toString('base64');
	references.learn(written);
	return {authorization: `Basic ${written}`};
}

/**
 * How servers with tenants are told which one.
 * @see https://grafana.com/docs/mimir/latest/manage/secure/authentication-and-authorization/
 * @see https://thanos.io/tip/operating/multi-tenancy.md
 */
function tenantOf(entry: ReachedEntry): {readonly [name: string]: string} {
	if (!('tenant' in entry) || entry.tenant === undefined) return {};
	if (entry.type !== 'prometheus' || entry.flavour === 'mimir') return {'x-scope-orgid': entry.tenant};
	return entry.flavour === 'thanos' ? {'thanos-tenant': entry.tenant} : {};
}

/**
 * The address that questions are asked below: VictoriaMetrics' cluster names the account in the path.
 * @see https://docs.victoriametrics.com/victoriametrics/cluster-victoriametrics/#url-format
 */
export function baseOf(entry: ReachedEntry): string {
	const {origin, pathname} = new URL(entry.url);
	const base = `${origin}${pathname.replace(/\/+$/, '')}`;
	const isAccount = entry.type === 'prometheus' && entry.flavour === 'victoriametrics' && entry.tenant !== undefined;
	return isAccount && !base.includes('/select/') ? `${base}/select/${encodeURIComponent(entry.tenant ?? '')}/prometheus` : base;
}

/** The certificates of an entry. The key is learned. */
export async function trustOf({tls}: ReachedEntry, {readFile, learn}: References): Promise<Trust> {
	const pem = async (path: string | undefined) => {
		if (path === undefined) return undefined;
		const text = await readFile(path);
		if (text.includes('-----BEGIN ')) return text;
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-pem',
			what: `The file ${path}, which monitoring.yaml names, is not PEM`,
			next: 'Name a file of PEM',
		});
	};
	const [certificateAuthority, cert, key] = await Promise.all([tls?.ca, tls?.cert, tls?.key].map(pem));
	if (key !== undefined) learn(key);
	return {certificateAuthority, cert, key, tlsServerName: tls?.serverName};
}
