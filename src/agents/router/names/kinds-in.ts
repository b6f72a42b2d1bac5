import type {ResourceType} from '../../../mcp/kubernetes/port.ts';
import type {Clause, Word} from '../clause.ts';
import {isWord} from '../words/spoken.ts';
import {type KindPhrase, kindPhrases} from './kind-words.ts';

/** A kind that is spoken of, and the words that name it. `name`: of `deploy/web`. */
export type KindMention = {
	readonly kind: string;
	readonly first: number;
	readonly last: number;
	readonly name?: string | undefined;
	readonly plural: boolean;
};

/** Kinds that run pods and keep them running. */
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/**
 * Every kind that a clause speaks of, in order.
 * @param types kinds of the cluster, so that those of custom resources are known as well
 */
export function kindsIn({words}: Pick<Clause, 'words'>, types: readonly ResourceType[] = []): readonly KindMention[] {
	const phrases = [...kindPhrases, ...types.flatMap(customPhrases)];
	const found: KindMention[] = [];
	for (let at = 0; at < words.length; ) {
		const mention = slashed(words[at], at, phrases) ?? spokenAt(words, at, phrases);
		if (mention === undefined) at += 1;
		else {
			found.push(mention);
			at = mention.last + 1;
		}
	}
	return found;
}

/** Custom resources alone: the table knows the others better (`no` is no node). */
const customPhrases = ({apiVersion, kind, plural, singular, shortNames}: ResourceType): readonly KindPhrase[] =>
	/^([^/]+\.k8s\.io\/|apps\/|batch\/|policy\/|autoscaling\/|v1$|extensions\/|networking|rbac)/.test(apiVersion) || !apiVersion.includes('.')
		? []
		: [...new Set([plural, singular, kind.toLowerCase(), ...shortNames.filter(name => name.length > 2)])]
				.filter(word => word !== '')
				.map(word => ({kind, words: [word]}));

function spokenAt(words: readonly Word[], at: number, phrases: readonly KindPhrase[]): KindMention | undefined {
	const phrase = phrases.find(({words: parts}) => parts.every((part, offset) => isWord(words[at + offset], part)));
	if (phrase === undefined || isVerb(words, at, phrase)) return undefined;
	const last = at + phrase.words.length - 1;
	const text = words[last]?.text ?? '';
	return {kind: phrase.kind, first: at, last, plural: text.endsWith('s') && text !== phrase.words.at(-1)};
}

/** `deploy X`, `claim 5Gi of …` at the beginning say what to do. */
const isVerb = (words: readonly Word[], at: number, {words: [word]}: KindPhrase) =>
	(word === 'deploy' && words[at + 1]?.text !== undefined && (at === 0 || !/^(the|a|an|this|that)$/.test(words[at - 1]?.text ?? 'the'))) ||
	(word === 'claim' && at === 0 && words[at]?.text === 'claim') ||
	// `the disk type of a node` is no volume.
	(/^(?:disk|디스크)$/.test(word ?? '') && /^(?:type|kind|타입|종류)/.test(words[at + 1]?.text ?? '')) ||
	// `node ports`, `node selector` are fields.
	(word === 'node' && /^(?:ports?|selectors?|affinity)$/.test(words[at + 1]?.text ?? ''));

/** `deploy/web` */
function slashed(word: Word | undefined, at: number, phrases: readonly KindPhrase[]): KindMention | undefined {
	const [, kindWord, name] = /^([a-z]+)\/([a-z0-9][a-z0-9.-]*)$/.exec(word?.text ?? '') ?? [];
	if (kindWord === undefined || word === undefined) return undefined;
	const phrase = phrases.find(({words}) => words.length === 1 && isWord({...word, text: kindWord, quoted: false}, words[0] ?? ''));
	return phrase === undefined ? undefined : {kind: phrase.kind, first: at, last: at, name, plural: false};
}

/** The kinds among these that the clause speaks of; all of them where it speaks of none. `workloads` and `apps` mean every one. */
export function kindsMeant(clause: Pick<Clause, 'words'>, kinds: readonly string[]): readonly string[] {
	const said = new Set(kindsIn(clause).map(({kind}) => kind));
	const meant = kinds.filter(kind => said.has(kind));
	return meant.length === 0 ? kinds : meant;
}
