import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject} from '../../../core/json.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {LostAnswerError} from '../../../core/tool.ts';
import {unreachable} from './trouble.ts';
import type {Asked, Reply, Wire} from './wire.ts';

/** The server's own words of a refusal: a JSON text, `message` or `error` of an object, or what came. */
export function wordsOf({body, text}: Reply): string {
	if (typeof body === 'string') return oneLine(body);
	if (isJsonObject(body)) {
		const said = body.message ?? body.error;
		if (typeof said === 'string') return oneLine(said);
	}
	return oneLine(text);
}

/** What the server does not do, in its words. @throws MkcoaError `AREA-refused`, or `AREA-unreachable` where it does not even know the question */
export function refused({server}: Wire, what: string, reply: Reply): MkcoaError {
	if (reply.status === 404 || reply.status === 405 || reply.status < 300)
		return unreachable(server, {
			why: reply.status < 300 ? `its answer to ${what} is not as it is documented` : `it knows nothing of ${what}: HTTP ${reply.status}`,
			quoted: reply.text,
		});
	return new MkcoaError({
		kind: 'usage',
		code: `${server.area}-refused`,
		what: `${server.source} refuses ${what}`,
		why: `it answered HTTP ${reply.status}`,
		next: 'Correct what its words name',
		quoted: wordsOf(reply),
	});
}

/** A write. @throws LostAnswerError where nobody knows whether it was done; any other error means that it was not */
export async function write(wire: Wire, asked: Asked): Promise<Reply> {
	try {
		return await wire.ask(asked);
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === `${wire.server.area}-unreachable`) throw new LostAnswerError(error);
		throw error;
	}
}
