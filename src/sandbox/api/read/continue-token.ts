import {isJsonObject} from '../../../core/json.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';

/** Where a paged list goes on: after a key, in the state of a version. */
export type Position = {readonly version: number; readonly after: string};

export const encodePosition = ({version, after}: Position) =>
	Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv: version, start: after})).toString('base64url');

export function decodePosition(token: string): Position {
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(token, 'base64url').toString());
	} catch {
		throw badRequest('continue key is not valid: it is not a token of this server');
	}
	if (!isJsonObject(value) || typeof value.rv !== 'number' || typeof value.start !== 'string') {
		throw badRequest('continue key is not valid: it is not a token of this server');
	}
	return {version: value.rv, after: value.start};
}

export const tokenExpired = () =>
	new StatusError(
		410,
		'Expired',
		'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
	);
