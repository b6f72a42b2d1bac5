import {MkcoaError} from '../../../core/error.ts';
import type {Emit} from '../../../core/event.ts';

/** An API server may be away so long, for an upgrade or a new leader, before a watch gives up. */
const longestOutageMs = 60_000;

/**
 * Looks that outlive an outage of the server: undefined for a look that found no server, the look's own error when it lasts.
 * @param everyMs time between two looks; time is counted in looks, so a clock that jumps changes nothing
 */
export function throughOutages(emit: Emit, everyMs: number): <Seen>(look: () => Promise<Seen>) => Promise<Seen | undefined> {
	let awayMs = 0;
	return async look => {
		try {
			const seen = await look();
			awayMs = 0;
			return seen;
		} catch (error) {
			if (!(error instanceof MkcoaError) || error.trouble.kind !== 'environment' || awayMs >= longestOutageMs) throw error;
			awayMs += everyMs;
			emit({kind: 'note', text: `The cluster does not answer, looking again: ${error.trouble.what}`});
			return undefined;
		}
	};
}
