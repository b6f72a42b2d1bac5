import {kindPhrases, kindWord} from '../../names/kind-words.ts';

/** A command line of kubectl, taken apart. */
export type Command = {
	readonly verb: string;
	/** What stands behind the verb and is no flag. */
	readonly words: readonly string[];
	/** `--replicas=3` and `--replicas 3`: `replicas` → `3`; a flag without a value is `true`, values of one that is said twice are parted by commas. */
	readonly flags: ReadonlyMap<string, string>;
	/** The program behind ` -- `. */
	readonly program?: string | undefined;
};

const valued = new Set(
	'n namespace l selector replicas current-replicas to-revision from min max cpu-percent limits requests c container from-literal image port target-port name type since tail schedule verb resource role clusterrole serviceaccount user group hard min-available max-unavailable from-file'.split(
		' ',
	),
);

/** @param line without `kubectl` */
export function commandOf(line: string): Command {
	const words: string[] = [];
	const flags = new Map<string, string>();
	const [options = '', program] = line.trim().split(/\s--\s(.*)/s);
	const tokens = options.split(/\s+/);
	const put = (flag: string, value: string) => flags.set(flag, flags.has(flag) ? `${flags.get(flag)},${value}` : value);
	for (let at = 0; at < tokens.length; at += 1) {
		const token = tokens[at] ?? '';
		const [, flag, value] = /^--?([a-z][\w-]*)(?:=(.*))?$/i.exec(token) ?? [];
		if (flag === undefined) words.push(token.replace(/^["']|["']$/g, ''));
		else if (value !== undefined || !valued.has(flag)) put(flag, value ?? 'true');
		else {
			put(flag, tokens[at + 1] ?? '');
			at += 1;
		}
	}
	return {verb: words[0] ?? '', words: words.slice(1), flags, program};
}

const kindOf = (word: string): string | undefined => {
	const plain = word.toLowerCase().replace(/\..*$/, '');
	return kindPhrases.find(({words}) => words.length === 1 && [words[0], `${words[0] ?? ''}s`, `${words[0] ?? ''}es`].includes(plain))?.kind;
};

/** The objects of a command: `deploy/web`, `deploy web api`, or a kind alone. */
export type Objects = {readonly kind: string; readonly names: readonly string[]; readonly rest: readonly string[]};

/** @returns undefined where the command names no kind that is known */
export function objectsOf(words: readonly string[]): Objects | undefined {
	const slashed = words.filter(word => word.includes('/') && !word.includes('=') && kindOf(word.split('/')[0] ?? '') !== undefined);
	if (slashed.length > 0) {
		const kinds = new Set(slashed.map(word => kindOf(word.split('/')[0] ?? '')));
		const [kind] = kinds;
		if (kinds.size !== 1 || kind === undefined) return undefined;
		return {
			kind: kindWord(kind, 'en'),
			names: slashed.map(word => word.slice(word.indexOf('/') + 1)),
			rest: words.filter(word => !slashed.includes(word)),
		};
	}
	const kind = kindOf(words[0] ?? '');
	if (kind === undefined) return undefined;
	const others = words.slice(1);
	const isName = (word: string) => /^[a-z0-9][a-z0-9.-]*$/.test(word) && !/-$/.test(word);
	return {kind: kindWord(kind, 'en'), names: others.filter(isName), rest: others.filter(word => !isName(word))};
}
