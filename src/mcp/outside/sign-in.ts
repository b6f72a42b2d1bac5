import type {OAuthClientProvider, OAuthDiscoveryState, StoredOAuthClientInformation, StoredOAuthTokens} from '@modelcontextprotocol/client';
import {MkcoaError} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import {isLoopback} from '../../core/loopback.ts';

/** What is kept of having signed in. All of it is secret. */
type Kept = {
	readonly client?: StoredOAuthClientInformation | undefined;
	readonly tokens?: StoredOAuthTokens | undefined;
	readonly verifier?: string | undefined;
	readonly discovery?: OAuthDiscoveryState | undefined;
};

/** Where it is kept, encrypted: `undefined` where nothing is. */
type SignInStore = {readonly load: () => Promise<Json | undefined>; readonly save: (kept: Json) => Promise<void>};

/** A person who can sign in now. */
type Person = {
	/** Where the browser comes back to. */
	readonly redirectUrl: string;
	/** A word that only the right answer brings back. */
	readonly state: string;
	/** Shows the person where to sign in. */
	readonly show: (address: URL) => void;
};

type Signing = {
	readonly name: string;
	readonly store: SignInStore;
	/** Told every token, so that none is ever printed, stored or sent elsewhere. */
	readonly learn: (secret: string) => void;
	/** Undefined where nobody is there to sign in: then a session that is over is told. */
	readonly person?: Person | undefined;
};

/**
 * The side of mkcoa in the SDK's OAuth client: what it keeps, and whom it sends to the browser. PKCE, the discovery of the server that signs in,
 * the check of its issuer and the binding of tokens to this MCP server are the SDK's.
 */
export function signInProvider({name, store, learn, person}: Signing): OAuthClientProvider {
	let known: Promise<Kept> | undefined;
	const load = () => {
		// Only this file writes what is kept there, encrypted and bound to its place.
		known ??= store.load().then(found => (found ?? {}) as Kept);
		return known;
	};
	const save = async (more: Kept) => {
		const kept = {...(await load()), ...more};
		known = Promise.resolve(kept);
		await store.save(JSON.parse(JSON.stringify(kept)) as Json);
	};
	const redirectUrl = person?.redirectUrl;
	return {
		// Without one the SDK would take this for a program that needs no person.
		redirectUrl: redirectUrl ?? 'http://127.0.0.1/callback',
		clientMetadata: {
			client_name: 'mkcoa',
			redirect_uris: [redirectUrl ?? 'http://127.0.0.1/callback'],
			grant_types: ['authorization_code', 'refresh_token'],
			response_types: ['code'],
			token_endpoint_auth_method: 'none',
		},
		state: () => person?.state ?? '',
		async clientInformation() {
			const {client} = await load();
			// Nobody registers a client that nobody can sign in with.
			if (client === undefined && person === undefined) throw notSignedIn(name);
			// The port of the callback is another one each time, and servers compare it.
			if (client === undefined || redirectUrl === undefined) return client;
			const uris = 'redirect_uris' in client ? client.redirect_uris : undefined;
			return Array.isArray(uris) && uris.includes(redirectUrl) ? client : undefined;
		},
		async saveClientInformation(client) {
			if (client.client_secret !== undefined) learn(client.client_secret);
			await save({client});
		},
		async tokens() {
			const {tokens} = await load();
			if (tokens !== undefined) learnTokens(tokens, learn);
			return tokens;
		},
		async saveTokens(tokens) {
			learnTokens(tokens, learn);
			await save({tokens, verifier: undefined});
		},
		redirectToAuthorization(address) {
			if (person === undefined) throw notSignedIn(name);
			if (address.protocol !== 'https:' && !(address.protocol === 'http:' && isLoopback(address))) throw notSafe(name, address);
			person.show(address);
		},
		saveCodeVerifier: async verifier => save({verifier}),
		async codeVerifier() {
			const {verifier} = await load();
			if (verifier === undefined) throw notSignedIn(name);
			return verifier;
		},
		saveDiscoveryState: async discovery => save({discovery}),
		discoveryState: async () => (await load()).discovery,
		async invalidateCredentials(scope) {
			if (scope === 'all') await save({client: undefined, tokens: undefined, verifier: undefined, discovery: undefined});
			else await save({[scope]: undefined});
		},
	};
}

function learnTokens({access_token: access, refresh_token: refresh}: StoredOAuthTokens, learn: (secret: string) => void): void {
	learn(access);
	if (refresh !== undefined) learn(refresh);
}

const notSignedIn = (name: string) =>
	new MkcoaError({
		kind: 'auth',
		code: 'outside-sign-in',
		what: `The MCP server ${name} wants you to sign in`,
		next: `Sign in with: mkcoa mcp add ${name}`,
	});

const notSafe = (name: string, {protocol, host}: URL) =>
	new MkcoaError({
		kind: 'environment',
		code: 'address-not-allowed',
		what: `The MCP server ${name} wants you to sign in at ${protocol}//${host}`,
		why: 'only https is encrypted',
		next: 'Ask whoever runs it',
	});
