import {type LookupAddress, type LookupOptions, lookup} from 'node:dns';
import {getCACertificates} from 'node:tls';
import type {FetchLike} from '@modelcontextprotocol/client';
import {Agent, fetch, ProxyAgent} from 'undici';
import {MkcoaError} from '../../core/error.ts';
import {type AddressGuard, addressGuard, forbiddenWhy} from './address-guard.ts';

/** Bytes of one answer, unpacked. A stream of events is one answer. */
const mostBytes = 32 * 1024 * 1024;

type Fetching = {
	/** As the person gave it. */
	readonly server: URL;
	/** Of the environment, where there is one for this server. */
	readonly proxyUrl?: string | undefined;
	readonly connectMs: number;
};

type GuardedFetch = {readonly fetch: FetchLike; readonly close: () => Promise<void>};

/**
 * A fetch for one server and what it refers to for signing in. Every address is looked at before anything is sent, each redirect's too, and
 * a name is looked at again in the moment of connecting: what it leads to then is where the request goes. Behind a proxy only what stands in
 * the address itself can be known.
 */
export function guardedFetch({server, proxyUrl, connectMs}: Fetching): GuardedFetch {
	const guard = addressGuard(server);
	guard.checkUrl(server);
	const ca = server.protocol === 'https:' ? {ca: [...getCACertificates('default'), ...getCACertificates('system')]} : {};
	const connect = {...ca, timeout: connectMs, lookup: guardedLookup(guard)};
	const dispatcher =
		proxyUrl === undefined ? new Agent({connect}) : new ProxyAgent({uri: proxyUrl, requestTls: {...ca, timeout: connectMs}});
	return {
		async fetch(input, init) {
			const url = new URL(String(input));
			guard.checkUrl(url);
			const redirect = init?.redirect === 'manual' ? 'manual' : 'error';
			// The types of undici and of Node name the same objects.
			const answer = (await fetch(url, {...(init as object), redirect, dispatcher})) as unknown as Response;
			return counted(answer);
		},
		close: () => dispatcher.destroy(),
	};
}

/** The answer, which breaks off where it is longer than anybody would read. */
function counted(answer: Response): Response {
	const {status, statusText, headers, body} = answer;
	if (body === null) return answer;
	let bytes = 0;
	const counter = new TransformStream<Uint8Array, Uint8Array>({
		transform(chunk, controller) {
			bytes += chunk.byteLength;
			if (bytes > mostBytes) controller.error(tooLong());
			else controller.enqueue(chunk);
		},
	});
	return new Response(body.pipeThrough(counter), {status, statusText, headers});
}

const tooLong = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'outside-flood',
		what: `The server answers more than ${mostBytes / 1024 / 1024} MiB`,
		next: 'Ask it for less',
	});

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

const guardedLookup =
	({allows}: AddressGuard) =>
	(hostname: string, options: LookupOptions, found: Found): void =>
		lookup(hostname, options, (error, address, family) => {
			const all = Array.isArray(address) ? address.map(each => each.address) : [address];
			if (error !== null || all.every(each => allows(each))) found(error, address, family);
			else found(Object.assign(refused(hostname), {code: 'EACCES'}), []);
		});

const refused = (hostname: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'address-not-allowed',
		what: `${hostname} is not asked`,
		why: forbiddenWhy,
		next: 'Give the address of an MCP server',
	});
