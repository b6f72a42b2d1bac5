import type {Json} from '../../../../core/json.ts';

type Query = {readonly [name: string]: string | number | boolean | readonly string[] | undefined};

/** What a request is about, for error texts. `resource` is the plural, with its group: `deployments.apps`. */
export type About = {
	readonly verb: string;
	readonly resource: string;
	/** `scale`, `eviction`, … */
	readonly subresource?: string | undefined;
	readonly namespace?: string | undefined;
	readonly name?: string | undefined;
};

/** One request. `changes` says that it is not sent twice unless the server did nothing. */
export type Call = {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below the server's address, percent-encoded. */
	readonly path: string;
	readonly query?: Query | undefined;
	readonly accept?: string | undefined;
	readonly body?: Json | undefined;
	readonly contentType?: string | undefined;
	readonly changes: boolean;
	/** At most so many tries, where more would be safe. */
	readonly tries?: number | undefined;
	/** Largest answer, in bytes, where less is expected than the connection would hold. */
	readonly mostBytes?: number | undefined;
	readonly about: About;
	readonly signal?: AbortSignal | undefined;
	/** Takes the server's warnings in place of the connection's own listener. */
	readonly warn?: ((text: string) => void) | undefined;
};

/** What a right is given for: `pods`, `deployments.apps/scale` */
export const resourceText = ({resource, subresource}: Pick<About, 'resource' | 'subresource'>) =>
	subresource === undefined ? resource : `${resource}/${subresource}`;

/** `list pods in namespace shop`, `patch deployments.apps/scale "web" in namespace shop` */
export const aboutText = ({verb, namespace, name, ...what}: About) =>
	`${verb} ${resourceText(what)}${name === undefined ? '' : ` ${JSON.stringify(name)}`}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;

/** Path and query as they go over the wire. */
export function requestPath(basePath: string, {path, query = {}}: Pick<Call, 'path' | 'query'>): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined || value === '') continue;
		for (const one of typeof value === 'object' ? value : [value]) parameters.append(name, String(one));
	}
	const text = parameters.toString();
	return `${basePath.replace(/\/$/, '')}${path}${text === '' ? '' : `${path.includes('?') ? '&' : '?'}${text}`}`;
}
