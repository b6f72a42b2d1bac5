import {MkcoaError} from '../../../../core/error.ts';
import type {JsonObject} from '../../../../core/json.ts';
import {ApiError} from '../transport/api-error.ts';
import type {Transport} from '../transport/transport.ts';

/**
 * The path without its query, for error texts.
 * @throws MkcoaError for a path that names another host, which would carry the credential there
 */
export function belowServer(path: string): string {
	if (/^\/[^/\\]/.test(path) && !path.split(/[/?]/).includes('..')) return path.split('?')[0] ?? path;
	throw new MkcoaError({kind: 'bug', code: 'bad-path', what: `${JSON.stringify(path.slice(0, 200))} is no path below the API server`});
}

/** Use of every pod of a large cluster, or all answers to one query; who answers behind a proxy may be anything. */
const mostBytes = 32 * 1024 * 1024;

/** Undefined where there is nothing. */
async function unlessMissing<Answer>(read: () => Promise<Answer>): Promise<Answer | undefined> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof ApiError && error.refusal.status === 404) return undefined;
		throw error;
	}
}

/** Any read that answers JSON, up to 32 MiB; undefined for 404. */
export const readRaw = (transport: Transport, path: string): Promise<JsonObject | undefined> =>
	unlessMissing(async () => {
		const about = {verb: 'get', resource: belowServer(path)};
		return (await transport.json({method: 'GET', path, changes: false, mostBytes, about})).body;
	});

/** Any read that answers text, up to 32 MiB; undefined for 404. */
export const readText = (transport: Transport, path: string): Promise<string | undefined> =>
	unlessMissing(async () => {
		const about = {verb: 'get', resource: belowServer(path)};
		const chunks = await transport.chunks({method: 'GET', path, accept: 'text/plain, */*', changes: false, mostBytes, about});
		return Buffer.concat(chunks).toString('utf8');
	});
