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
		const before = [at - 1, at - 2, at - 3, at - 4].map(index => plainAt(wish, index));
		const behind = [at + 1, at + 2, at + 3].map(index => plainAt(wish, index));
		return [...before, ...behind].some(word => whole.test(word)) ? [at] : [];
	});
}
