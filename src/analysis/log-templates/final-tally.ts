import type {Tally} from './template-table.ts';

/** The tally that a line is counted by in the end. */
export function finalTally(tally: Tally): Tally {
	let at = tally;
	while (at.into !== undefined) at = at.into;
	return at;
}
