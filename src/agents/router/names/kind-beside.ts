import type {Clause, Word} from '../clause.ts';
import type {KindMention} from './kinds-in.ts';

/** Words of a clause that are a name of the cluster. */
export type Named = {readonly first: number; readonly last: number; readonly name: string};

/** Kinds that more often say what something has than what it is: `the storage class of web`. */
const describing = new Set(['StorageClass', 'IngressClass', 'PriorityClass', 'Event']);

/** Korean says the kind behind the name, English on either side. Pods and namespaces say nothing of the object that is named. */
export function kindBeside(
	{words, language}: Clause,
	{first, last}: Named,
	kindWords: readonly KindMention[],
	kinds: readonly string[],
): string | undefined {
	const counts = ({kind}: KindMention) =>
		(kinds.includes(kind) && !describing.has(kind)) || (!describing.has(kind) && !/^(Pod|Namespace|Node|Event)$/.test(kind));
	const own = kindWords.find(mention => mention.first === first && mention.name !== undefined);
	const left = kindWords.find(mention => mention.last === first - 1 && words[first - 1]?.stop === undefined);
	const right = words[last]?.stop === undefined ? kindWords.find(mention => mention.first === last + 1) : undefined;
	const called = /^(named|called)$/.test(words[first - 1]?.text ?? '') ? kindWords.find(mention => mention.last === first - 2) : undefined;
	// `a 스테이트풀셋이랑 b`: the kind is that of the name before it; `a랑 스테이트풀셋 b` joins them before the kind.
	const before = left === undefined ? undefined : words[left.first - 1];
	const isOthers =
		language === 'ko' &&
		/^[a-z0-9][a-z0-9-]*$/.test(before?.text ?? '') &&
		before?.stop === undefined &&
		!/[가-힣]$/.test(before?.raw ?? '');
	const sides = language === 'ko' ? [right, isOthers ? undefined : left] : [left, right];
	return [own, ...sides, called].find(mention => mention !== undefined && counts(mention))?.kind;
}

const joins = /^(and|or|both|the|와|과|랑|하고|그리고|및|,)$/;

/** The kind of a neighbour in the same list: `web and api deployments`. */
export function sharedKind(
	words: readonly Word[],
	named: readonly Named[],
	beside: readonly (string | undefined)[],
	index: number,
): string | undefined {
	const linked = (left: number) => {
		const [a, b] = [named[left], named[left + 1]];
		if (a === undefined || b === undefined) return false;
		const between = words.slice(a.last + 1, b.first);
		return between.every(({text}) => joins.test(text)) && (between.length > 0 || words[a.last]?.stop === ',');
	};
	for (let right = index; linked(right); right += 1) if (beside[right + 1] !== undefined) return beside[right + 1];
	for (let left = index - 1; linked(left); left -= 1) if (beside[left] !== undefined) return beside[left];
	return undefined;
}
