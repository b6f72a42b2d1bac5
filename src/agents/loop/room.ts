import type {Message} from '../models/model.ts';

/** A message of the turn, and what may stand for it where room is needed. */
export type Kept = {readonly message: Message; readonly short?: string | undefined};

/** Letters that a token has at least, on the careful side. */
const lettersPerToken = 3.5;

/** Share of what a model can hold that messages may take; the rest is for tools, the brief and the answer. */
const share = 0.7;

/** Results of the newest calls are never shortened: the model has not answered them yet. */
const newest = 4;

const lettersOf = (kept: readonly Kept[]) => kept.reduce((sum, {message}) => sum + JSON.stringify(message).length, 0);

/**
 * The messages within what the model can hold: where they are too many, the texts of old results are replaced by one line each, the oldest
 * first, until they fit.
 * @returns undefined where they do not fit even so
 */
export function makeRoom(kept: readonly Kept[], contextTokens: number): readonly Kept[] | undefined {
	const most = contextTokens * share * lettersPerToken;
	const all = [...kept];
	for (let index = 0; index < all.length - newest && lettersOf(all) > most; index++) {
		const one = all[index];
		if (one?.message.role !== 'result' || one.short === undefined) continue;
		all[index] = {message: {...one.message, text: one.short}};
	}
	return lettersOf(all) > most ? undefined : all;
}
