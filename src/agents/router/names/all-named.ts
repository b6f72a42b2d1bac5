import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {Talk, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {Pair} from '../words/values.ts';
import type {World} from '../world.ts';
import {carries, selectingPairs} from './by-label.ts';
import {type KindMention, kindsIn} from './kinds-in.ts';
import {mentionsIn} from './mentions-in.ts';
import {isInScope, type Scope, scopeIn} from './scope-in.ts';
import {narrowed, spokenName} from './the-one.ts';
import {whichOne} from './which-one.ts';

/** All objects that a clause is about. */
export type FoundAll =
	| {readonly found: 'some'; readonly objects: readonly KubeObject[]; readonly scope: Scope}
	| {readonly found: 'none'; readonly scope: Scope}
	| {readonly found: 'several'; readonly question: Extract<Understanding, {kind: 'question'}>; readonly scope: Scope};

/**
 * The objects of these kinds that a clause names: one, a list (`a, b and c`), or a group (`both dispatch deployments`, `all three kafka claims`, `nodes of
 * zone z`). A name in the list that fits several objects is a question.
 */
export async function allNamed(clause: Clause, world: World, kinds: readonly string[], talk?: Talk): Promise<FoundAll> {
	const group = await groupIn(clause, world, kinds);
	const scope = await scopeIn(clause, world);
	if (group.length > 0) return {found: 'some', objects: group, scope};
	const spoken = await mentionsIn(clause, world, kinds, talk);
	// `the team label of namespace ml from data to web`: other names of namespaces are values, or what something belongs to.
	const called = kinds.every(kind => kind === 'Namespace') ? spoken.mentions.filter(({kindSaid}) => kindSaid) : [];
	const mentions = called.length > 0 ? called : spoken.mentions;
	const objects: KubeObject[] = [];
	for (const place of new Set(mentions.map(({first}) => first))) {
		const same = mentions.filter(({first}) => first === place);
		const [one, ...others] = narrowed(
			same.flatMap(mention => mention.objects),
			kindsOf(
				clause,
				kinds,
				same.some(({kindSaid}) => kindSaid),
			),
			world.namespace,
		);
		const [mention] = same;
		if (one === undefined || mention === undefined) continue;
		if (others.length > 0) return {found: 'several', question: whichOne(clause, [one, ...others], spokenName(clause, mention)), scope};
		objects.push(one);
	}
	return objects.length === 0 ? {found: 'none', scope} : {found: 'some', objects: [...new Set(objects)], scope};
}

/** Kinds that are said somewhere narrow a name without a kind only where one kind is said. */
function kindsOf(clause: Clause, kinds: readonly string[], said: boolean): readonly string[] {
	const spokenKinds = new Set(
		kindsIn(clause)
			.map(({kind}) => kind)
			.filter(kind => kinds.includes(kind)),
	);
	return said || spokenKinds.size !== 1 ? kinds : [...spokenKinds];
}

const everyone = 'all both every each three two four five 모두 전부 모든 다 둘 둘다 양쪽';

/**
 * The objects of a group: `all`, `both`, a plural, and what they share: a part of their name, a label of theirs, its value, or the namespace. Nothing where the
 * clause says no group, or where a name is said exactly.
 */
export async function groupIn(clause: Clause, world: World, kinds: readonly string[]): Promise<readonly KubeObject[]> {
	const said = kindsIn(clause).filter(({kind}) => kinds.includes(kind));
	const kind = said[0];
	const pairs = selectingPairs(clause);
	if (pairs.length > 0) return labelledWith(pairs, clause, world, kind === undefined ? kinds : [kind.kind]);
	if (kind === undefined) {
		const pair = await pairIn(clause, world, kinds);
		return pair.length > 0 ? pair : everythingIn(clause, world, kinds);
	}
	if (!(spoken(clause, everyone) || kind.plural)) return [];
	const [scope, objects] = await Promise.all([scopeIn(clause, world), world.objects(kind.kind)]);
	const inside = objects.filter(({metadata}) => isInScope(scope, metadata.namespace));
	const words = clause.words
		.filter((_, at) => !scope.at.has(at))
		.map(({text}) => text)
		.filter(text => text.length > 1);
	if (inside.some(({metadata}) => words.includes(metadata.name))) return [];
	const alike = inside.filter(object => words.some(word => shares(object, word)));
	if (alike.length > 0) return alike;
	if (scope.namespaces === undefined && isNarrower(clause, kind)) return [];
	const isAll = saysAllOf(clause, kind) || (kind.plural && spoken(clause, 'all every')) || spoken(clause, '모두 전부 모든 싹');
	if (isAll && (scope.namespaces !== undefined || saysAllOf(clause, kind))) return inside;
	return scope.namespaces !== undefined && inside.length === 2 && spoken(clause, 'both 둘 둘다') ? inside : [];
}

/** `all daemonsets`, `모든 데몬셋`: every one of a kind, wherever it is. */
const saysAllOf = ({words}: Clause, {first, last}: KindMention) =>
	/^(?:all|every|each|모든)$/.test(words[first - 1]?.text ?? '') || /^(?:모두|전부|싹|모든)$/.test(words[last + 1]?.text ?? '');

/** `모니터링 디플로이먼트 전부`: a word that is nobody's name tells which of them, and is not understood. */
const isNarrower = ({words, language}: Clause, {first}: KindMention) =>
	language === 'ko' &&
	/^[가-힣]{2,}$/.test(words[first - 1]?.raw ?? '') &&
	!/^(?:모든|전체|모두|전부|각|현재|지금|우리|클러스터|그리고|이제|혹시|일단)/.test(words[first - 1]?.raw ?? '');

const whole =
	/\b(?:everything(?! else)|all (?:the )?(?:workloads|apps|applications|services|pods|things)|whatever (?:runs|is running)|every (?:workload|app|application|pod)|the whole (?:namespace|of))\b|(?:모든|전체)\s?(?:워크로드|것|걸|파드)|(?:전부|모두|싹|다)(?=\s)/i;

/** `everything in shop`: what of these kinds is there, where nothing is named. */
async function everythingIn(clause: Clause, world: World, kinds: readonly string[]): Promise<readonly KubeObject[]> {
	if (!kinds.includes('Deployment') || !whole.test(clause.text)) return [];
	const scope = await scopeIn(clause, world);
	if (scope.namespaces === undefined) return [];
	const lists = await Promise.all(kinds.filter(kind => kind !== 'ReplicaSet').map(kind => world.objects(kind)));
	const inside = lists.flat().filter(({metadata}) => metadata.namespace !== undefined && isInScope(scope, metadata.namespace));
	const names = new Set(clause.words.filter((_, at) => !scope.at.has(at)).map(({text}) => text));
	return inside.some(({metadata}) => names.has(metadata.name)) ? [] : inside;
}

async function labelledWith(
	pairs: readonly Pair[],
	clause: Clause,
	world: World,
	kinds: readonly string[],
): Promise<readonly KubeObject[]> {
	const [scope, ...lists] = await Promise.all([scopeIn(clause, world), ...kinds.map(kind => world.objects(kind))]);
	return lists.flat().filter(object => isInScope(scope, object.metadata.namespace) && carries(object, pairs));
}

/** `both web colours`: the two workloads whose names begin with one word, where no kind is said. */
async function pairIn(clause: Clause, world: World, kinds: readonly string[]): Promise<readonly KubeObject[]> {
	if (!spoken(clause, 'both 둘 둘다 양쪽') || clause.words.some(({text}) => /^(?:and|&)$/.test(text))) return [];
	const all = (await Promise.all(kinds.filter(kind => kind !== 'ReplicaSet').map(kind => world.objects(kind)))).flat();
	const named = all.filter(({metadata}) => clause.words.some(({text}) => text === metadata.name));
	for (const {text} of clause.words) {
		const alike = all.filter(({metadata}) => metadata.name.startsWith(`${text}-`));
		if (named.length === 0 && text.length > 2 && alike.length === 2) return alike;
	}
	return [];
}

/** A part of the name between dashes, or the value of a label; short words and grammar are none. */
function shares({metadata: {name, labels}}: KubeObject, word: string): boolean {
	const part = name.startsWith(`${word}-`) || name.includes(`-${word}-`) || name.endsWith(`-${word}`);
	return part || (word.length > 2 && Object.values(labels ?? {}).includes(word));
}
