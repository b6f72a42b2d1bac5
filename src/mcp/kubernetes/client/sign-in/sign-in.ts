import {X509Certificate} from 'node:crypto';
import type {Clock} from '../../../../core/clock.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {ChosenContext} from '../../kubeconfig/choose-context.ts';
import type {Environment, UserEntry} from '../../kubeconfig/kubeconfig.ts';
import type {Asker} from '../transport/refused-call.ts';
import type {Credential, CredentialSource} from './credential.ts';
import {type ExecCache, execSource} from './exec-source.ts';
import {impersonationHeaders} from './impersonation.ts';
import {readMaterial} from './read-material.ts';
import {tokenFileSource} from './token-file-source.ts';

/** What goes with a request: headers, and a client certificate for the connection (PEM). */
export type Proof = {
	readonly headers: {readonly [name: string]: string | string[]};
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
};

export type SignIn = Asker & {readonly current: () => Promise<Proof>; readonly renew: () => Promise<boolean>};

export type SignInOptions = {
	readonly chosen: ChosenContext;
	readonly environment: Environment;
	/** Whether a person sits at the terminal of stdin, whom a plug-in may ask. */
	readonly interactive: boolean;
	readonly clock: Clock;
	readonly learn: (secret: string) => void;
	readonly execCache: ExecCache;
	readonly signal?: AbortSignal | undefined;
};

/**
 * How the user of a context signs in. Nothing runs and no file is read before the first request.
 * @throws MkcoaError `unsupported` for auth providers, which Kubernetes removed
 */
export function makeSignIn(options: SignInOptions): SignIn {
	const {user} = options.chosen;
	const source = sourceOf(options);
	const impersonated = impersonationHeaders(user.impersonation);
	let last: Credential = {};
	return {
		async current() {
			last = await source.current();
			const authorization = authorizationOf(user, last);
			return {
				headers: {...(authorization === undefined ? {} : {authorization}), ...impersonated},
				cert: last.cert,
				key: last.key,
			};
		},
		renew: source.renew,
		whenRefused: () => refusedBecause(user, last, options.clock.now()),
		who: user.impersonation.user === undefined ? user.name : `${user.impersonation.user} (impersonated by ${user.name})`,
	};
}

/** A token goes before a password, and both before a plug-in, as in client-go. */
function sourceOf(options: SignInOptions): CredentialSource {
	const {chosen, clock, learn} = options;
	const {user} = chosen;
	const certificate = certificateSource(user, learn);
	const both = (source: CredentialSource): CredentialSource => ({
		current: async () => ({...(await certificate.current()), ...(await source.current())}),
		renew: source.renew,
	});
	if (user.tokenFile !== undefined) return both(tokenFileSource({path: user.tokenFile, fallback: user.token, clock, learn}));
	if (user.token !== undefined || user.username !== undefined)
		return both({current: async () => (user.token === undefined ? {} : {token: user.token}), renew: async () => false});
	if (user.exec !== undefined) return both(execSource({...options, exec: user.exec, cluster: chosen.cluster}));
	if (user.authProvider !== undefined) throw removedProvider(user.authProvider);
	return certificate;
}

function certificateSource({clientCertificate, clientKey}: UserEntry, learn: (secret: string) => void): CredentialSource {
	const read = async (): Promise<Credential> => {
		if (clientCertificate === undefined || clientKey === undefined) return {};
		const [cert, key] = await Promise.all([
			readMaterial(clientCertificate, 'the client certificate'),
			readMaterial(clientKey, 'the client key'),
		]);
		learn(key.trim());
		return {cert, key};
	};
	let held: Promise<Credential> | undefined;
	return {
		current() {
			held ??= read();
			return held;
		},
		// A rotated file is worth a second look; data in the kubeconfig stays what it is.
		async renew() {
			const before = await held;
			held = read();
			return (await held).cert !== before?.cert;
		},
	};
}

function authorizationOf({username, password}: UserEntry, {token}: Credential): string | undefined {
	if (token !== undefined) return `Bearer ${token}`;
	return username === undefined ? undefined : `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
}

const remedies: {readonly [provider: string]: string | undefined} = {
	gcp: 'Install gke-gcloud-auth-plugin and run gcloud container clusters get-credentials again',
	azure: 'Install kubelogin (azure.github.io/kubelogin) and run kubelogin convert-kubeconfig',
	oidc: 'Use an exec plug-in such as kubelogin (kubectl oidc-login)',
};

const removedProvider = (name: string) =>
	new MkcoaError({
		kind: 'auth',
		code: 'unsupported',
		what: `The user of this context signs in through the auth provider ${JSON.stringify(name)}`,
		why: 'Kubernetes 1.26 removed auth providers in favour of exec plug-ins',
		next: remedies[name] ?? 'Sign in to the cluster again with a current version of its tool, which writes an exec plug-in',
	});

function refusedBecause(user: UserEntry, {token, cert}: Credential, nowMs: number): {readonly why: string; readonly next: string} {
	const again = 'Sign in to the cluster again';
	const expiredMs = token === undefined ? certificateExpiryMs(cert) : tokenExpiryMs(token);
	const thing = token === undefined ? 'client certificate' : 'token';
	if (expiredMs !== undefined && expiredMs <= nowMs)
		return {why: `the ${thing} of user ${user.name} expired at ${new Date(expiredMs).toISOString()}`, next: `${again} to get a new one`};
	if (user.exec !== undefined && token !== undefined)
		return {why: `it did not accept the token that ${user.exec.command} gave`, next: `${again} with the tool that belongs to this plug-in`};
	if (token === undefined && cert === undefined && user.username === undefined)
		return {why: `user ${user.name} has no credential in the kubeconfig`, next: again};
	return {
		why: `it did not accept the ${user.username !== undefined && token === undefined ? 'password' : thing} of user ${user.name}`,
		next: again,
	};
}

/** Expiry that a JSON web token tells of itself; other tokens tell nothing. */
function tokenExpiryMs(token: string): number | undefined {
	try {
		const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
		const seconds = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
		return typeof seconds === 'number' ? seconds * 1000 : undefined;
	} catch {
		return undefined;
	}
}

function certificateExpiryMs(cert: string | undefined): number | undefined {
	try {
		return cert === undefined ? undefined : new X509Certificate(cert).validToDate.getTime();
	} catch {
		return undefined;
	}
}
