import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import {openUserState} from '../open-state.ts';
import {noSuchServer} from '../outside/entry-of-words.ts';
import {readServers, removeServer} from '../outside/servers-file.ts';
import {type ActionCall, answer} from './answer.ts';

/** Takes a server off the list, and forgets what was approved of it and how one signs in. */
export async function mcpRemove({values: {name = ''}, options}: ActionCall, host: Host): Promise<ExitCode> {
	const servers = await readServers(host);
	if (!servers.has(name)) throw noSuchServer(name, [...servers.keys()]);
	if (options.dryRun) {
		await answer(host.streams, options, {wouldRemove: name}, () => `${name} would be removed, with its approval and its sign-in`);
		return exitCodes.done;
	}
	const state = await openUserState({}, host, host.clock);
	try {
		await state.outside.forget(name);
		await removeServer(host, name);
		await state.audit.append({action: 'revoked', tool: `${name}_*`, identity: host.user, context: '*', detail: `the MCP server ${name}`});
	} finally {
		state.close();
	}
	await answer(host.streams, options, {removed: name}, () => `✓ ${name} is forgotten`);
	return exitCodes.done;
}
