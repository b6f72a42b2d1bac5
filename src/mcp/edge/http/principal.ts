import type {AuthInfo} from '@modelcontextprotocol/server';

/** Who calls over HTTP, as a token proved it. */
export type EdgePrincipal = {readonly id: string; readonly scopes: readonly string[]; readonly groups: readonly string[]};

/** The principal as the protocol carries it to a tool. The token stays behind: nothing that a tool does may pass it on. */
export const authInfoOf = ({id, scopes, groups}: EdgePrincipal): AuthInfo => ({
	token: '',
	clientId: id,
	scopes: [...scopes],
	extra: {groups},
});

/** @throws Error where a request reached a tool without having passed the gate */
export function principalOf(auth: AuthInfo | undefined): EdgePrincipal {
	if (auth === undefined || auth.clientId === '') throw new Error('A call over HTTP has no principal');
	const groups = Array.isArray(auth.extra?.groups) ? auth.extra.groups.map(String) : [];
	return {id: auth.clientId, scopes: auth.scopes, groups};
}
