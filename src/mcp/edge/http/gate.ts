import {
	bearerAuthChallengeResponse,
	hostHeaderValidationResponse,
	OAuthError,
	OAuthErrorCode,
	originValidationResponse,
} from '@modelcontextprotocol/server';
import {metadataAnswer, metadataUrl, type ResourceMetadata} from './metadata.ts';
import type {EdgePrincipal} from './principal.ts';

/** Tells whose token it is; undefined where it is nobody's. */
export type Authenticate = (token: string) => Promise<EdgePrincipal | undefined>;

type Gate = {
	/** Names under which this server may be asked for: whoever reaches it under another one was led here by a foreign page. */
	readonly hosts: readonly string[];
	/** Undefined where everybody who reaches the address may call. */
	readonly authenticate: Authenticate | undefined;
	/** Whom an unnamed caller is taken for. */
	readonly unnamed: EdgePrincipal;
	/** How clients sign in, where tokens of an authorization server are taken. */
	readonly metadata?: ResourceMetadata | undefined;
};

/** Longest token that is looked at. */
const mostLetters = 16_384;

/** Who calls, or the answer to one who may not, or who asks how to. */
export async function passGate(request: Request, {hosts, authenticate, unnamed, metadata}: Gate): Promise<EdgePrincipal | Response> {
	const names = [...hosts];
	const led = hostHeaderValidationResponse(request, names) ?? originValidationResponse(request, names);
	if (led !== undefined) return led;
	const told = metadata === undefined ? undefined : metadataAnswer(request, metadata);
	if (told !== undefined) return told;
	if (authenticate === undefined) return unnamed;
	const header = request.headers.get('authorization') ?? '';
	const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(header.slice(0, mostLetters)) ?? [];
	const principal = token === undefined ? undefined : await authenticate(token);
	return (
		principal ??
		challenge(
			OAuthErrorCode.InvalidToken,
			token === undefined ? 'A bearer token is needed' : 'The token is not valid here',
			request,
			metadata,
		)
	);
}

/** The answer to a call that needs more scopes than its token has. */
export const stepUp = (scopes: readonly string[], request: Request, {metadata}: Pick<Gate, 'metadata'>): Response =>
	challenge(OAuthErrorCode.InsufficientScope, 'The token does not cover this call', request, metadata, scopes);

const challenge = (
	code: OAuthErrorCode,
	what: string,
	request: Request,
	metadata: ResourceMetadata | undefined,
	scopes: readonly string[] = [],
): Response =>
	bearerAuthChallengeResponse(new OAuthError(code, what), {
		...(metadata === undefined ? {} : {resourceMetadataUrl: metadataUrl(request, metadata)}),
		...(scopes.length === 0 ? {} : {requiredScopes: [...scopes]}),
	});
