import {randomBytes} from 'node:crypto';
import {join} from 'node:path';
import type {Options} from '../commands/options.ts';
import type {Clock} from '../core/clock.ts';
import type {State} from '../state/state.ts';
import type {Host} from './host.ts';

/** Opens the user's state. What happens on the embedded cluster is kept apart: no undo may reach for it on a real one. */
export async function openUserState(options: Pick<Options, 'sandbox'>, host: Host, clock: Clock): Promise<State> {
	const [{openState}, {resolveStateFolder}] = await Promise.all([import('../state/state.ts'), import('../state/state-folder.ts')]);
	const folder = resolveStateFolder(host.env, host.home);
	return openState({folder: options.sandbox === undefined ? folder : join(folder, 'sandbox'), clock, randomBytes, uid: host.uid});
}
