import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import {openRoles, roleNamed} from './roles-file.ts';

/**
 * The account that started mkcoa, which is under no roles: it could write the file of roles itself. `--role` holds its client to one.
 * @throws MkcoaError `unknown-role`, `bad-roles`
 */
export function localCaller({values: {role}}: Pick<ActionCall, 'values'>, host: Host) {
	const caller = {principal: host.user, ...(role === undefined ? {} : {rights: roleNamed(role, openRoles(host))})};
	return (_: unknown, agent: string): EdgeCaller => ({...caller, agent});
}
