import type {Clause} from '../clause.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {numberOf} from '../words/number-words.ts';
import {isImage, isVersion} from '../words/values.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';

/** A run of items in a text: where it stands, and what each of them is. */
type Run = {readonly from: number; readonly to: number; readonly items: readonly string[]};

const joint = String.raw`(?:\s*,\s*(?:and\s+|그리고\s+)?|\s+and\s+|\s*/\s*|\s*&\s*|(?:와|과|랑|이랑|하고|은|는)\s+)`;
const name = String.raw`[a-z0-9][a-z0-9-]*[a-z0-9](?:\s(?:deployment|디플로이먼트))?`;
const value = String.raw`(?:v?\d+(?:\.\d+)+[\w.+-]*|[a-z0-9./-]+:[\w][\w.-]*|\d+(?:\.\d+)?(?:[KMGT]i?|m)|\d+|one|two|three|four|five|six|seven|eight|nine|ten)(?:개|대)?`;
const runOf = (item: string) => new RegExp(`(?<![\\w.:/-])${item}(?:${joint}${item})+(?![\\w.:/-]*\\w)`, 'gi');
const names = runOf(name);
const values = runOf(value);

const itemsOf = (text: string) => text.split(new RegExp(joint, 'i')).map(item => item.trim());
const runsIn = (text: string, pattern: RegExp): readonly Run[] =>
	[...text.matchAll(pattern)].map(found => ({from: found.index, to: found.index + found[0].length, items: itemsOf(found[0])}));

const bare = (item: string) => item.replace(/(?:개|대)$/, '');
const kindOf = (item: string) => {
	const raw = bare(item);
	if (isVersion({raw}) || isImage({raw})) return 'version';
	if (/^\d+(?:\.\d+)?(?:[KMGT]i?|m)$/.test(raw)) return 'quantity';
	return numberOf(raw.toLowerCase()) === undefined ? undefined : 'number';
};

/**
 * `a, b and c to 3, 4 and 2`, `a랑 b 태그를 각각 2.9.0, 4.5.0으로`: as many values as names, each for its own. A clause for each of them.
 * Undefined: the clause has no such lists.
 */
export async function distributed(clause: Clause, world: World): Promise<readonly Clause[] | undefined> {
	const {text} = clause;
	if (/\bfrom\b|에서\s?\d/i.test(text)) return undefined;
	const told = formerAndLatter(text);
	if (told !== undefined) return distributed(clauseOf(told), world);
	const list = runsIn(text, values).find(({items}) => new Set(items.map(kindOf)).size === 1 && kindOf(items[0] ?? '') !== undefined);
	if (list === undefined) return undefined;
	const known = new Set((await Promise.all(namedKinds.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name));
	const named = runsIn(text, names).find(
		({items, to}) => to <= list.from && items.length === list.items.length && items.every(item => known.has(nameOf(item))),
	);
	if (named === undefined) return undefined;
	return named.items.map((item, at) => {
		const of = list.items[at] ?? '';
		const unit = /(?:개|대)$/.exec(list.items.at(-1) ?? '')?.[0] ?? '';
		const own = `${text.slice(0, named.from)}${item}${text.slice(named.to, list.from)}${bare(of)}${unit}${text.slice(list.to)}`;
		return clauseOf(own.replace(/\s*(?:\brespectively\b|각각|\beach\b)/gi, ''));
	});
}

/** `a and b each get a release: 1.2 for the former, 2.0 for the latter` → `a and b to 1.2, 2.0` */
function formerAndLatter(text: string): string | undefined {
	const of = (which: string) =>
		new RegExp(`(\\S+?),? for the (?:${which})\\b`, 'i').exec(text)?.[1] ??
		new RegExp(`\\bthe (?:${which}) (?:to|at|gets?) ([^\\s,;]+)`, 'i').exec(text)?.[1];
	const [former, latter] = [of('former|first'), of('latter|second')];
	const [named] = runsIn(text, names);
	return former === undefined || latter === undefined || named === undefined
		? undefined
		: `Set ${named.items.join(' and ')} to ${former} and ${latter}`;
}

const nameOf = (item: string) => item.toLowerCase().replace(/\s(?:deployment|디플로이먼트)$/, '');
