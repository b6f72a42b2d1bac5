import type {Clause} from '../../clause.ts';
import {amountsIn} from '../../words/amounts.ts';

type Place = {readonly name: string; readonly at: number};

const partsOf = (key: string) =>
	key
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter(Boolean);

/** Where a key stands as it is written with spaces (`cache ttl` for `CACHE_TTL`), or with two of its parts and more (`retention hours`). */
export function spokenKeys({words}: Pick<Clause, 'words'>, known: readonly string[]): readonly Place[] {
	const found = words.flatMap((_, at) =>
		known.flatMap((name): readonly (Place & {readonly length: number})[] => {
			const parts = partsOf(name);
			const lengths = parts.map((_part, from) => {
				let length = 0;
				while (parts[from + length] !== undefined && words[at + length]?.text === parts[from + length]) length += 1;
				return length;
			});
			const length = Math.max(0, ...lengths);
			return length > 1 ? [{name, at: at + length - 1, length}] : [];
		}),
	);
	const longest = Math.max(0, ...found.map(({length}) => length));
	const best = found.filter(({length}) => length === longest);
	return new Set(best.map(({name}) => name)).size === 1 ? best.slice(0, 1).map(({name, at}) => ({name, at})) : [];
}

const old = /^(?:of|than|from|not)$/;

/** The word where the only amount of a clause begins that is no old value (`instead of three days`); undefined where there are several. */
export function soleAmount(clause: Pick<Clause, 'words'>): number | undefined {
	const all = amountsIn(clause).filter(
		({first, last}) => !old.test(clause.words[first - 1]?.text ?? '') && !/^(?:대신|말고)$/.test(clause.words[last + 1]?.text ?? ''),
	);
	const [only, ...others] = all;
	return only !== undefined && others.length === 0 ? only.first : undefined;
}
