import {ProtocolError, ProtocolErrorCode} from '@modelcontextprotocol/server';
import * as z from 'zod';

/** The input of a tool of the edge itself. @throws ProtocolError that says what does not fit, in our words */
export function checkedInput<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
	const parsed = schema.safeParse(given);
	if (parsed.success) return parsed.data;
	throw new ProtocolError(ProtocolErrorCode.InvalidParams, z.prettifyError(parsed.error));
}
