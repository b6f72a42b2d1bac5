import * as z from 'zod';

/** Word of a request's `_meta` by which its notifications find it. */
export const callKey = 'mkcoa/call';

/** Word of a listed tool's `_meta` that says where its answers come from, where a third party makes them. */
export const originKey = 'mkcoa/origin';

/**
 * Asks the server to stop a call that goes on answering. MCP's own cancellation throws the answer away, and that of a change which was stopped
 * half way says what it left.
 */
export const stopNotification = z.object({
	method: z.literal('notifications/mkcoa/stop'),
	params: z.object({call: z.string()}),
});

/** What the road tells of a call while it goes on: an `Event` of core. */
export const eventNotification = z.object({
	method: z.literal('notifications/mkcoa/event'),
	params: z.object({call: z.string(), event: z.record(z.string(), z.unknown())}),
});
