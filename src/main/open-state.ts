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

/** Every part of the state has async methods alone, so that it can be opened when the first of them is called. */
type Part = {readonly [method: string]: (...given: never[]) => Promise<unknown>};

/**
 * The state, opened when something of it is first asked for: reading a cluster needs no folder, so it works where none can be written.
 * `close` closes what was opened.
 */
export function lazyState(open: () => Promise<State>): Omit<State, 'close'> & {readonly close: () => Promise<void>} {
	let opening: Promise<State> | undefined;
	const state = () => {
		opening ??= open();
		return opening;
	};
	// The proxy has the methods of the part that it stands for, each one call later.
	const part = <Name extends Exclude<keyof State, 'close'>>(name: Name): State[Name] =>
		new Proxy({} as State[Name], {
			get:
				(_, method) =>
				async (...given: never[]) =>
					((await state())[name] as unknown as Part)[String(method)]?.(...given),
		});
	return {
		journal: part('journal'),
		reader: part('reader'),
		waiting: part('waiting'),
		planFiles: part('planFiles'),
		audit: part('audit'),
		grants: part('grants'),
		accessKeys: part('accessKeys'),
		conversations: part('conversations'),
		outside: part('outside'),
		incidents: part('incidents'),
		// A state that could not be opened was told when it was asked for.
		close: async () =>
			opening?.then(
				opened => opened.close(),
				() => {},
			),
	};
}
