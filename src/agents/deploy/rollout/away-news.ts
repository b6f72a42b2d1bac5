import type {Clock} from '../../../core/clock.ts';
import type {Emit} from '../../../core/event.ts';
import {age} from '../../../core/text/age.ts';

/** A server is busy for moments; one that says nothing for so long is worth a word, and one again every so often. */
const firstWordMs = 10_000;
const nextWordMs = 30_000;

type Asked = {
	/** When it is given up. */
	readonly untilMs: number;
	/** Whether a failure means that the server is still away. */
	readonly isAway: (error: unknown) => boolean;
};

/** Asks once, and lets people know while no answer comes. */
export type AwayNews = <Answer>(ask: () => Promise<Answer>, asked: Asked) => Promise<Answer>;

const timeOf = (ms: number) => `${new Date(ms).toISOString().slice(11, 19)} UTC`;

/**
 * Tells of an outage that lasts over several questions: after ten seconds and then every thirty since when it lasts, that nothing is lost, and until when
 * mkcoa asks; at last, that it is over.
 */
export function awayNews({clock, emit}: {readonly clock: Clock; readonly emit: Emit}): AwayNews {
	let outage: {readonly sinceMs: number; wordMs: number; isTold: boolean} | undefined;

	function over(): void {
		if (outage?.isTold === true) emit({kind: 'note', text: `The cluster answers again, after ${age(clock.now() - outage.sinceMs)}`});
		outage = undefined;
	}

	return async (ask, {untilMs, isAway}) => {
		const sinceMs = clock.now();
		outage ??= {sinceMs, wordMs: sinceMs + firstWordMs, isTold: false};
		const present = outage;
		let cancel = () => {};
		const tell = () => {
			const lasts = `The cluster has not answered for ${age(clock.now() - present.sinceMs)}, since ${timeOf(present.sinceMs)}`;
			emit({kind: 'note', text: `${lasts}. It keeps what it has; mkcoa asks until ${timeOf(untilMs)}`});
			present.isTold = true;
			present.wordMs = clock.now() + nextWordMs;
			cancel = clock.schedule(nextWordMs, tell);
		};
		// A question that fails at once would never come to a timer.
		if (sinceMs >= present.wordMs) tell();
		else cancel = clock.schedule(present.wordMs - sinceMs, tell);
		try {
			const answer = await ask();
			over();
			return answer;
		} catch (error) {
			// Whether a failure of another kind is an answer, nobody can tell.
			if (!isAway(error)) outage = undefined;
			throw error;
		} finally {
			cancel();
		}
	};
}
