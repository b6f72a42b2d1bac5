import type * as z from 'zod';
import {LostAnswerError} from '../../../core/tool.ts';
import {refused} from './refused.ts';
import type {Asked, Reply, Wire} from './wire.ts';

/**
 * Reads what a server documents.
 * @param what is asked for, for errors: `its alerts`
 */
export async function readAs<Schema extends z.ZodType>(wire: Wire, asked: Asked, schema: Schema, what: string): Promise<z.output<Schema>> {
	return parsed(wire, await wire.ask(asked), schema, what);
}

/** The same for one thing; undefined where it is not there. */
export async function readOne<Schema extends z.ZodType>(
	wire: Wire,
	asked: Asked,
	schema: Schema,
	what: string,
): Promise<z.output<Schema> | undefined> {
	const reply = await wire.ask(asked);
	return reply.status === 404 ? undefined : parsed(wire, reply, schema, what);
}

/** What a reply holds. @throws MkcoaError where it is a refusal, or not as it is documented */
export function parsed<Schema extends z.ZodType>(wire: Wire, reply: Reply, schema: Schema, what: string): z.output<Schema> {
	const read = reply.status < 300 ? schema.safeParse(reply.body) : undefined;
	if (read?.success !== true) throw refused(wire, what, reply);
	return read.data;
}

/** What a write was answered. @throws LostAnswerError where it may have been done, and the answer is not as it is documented */
export function writtenAs<Schema extends z.ZodType>(wire: Wire, reply: Reply, schema: Schema, what: string): z.output<Schema> {
	if (reply.status < 300 && !schema.safeParse(reply.body).success) throw new LostAnswerError(refused(wire, what, reply));
	return parsed(wire, reply, schema, what);
}
