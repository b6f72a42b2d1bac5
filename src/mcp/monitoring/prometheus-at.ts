import {MkcoaError} from '../../core/error.ts';
import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import type {MetricsSource} from './port.ts';
import {prometheus, type ReadJson} from './prometheus.ts';

/** A query that takes longer is no help to somebody who waits for a verdict. */
const patienceMs = 10_000;

type Wiring = {
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
export async function prometheusAt(address: string, {learn, signal}: Wiring): Promise<MetricsSource> {
	const url = parsed(address);
	const headers = signIn(url, learn);
	const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
	const source = `Prometheus ${base}`;
	const metrics = prometheus(reader(source, headers, signal), base, source);
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
	(source: string, headers: {readonly [name: string]: string}, signal: AbortSignal): ReadJson =>
	async url => {
		const {status, text} = await ask(source, url, headers, signal);
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
		throw unreachable(source, status === 200 ? 'what answers there is no Prometheus' : `it answered HTTP ${status}`, text);
	};

async function ask(source: string, url: string, headers: {readonly [name: string]: string}, signal: AbortSignal) {
	try {
		const response = await fetch(url, {headers, signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])});
		return {status: response.status, text: await response.text()};
	} catch (error) {
		signal.throwIfAborted();
		throw unreachable(source, reasonOf(error), undefined, error);
	}
}

/** fetch says only that it failed; the connection's own words are in the cause. */
function reasonOf(error: unknown): string {
	if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`;
	const cause = error instanceof Error ? error.cause : undefined;
	return cause instanceof Error && cause.message !== '' ? cause.message : 'the connection failed';
}

const unreachable = (source: string, why: string, quoted?: string, cause?: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: 'metrics-unreachable',
			what: `${source} does not answer`,
			why,
			next: 'Check the address, or leave --prometheus (MKCOA_PROMETHEUS) out to use what the cluster has',
			...(quoted === undefined || quoted === '' ? {} : {quoted}),
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
