import {kindsIn} from '../names/kinds-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {languageOf} from '../words/language.ts';
import {soundsLike} from '../words/sounds-like.ts';
import type {World} from '../world.ts';

/** A word of its own with a capital, which is no value: `to Staging` may be one. */
const capital =
	/(?<![\w./:@="'`“‘-])(?<!\b(?:to|as|is|called|named|value|equals?|says)\s)[A-Z][a-z0-9-]*(?=['’]s\b|[\s,;.!?)]|:(?!\S)|[가-힣]|$)(?!\s*=)/g;
const hangul = /(?<![\w가-힣="'`“‘/-])[가-힣]{3,}(?!\s?팀)/g;
const particles =
	/^(?:네임스페이스)?(?:에|에서|에는|에도|에다가?|에만|에서만|의|은|는|이|가|을|를|도|만|으로|로|쪽|거|건|랑|이랑|하고|와|과|용)?$/;

/** A request with the names as the cluster writes them: `Payments` and `페이먼츠` are the namespace payments. */
export async function writtenNames(request: string, world: World): Promise<string> {
	const namespaces = (await world.namespaces()).filter(name => name !== 'default');
	const lowered = request.replace(capital, word => (namespaces.includes(word.toLowerCase()) ? word.toLowerCase() : word));
	if (languageOf(lowered) !== 'ko') return lowered;
	const names = namespaces.filter(name => /^[a-z]{5,}$/.test(name));
	return lowered.replace(hangul, word => heardIn(word, names) ?? word);
}

/** The word with the only name that is heard in it, and the particle behind: `에` is more likely one than the end of a name. */
function heardIn(word: string, names: readonly string[]): string | undefined {
	const lengths = Array.from({length: word.length - 2}, (_, less) => less + 3).filter(
		length => particles.test(word.slice(length)) && kindsIn(clauseOf(word.slice(0, length))).length === 0,
	);
	for (const length of lengths) {
		const [name, ...others] = names.filter(each => soundsLike(word.slice(0, length), each));
		if (name !== undefined) return others.length > 0 ? undefined : name + word.slice(length);
	}
	return undefined;
}
