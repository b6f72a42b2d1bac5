import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {type Reason, reasonsIn} from '../words/reasons.ts';
import type {World} from '../world.ts';
import {podKinds} from './targets.ts';

const kinds = [...podKinds, 'Job', 'Service', 'Ingress', 'ConfigMap', 'Secret', 'PersistentVolumeClaim', 'Node', 'Namespace'];
const pronoun = /\b(?:its?|them|they|their|both|these|those)\b|(?:^|\s)(?:그것|그거|그걸|이것|이거|둘 ?다|모두)/i;
const severals = /\b(?:them|they|their|both|these|those)\b|둘 ?다|모두/i;

/**
 * The clause without the reasons that speak of other things: `park tracker at 0 while kafka is moved` is about tracker alone, and so is `kafka lags, so give
 * tracker two more pods`. What names nothing by itself keeps its reason, because that says what is meant.
 */
export async function mainPart(clause: Clause, world: World): Promise<Clause> {
	const left: Reason[] = [];
	for (const reason of reasonsIn(clause.text).toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
		if (left.some(({from, to}) => reason.from < to && from < reason.to)) continue;
		const rest = without(clause.text, [...left, reason]);
		const [inside, kept] = await Promise.all([clause.text.slice(reason.from, reason.to), rest].map(part => namesIn(part, world)));
		const isOther = inside?.some(name => !kept?.includes(name)) ?? false;
		if (isOther && kept !== undefined && kept.length > 0 && !pointsAway(rest, kept)) left.push(reason);
	}
	return left.length === 0 ? clause : clauseOf(without(clause.text, left));
}

const without = (text: string, reasons: readonly Reason[]) =>
	reasons
		.toSorted((a, b) => b.from - a.from)
		.reduce((now, {from, to}) => `${now.slice(0, from)} ${now.slice(to)}`, text)
		.replace(/ {2,}/g, ' ')
		.replace(/^[\s,;:.–—-]+(?=\S)|[\s,;:–—-]+$/g, '')
		.replace(/^(?:so|and|but)\s+/i, '')
		.trim();

/** What stands before the first name may be what the reason speaks of: `give it two pods, and tracker one`. */
function pointsAway(rest: string, names: readonly string[]): boolean {
	const first = Math.min(...names.map(name => rest.toLowerCase().indexOf(name)).filter(at => at !== -1), rest.length);
	return pronoun.test(rest.slice(0, first)) || severals.test(rest);
}

async function namesIn(text: string, world: World): Promise<readonly string[]> {
	const clause = clauseOf(text);
	const [{mentions}, namespaces] = await Promise.all([mentionsIn(clause, world, kinds), world.namespaces()]);
	return [...mentions.map(({name}) => name), ...clause.words.flatMap(({text: word}) => (namespaces.includes(word) ? [word] : []))];
}
