/** What a request asks for, read from its method and path alone, as the API server's request info does. */
export type RequestInfo = ResourceRequest | PathRequest;

export type ResourceRequest = {
	readonly kind: 'resource';
	readonly verb: string;
	readonly group: string;
	readonly version: string;
	readonly plural: string;
	readonly namespace: string | undefined;
	readonly name: string | undefined;
	/** '' for the object itself. */
	readonly subresource: string;
	/** What follows a proxy or other open-ended subresource. */
	readonly rest: string;
};

type PathRequest = {readonly kind: 'path'; readonly verb: string; readonly path: string};

const verbs: {readonly [method: string]: string} = {POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete'};

// Subresources of a namespace itself; any other third segment is a resource inside it.
const ofNamespace = new Set(['status', 'finalize']);

/** @param path decoded by the URL parser, still percent-encoded in its segments */
export function requestInfo(method: string, path: string, query: URLSearchParams): RequestInfo {
	const segments = path
		.split('/')
		.filter(segment => segment !== '')
		.map(decodeURIComponent);
	const place = groupVersion(segments);
	if (place === undefined || place.rest.length === 0) return {kind: 'path', verb: method.toLowerCase(), path};
	const {group, version, rest} = place;
	const [first = '', second, third = '', ...others] = rest;
	const namespaced = first === 'namespaces' && second !== undefined && rest.length > 2 && !ofNamespace.has(third);
	const [plural = '', name, subresource = '', ...tail] = namespaced ? [third, ...others] : rest;
	const namespace = namespaced || (first === 'namespaces' && second !== undefined) ? second : undefined;
	return {
		kind: 'resource',
		verb: verbOf(method, name, query),
		group,
		version,
		plural,
		namespace,
		name: name ?? nameSelected(method, query),
		subresource,
		rest: tail.join('/'),
	};
}

function groupVersion(segments: readonly string[]) {
	const [root, first, second] = segments;
	if (root === 'api' && first !== undefined) return {group: '', version: first, rest: segments.slice(2)};
	if (root === 'apis' && first !== undefined && second !== undefined) return {group: first, version: second, rest: segments.slice(3)};
	return undefined;
}

/** One object is read or watched with the rights to that object when a list selects it by its name. */
function nameSelected(method: string, query: URLSearchParams): string | undefined {
	if (method !== 'GET' && method !== 'HEAD') return undefined;
	const names = (query.get('fieldSelector') ?? '').split(',').map(term => /^metadata\.name==?(?!=)(.+)$/.exec(term)?.[1]);
	return names.find(name => name !== undefined);
}

function verbOf(method: string, name: string | undefined, query: URLSearchParams): string {
	// A watch is of a collection; asked of one object it is a read of that object.
	const isWatch = ['true', '1'].includes(query.get('watch') ?? '');
	if (method === 'GET' || method === 'HEAD') return name !== undefined ? 'get' : isWatch ? 'watch' : 'list';
	if (method === 'DELETE' && name === undefined) return 'deletecollection';
	return verbs[method] ?? method.toLowerCase();
}
