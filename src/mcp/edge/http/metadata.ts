/** The path of the one endpoint. */
export const endpointPath = '/mcp';

const wellKnown = '/.well-known/oauth-protected-resource';

/** What a client has to know to get a token that is taken here. */
export type ResourceMetadata = {
	/** The authorization server, as its tokens name it. */
	readonly issuer: string;
	readonly scopes: readonly string[];
	/** How clients reach this server: requests do not tell it behind TLS. */
	readonly scheme: 'http' | 'https';
};

const originOf = (request: Request, {scheme}: ResourceMetadata) => `${scheme}://${request.headers.get('host') ?? ''}`;

/** Where the metadata is, by the name under which the server was asked for; put it behind the check of that name. */
export const metadataUrl = (request: Request, about: ResourceMetadata): string => `${originOf(request, about)}${wellKnown}${endpointPath}`;

/** The protected resource metadata of RFC 9728, for everybody; undefined where something else was asked for. */
export function metadataAnswer(request: Request, about: ResourceMetadata): Response | undefined {
	const {pathname} = new URL(request.url);
	if (pathname !== wellKnown && pathname !== `${wellKnown}${endpointPath}`) return undefined;
	if (request.method !== 'GET') return new Response(null, {status: 405, headers: {allow: 'GET'}});
	return Response.json({
		resource: `${originOf(request, about)}${endpointPath}`,
		authorization_servers: [about.issuer],
		scopes_supported: about.scopes,
		bearer_methods_supported: ['header'],
		resource_name: 'mkcoa',
	});
}
