import {createHash} from 'node:crypto';
import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {isLoopback} from '../../../core/loopback.ts';
import {type ChosenContext, chooseContext} from '../kubeconfig/choose-context.ts';
import type {ClusterEntry, Environment, Impersonation, Kubeconfig} from '../kubeconfig/kubeconfig.ts';
import {listContexts, withoutUserInfo} from '../kubeconfig/list-contexts.ts';
import type {ClusterClient} from '../port.ts';
import {makeTypeBook} from './discovery/type-book.ts';
import {makeCluster} from './make-cluster.ts';
import {makeEffector} from './make-effector.ts';
import type {ExecCache} from './sign-in/exec-source.ts';
import {readMaterial} from './sign-in/read-material.ts';
import {makeSignIn, type Proof} from './sign-in/sign-in.ts';
import {makeDispatcher, proxyOf, tlsOptions} from './transport/dispatcher.ts';
import type {TimeoutsMs} from './transport/http-connection.ts';
import {makeTransport} from './transport/transport.ts';

export type ConnectOptions = {
	readonly kubeconfig: Kubeconfig;
	/** The current context of the kubeconfig if left out. */
	readonly context?: string | undefined;
	/** Whom to act as, in place of whom the kubeconfig says. */
	readonly actAs?: Impersonation | undefined;
	/** In place of the context's namespace. */
	readonly namespace?: string | undefined;
	readonly clock: Clock;
	readonly environment: Environment;
	/** Whether stdin is a terminal with a person at it, whom a sign-in plug-in may ask. */
	readonly interactive: boolean;
	/** Told every credential, so that the redactor knows it. */
	readonly learn: (secret: string) => void;
	/** Told what the server warns of, such as deprecated versions. */
	readonly warn: (text: string) => void;
	/** Ends everything that goes on over this connection. */
	readonly signal?: AbortSignal | undefined;
	/** Spreads retries: 0 to 1. */
	readonly random?: () => number;
	/** Shared by connections of one process, so that a plug-in runs once. */
	readonly execCache?: ExecCache;
	readonly timeoutsMs?: Partial<TimeoutsMs>;
	/** Largest answer that is held, in bytes. */
	readonly capBytes?: number;
};

const defaultTimeoutsMs: TimeoutsMs = {connectMs: 5000, headersMs: 30_000, bodyMs: 60_000, freeMs: 4000};
const defaultCapBytes = 256 * 1024 * 1024;

const actingAs = (chosen: ChosenContext, impersonation: Impersonation | undefined): ChosenContext =>
	impersonation === undefined ? chosen : {...chosen, user: {...chosen.user, impersonation}};

/**
 * A client of one context. Reads certificates, and speaks to no server yet: the first call does.
 * @throws MkcoaError `unknown-context`, `no-current-context`, `unknown-cluster`, `unknown-user`, `bad-kubeconfig`, `unsupported`
 */
export async function connect(options: ConnectOptions): Promise<ClusterClient> {
	const {kubeconfig, clock, warn, random = Math.random, capBytes = defaultCapBytes, signal} = options;
	const chosen = actingAs(chooseContext(kubeconfig, options.context), options.actAs);
	const route = await routeOf(chosen.cluster, options);
	const {server, address} = route;
	const signIn = makeSignIn({...options, chosen: safely(chosen, server, warn), execCache: options.execCache ?? new Map()});
	const transport = makeTransport({
		clock,
		random,
		server,
		address,
		signIn,
		dispatcherOf: proof => makeDispatcher(route.tlsOf(proof), route),
		compress: !chosen.cluster.disableCompression,
		capBytes,
		warn,
		signal,
	});
	const book = makeTypeBook(transport, clock, warn);
	const execConnection = async () => {
		const proof = await signIn.current();
		return {
			server,
			address,
			asker: signIn,
			proof,
			tls: route.tlsOf(proof),
			proxyUrl: route.proxyUrl,
			connectMs: route.timeoutsMs.connectMs,
		};
	};
	const cluster = makeCluster({
		transport,
		book,
		clock,
		random,
		namespace: options.namespace ?? chosen.context.namespace ?? 'default',
		place: {context: chosen.context.name, cluster: address, ...route.authority},
		who: signIn.who,
		contexts: listContexts(kubeconfig),
	});
	return {cluster, effector: makeEffector({transport, book, who: signIn.who, renew: signIn.renew, execConnection}), close: transport.close};
}

/** The way to a server: its address with and without secrets, TLS for a proof, proxy and time-outs. */
async function routeOf(cluster: ClusterEntry, {environment, timeoutsMs}: Pick<ConnectOptions, 'environment' | 'timeoutsMs'>) {
	const {certificateAuthority: material, skipTlsVerify, tlsServerName} = cluster;
	const server = serverUrl(cluster.server, cluster.name);
	const certificateAuthority =
		material === undefined || skipTlsVerify ? undefined : await readMaterial(material, 'the certificate authority');
	return {
		server,
		address: withoutUserInfo(cluster.server),
		authority: certificateAuthority === undefined ? {} : {authority: fingerprint(certificateAuthority, tlsServerName)},
		proxyUrl: proxyOf(server, cluster.proxyUrl, environment),
		timeoutsMs: {...defaultTimeoutsMs, ...timeoutsMs},
		tlsOf: ({cert, key}: Proof) => tlsOptions({server, certificateAuthority, skipTlsVerify, tlsServerName, cert, key}),
	};
}

/** Servers behind one proxy may share an authority and differ in their names. */
const fingerprint = (authority: string, serverName = '') =>
	createHash('sha256')
		.update(`${serverName}\n${authority.replaceAll('\r', '').trim()}`)
		.digest('hex');

/** Without TLS everybody on the way could read a credential, so it stays here unless the way is this machine. kubectl sends none at all. */
function safely(chosen: ChosenContext, server: URL, warn: (text: string) => void): ChosenContext {
	if (server.protocol === 'https:' || isLoopback(server)) return chosen;
	warn(`The server of context ${chosen.context.name} speaks plain http, so no credential is sent to it`);
	const {name, impersonation} = chosen.user;
	return {...chosen, user: {name, impersonation}};
}

/** The scheme may be left out, as in kubectl, and then means https. */
function serverUrl(address: string, cluster: string): URL {
	const complete = address.includes('://') ? address : `https://${address}`;
	const url = URL.canParse(complete) ? new URL(complete) : undefined;
	if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')) return url;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-kubeconfig',
		what: `The server of cluster ${cluster} is no address`,
		why: `it reads ${JSON.stringify(withoutUserInfo(address).slice(0, 200))}`,
		next: 'Write https://HOST:PORT as server of the cluster in your kubeconfig',
	});
}
