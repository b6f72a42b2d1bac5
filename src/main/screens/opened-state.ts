import {systemClock} from '../../core/clock.ts';
import type {Around} from './screen.ts';

/** The state folder, opened when it is first asked for, and closed when the signal aborts. */
export function openedState(options: Around['call']['options'], host: Around['host'], signal: AbortSignal) {
	let opening: ReturnType<typeof import('../open-state.ts').openUserState> | undefined;
	signal.addEventListener('abort', () => void opening?.then(state => state.close()).catch(() => {}), {once: true});
	return () => {
		opening ??= import('../open-state.ts').then(({openUserState}) => openUserState(options, host, systemClock()));
		// Where it could not be opened, the next read tries again.
		opening.catch(() => {
			opening = undefined;
		});
		return opening;
	};
}
