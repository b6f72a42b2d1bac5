import {systemClock} from '../core/clock.ts';
import {type ExitCode, exitCodes} from '../core/outcome.ts';
import type {State} from '../state/state.ts';
import type {ActionCall} from './actions/answer.ts';
import type {Host} from './host.ts';
import {openUserState} from './open-state.ts';

/** Opens the user's state for one action that needs no cluster. */
export async function withState(call: ActionCall, host: Host, go: (state: State) => Promise<void>): Promise<ExitCode> {
	const state = await openUserState(call.options, host, systemClock());
	try {
		await go(state);
		return exitCodes.done;
	} finally {
		state.close();
	}
}
