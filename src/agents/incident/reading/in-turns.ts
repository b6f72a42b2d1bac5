import {setImmediate} from 'node:timers/promises';
import type {Turns} from '../../../analysis/detection/turns.ts';

/** Works piece by piece, and lets keys and answers of the cluster come in between. */
export async function inTurns<Result>(turns: Turns<Result>, signal: AbortSignal): Promise<Result> {
	for (;;) {
		signal.throwIfAborted();
		const turn = turns.next();
		if (turn.done === true) return turn.value;
		await setImmediate();
	}
}
