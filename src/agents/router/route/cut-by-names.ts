import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {amountsIn} from '../words/amounts.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {languageOf} from '../words/language.ts';
import {isImperative} from '../words/mood/imperatives.ts';
import {creating} from '../words/order-verbs.ts';
import {imagesIn, pairsIn, versionsIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {distributed} from './distributed.ts';
import {namedKinds} from './ordered.ts';

/**
 * Cuts a list of wishes that share a verb or have none: `scale a to 5, b to 3 and c to 2`, `before the sale: web's autoscaler 6 to 15, a PDB for search with
 * at least one, and pay up by half`. Each part names an object of the cluster and says a value of its own; else the clause stays whole.
 */
export async function cutByNames(clause: Clause, world: World): Promise<readonly Clause[]> {
	const spread = await distributed(clause, world);
	if (spread !== undefined) return spread;
	const intro = /^[^:]{0,60}:\s+/.exec(clause.text)?.[0] ?? '';
	// Whatever follows `an Ingress with two hosts:` belongs to what is made.
	if (intro !== '' && creating(clauseOf(intro).words)) return [clause];
	const introNames = intro === '' ? true : (await mentionsIn(clauseOf(intro), world, namedKinds)).mentions.length > 0;
	const parts = withValues(partsOf(introNames ? clause.text : clause.text.slice(intro.length)));
	const [first] = parts;
	if (first === undefined || parts.length < 2 || creating(clauseOf(first).words)) return [clause];
	const clauses = parts.map(clauseOf);
	const fits = await Promise.all(
		clauses.map(async part => hasValue(part) && (await mentionsIn(part, world, namedKinds)).mentions.length > 0),
	);
	if (!fits.every(Boolean)) return [clause];
	return completed(parts).map(clauseOf);
}

const hasValue = (part: Clause) => [amountsIn, versionsIn, imagesIn, pairsIn].some(valuesIn => valuesIn(part).length > 0);

/** `search and web to 3 each, mail to 6`: a name without a value shares that of the next part. */
function withValues(parts: readonly string[]): readonly string[] {
	const joined: string[] = [];
	for (const part of parts) {
		const last = joined.at(-1);
		if (last === undefined || hasValue(clauseOf(last)) || !/^[\w-]+(?: [\w-]+)?$/.test(last)) joined.push(part);
		else joined[joined.length - 1] = `${last} and ${part}`;
	}
	return joined;
}

const partsOf = (text: string) => {
	const masked = text.replaceAll(/"[^"]*"|`[^`]*`|\([^)]*\)/g, inner => '\u0001'.repeat(inner.length));
	const cuts = [...masked.matchAll(/,\s*(?:and\s+)?|\s+and\s+|;\s*/gi)];
	const ends = [...cuts.map(({index}) => index), text.length];
	return ends
		.map((end, at) => text.slice(at === 0 ? 0 : (cuts[at - 1]?.index ?? 0) + (cuts[at - 1]?.[0].length ?? 0), end).trim())
		.filter(part => part !== '');
};

/** `memory limit of a to 1Gi, of b to 2Gi`, `a gets cpu request 100m, b 200m`: what stands once is said of each. */
function sharing(first: string, part: string): string {
	const [, field] = /^((?:the\s+)?[\w ]+?)\s+of\s/i.exec(first) ?? [];
	if (field !== undefined && /^of\s/i.test(part)) return `${field} ${part}`;
	const [, name, value] = /^([\w-]+)(?:\s+(?:gets|to|at))?\s+(\S+)$/i.exec(part) ?? [];
	const [, between] = /^[\w-]+(\s+(?!and\b)[a-z ]+\s)\S*\d\S*$/i.exec(first) ?? [];
	// `move a to 2, b to 3` begins with no name.
	const isOrder = isImperative(/^[a-z]+/i.exec(first)?.[0].toLowerCase() ?? '');
	return isOrder || name === undefined || value === undefined || between === undefined || !/\d/.test(value)
		? part
		: `${name}${between}${value}`;
}

const verbs =
	/^(?:(?:could|can|would|will)\s+you\s+)?(?:please\s+)?(?:scale|set|bump|update|upgrade|raise|increase|lower|reduce|bring|resize|grow|expand|give|change|put|label|annotate|add|tag|mark)\b/i;

/** `set web's limit to 1Gi and api's to 2Gi`: of the same field. */
const ofOwner = /^(?<verb>[a-z]+ )?(?:the )?[\w-]+['’]s (?<field>[\w -]+?) (?:to|at|as|should be|is to be) \S+$/i;
const ownerAlone = /^(?:[a-z]+ )?(?:the )?(?<name>[\w-]+)['’]s (?:to|at|as|should be) (?<value>\S+)$/i;

/** `in shop scale web to 3, api to 4`: where all of it is. */
const place = /^(?:in|within|inside|on)\s+(?:the\s+)?[\w-]+(?:\s+namespace)?\s*[:,]?\s+(?=[a-z]+\s)/i;

/** Gives each part the verb that stands once: in front in English, at the end in Korean. */
export function completed(parts: readonly string[]): readonly string[] {
	const [first = ''] = parts;
	const last = parts.at(-1) ?? '';
	if (languageOf(parts.join(' ')) === 'ko') {
		const tail = /^(?:.*?\d(?:\.\d+)*\s*(?:개|대|배|%|[KMGT]i?)?)(\D*)$/.exec(last)?.[1] ?? '';
		return parts.map((part, index) =>
			index === parts.length - 1 || !/\d\s*(?:개|대|배|%|[KMGT]i?)?$/.test(part) ? part : `${part}${tail}`,
		);
	}
	const owned = ofOwner.exec(first)?.groups;
	if (owned !== undefined)
		return parts.map(part => {
			const {name, value} = ownerAlone.exec(part)?.groups ?? {};
			return name === undefined ? part : `${owned.verb ?? ''}${name}'s ${owned.field} to ${value}`;
		});
	const where = place.exec(first)?.[0] ?? '';
	const verb = verbs.exec(first.slice(where.length))?.[0];
	if (verb === undefined) return parts.map(part => sharing(first, part));
	const what = /^\s+(?:the\s+)?[\w ]+?\s+of\s+/i.exec(first.slice(where.length + verb.length))?.[0];
	const unit = /\b\d+\s+(replicas|pods|instances)\b/i.exec(first)?.[1];
	return parts.map((part, index) => {
		if (index === 0 || verbs.test(part) || creating(clauseOf(part).words)) return part;
		const whole = unit !== undefined && /\d$/.test(part) ? `${part} ${unit}` : part;
		return what === undefined ? `${where}${verb} ${whole}` : `${where}${verb}${what}${whole.replace(/^of\s+/i, '')}`;
	});
}
