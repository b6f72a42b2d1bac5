import type {NodeWish, Placing} from '../manifests/placing.ts';
import {type Rule, type Taken, take} from './take.ts';

type Found =
	| {readonly kind: 'apart'; readonly topology: string; readonly isHard: boolean}
	| {readonly kind: 'spread'; readonly topology: string; readonly isHard: boolean; readonly maxSkew: number}
	| {readonly kind: 'node'; readonly node: NodeWish}
	| {readonly kind: 'selector'; readonly key: string; readonly value: string};

const hostname = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';

/** The label of nodes that a text means: the one that it writes, or that of zones or single nodes. */
function topologyIn(text: string): string {
	const written = /(?<![\w./-])((?:[a-z0-9-]+\.)+[a-z]+\/[\w.-]*\w)/i.exec(text)?.[1];
	if (written !== undefined) return written;
	return /\bzones?\b|\bavailability\b|존(?:별|마다|에|을|간|끼리| )|가용 ?영역|영역/i.test(text) ? zone : hostname;
}

const isHardIn = (text: string) =>
	!/\bprefer\w*|\bsoft\b|\bscheduleanyway\b|\bif possible\b|\bideally\b|\bbest[- ]effort\b|\btry\b|가능하면|되도록|가급적|선호|소프트/i.test(
		text,
	);

const skewIn = (text: string) => Number(/(?:max ?-?skew|skew|스큐)\D{0,12}?(\d+)/i.exec(text)?.[1] ?? 1);

/** Up to the end of the remark; a domain has dots. */
const remark = String.raw`(?:[^,;.\n]|\.(?=\w)|,(?= ?(?:max ?-?skew|whenunsatisfiable|donotschedule|scheduleanyway|topology|skew|required|preferred|key|maxskew)))*`;
const apart = (text: string): Found => ({kind: 'apart', topology: topologyIn(text), isHard: isHardIn(text)});
const spread = (text: string): Found => ({
	kind: 'spread',
	topology: topologyIn(text),
	isHard: /donotschedule|\bhard\b|\bmust\b|\bnever\b|\brequired\b|필수|반드시|하드/i.test(text),
	maxSkew: skewIn(text),
});

const key = String.raw`["'\`]?((?:[a-z0-9-]+(?:\.[a-z0-9-]+)*\/)?[A-Za-z](?:[\w.-]*\w)?)["'\`]?`;
const value = String.raw`["'\`]?([A-Za-z0-9](?:[\w.-]*\w)?)["'\`]?`;
const notKey =
	/^(?:the|a|an|label|labels|name|names|taint|taints|that|enough|more|less|no|any|at|node|nodes|least|it|is|in|on|free|spare|local|many|some)$/i;
const selector = (name?: string, of?: string): Found | undefined =>
	name === undefined || of === undefined || notKey.test(name) || notKey.test(of) ? undefined : {kind: 'selector', key: name, value: of};

/** `on nodes in zone a` */
const inArea = (area?: string, of?: string): Found | undefined =>
	of === undefined
		? undefined
		: {kind: 'selector', key: /region|리전/i.test(area ?? '') ? 'topology.kubernetes.io/region' : zone, value: of};

const listed = (text: string) =>
	text
		.split(/,| or | and | 또는 | 혹은 |\s+/)
		.map(part => part.replace(/["'`()[\]]/g, '').trim())
		.filter(part => /^[\w.-]+$/.test(part) && part !== 'or');
const node = (name: string | undefined, values: string | undefined, isHard: boolean, isWanted = true): Found | undefined =>
	name === undefined || notKey.test(name) ? undefined : {kind: 'node', node: {key: name, values: listed(values ?? ''), isWanted, isHard}};

const rules: readonly Rule<Found>[] = [
	// Of nodes: rules and wishes.
	[
		new RegExp(
			String.raw`\b(required |hard |preferred |soft )?node ?-?affinity(?: rule)?(?: on| for| to|:| that| with)?(?: (?:the )?nodes?(?: with| where)?)?(?: the)?(?: label)? ${key} (not ?in|in|is|=) ?[([]?((?:${value}(?:, ?| or | and |,? ?and ))*${value})[)\]]?`,
			'gi',
		),
		(how, name, operator, values) => node(name, values, !/prefer|soft/i.test(how ?? ''), !/not/i.test(operator ?? '')),
	],
	[
		new RegExp(
			String.raw`\b(?:ideally|preferably|if possible),? (?:on|onto) (?:the )?nodes? (?:with|labell?ed|where|whose)(?: the)?(?: label)? ${key}(?: ?= ?|: ?| is | )${value}|\b(?:prefers?|preferring|preferabl[ey]|favou?rs?)(?: running on| to run on| on)?(?: the)? nodes? (?:with|labell?ed|where|whose|in)(?: the)?(?: label)? ${key}(?: ?= ?|: ?| is | )${value}`,
			'gi',
		),
		(one, of, other, its) => node(one ?? other, of ?? its, false),
	],
	[
		new RegExp(
			`(?:가능하면|되도록|가급적|선호(?:해서|하는)?) ?(?:라벨 ?)?${key}(?: ?= ?|: ?|(?:가|이|은|는) ?)${value}(?:인| 라벨(?:의|이|을)?(?: ?있는| ?가진| ?붙은)?)? ?노드(?:에|로|를|에서)?(?: ?선호[가-힣]*| ?배치[가-힣]*| ?우선[가-힣]*)?`,
			'gi',
		),
		(name, of) => node(name, of, false),
	],
];

const pairs: readonly Rule<Found>[] = [
	[
		new RegExp(
			`(?:,? ?(?:and )?(?:(?:run|runs|running|scheduled?|placed|it goes|pin(?:ned)?|only) )*(?:only )?(?:on|onto|to) )(?:the |an? |any |some )?nodes? (?:with|having|labell?ed|whose|where|that (?:have|has|carry)|carrying)(?: the)?(?: label)? ${key}(?: ?= ?|: ?| is | set to | )${value}`,
			'gi',
		),
		selector,
	],
	[
		new RegExp(
			`(?:,? ?(?:and )?(?:\\b(?:run|runs|running|scheduled?|placed|pin(?:ned)?|only|stays?) )*(?:only )?\\b(?:on|onto|to) )(?:the |any )?${key} ?= ?${value} nodes?\\b`,
			'gi',
		),
		selector,
	],
	[
		new RegExp(
			`(?:,? ?(?:and )?(?:\\b(?:run|runs|running|scheduled?|placed|pin(?:ned)?|only|just|stays?) )*\\b(?:on|onto|to) )(?:the |any )?nodes? (?:in|of|from) (?:the )?(?:availability )?(zone|region) ${value}`,
			'gi',
		),
		inArea,
	],
	[
		new RegExp(
			`(가용 ?영역|존|zone|리전|region) ?${value}(?:의|에 있는)? ?노드(?:에만|에서만|에서|에)(?: ?(?:배치|띄우|실행|스케줄)[가-힣]*)?`,
			'gi',
		),
		inArea,
	],
	[new RegExp(String.raw`\bnode ?-?selectors?(?: is| of| on|:)?,? ${key}(?: ?= ?|: ?| is | )${value}`, 'gi'), selector],
	[new RegExp(`노드 ?셀렉터(?:는|로|:)? ?${key}(?: ?= ?|: ?|(?:는|은|가|이)? )${value}(?:로|으로)?`, 'gi'), selector],
	[
		new RegExp(
			`(?:라벨(?:이|의)? ?)?${key}(?: ?= ?|: ?|(?:가|이|은|는) ?)${value}(?:인| 라벨(?:의|이|을)?(?: ?(?:있는|가진|달린|붙은))?)? ?노드(?:에만|에서만|에서|에|로)?(?: ?(?:배치|띄우|실행|스케줄)[가-힣]*)?`,
			'gi',
		),
		selector,
	],
];

const sentences: readonly (readonly [pattern: RegExp, read: (text: string) => Found])[] = [
	[/\banti-?affinity\b|안티 ?어피니티|안티 ?친화/i, apart],
	[
		/\b(?:never|no|not) (?:(?:more than one|two|2)(?: of (?:them|its pods|the pods))?|both)(?: pods?| replicas?)?\b.*\b(?:same|one|single|a|per) (?:node|host|zone)|\bone (?:pod |replica )?per (?:node|host|zone)\b|\beach (?:pod |replica |one )?(?:on|to) (?:its own|a different|another|a separate) (?:node|host|zone)|\b(?:pods|replicas)\b.*\b(?:different|separate|distinct) (?:nodes|hosts|zones)\b|\b(?:not|never)\b.*\b(?:share|together on|on the same) (?:a |the |one )?(?:same )?(?:node|host|zone)|같은 ?(?:노드|호스트|존)\S* ?.*(?:안 ?(?:뜨|올라|가|띄)|않|말|금지|못)|서로 ?다른 ?(?:노드|호스트|존)|(?:노드|존)(?:당|마다|별로) ?(?:하나|한 ?개|1개|한 ?대)씩?/i,
		apart,
	],
	[
		/\btopology ?spread\b|\b(?:spread|distribut\w*|balanced?)\b.*\b(?:across|over|among|between|by)\b.*\b(?:zones?|nodes?|hosts?)\b|\bspread\b.*\b(?:evenly|equally)\b|토폴로지|(?:존|노드|영역)(?:별로?|마다|에|들에|끼리|간)? ?(?:\S+ )?(?:고르게|골고루|균등|분산)|(?:고르게|골고루|균등하게) ?(?:분산|퍼|나[뉘눠])/i,
		spread,
	],
];

/** The remarks of a text: parts of its sentences, with what belongs to them behind a comma. */
const remarks = (text: string) =>
	[...text.matchAll(new RegExp(remark, 'gi'))].flatMap(({0: part, index}) => (part.trim() === '' ? [] : [{part, index}]));

/** Where a wish wants its pods, and the wish without that. */
export function placingIn(text: string): Taken<Found> {
	const nodes = take(text, rules);
	const selectors = take(nodes.rest, pairs);
	let rest = selectors.rest;
	const found: Found[] = [...nodes.found, ...selectors.found];
	for (const {part} of remarks(rest)) {
		const one = sentences.find(([pattern]) => pattern.test(part));
		if (one === undefined || /\b(?:pdb|budget|drain)\b|드레인/i.test(part)) continue;
		found.push(one[1](part));
		const from = part.search(one[0]);
		rest = rest.replace(part.slice(from), ' ');
	}
	return {found, rest};
}

/** What was found, as the pods have it. */
export function placingOf(found: readonly Found[]): {readonly placing: Placing; readonly nodeSelector: {readonly [key: string]: string}} {
	const apart = found.find(one => one.kind === 'apart');
	return {
		placing: {
			apart: apart && {topology: apart.topology, isHard: apart.isHard},
			nodes: found.flatMap(one => (one.kind === 'node' ? [one.node] : [])),
			spread: found.flatMap(one => (one.kind === 'spread' ? [{topology: one.topology, maxSkew: one.maxSkew, isHard: one.isHard}] : [])),
		},
		nodeSelector: Object.fromEntries(found.flatMap(one => (one.kind === 'selector' ? [[one.key, one.value]] : []))),
	};
}
