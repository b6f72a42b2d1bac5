import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Emit} from '../../../core/event.ts';
import {awayNews} from './away-news.ts';

/** An API server may be away so long, for an upgrade or a new leader, before a watch gives up. */
const longestOutageMs = 60_000;

const isAway = (error: unknown): error is MkcoaError => error instanceof MkcoaError && error.trouble.kind === 'environment';

/**
 * Looks that outlive an outage of the server: undefined for a look that found no server, the look's own error when it lasts.
 * @param everyMs time between two looks; time is counted in looks, so a clock that jumps changes nothing
 */
export function throughOutages(
	told: {readonly clock: Clock; readonly emit: Emit},
	everyMs: number,
): <Seen>(look: () => Promise<Seen>) => Promise<Seen | undefined> {
	const news = awayNews(told);
	let awayMs = 0;
	return async look => {
		try {
			const seen = await news(look, {untilMs: told.clock.now() + longestOutageMs - awayMs, isAway});
			awayMs = 0;
			return seen;
		} catch (error) {
			if (!isAway(error) || awayMs >= longestOutageMs) throw error;
			if (awayMs === 0) told.emit({kind: 'note', text: `The cluster does not answer, looking again: ${error.trouble.what}`});
			awayMs += everyMs;
			return undefined;
		}
	};
}
