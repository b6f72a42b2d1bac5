import {isJsonObject, type Json} from '../../../src/core/json.ts';

/** What was answered; `status` is 0 where nothing was, `body` then says why. */
export type Reply = {readonly status: number; readonly body: Json};

/** In one line: what the server said of a refusal. */
export function replyText({status, body}: Reply): string {
	const message = isJsonObject(body) ? body.message : body;
	return `${status} ${typeof message === 'string' ? message.slice(0, 400) : ''}`;
}
