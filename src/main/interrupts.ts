import type {Host} from './host.ts';

type Signals = {
	on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
	exit(code: number): unknown;
};

/**
 * Interrupts of a process: the first aborts the command, so that it ends in a stated state; a second one ends the process. Something that
 * goes on within the command may take one Ctrl-C for itself. A closed terminal is an interrupt too, and nobody is asked any more.
 */
export function interruptsOf(process: Signals): Pick<Host, 'signal' | 'takeInterrupt'> {
	const stop = new AbortController();
	let taken: (() => void) | undefined;
	const end = () => {
		if (stop.signal.aborted) process.exit(130);
		stop.abort();
	};
	process.on('SIGTERM', end);
	process.on('SIGHUP', end);
	process.on('SIGINT', () => {
		const run = taken ?? end;
		taken = undefined;
		run();
	});
	return {
		signal: stop.signal,
		takeInterrupt(run) {
			taken = run;
			return () => {
				if (taken === run) taken = undefined;
			};
		},
	};
}
