import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import {openRoles, rightsOfRole, roleNamed} from './roles-file.ts';

/**
 * The account that started mkcoa, which is under no roles: it could write the file of roles itself. `--role` holds its client to one, as that stands
 * in the file at each call.
 * @throws MkcoaError `unknown-role`, `bad-roles`
 */
export function localCaller({values: {role}}: Pick<ActionCall, 'values'>, host: Host) {
	const principal = host.user;
	if (role === undefined) return (_: unknown, agent: string): EdgeCaller => ({principal, agent});
	const roles = openRoles(host);
	// A role that is not there is told now, and not to the client.
	roleNamed(role, roles);
	return (_: unknown, agent: string): EdgeCaller => ({principal, agent, rights: rightsOfRole(role, roles)});
}
