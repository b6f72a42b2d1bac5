import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import type {MetricsSource} from '../port.ts';
import {prometheus, type ReadJson} from './prometheus.ts';

/** A query that takes longer is no help to somebody who waits for a verdict. */
const patienceMs = 10_000;

/** More than any answer about one workload, and little enough to hold. */
const mostBytes = 16 * 1024 * 1024;

/** One request. Rejects with the error of the network, whose `code` says what it was. */
type Send = (request: {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET';
	readonly headers: {readonly [name: string]: string};
	readonly signal: AbortSignal;
}) => Promise<{
	readonly statusCode: number;
	readonly headers: {readonly location?: string | undefined};
	readonly body: AsyncIterable<Uint8Array>;
}>;

type Asking = {readonly headers: {readonly [name: string]: string}; readonly signal: AbortSignal; readonly send: Send};

type Wiring = {
	/** Opens the way to a server: its proxy and whom it believes are those of the whole program. */
	readonly sender: (server: URL) => Promise<Send>;
	/** Hides this value wherever something is printed or stored. */
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
};

/**
 * A Prometheus by its own address, such as one outside the cluster, and asks it a first question. A user and password in the address
 * are sent as basic authentication and shown nowhere.
 * @throws MkcoaError `bad-prometheus-url`, `metrics-unreachable`, `metrics-signed-out`: a person who names a server wants its numbers,
 * so there is no going on without them
 */
export async function prometheusAt(address: string, {sender, learn, signal}: Wiring): Promise<MetricsSource> {
	const url = parsed(address);
	const headers = signIn(url, learn);
	const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
	const source = `Prometheus ${base}`;
	const metrics = prometheus(reader(source, {headers, signal, send: await sender(url)}), base, source);
	await metrics.query('vector(1)');
	return {metrics};
}

function parsed(address: string): URL {
	const url = URL.parse(address);
	if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-prometheus-url',
		what: 'The address of Prometheus is no URL',
		next: 'Write it like http://prometheus.example:9090',
	});
}

function signIn({username, password}: URL, learn: Wiring['learn']): {readonly [name: string]: string} {
	if (username === '' && password === '') return {};
	const secret = decoded(password);
	learn(password);
	learn(secret);
	return {authorization: `Basic ${Buffer.from(`${decoded(username)}:${secret}`).toString('base64')}`};
}

/** Who does not know that `%` is written `%25` means the sign itself. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

const reader =
	(source: string, asking: Asking): ReadJson =>
	async address => {
		const url = new URL(address);
		const {status, text, location} = await ask(source, url, asking);
		const answer = json(text);
		// Prometheus says in its own words what is wrong with a query.
		if (answer !== undefined && (status === 200 || status === 400 || status === 422)) return answer;
		if (status === 401 || status === 403) {
			throw new MkcoaError({
				kind: 'auth',
				code: 'metrics-signed-out',
				what: `${source} lets nobody in without signing in`,
				why: `it answered HTTP ${status}`,
				next: 'Write the user and password into its address: https://USER:PASSWORD@HOST',
			});
		}
		// A password is taken to no other address than the person wrote.
		const elsewhere = status < 300 || status > 399 || location === undefined ? null : URL.parse(location, url.href);
		if (elsewhere !== null) throw unreachable(source, {why: `it sends on to ${elsewhere.origin}`, next: 'Write that address instead'});
		throw unreachable(source, {why: status === 200 ? 'what answers there is no Prometheus' : `it answered HTTP ${status}`, quoted: text});
	};

async function ask(source: string, url: URL, {headers, signal, send}: Asking) {
	const patience = AbortSignal.timeout(patienceMs);
	try {
		const request = {origin: url.origin, path: `${url.pathname}${url.search}`, method: 'GET' as const, headers};
		const {statusCode, headers: answered, body} = await send({...request, signal: AbortSignal.any([signal, patience])});
		return {status: statusCode, location: answered.location, text: await readText(source, body)};
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof MkcoaError) throw error;
		if (patience.aborted) throw unreachable(source, {why: `no answer within ${patienceMs / 1000} s`}, error);
		throw unreachable(source, reasonOf(error), error);
	}
}

/** Reads at most `mostBytes`: whoever answers there may be no Prometheus at all. */
async function readText(source: string, body: AsyncIterable<Uint8Array>): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	// Leaving the loop ends the connection.
	for await (const chunk of body) {
		size += chunk.length;
		if (size > mostBytes) throw unreachable(source, {why: `its answer is larger than ${mostBytes / 1024 / 1024} MiB`});
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** Codes of a certificate that is signed by nobody whom this machine trusts. */
const untrusted = /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+)$/;

function reasonOf(error: unknown): Reason {
	if (!(error instanceof Error)) return {why: 'the connection failed'};
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	if (/TIMEOUT/.test(code)) return {why: 'no answer in time'};
	const why = error.message || code || 'the connection failed';
	return untrusted.test(code)
		? {why, next: 'Name the file of its certificate authority in NODE_EXTRA_CA_CERTS, or put the authority among those of the system'}
		: {why};
}

type Reason = {readonly why: string; readonly next?: string; readonly quoted?: string};

const unreachable = (source: string, {why, next, quoted = ''}: Reason, cause?: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: 'metrics-unreachable',
			what: `${source} does not answer`,
			why,
			next: next ?? 'Check the address, or leave --prometheus (MKCOA_PROMETHEUS) out to use what the cluster has',
			...(quoted === '' ? {} : {quoted}),
		},
		{cause},
	);

function json(text: string): JsonObject | undefined {
	try {
		const value: Json = JSON.parse(text);
		return isJsonObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
