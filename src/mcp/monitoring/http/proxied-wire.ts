import {MkcoaError} from '../../../core/error.ts';
import type {Json} from '../../../core/json.ts';
import {onlyRead, unreachable} from './trouble.ts';
import {encoded, jsonOf, type Server, type Wire} from './wire.ts';

/** Reads JSON at a path below the API server; undefined where there is nothing. */
export type ReadJson = (path: string) => Promise<Json | undefined>;

/** The same for what reads text: some servers answer lists, which are no objects. What is no JSON is an answer that no client knows. */
export const readingJson =
	(readText: (path: string) => Promise<string | undefined>): ReadJson =>
	async path => {
		const text = await readText(path);
		return text === undefined ? undefined : (jsonOf(text) ?? null);
	};

/**
 * The road to a server through the API server, which signs nobody in at what is behind it: for reads alone.
 * @param base path below the API server, without a slash at the end
 */
export const proxiedWire = (read: ReadJson, base: string, server: Server): Wire => ({
	server,
	readOnly: true,
	async ask({method = 'GET', path, parameters}) {
		if (method !== 'GET') throw onlyRead(server);
		const query = encoded(parameters);
		try {
			const body = await read(`${base}${path}${query === '' ? '' : `?${query}`}`);
			return body === undefined ? {status: 404, body: undefined, text: ''} : {status: 200, body, text: ''};
		} catch (error) {
			return refusalOf(error, server);
		}
	},
});

/** What the API server passes on of what is behind it: its refusal of a question, or that it is away or too slow. */
function refusalOf(error: unknown, server: Server) {
	if (!(error instanceof MkcoaError)) throw error;
	const {code, why = '', quoted = ''} = error.trouble;
	if (code === 'invalid') return {status: 400, body: jsonOf(quoted), text: quoted};
	if (code !== 'server-error') throw error;
	throw unreachable(server, {why, next: 'Look at its pods; a query that takes long may ask for less', quoted}, error);
}
