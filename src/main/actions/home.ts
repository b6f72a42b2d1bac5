import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import {openShell} from '../screens/shell.ts';
import type {ActionCall} from './answer.ts';

/** `mkcoa` alone in a terminal: the overview, from which every other screen opens. */
export async function home(call: ActionCall, host: Host): Promise<ExitCode> {
	await openShell({screen: 'home'}, {call, host});
	return exitCodes.done;
}
