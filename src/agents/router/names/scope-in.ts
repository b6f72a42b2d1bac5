import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {isNearly} from '../words/nearly.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {kindsIn} from './kinds-in.ts';
import {plainWords} from './plain-words.ts';

/** Where a clause looks. */
export type Scope = {
	/** Undefined: nothing is said, so every namespace. */
	readonly namespaces?: readonly string[] | undefined;
	readonly excluded: readonly string[];
	/** Indices of the words that name a namespace: they name nothing else. */
	readonly at: ReadonlySet<number>;
	/** A namespace that is named and does not exist. */
	readonly unknown?: string | undefined;
};

type Seen = {
	readonly at: number;
	readonly namespaces: readonly string[];
	readonly sure: boolean;
	readonly excluded: boolean;
	/** `staging included`: it limits nothing by itself. */
	readonly added: boolean;
};

const environments: {readonly [word: string]: string} = {
	prod: 'production',
	프로덕션: 'production',
	운영: 'production',
	스테이징: 'staging',
	stage: 'staging',
	dev: 'development',
	개발: 'development',
	모니터링: 'monitoring',
	플랫폼: 'platform',
	샌드박스: 'sandbox',
};
const environmentLabels = ['env', 'environment', 'stage'];

/** Which namespaces a clause speaks of: by name, or by the environment that their labels tell (`in production`). */
export async function scopeIn(clause: Clause, world: World): Promise<Scope> {
	const [names, objects] = await Promise.all([world.namespaces(), world.objects('Namespace')]);
	const named = await objectNames(clause, world, names);
	// Values of the API have capitals: `dnsPolicy Default` is no place.
	const seen = chained(
		clause,
		clause.words.flatMap((_, at) =>
			named.has(at) || clause.words[at]?.raw === 'Default' ? [] : (seenAt(clause, at, names, objects) ?? []),
		),
	);
	const limiting = seen.filter(one => !one.excluded && !one.added);
	const sure = limiting.filter(one => one.sure);
	const limits = sure.length > 0 ? sure : limiting;
	const added = seen.filter(one => one.added);
	const meant = limits.length === 0 ? [] : [...limits, ...added];
	const unknown = meant.length > 0 ? undefined : unknownIn(clause, names);
	return {
		namespaces: meant.length === 0 ? undefined : [...new Set(meant.flatMap(({namespaces}) => namespaces))],
		excluded: seen.filter(({excluded}) => excluded).flatMap(({namespaces}) => namespaces),
		at: new Set([...meant, ...seen.filter(one => one.excluded || one.added)].map(({at}) => at)),
		...(unknown === undefined ? {} : {unknown}),
	};
}

const inside = /^(in|within|inside|into|namespace|ns|-n|네임스페이스)$/;

/**
 * Words that are the name of a namespace and, beside a kind that is said of one object, that of such an object: `the shop ingress`, `ingress shop`.
 * They name the object, which may live anywhere. `in shop` stays a place.
 */
async function objectNames(clause: Clause, world: World, names: readonly string[]): Promise<ReadonlySet<number>> {
	const {words} = clause;
	const kinds = kindsIn(clause).filter(({kind, plural, name}) => kind !== 'Namespace' && !plural && name === undefined);
	const beside = kinds.flatMap(({kind, first, last}) =>
		[
			...(words[first - 1]?.stop === undefined && !inside.test(words[first - 2]?.text ?? '') ? [{kind, at: first - 1}] : []),
			...(words[last]?.stop === undefined ? [{kind, at: last + 1}] : []),
		].filter(({at}) => names.includes(words[at]?.text ?? '')),
	);
	const found = await Promise.all(
		beside.map(async ({kind, at}) => ((await world.objects(kind)).some(({metadata}) => metadata.name === words[at]?.text) ? [at] : [])),
	);
	return new Set(found.flat());
}

/** `in qa and shop`, `in qa with the one in shop`: what hangs on a namespace by a list word is one as well. */
function chained({words}: Clause, seen: readonly Seen[]): readonly Seen[] {
	const sure = new Set<number>();
	for (const one of seen) {
		const previous = words[one.at - 1];
		const last = /^(and|or|with|versus|vs|와|과|랑|하고|그리고)$/.test(previous?.text ?? '')
			? one.at - 2
			: previous?.stop === ','
				? one.at - 1
				: undefined;
		if (one.sure || (last !== undefined && sure.has(last))) sure.add(one.at);
	}
	return seen.map(one => ({...one, sure: sure.has(one.at)}));
}

export const isInScope = ({namespaces, excluded}: Scope, namespace: string | undefined) =>
	namespace === undefined || (!excluded.includes(namespace) && (namespaces === undefined || namespaces.includes(namespace)));

const before = /^(in|between|from|of|within|inside|into|across|namespace|ns|-n|for|on|to|over|네임스페이스)$/;
const article = /^(the|all|every|our|both)$/;
const behind = /^(namespace|ns|네임스페이스|cluster)$/;
const excluding = /^(not|except|without|than|but|excluding|beside|outside)$/;

/** `production versions are frozen`, `staging is off limits`. */
const isLeftAlone =
	/^(?:(?:versions?|images?|ones?|pods?|workloads?|deployments?|side|namespace) )?(?:(?:is|are|must be|has to be|have to be) (?:frozen|locked|off[ -]limits|out of scope|not (?:to be |be )?(?:touched|affected|changed|meant)|left|untouched|unchanged)|(?:stays?|remains?) (?:frozen|locked|untouched|unchanged|out of it|as (?:it is|they are)))/;

function seenAt(clause: Clause, at: number, names: readonly string[], objects: readonly KubeObject[]): Seen | undefined {
	const text = clause.words[at]?.text ?? '';
	const previous = clause.words[at - 1]?.text ?? '';
	const earlier = article.test(previous) ? (clause.words[at - 2]?.text ?? '') : previous;
	const next = clause.words[at + 1]?.text ?? '';
	// `team data`, `the data team`: the value of a label.
	if (/^(?:team|squad|owner|tier|팀)$/.test(previous) || /^(?:team|squad|팀)$/.test(next)) return undefined;
	const named = before.test(earlier) || behind.test(next);
	const namespaces = names.includes(text)
		? [text]
		: (byEnvironment(text, named, objects, names) ??
			(named && !plainWords.has(text) && /^(in|namespace|ns|-n|네임스페이스)$|^$/.test(behind.test(next) ? '' : earlier)
				? nearlyNamed(text, names)
				: []));
	if (namespaces.length === 0) return undefined;
	const excluded =
		excluding.test(earlier) ||
		(excluding.test(clause.words[at - 2]?.text ?? '') && before.test(previous)) ||
		/^(말고|제외|제외하|아니|빼|그대로|stays?|remains?|unchanged|excluded|excepted|aside|ignored)$/.test(next) ||
		(/^(and|or|,)$/.test(next) &&
			/^(excluded|excepted|aside|ignored)$/.test(clause.words[at + 3]?.text ?? '') &&
			names.includes(clause.words[at + 2]?.text ?? '')) ||
		isLeftAlone.test(
			clause.words
				.slice(at + 1, at + 6)
				.map(word => word.text)
				.join(' '),
		);
	// `in oven and counter`: the second is as sure as the first.
	const isJoined = (joint: string, other: string | undefined) => /^(and|or|plus)$/.test(joint) && names.includes(other ?? '');
	const listed = isJoined(previous, clause.words[at - 2]?.text) || isJoined(next, clause.words[at + 2]?.text);
	const added = /^(included|incl|too|포함.*)$/.test(next) || /^(including|incl|plus)$/.test(earlier);
	return {at, namespaces, sure: named || listed || clause.language === 'ko', excluded, added: added && !excluded};
}

function nearlyNamed(text: string, names: readonly string[]): readonly string[] {
	const near = names.filter(name => isNearly(text, name));
	return near.length === 1 ? near : [];
}

/** `production` is no namespace here, but the namespaces are labelled with it. */
function byEnvironment(
	text: string,
	named: boolean,
	objects: readonly KubeObject[],
	names: readonly string[],
): readonly string[] | undefined {
	const word = environments[text] ?? text;
	if (names.includes(word) && word !== text) return [word];
	if (!named && environments[text] === undefined && text !== 'production') return undefined;
	const labelled = objects.filter(({metadata}) => environmentLabels.some(label => metadata.labels?.[label] === word));
	return labelled.length === 0 ? undefined : labelled.map(({metadata}) => metadata.name);
}

/** `the billing namespace`, `billing 네임스페이스`: said so clearly that nothing else may be meant. A new one is not unknown. */
function unknownIn(clause: Clause, names: readonly string[]): string | undefined {
	if (spoken(clause, 'create new make spin 만들 생성 추가')) return undefined;
	const {words} = clause;
	const at = words.findIndex(({text}) => /^(namespace|ns|네임스페이스)$/.test(text));
	if (at === -1) return undefined;
	const isName = (text: string | undefined) =>
		text !== undefined &&
		/^[a-z0-9][a-z0-9-]*$/.test(text) &&
		!/^(the|a|an|this|any|every|each|which|all|in|of|that|is|are|was|were|do|does|did|has|have|they|it|and|or|with|for|we|you|by|to|per|names?|only)$/.test(
			text,
		);
	const name = [words[at - 1]?.text, words[at + 1]?.text].find(text => isName(text) && !names.includes(text ?? ''));
	return before.test(words[at - 2]?.text ?? '') || article.test(words[at - 2]?.text ?? '') || clause.language === 'ko' ? name : undefined;
}
