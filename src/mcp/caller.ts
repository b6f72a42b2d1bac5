import type {AuthInfo} from '@modelcontextprotocol/sdk/server/auth/types.js';
import * as z from 'zod';

const chosenSchema = z.object({tainted: z.boolean(), said: z.string(), why: z.string().optional()});

/** Who calls a tool: an agent, and what is known of the model that chose the call, where one did. */
export type Caller = {
	readonly agent: string;
	readonly chosen?: z.output<typeof chosenSchema> | undefined;
	/** A change stops at its plan. */
	readonly onlyShown?: boolean | undefined;
};

/** The identity as a transport with sign-in would have proved it. In one process there is nothing to prove, so there is no token. */
export const authOf = ({agent, chosen, onlyShown}: Caller): AuthInfo => ({
	token: '',
	clientId: agent,
	scopes: [],
	extra: {chosen, onlyShown},
});

/** Undefined where nobody said who calls. What a model is said to have chosen must be said whole. */
export function callerOf(auth: AuthInfo | undefined): Caller | undefined {
	if (auth === undefined || auth.clientId === '') return undefined;
	const chosen = chosenSchema.optional().safeParse(auth.extra?.chosen);
	return chosen.success
		? {agent: auth.clientId, chosen: chosen.data, ...(auth.extra?.onlyShown === true ? {onlyShown: true} : {})}
		: undefined;
}
