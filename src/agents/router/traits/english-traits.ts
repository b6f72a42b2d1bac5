import {kindPhrases} from '../names/kind-words.ts';
import {boundOf, counted, measured} from './comparison.ts';
import * as facts from './facts.ts';
import {both, either, not, type Trait, type TraitRead, unless} from './trait.ts';

type Groups = {readonly [name: string]: string | undefined};
type Row = {readonly said: RegExp; readonly trait: (groups: Groups) => Trait | undefined};

const now = '(?:still|currently|already|now|presently|really|actually|today|right now|at the moment|all|both|also|only|just)';
const be = `(?:is|are|'s|be)(?:\\s+${now})*`;
const have = `(?:has|have|got|carries|carry|bears?|shows?|wears?)(?:\\s+${now})*`;
const none = String.raw`(?<none>lacks?|miss(?:es)?|(?:has|have|got|carries|carry)\s+no|(?:does not|do not|doesn't|don't)\s+(?:yet\s+)?(?:have|carry)(?:\s+any)?|(?:has|have)\s+not\s+(?:got\s+)?any|without)(?:\s+(?<any>any|an?|the|a single))?`;
const isNot = `${be}(?<denied>\\s+not|n't|\\s+no longer)?(?:\\s+${now})*`;
const row = (source: string, trait: Row['trait']): Row => ({said: new RegExp(`^(?:${now}\\s+)*(?:${source})(?![\\w-])`, 'i'), trait});

const probes: {readonly [said: string]: readonly string[]} = {
	readiness: ['readinessProbe'],
	liveness: ['livenessProbe'],
	startup: ['startupProbe'],
	health: ['readinessProbe', 'livenessProbe', 'startupProbe'],
	'': ['readinessProbe', 'livenessProbe', 'startupProbe'],
};
const probe =
	'(?:(?<probe>readiness|liveness|startup|health)\\s*(?:probes?|checks?)?|probes?|health\\s?checks?)(?:\\s+(?:configured|set|defined))?';
const resource =
	'(?:(?<name>cpu|memory|resource)\\s+)?(?<field>requests?|limits?)(?:\\s+(?:or|and|nor)\\s+(?<other>requests?|limits?))?|(?<field2>resources)(?:\\s+(?:configured|set))?';
const guard = '(?<guard>hpas?|(?:horizontal (?:pod )?)?autoscalers?|pdbs?|(?:pod )?(?:disruption )?budgets?)';
const pair = String.raw`(?<key>[\w./-]+)=(?<value>[\w.-]*\w)`;

const fieldOf = (said = ''): 'requests' | 'limits' => (/^r/i.test(said) ? 'requests' : 'limits');
const nameOf = (said = '') => (/^(?:cpu|memory)$/i.test(said) ? {name: said.toLowerCase() as 'cpu' | 'memory'} : {}); // by its pattern

function lacksResource({name, field, other, field2, any}: Groups): Trait {
	if (field2 !== undefined) return not(facts.hasSomeResource(['requests', 'limits']));
	if (any !== undefined && name === undefined)
		return not(facts.hasSomeResource([fieldOf(field), ...(other === undefined ? [] : [fieldOf(other)])]));
	const one = facts.hasResource({field: fieldOf(field), ...nameOf(name)});
	return other === undefined ? not(one) : not(either(one, facts.hasResource({field: fieldOf(other), ...nameOf(name)})));
}

const guardOf = (said = '') => facts.isGuardedBy(/^h|scaler/i.test(said) ? 'HorizontalPodAutoscaler' : 'PodDisruptionBudget');
const within = (groups: Groups, trait: (bound: NonNullable<ReturnType<typeof boundOf>>) => Trait) => {
	const bound = boundOf(groups);
	return bound === undefined ? undefined : trait(bound);
};

const kindNames = kindPhrases
	.filter(({words}) => words.every(word => /^[a-z]{3,}$/.test(word)))
	.map(({words}) => words.join('[ -]?'))
	.join('|');

const isCapital = (key: string) => key === key.toUpperCase();

/** Predicates as they stand behind `that`: the first that fits is it. */
const rows: readonly Row[] = [
	row(
		`(?:${have}|${be}\\s+(?:set|scaled|running|configured)?\\s*(?:to|at|on|with)?|runs?(?:\\s+(?:with|on|at|as))?|running (?:with|on|at|as)|sits? at|stands? at)\\s*${counted}\\s+(?:replicas?|pods?|instances?|copies)`,
		groups => within(groups, facts.hasReplicas),
	),
	row(
		`(?:runs?|${be}\\s+(?:at|scaled to|set to)|sits? at|stands? at)\\s*(?:${now}\\s+)*${counted}(?=\\s*$|\\s*[,;:.]|\\s+(?:then|make|bring|scale|take|set|give|trim|cut|raise|lower|drop|put|add|restart)\\s)`,
		groups => within(groups, facts.hasReplicas),
	),
	// `has more than 2 make it 2`
	row(
		`${have}\\s*${counted}(?=\\s+(?:then\\s+)?(?:make|bring|scale|take|set)\\s+(?:it|them)\\s+(?:up\\s+|down\\s+)?(?:to\\s+)?\\S+[.!]?$)`,
		groups => within(groups, facts.hasReplicas),
	),
	row(`(?:replica counts?|(?:number|count) of (?:replicas|pods))\\s+${be}\\s+${counted}`, groups => within(groups, facts.hasReplicas)),
	row(`${be}\\s+scaled (?:down )?to zero`, () => facts.hasReplicas({way: 'same', value: 0})),
	row(`${none}\\s+(?:the\\s+)?${pair}`, ({key = '', value = ''}) => not(facts.hasLabel(key, value))),
	row(`${none}\\s+(?:labels? (?:called |named )?(?<key>[\\w./-]+)|(?<key2>[\\w./-]+)(?: labels?))`, ({key, key2 = ''}) =>
		not(facts.hasLabelKey((key ?? key2).toLowerCase())),
	),
	row(
		`(?:${have}|${isNot}\\s+(?:labell?ed|tagged|marked|flagged)(?:\\s+(?:with|as))?)\\s+(?:(?:the|an?)\\s+)?(?:labels?\\s+)?${pair}`,
		({key = '', value = '', denied}) => unless(denied !== undefined, facts.hasLabel(key, value)),
	),
	row(`(?:${be}\\s+)?(?:owned|run|kept|maintained)\\s+by\\s+(?:the\\s+)?(?:team\\s+)?(?<team>[\\w-]+)(?:\\s+team)?`, ({team = ''}) =>
		either(facts.hasLabel('team', team), facts.hasLabel('owner', team)),
	),
	row(`${none}\\s+(?:${resource})`, lacksResource),
	row(`${have}\\s+(?:an?\\s+)?(?<name>cpu|memory)\\s+(?<field>request|limit)\\s+(?:(?:of|set to|at|that is)\\s+)?${measured}`, groups =>
		within(groups, bound => facts.resourceWithin({field: fieldOf(groups.field), ...nameOf(groups.name)}, bound)),
	),
	row(`(?<name>cpu|memory)\\s+(?<field>requests?|limits?)\\s+${be}\\s+(?:set to\\s+|at\\s+)?${measured}`, groups =>
		within(groups, bound => facts.resourceWithin({field: fieldOf(groups.field), ...nameOf(groups.name)}, bound)),
	),
	row(`${have}\\s+(?:an?\\s+|any\\s+)?(?:${resource})`, ({name, field, other, field2}) =>
		field2 === undefined
			? [field, other]
					.filter(said => said !== undefined)
					.map(said => facts.hasResource({field: fieldOf(said), ...nameOf(name)}))
					.reduce(both)
			: facts.hasSomeResource(['requests', 'limits']),
	),
	row(`${none}\\s+${probe}`, ({probe: said = ''}) => not(facts.hasProbe(probes[said.toLowerCase()] ?? []))),
	row(`${have}\\s+(?:an?\\s+|any\\s+)?${probe}`, ({probe: said = ''}) => facts.hasProbe(probes[said.toLowerCase()] ?? [])),
	row(`${none}\\s+${guard}`, ({guard: said}) => not(guardOf(said))),
	row(`${have}\\s+(?:an?\\s+|any\\s+)?${guard}`, ({guard: said}) => guardOf(said)),
	row(
		`(?:${have}|sets?)\\s+(?:an?\\s+|the\\s+)?(?:env(?:ironment)?\\s+)?(?:var(?:iable)?\\s+)?(?<key>[A-Z][A-Z0-9_]*[A-Z0-9])(?:\\s+(?:set\\s+to|at)\\s+(?<value>[\\w.-]*\\w)|\\s+set)?`,
		({key = '', value}) => (isCapital(key) ? facts.hasVariable(key, value) : undefined),
	),
	row(`${none}\\s+(?:the\\s+)?(?:env(?:ironment)?\\s+)?(?:var(?:iable)?\\s+)?(?<key>[A-Z][A-Z0-9_]*[A-Z0-9])`, ({key = ''}) =>
		isCapital(key) ? not(facts.hasVariable(key)) : undefined,
	),
	row(`${isNot}\\s+(?:suspended|paused|on hold|switched off|turned off|stopped)`, ({denied}) =>
		unless(denied !== undefined, facts.isSuspended),
	),
	row(
		`(?:${isNot}\\s+(?:running|active|enabled|live|scheduled)|runs?)(?:\\s+on schedule)?(?=\\s*$|\\s*[,;:.]|\\s+(?:should|must|gets?|needs?|goes|go)\\b)`,
		({denied}) => unless(denied === undefined, facts.isSuspended),
	),
	row(`${isNot}\\s+(?:still\\s+)?on schedule`, ({denied}) => unless(denied === undefined, facts.isSuspended)),
	row(`${isNot}\\s+(?:cordoned|unschedulable|closed(?: (?:for|to) (?:scheduling|new pods))?)`, ({denied}) =>
		unless(denied !== undefined, facts.isCordoned),
	),
	row(`${isNot}\\s+(?:schedulable|open(?: (?:for|to) (?:scheduling|new pods))?)`, ({denied}) =>
		unless(denied === undefined, facts.isCordoned),
	),
	row(
		`${isNot}\\s+(?:in (?:a )?)?(?:crash[ -]?loop(?:ing|backoff|s?)|crashing)|keeps? (?:on )?crashing|crash(?:es)?(?:[ -]?loops?)?`,
		({denied}) => unless(denied !== undefined, facts.isCrashing),
	),
	row(`${isNot}\\s+(?:stuck )?(?:in )?pending`, ({denied}) => unless(denied !== undefined, facts.isPending)),
	row(`${isNot}\\s+(?:ready|healthy|up)`, ({denied}) => unless(denied !== undefined, facts.isReady)),
	row(`${isNot}\\s+(?:unready|unhealthy|down|broken|failing|degraded)|fails?`, ({denied}) => unless(denied === undefined, facts.isReady)),
	row(`(?:${isNot}|runs?)\\s+(?:on\\s+)?an?\\s+(?:release candidate|rc)(?: (?:tag|version|image))?`, ({denied}) =>
		unless(denied !== undefined, facts.runsImage(facts.releaseCandidate)),
	),
	row(
		`(?:${isNot}(?:\\s+(?:running|using|on|at))?|runs?|uses?)\\s+(?:on\\s+)?(?:(?:tag|version|image|release)\\s+)?(?<image>v?\\d+(?:\\.\\d+)+[\\w.-]*\\w|[\\w./-]+:[\\w.-]*\\w|latest)`,
		({image = '', denied}) => unless(denied !== undefined, facts.runsImage(facts.whole(image))),
	),
	row(
		`(?:selects?|points? (?:at|to)|routes? to|sends? (?:traffic )?to|targets?)\\s+(?:the\\s+)?(?<name>[\\w-]+)(?:\\s+(?:pods?|ones?|side|track))?`,
		({name = ''}) => facts.selects(name),
	),
	row(`${isNot}\\s+(?:of\\s+)?(?:type\\s+)?(?<type>NodePort|LoadBalancer|ClusterIP|ExternalName)`, ({type = '', denied}) =>
		unless(denied !== undefined, facts.isOfType(type)),
	),
	row(
		`${isNot}\\s+(?:of|on|in)\\s+(?:the\\s+)?(?:storage\\s+|ingress\\s+)?class\\s+(?<name>[\\w-]+)|(?:uses?|${have})\\s+(?:the\\s+)?(?:storage\\s+|ingress\\s+)?class\\s+(?<name2>[\\w-]+)`,
		({name, name2 = '', denied}) => unless(denied !== undefined, facts.isOfClass(name ?? name2)),
	),
	row(`(?:sizes?\\s+)?${be}\\s+${measured}|${have}\\s+${measured.replaceAll('?<', '?<m')}`, groups => {
		const bound = boundOf(groups.value === undefined ? {way: groups.mway, value: groups.mvalue, or: groups.mor} : groups);
		return bound === undefined || bound.value < 1024 ? undefined : facts.claimsWithin(bound);
	}),
	row(
		`(?<none>(?:does not|do not|doesn't|don't)\\s+)?(?:reads?|uses?|mounts?|loads?|consumes?|references?|refers? to)\\s+(?:the\\s+)?(?:config ?map|secret|claim|pvc|service ?account)?\\s*(?<name>[a-z0-9]+(?:-[a-z0-9]+)+|(?<=(?:map|secret|claim|pvc|account)\\s+)[\\w-]+)`,
		({name = '', none: denied}) => unless(denied !== undefined, facts.uses(name)),
	),
	row(`${none}\\s+(?<what>${facts.columnNames.join('|')})s?(?:\\s+(?:set|configured|defined))?`, ({what = ''}) =>
		not(facts.hasColumn(what)),
	),
	row(`${isNot}\\s+(?<kind>${kindNames})(?:e?s)?`, ({kind = '', denied}) => {
		const said = kindPhrases.find(({words}) => new RegExp(`^${words.join('[ -]?')}$`, 'i').test(kind))?.kind;
		return said === undefined ? undefined : unless(denied !== undefined, object => object.kind === said);
	}),
];

const trailing =
	/^\s+(?:at all|yet|right now|at the moment|currently|today|as of now|of (?:its|their) own|on (?:it|them)|so far)(?![\w-])/i;

/** The predicate with which a text begins: `has 4 replicas`, `is still suspended and carries tier=web`, `has 4 replicas and no probes`. Undefined: it tells none. */
export function englishTrait(text: string): TraitRead | undefined {
	const first = oneTrait(text);
	if (first === undefined) return undefined;
	const [joint = '', or] = /^,?\s+(?:and|but|(or))\s+(?:that\s+|which\s+|who\s+)?/i.exec(text.slice(first.length)) ?? [];
	const rest = text.slice(first.length + joint.length);
	const plain = unshortened(rest);
	// `4 replicas and no probes`: the verb goes for both.
	const [next, added] = [englishTrait(plain.text), plain.added];
	const shared =
		next === undefined && /^(?:no|an?|at|more|less|fewer|exactly|only|\d+|one|two|three)\s/i.test(rest)
			? englishTrait(`have ${rest}`)
			: undefined;
	const read = next === undefined ? (shared === undefined ? undefined : shared.length - 'have '.length) : next.length - added;
	const other = next ?? shared;
	if (joint === '' || read === undefined || other === undefined) return first;
	return {length: first.length + joint.length + read, trait: (or === undefined ? both : either)(first.trait, other.trait)};
}

function oneTrait(text: string): TraitRead | undefined {
	for (const {said, trait} of rows) {
		const found = said.exec(text);
		const read = found === null ? undefined : trait(found.groups ?? {});
		if (found === null || read === undefined) continue;
		const behind = trailing.exec(text.slice(found[0].length))?.[0] ?? '';
		const isNone = /at all/i.test(behind) && found.groups?.none !== undefined && found.groups.field !== undefined;
		return {length: found[0].length + behind.length, trait: isNone ? lacksResource({...found.groups, any: 'any'}) : read};
	}
	return undefined;
}

const reduced: readonly (readonly [RegExp, string])[] = [
	[/^with(?:\s+(?=no\b))?(?=\s)/i, 'have'],
	[/^having(?=\s)/i, 'have'],
	[/^carrying(?=\s)/i, 'carry'],
	[/^bearing(?=\s)/i, 'bear'],
	[/^without(?=\s)/i, 'without'],
	[/^(?:lacking|missing)(?=\s)/i, 'lack'],
	[/^running(?=\s)/i, 'run'],
	[/^using(?=\s)/i, 'use'],
	[/^selecting(?=\s)/i, 'select'],
	[/^pointing(?=\s)/i, 'point'],
	[/^sitting(?=\s)/i, 'sit'],
	[
		/^(?=(?:labell?ed|tagged|marked|flagged|owned by|maintained by|set to|scaled to|on (?:tag|version|[\w./-]+:[\w.-]*\d\S*)|at \w+ (?:replicas|pods)|of (?:type|class|storage class)|(?:larger|bigger|smaller) than)(?:\s|$|[,;]))/i,
		'are ',
	],
];

/** A phrase behind a noun as the predicate that it shortens: `with 4 replicas` → `have 4 replicas`. `added`: how much longer it is than what was said. */
export function unshortened(text: string): {readonly text: string; readonly added: number; readonly isShort: boolean} {
	const [said, verb] = reduced.find(([pattern]) => pattern.test(text)) ?? [];
	const plain = said === undefined ? text : text.replace(said, verb ?? '');
	return {text: plain, added: plain.length - text.length, isShort: said !== undefined};
}
