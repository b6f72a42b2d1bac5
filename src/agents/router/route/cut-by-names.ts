import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {creating} from '../words/order-verbs.ts';
import {imagesIn, versionsIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';

/**
 * Cuts a list of wishes that share a verb or have none: `scale a to 5, b to 3 and c to 2`, `before the sale: web's autoscaler 6 to 15, a PDB for search with
 * at least one, and pay up by half`. Each part names an object of the cluster and says a value of its own; else the clause stays whole.
 */
export async function cutByNames(clause: Clause, world: World): Promise<readonly Clause[]> {
	const intro = /^[^:]{0,60}:\s+/.exec(clause.text)?.[0] ?? '';
	const introNames = intro === '' ? true : (await mentionsIn(clauseOf(intro), world, namedKinds)).mentions.length > 0;
	const parts = partsOf(introNames ? clause.text : clause.text.slice(intro.length));
	const [first] = parts;
	if (first === undefined || parts.length < 2 || creating(clauseOf(first).words)) return [clause];
	const clauses = parts.map(clauseOf);
	const fits = await Promise.all(
		clauses.map(async part => hasValue(part) && (await mentionsIn(part, world, namedKinds)).mentions.length > 0),
	);
	if (!fits.every(Boolean)) return [clause];
	const verb = sharedVerb(first);
	return clauses.map((part, index) =>
		index === 0 || verb === '' || part.language === 'ko' || creating(part.words) ? part : clauseOf(`${verb} ${part.text}`),
	);
}

const hasValue = (part: Clause) => amountsIn(part).length > 0 || versionsIn(part).length > 0 || imagesIn(part).length > 0;

const partsOf = (text: string) => {
	const masked = text.replaceAll(/"[^"]*"|`[^`]*`|\([^)]*\)/g, inner => '\u0001'.repeat(inner.length));
	const cuts = [...masked.matchAll(/,\s*(?:and\s+)?|\s+and\s+|;\s*/gi)];
	const ends = [...cuts.map(({index}) => index), text.length];
	return ends
		.map((end, at) => text.slice(at === 0 ? 0 : (cuts[at - 1]?.index ?? 0) + (cuts[at - 1]?.[0].length ?? 0), end).trim())
		.filter(part => part !== '');
};

const sharedVerb = (first: string) =>
	/^(scale|set|bump|update|upgrade|raise|increase|lower|reduce|bring|resize|grow|expand)\b/i.exec(first)?.[0] ?? '';
