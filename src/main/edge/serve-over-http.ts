import {randomBytes, timingSafeEqual} from 'node:crypto';
import type {ServerContext} from '@modelcontextprotocol/server';
import type {AccessKey} from '../../core/access-key.ts';
import {systemClock} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';
import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';
import {edgeHandler} from '../../mcp/edge/http/edge-handler.ts';
import type {Authenticate} from '../../mcp/edge/http/gate.ts';
import {endpointPath, type ResourceMetadata} from '../../mcp/edge/http/metadata.ts';
import {oauthTokens} from '../../mcp/edge/http/oauth.ts';
import {type EdgePrincipal, principalOf} from '../../mcp/edge/http/principal.ts';
import {rateLimit} from '../../mcp/edge/http/rate-limit.ts';
import {listenHttp} from '../../mcp/edge/http/serve-http.ts';
import {effectScopes} from '../../mcp/edge/scopes.ts';
import type {State} from '../../state/state.ts';
import {type ActionCall, answer} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {type HttpPlace, httpPlace} from './http-flags.ts';
import {openEdge} from './open-edge.ts';
import {openRoles, type RolesFile} from './roles-file.ts';

/** Requests of one principal: as fast as a program reads, with room for a burst. */
const pace = {perSecond: 200, burst: 2000};
/** How long calls may go on when the server stops. */
const graceMs = 10_000;

const callersBy =
	({rightsOf}: RolesFile) =>
	({http}: ServerContext, agent: string): EdgeCaller => {
		const {id, scopes, groups} = principalOf(http?.authInfo);
		return {principal: id, agent, scopes, groups, rights: rightsOf(id, groups)};
	};

/** Serves the toolsets over HTTP until the person interrupts. */
export async function serveOverHttp(call: ActionCall, host: Host): Promise<void> {
	const place = await httpPlace(call);
	if (call.values.role !== undefined) throw roleOfOne();
	const roles = openRoles(host);
	// A file that cannot be used is told now, and not to the first client.
	roles.roles();
	const state = await openUserState(call.options, host, systemClock());
	const edge = await openEdge(call, host, callersBy(roles));
	const onError = (error: Error) => {
		if (call.options.verbose) host.streams.err(`${error.message}\n`);
	};
	try {
		const {authenticate, token} = await doorOf(place, state);
		const clock = systemClock();
		const handler = edgeHandler({
			make: edge.make,
			needsOf: edge.needsOf,
			// A stream lasts, and his roles count at each look.
			newsFor: ({principal, agent, scopes, groups = []}, ids) =>
				edge.newsFor(
					{
						...{principal, agent, scopes, groups},
						get rights() {
							return roles.rightsOf(principal, groups);
						},
					},
					ids,
				),
			gate: {hosts: place.names, authenticate, unnamed: whole(host.user), metadata: metadataOf(place)},
			rightsOf: ({id, groups}) => roles.rightsOf(id, groups),
			rates: rateLimit(pace, clock.now),
			clock,
			onError,
		});
		const listener = await listenHttp(handler, {...place, onError});
		await tell(call, host, place, listener.port, token);
		await new Promise<void>(resolve => {
			if (host.signal.aborted) resolve();
			host.signal.addEventListener('abort', () => resolve(), {once: true});
		});
		await listener.stop(graceMs);
	} finally {
		await edge.close();
		state.close();
	}
}

const metadataOf = ({issuer, tls}: HttpPlace): ResourceMetadata | undefined =>
	issuer === undefined
		? undefined
		: {issuer: issuer.issuer, scopes: Object.values(effectScopes), scheme: tls === undefined ? 'http' : 'https'};

const whole = (id: string): EdgePrincipal => ({id, scopes: Object.values(effectScopes), groups: []});

/**
 * Who is let in: whoever has a key or a token of the authorization server. On this machine alone, where there is neither, whoever has a token
 * that is made now: other accounts of this machine reach the address as well.
 */
async function doorOf(place: HttpPlace, state: State): Promise<{readonly authenticate: Authenticate | undefined; readonly token?: string}> {
	const isInForce = ({revokedAt, expiresAt}: AccessKey) => revokedAt === undefined && Date.parse(expiresAt) > systemClock().now();
	const hasKeys = (await state.accessKeys.list()).some(({forged, key}) => !forged && isInForce(key));
	const isGuarded = place.issuer !== undefined || hasKeys;
	if (!place.isLoopback && (!isGuarded || place.noAuth || place.tls === undefined)) throw exposed(place, isGuarded && !place.noAuth);
	if (place.noAuth) return {authenticate: undefined};
	const byKey: Authenticate = async token => {
		const key = await state.accessKeys.find(token);
		return key === undefined ? undefined : {id: key.name, scopes: key.scopes, groups: []};
	};
	if (place.issuer !== undefined) {
		const byToken = oauthTokens(place.issuer, systemClock().now);
		return {authenticate: async token => (await byKey(token)) ?? (await byToken(token))};
	}
	if (hasKeys) return {authenticate: byKey};
	const token = randomBytes(32).toString('base64url');
	// A key that is made meanwhile counts at once.
	return {token, authenticate: async given => (isSame(given, token) ? whole('local') : byKey(given))};
}

const isSame = (one: string, other: string) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

const roleOfOne = () =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-flag',
		what: '--role is for the one client over standard input',
		next: 'Leave it out: over HTTP each caller has the roles that roles.yaml gives him',
	});

function exposed({tls, host}: HttpPlace, isGuarded: boolean): MkcoaError {
	const lacks = [...(tls === undefined ? ['TLS'] : []), ...(isGuarded ? [] : ['authentication'])].join(' and ');
	return new MkcoaError({
		kind: 'usage',
		code: 'exposed',
		what: `mkcoa does not serve ${host} without ${lacks}`,
		why: 'other machines reach that address, and whoever reaches it would act as you',
		next: 'Give --tls-cert and --tls-key, and make a key with mkcoa mcp keys add or name --issuer; or serve 127.0.0.1',
	});
}

async function tell(
	{options}: ActionCall,
	{streams}: Host,
	{host, tls, noAuth, issuer}: HttpPlace,
	port: number,
	token: string | undefined,
) {
	const url = `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}${endpointPath}`;
	await answer(streams, options, {url, ...(token === undefined ? {} : {token})}, () => url);
	if (token !== undefined) streams.err(`Clients send this header, until mkcoa ends:\n  Authorization: Bearer ${token}\n`);
	else if (!noAuth)
		streams.err(
			`Clients send a key${issuer === undefined ? '' : ', or a token of its authorization server'}: mkcoa mcp keys list tells whose there are\n`,
		);
	if (noAuth) streams.err('! Every account of this machine may call it, as you\n');
	streams.err('Interrupt with Ctrl-C to end it\n');
}
