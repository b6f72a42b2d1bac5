import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {count} from '../../core/text/count.ts';
import {textTable} from '../../core/text/text-table.ts';
import {openRoles} from '../edge/roles-file.ts';
import {edgeToolsetNames} from '../edge/toolsets.ts';
import type {Host} from '../host.ts';
import {type ActionCall, answer} from './answer.ts';

const nobodyUnderRoles = (path: string | undefined) =>
	`There is no file of roles, so scopes alone say what a caller may do\n  Write one to ${path ?? '~/.config/mkcoa/roles.yaml'}`;

/** Reads the file of roles as a server would. */
export async function mcpRolesCheck({options}: ActionCall, host: Host): Promise<ExitCode> {
	const file = openRoles(host);
	const roles = file.roles();
	await answer(host.streams, options, {path: file.path, roles: roles ?? null}, () => {
		if (roles === undefined) return nobodyUnderRoles(file.path);
		const principals = new Set(roles.flatMap(role => role.principals));
		return `✓ ${count(roles.length, 'role')} for ${count(principals.size, 'principal')}; who has none may do nothing`;
	});
	return exitCodes.done;
}

/** Tells which roles somebody has. Exit code 4 where he may do nothing. */
export async function mcpRolesShow({values: {principal = '', groups = ''}, options}: ActionCall, host: Host): Promise<ExitCode> {
	const file = openRoles(host);
	// A file that cannot be used is an error here, with its line.
	file.roles();
	const rights = file.rightsOf(principal, groups.split(',').filter(Boolean));
	const {streams} = host;
	await answer(streams, options, {principal, underRoles: rights !== undefined, roles: rights?.roles ?? []}, () => {
		if (rights === undefined) return nobodyUnderRoles(file.path);
		if (rights.none !== undefined) return rights.none;
		return textTable({
			headers: ['ROLE', 'VERBS', 'TOOLSETS', 'NAMESPACES', 'CLUSTER-SCOPED', 'METRICS'],
			rows: rights.roles.map(({name, verbs, toolsets, namespaces, clusterScoped, metrics}) => [
				name,
				verbs.join(' '),
				(toolsets ?? edgeToolsetNames).join(' '),
				namespaces.join(' ') || '-',
				clusterScoped ? 'yes' : 'no',
				metrics ? 'yes' : 'no',
			]),
			view: {width: streams.width, terminal: streams.outIsTerminal},
		});
	});
	return rights?.none === undefined ? exitCodes.done : exitCodes.notAllowed;
}
