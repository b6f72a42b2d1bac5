import type {Clause} from '../clause.ts';
import {amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {hasOrder} from '../words/order-verbs.ts';
import {imagesIn, versionsIn} from '../words/values.ts';

/** A value of a request. `kind` parts what can stand in the place of another: 300m is no 4. */
type Value = {readonly kind: string; readonly raw: string};

/**
 * The request that a person means who refused its plan with words: `scale web to 5`, then `too many, use 4 instead`, is `scale web to 4`. Only one value
 * takes the place of one of its kind, and nothing else is read out of the words; an order stands for itself.
 * @returns undefined where the words only say why not
 */
export function reworded(request: string, words: string): string | undefined {
	const said = clauseOf(words.trim());
	if (said.words.length === 0) return undefined;
	const before = valuesIn(clauseOf(request));
	const wanted = valuesIn(said).filter(({raw}) => !before.some(old => old.raw === raw));
	const [value, ...others] = wanted;
	const isAlone = value !== undefined && others.length === 0 && !saysTheOrder(said, clauseOf(request));
	const changed = isAlone ? withValue(request, before, value) : undefined;
	return changed ?? (hasOrder(said.words) ? words.trim() : undefined);
}

const light = new Set(['use', 'make', 'set', 'try', 'take', 'give', 'do', 'put']);

/** `scale api to 2 instead`: who says the verb again says a whole order, maybe of something else. */
const saysTheOrder = (said: Clause, request: Clause) =>
	said.words.some(word => !light.has(word.text) && hasOrder([word]) && request.words.some(({text}) => text === word.text));

function valuesIn(clause: Clause): readonly Value[] {
	const raw = (at: number) => clause.words[at]?.raw ?? '';
	return [
		...imagesIn(clause).map(({image}) => ({kind: 'image', raw: image})),
		...versionsIn(clause).map(({version}) => ({kind: 'version', raw: version})),
		...amountsIn(clause).map(amount => ({
			kind: amount.kind === 'quantity' ? amount.measures : amount.kind,
			raw: Array.from({length: amount.last - amount.first + 1}, (_, index) => raw(amount.first + index)).join(' '),
		})),
	];
}

/** The request with one value in the place of the only one of its kind; a version also takes the place of an image's tag. */
function withValue(request: string, before: readonly Value[], {kind, raw}: Value): string | undefined {
	const [old, ...others] = before.filter(value => value.kind === kind);
	if (old !== undefined && others.length === 0) return replacedOnce(request, old.raw, raw);
	const [image, ...images] = kind === 'version' ? before.filter(value => value.kind === 'image') : [];
	if (image === undefined || images.length > 0 || !/:[^/]+$/.test(image.raw)) return undefined;
	return replacedOnce(request, image.raw, image.raw.replace(/:[^/]+$/, `:${raw}`));
}

/** Only where it stands once, and as a word of its own; a Korean particle may follow. */
function replacedOnce(text: string, old: string, next: string): string | undefined {
	const isWord = (at: number) => !/[\w.:/-]$/.test(text.slice(0, at)) && !/^(?:[\w:/-]|\.\d)/.test(text.slice(at + old.length));
	const places = [...text].flatMap((_, at) => (text.startsWith(old, at) && isWord(at) ? [at] : []));
	const [place] = places;
	return place === undefined || places.length > 1 ? undefined : `${text.slice(0, place)}${next}${text.slice(place + old.length)}`;
}
