import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {directWire} from '../http/direct-wire.ts';
import type {Send} from '../http/send.ts';
import type {MetricsServer, MetricsSource} from '../port.ts';
import {prometheusServer} from './prometheus-server.ts';

type Wiring = {
	/** Opens the way to a server: its proxy and whom it believes are those of the whole program. */
	readonly sender: (server: URL) => Promise<Send>;
	/** Hides this value wherever something is printed or stored. */
	readonly learn: (secret: string) => void;
	readonly clock: Clock;
	readonly signal: AbortSignal;
};

/**
 * A Prometheus by its own address, such as one outside the cluster, and asks it a first question. A user and password in the address
 * are sent as basic authentication and shown nowhere.
 * @throws MkcoaError `bad-prometheus-url`, `metrics-unreachable`, `metrics-signed-out`: a person who names a server wants its numbers,
 * so there is no going on without them
 */
export async function prometheusAt(address: string, {sender, learn, clock, signal}: Wiring): Promise<MetricsSource<MetricsServer>> {
	const url = parsed(address);
	const headers = signIn(url, learn);
	const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
	const server = {
		source: `Prometheus ${base}`,
		area: 'metrics',
		whenAway: 'Check the address, or leave --prometheus (MKCOA_PROMETHEUS) out to use what the cluster has',
		whenSignedOut: 'Write the user and password into its address: https://USER:PASSWORD@HOST',
	} as const;
	const isSignedIn = headers.authorization !== undefined;
	const metrics = prometheusServer(
		directWire({server, base, headers: async () => headers, isSignedIn, send: await sender(url), clock, signal}),
	);
	// A part of its storage may be away: who needs the whole says so.
	await metrics.instant('vector(1)', {bound: {most: Number.POSITIVE_INFINITY, beyond: 'refuse'}});
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

function signIn({username, password}: URL, learn: Wiring['learn']): {readonly authorization?: string} {
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
