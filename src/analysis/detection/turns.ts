/** Work in pieces of a few milliseconds, between which others may have their turn: keys of a screen, say. */
export type Turns<Result> = Generator<undefined, Result, undefined>;

/** Does all of it at once. */
export function atOnce<Result>(turns: Turns<Result>): Result {
	for (;;) {
		const turn = turns.next();
		if (turn.done === true) return turn.value;
	}
}
