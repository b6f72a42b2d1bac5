import {isJsonObject} from '../../../core/json.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';

/** Where a paged list goes on: after a key, in the state of a version, or in the newest one when there is none. */
export type Position = {readonly version: number | undefined; readonly after: string};

// The API server's mark of a token for the rest as it is by then.
const newest = -1;

export const encodePosition = ({version, after}: Position) =>
	Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv: version ?? newest, start: after})).toString('base64url');

export function decodePosition(token: string): Position {
	const bytes = Buffer.from(token, 'base64url');
	let value: unknown;
	try {
		value = JSON.parse(bytes.toString());
	} catch {
		throw refused(`invalid character '${printed(bytes[0] ?? 0)}' looking for beginning of value`);
	}
	if (!isJsonObject(value) || typeof value.rv !== 'number' || typeof value.start !== 'string') throw refused('it has no position');
	return {version: value.rv === newest ? undefined : value.rv, after: value.start};
}

const refused = (why: string) => badRequest(`invalid continue token: continue key is not valid: ${why}`);
const printed = (byte: number) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : `\\u${byte.toString(16).padStart(4, '0')}`);

/** 410, with a token to go on from the same place in the newest state. */
export const tokenExpired = ({after}: Position) =>
	new StatusError(
		410,
		'Expired',
		'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
		undefined,
		{continue: encodePosition({version: undefined, after})},
	);
