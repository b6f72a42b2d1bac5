import type {Clock} from '../../core/clock.ts';

/** The stop takes a moment to arrive; a process that stands still counts none of it. */
const arrivesMs = 100;

/**
 * Stops this process as Ctrl-Z does, with all that its shell started beside it, until the shell lets it go on. Without a shell that could, the system
 * ignores it, and this returns soon.
 */
export async function suspendProcess(clock: Clock): Promise<void> {
	process.kill(0, 'SIGTSTP');
	await new Promise<void>(resolve => clock.schedule(arrivesMs, resolve));
}
