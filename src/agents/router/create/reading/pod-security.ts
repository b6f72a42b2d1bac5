import type {Labels} from '../manifests/object.ts';
import type {Wish} from './wish.ts';

const modes: readonly (readonly [mode: string, words: string])[] = [
	['enforce', 'enforc\\w*|강제|적용'],
	['audit', 'audit(?:s|ed|ing)?\\b(?!-)|감사'],
	['warn', 'warn\\w*|경고'],
];
const speaksOf = /pod[- ]?security|파드 ?(?:보안|시큐리티)|\bps[sa]\b|\b(?:privileged|baseline|restricted)\b/i;

/** `enforce and warn`, `restricted`: how pods are checked, where that is spoken of, and no name. */
export const isSecurityWord = ({text, words}: Wish, at: number): boolean =>
	speaksOf.test(text) &&
	/^(?:enforce|warn|audit|restricted|baseline|privileged)$/i.test(words[at]?.raw ?? '') &&
	!/^(?:namespaces?|ns|네임 ?스페이스)/.test(words[at + 1]?.text ?? '');

type Token = {readonly at: number} & ({readonly mode: string} | {readonly level: string});

function tokensIn(text: string): readonly Token[] {
	const levels = [...text.matchAll(/(?<![\w-])(?:privileged|baseline|restricted)(?![\w-])/gi)].map(({0: level, index}) => ({
		at: index,
		level: level.toLowerCase(),
	}));
	const said = modes.flatMap(([mode, words]) =>
		[...text.matchAll(new RegExp(`(?<![\\w-])(?:${words})`, 'gi'))].map(({index}) => ({at: index, mode})),
	);
	return [...levels, ...said].toSorted((left, right) => left.at - right.at);
}

/**
 * Labels by which the server checks pods against the Pod Security Standards; enforced where no mode is said. What stands first says which of both leads:
 * `enforce restricted, warn at baseline`, `restricted enforced, baseline for audit`.
 * @param names of what is made: they are no modes
 */
export function podSecurityIn({text}: Pick<Wish, 'text'>, names: readonly string[]): Labels {
	if (!speaksOf.test(text)) return {};
	const tokens = tokensIn(names.reduce((now, name) => now.replaceAll(name, ' '.repeat(name.length)), text));
	const levels = tokens.filter(token => 'level' in token);
	const [only] = levels;
	if (only === undefined) return {};
	const isModeFirst = tokens[0] !== undefined && 'mode' in tokens[0];
	const found = tokens.flatMap((token): readonly (readonly [string, string])[] => {
		if (!('mode' in token)) return [];
		const [next, last] = [levels.find(({at}) => at > token.at), levels.findLast(({at}) => at < token.at)];
		const level = (isModeFirst ? (next ?? last) : (last ?? next))?.level;
		return level === undefined ? [] : [[`pod-security.kubernetes.io/${token.mode}`, level]];
	});
	return Object.fromEntries(found.length === 0 ? [['pod-security.kubernetes.io/enforce', only.level]] : found);
}
