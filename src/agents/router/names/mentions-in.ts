import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause, Word} from '../clause.ts';
import type {Talk} from '../understanding.ts';
import {isNearly} from '../words/nearly.ts';
import type {World} from '../world.ts';
import {kindBeside, type Named, sharedKind} from './kind-beside.ts';
import {type KindMention, kindsIn, workloadKinds} from './kinds-in.ts';
import {plainWords} from './plain-words.ts';
import {isInScope, type Scope, scopeIn} from './scope-in.ts';

/** Words of a clause that name objects of the cluster: one name, and every object that has it. */
export type Mention = {
	readonly first: number;
	readonly last: number;
	/** As the cluster writes it. */
	readonly name: string;
	readonly objects: readonly KubeObject[];
	/** Whether a kind is said beside it (`deployment web`, `web and api deployments`). */
	readonly kindSaid: boolean;
};

type Names = ReadonlyMap<string, readonly KubeObject[]>;

/** What a clause says of names: where it looks, and what it names there. */
export type Spoken = {readonly scope: Scope; readonly mentions: readonly Mention[]};

/**
 * Finds the objects of these kinds that a clause names, in the namespaces that it speaks of. Exact names first; where there is none, a name with one slip
 * of the finger. What is to be left alone (`but leave green as it is`) is not among them.
 * @param kinds such as `['Deployment', 'StatefulSet']`
 */
export async function mentionsIn(clause: Clause, world: World, kinds: readonly string[], talk?: Talk): Promise<Spoken> {
	const scope = await scopeIn(clause, world);
	const names = await namesOf(world, kinds, scope);
	const kindWords = kindsIn(clause);
	const taken = (at: number) =>
		isCluster(clause, at) ||
		(scope.at.has(at) && !kinds.includes('Namespace')) ||
		kindWords.some(({first, last, name}) => name === undefined && at >= first && at <= last);
	const written = [...slashed(kindWords, names), ...exactNames(clause.words, names, taken)];
	const exact = [...written, ...otherColours(clause.words, written, names)];
	// `pay-api`, which runs, is no slip of `kpay-api`.
	const running = exact.length > 0 ? new Set<string>() : await namesOfWorkloads(world);
	const found = exact.length > 0 ? exact : colourNames(clause, names, taken, talk);
	const named = (
		found.length > 0 ? found : nearNames(clause.words, names, at => taken(at) || running.has(clause.words[at]?.text ?? ''))
	).filter(one => !isPlainVerb(clause, one, kindWords));
	const kept = withoutVerb(clause, named)
		.filter(({first}) => !isLeftAlone(clause.words, first))
		.toSorted((a, b) => a.first - b.first);
	return {scope, mentions: withKinds(clause, kept, kindWords, names, kinds)};
}

/** `what kubernetes recorded`: the Service that every cluster has is meant only where it is called one. */
const isCluster = ({words}: Clause, at: number) =>
	words[at]?.text === 'kubernetes' && !words.some(({text}, near) => Math.abs(near - at) <= 1 && /^(?:services?|서비스)$/.test(text));

/** `before I edit the map`: `edit` and `view` are names of roles where roles are spoken of. */
const isPlainVerb = ({words}: Clause, {first, name}: Named, kinds: readonly KindMention[]) =>
	/^(?:edit|view|admin)$/.test(name) &&
	!kinds.some(({kind}) => /Role/.test(kind)) &&
	/^(?:i|we|you|to|and|or|will|would|could|can|should)$/.test(words[first - 1]?.text ?? '') &&
	words[first + 1] !== undefined;

const namesOfWorkloads = async (world: World): Promise<ReadonlySet<string>> =>
	new Set((await Promise.all(workloadKinds.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name));

/** `search the logs of web`: a name that is a verb in front of another name. */
function withoutVerb({words}: Clause, named: readonly Named[]): readonly Named[] {
	const verb =
		/^(search|find|track|watch|show|scale|test|review|route|deploy|store|mail|audit|monitor|report|check|ship|list|label|notify)$/i;
	const [raw, next] = [words[0]?.raw ?? '', words[1]];
	const isVerb =
		verb.test(raw) &&
		words[0]?.stop === undefined &&
		next !== undefined &&
		!/^(is|are|has|needs|should|must|to|in|and|deployment|service|pods?)$/.test(next.text);
	return isVerb && named.some(({first}) => first > 0) ? named.filter(({first}) => first > 0) : named;
}

async function namesOf(world: World, kinds: readonly string[], scope: Scope): Promise<Names> {
	const lists = await Promise.all(kinds.map(kind => world.objects(kind)));
	const names = new Map<string, KubeObject[]>();
	for (const object of lists.flat()) {
		if (!isInScope(scope, object.metadata.namespace)) continue;
		const same = names.get(object.metadata.name) ?? [];
		names.set(object.metadata.name, [...same, object]);
	}
	return names;
}

const slashed = (kinds: readonly KindMention[], names: Names): readonly Named[] =>
	kinds.flatMap(({first, name}) => (name !== undefined && names.has(name) ? [{first, last: first, name}] : []));

/** `dispatch-green`, `dispatch green`, `green dispatch`, `schema registry`, and a pod of a workload (`ledger-0`). */
function exactNames(words: readonly Word[], names: Names, taken: (at: number) => boolean): readonly Named[] {
	const found: Named[] = [];
	for (let at = 0; at < words.length; ) {
		const named = taken(at) ? undefined : (joinedName(words, at, names, taken) ?? podName(words[at], at, names));
		if (named !== undefined) found.push(named);
		at = (named?.last ?? at) + 1;
	}
	return found;
}

function joinedName(words: readonly Word[], at: number, names: Names, taken: (at: number) => boolean): Named | undefined {
	for (const length of [3, 2, 1]) {
		const parts = words.slice(at, at + length);
		const free =
			parts.length === length && parts.every((part, index) => !taken(at + index) && (index === length - 1 || part.stop === undefined));
		if (!free) continue;
		const texts = parts.map(({text}) => colours[text] ?? text);
		// `3 web` counts, and is no `web-3`.
		const turned = /^\d/.test(texts[0] ?? '') ? [] : [texts.toReversed().join('-')];
		const name = [texts.join('-'), ...turned].find(joined => names.has(joined));
		if (name !== undefined) return {first: at, last: at + length - 1, name};
	}
	return undefined;
}

function podName(word: Word | undefined, at: number, names: Names): Named | undefined {
	const [, ordinal, hashed] = /^(.+)-\d+$|^(.+)-[a-f0-9]{6,10}-[a-z0-9]{5}$/.exec(word?.text ?? '') ?? [];
	const kind = ordinal === undefined ? 'Deployment' : 'StatefulSet';
	const name = ordinal ?? hashed;
	return name !== undefined && names.get(name)?.some(object => object.kind === kind) === true ? {first: at, last: at, name} : undefined;
}

const colours: {readonly [word: string]: string} = {
	블루: 'blue',
	그린: 'green',
	카나리: 'canary',
	스테이블: 'stable',
	blue: 'blue',
	green: 'green',
	canary: 'canary',
	stable: 'stable',
};

/** `blue` alone is `dispatch-blue` where dispatch is spoken of, or where it is the only one. */
function colourNames({words}: Clause, names: Names, taken: (at: number) => boolean, talk: Talk | undefined): readonly Named[] {
	const around = new Set([...(talk?.clauses.slice(0, talk.index).flatMap(clause => clause.words) ?? []), ...words].map(({text}) => text));
	return words.flatMap(({text}, at) => {
		const colour = colours[text];
		if (colour === undefined || taken(at)) return [];
		const all = [...names.keys()].filter(name => name.endsWith(`-${colour}`));
		const bases = all.filter(name =>
			[...around].some(
				word => word === name.slice(0, -colour.length - 1) || (word !== text && word.startsWith(name.slice(0, -colour.length))),
			),
		);
		const meant = bases.length > 0 ? bases : all;
		return meant.map(name => ({first: at, last: at, name}));
	});
}

/** `the blue and the green dispatch`: what is named by one colour is meant by the other as well. */
function otherColours(words: readonly Word[], named: readonly Named[], names: Names): readonly Named[] {
	return words.flatMap(({text}, at) => {
		const colour = colours[text];
		if (colour === undefined || named.some(({first, last}) => at >= first && at <= last)) return [];
		const bases = named.flatMap(({name}) =>
			Object.values(colours)
				.filter(each => name.endsWith(`-${each}`))
				.map(each => name.slice(0, -each.length - 1)),
		);
		return [...new Set(bases)]
			.map(base => `${base}-${colour}`)
			.filter(name => names.has(name))
			.map(name => ({first: at, last: at, name}));
	});
}

function nearNames(words: readonly Word[], names: Names, taken: (at: number) => boolean): readonly Named[] {
	return words.flatMap(({text}, at) => {
		if (taken(at) || plainWords.has(text) || !/^[a-z0-9][a-z0-9.-]*$/.test(text)) return [];
		return [...names.keys()].filter(name => isNearly(text, name)).map(name => ({first: at, last: at, name}));
	});
}

/** `but leave green as it is`, `green은 그대로`, `except web`. */
function isLeftAlone(words: readonly Word[], at: number): boolean {
	const before = words.slice(Math.max(0, at - 3), at).map(({text}) => text);
	const next = words[at + 1]?.text ?? '';
	return (
		before.some(text => /^(leave|leaving|except|excluding|untouched)$/.test(text)) ||
		/^(말고|제외|제외하|그대로|빼고)$/.test(next) ||
		before.at(-1) === 'not'
	);
}

/** Keeps of each name the objects of the kind that is said beside it; a list shares the kind of its neighbours. */
function withKinds(
	clause: Clause,
	named: readonly Named[],
	kindWords: readonly KindMention[],
	names: Names,
	kinds: readonly string[],
): readonly Mention[] {
	const beside = named.map(name => kindBeside(clause, name, kindWords, kinds));
	return named.flatMap((one, index) => {
		const kind = beside[index] ?? sharedKind(clause.words, named, beside, index);
		const all = names.get(one.name) ?? [];
		const shared = kind === undefined ? all : all.filter(object => object.kind === kind);
		// A neighbour's kind that no object of this name has says nothing of it.
		const ofKind = shared.length === 0 && beside[index] === undefined ? all : shared;
		return ofKind.length === 0 ? [] : [{...one, objects: ofKind, kindSaid: kind !== undefined}];
	});
}
