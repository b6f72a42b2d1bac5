import {isNameWord} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

const whole = /^(?:all|everything|whole|entire|every|complete|envfrom|통째로|통째|전체|전체를|전부|전부를|모두|모든|다|키를)$/;
const settings = /\benv|\benvfrom|environment|variables?|환경\s?변수/i;

/**
 * Names of which a wish wants every key as a variable (`all of web-config as env`, `web-config 전부 envFrom으로`), whatever kind they are of. Indices of
 * the words.
 */
export function wholeSources(wish: Wish): readonly number[] {
	if (!settings.test(wish.text)) return [];
	return wish.words.flatMap((_, at) => {
		if (!isNameWord(wish, at)) return [];
		if (plainAt(wish, at - 1) === 'from' && /^(?:env|environment|variables?)$/.test(plainAt(wish, at - 2))) return [at];
		const [from, to] = [partStart(wish, at), partEnd(wish, at)];
		const beside = [at - 4, at - 3, at - 2, at - 1, at + 1, at + 2, at + 3].filter(index => index >= from && index <= to);
		return beside.some(index => whole.test(plainAt(wish, index))) ? [at] : [];
	});
}

/** Where a part of the list ends: at a comma, or behind a Korean verb that goes on (`…로 넣고`). */
const ends = ({words}: Wish, at: number) => words[at]?.stop !== undefined || /[가-힣](?:고|며)$/.test(words[at]?.raw ?? '');

function partStart(wish: Wish, at: number): number {
	let from = at;
	while (from > 0 && !ends(wish, from - 1)) from -= 1;
	return from;
}

function partEnd(wish: Wish, at: number): number {
	let to = at;
	while (to < wish.words.length - 1 && !ends(wish, to)) to += 1;
	return to;
}
