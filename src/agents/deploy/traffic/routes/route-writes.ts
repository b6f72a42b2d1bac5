import {type Json, type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {objectsAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Dialect, HeaderMatch} from '../dialects/dialect.ts';

/** A rule of a route that leads to the workload: which of its targets do, each with the canary's Service for it. */
export type ReachingRule = {readonly index: number; readonly canaries: ReadonlyMap<number, string>};

/** A route as it is now, and its rules that lead to the workload. */
export type ReachingRoute = {readonly route: KubeObject; readonly dialect: Dialect; readonly rules: readonly ReachingRule[]};

export type Extras = {readonly header?: HeaderMatch | undefined; readonly mirror?: number | undefined};

/**
 * The writes that give the canary its per cent of what a route sends to the workload, and the one that brings back the rules exactly as they were.
 * Each sets values whole, so that done twice it leaves the same, from whatever weight before.
 * @param extras a mirror gets its copies at 0 % alone: with any weight the canary serves for itself
 */
export function routeWrites(reaching: ReachingRoute, extras: Extras): {toWeight: (percent: number) => Write; restore: Write} {
	return {
		toWeight: percent => patchOf(reaching, extras, rule => changedRule(reaching, rule, percent, extras)),
		restore: patchOf(reaching, extras, ({index}) => [ruleAt(reaching, index)]),
	};
}

const rulesOf = ({route, dialect}: ReachingRoute) => objectsAt(route, 'spec', dialect.rules);
const ruleAt = (reaching: ReachingRoute, index: number): JsonObject => rulesOf(reaching)[index] ?? {};

/** What stands in the place of a rule: for a header, a rule of its own comes above it. */
function changedRule(
	reaching: ReachingRoute,
	{index, canaries}: ReachingRule,
	percent: number,
	{header, mirror}: Extras,
): readonly JsonObject[] {
	const {dialect} = reaching;
	const rule = ruleAt(reaching, index);
	const targets = objectsAt(rule, dialect.targets);
	const weights = dialect.weightsOf(targets);
	const splits = dialect.split(
		targets.map((_, at) => ({weight: weights[at] ?? 0, isStable: canaries.has(at)})),
		percent,
	);
	const shared = targets.flatMap((target, at): readonly JsonObject[] => {
		const own = {...target, weight: splits[at]?.own ?? 0};
		const service = canaries.get(at);
		return service === undefined ? [own] : [own, {...dialect.twin(target, service), weight: splits[at]?.canary ?? 0}];
	});
	const weighted = {...rule, [dialect.targets]: shared};
	const [at, service] = [...canaries][0] ?? [0, ''];
	const copied =
		mirror === undefined || percent > 0 ? undefined : dialect.withMirror(weighted, dialect.twin(targets[at] ?? {}, service), mirror);
	return [...(header === undefined ? [] : [headerRule(dialect, rule, canaries, header)]), copied ?? weighted];
}

/** A rule for the requests of another one that carry the header: all of them go to the canary. */
function headerRule(dialect: Dialect, rule: JsonObject, canaries: ReachingRule['canaries'], header: HeaderMatch): JsonObject {
	const matches = objectsAt(rule, dialect.matches);
	const twins = objectsAt(rule, dialect.targets).flatMap((target, at) => {
		const service = canaries.get(at);
		return service === undefined ? [] : [dialect.twin(target, service)];
	});
	const name = textAt(rule, 'name');
	return {
		...rule,
		...(name === undefined ? {} : {name: `${name}-canary`}),
		[dialect.matches]: (matches.length === 0 ? [{}] : matches).map(match => dialect.withHeader(match, header) ?? match),
		// What was a part of the requests is all of them here.
		[dialect.targets]: twins.length === 1 ? twins.map(twin => withoutKeys(twin, new Set(['weight']))) : twins,
	};
}

/**
 * The smallest patch that may set these rules: the targets of each rule; the rule, where it changes otherwise too; all rules, where one is added.
 * It refuses where the route is another one, or a rule is not the one at its place any more.
 */
function patchOf(reaching: ReachingRoute, extras: Extras, after: (rule: ReachingRule) => readonly JsonObject[]): Write {
	const {route, dialect, rules} = reaching;
	const {uid} = route.metadata;
	const isSame = uid === undefined ? [] : [test('/metadata/uid', uid)];
	const patch =
		extras.header === undefined
			? rules.flatMap(rule => setRule(reaching, rule, extras.mirror !== undefined, after(rule)[0] ?? {}))
			: [...sameAnchor(reaching), {op: 'replace', path: `/spec/${dialect.rules}`, value: allRules(reaching, after)}];
	return {op: 'patch', ref: refOf(route), type: 'json', patch: [...isSame, ...patch]};
}

function setRule(reaching: ReachingRoute, {index}: ReachingRule, isWhole: boolean, after: JsonObject): readonly JsonObject[] {
	const {dialect} = reaching;
	const path = `/spec/${dialect.rules}/${index}`;
	const before = ruleAt(reaching, index);
	const value = after[dialect.targets] ?? [];
	// A whole rule is set over what others may have changed in it meanwhile: then nothing of it may have moved.
	const changing = new Set([dialect.targets, 'filters', 'mirror', 'mirrors', 'mirrorPercentage']);
	const fixed = isWhole ? Object.keys(before).filter(key => !changing.has(key)) : ['name', dialect.matches];
	const tests = fixed.flatMap(key => (before[key] === undefined ? [] : [test(`${path}/${key}`, before[key])]));
	return [...tests, isWhole ? {op: 'replace', path, value: after} : {op: 'replace', path: `${path}/${dialect.targets}`, value}];
}

function allRules(reaching: ReachingRoute, after: (rule: ReachingRule) => readonly JsonObject[]): readonly JsonObject[] {
	const changed = new Map(reaching.rules.map(rule => [rule.index, after(rule)]));
	return rulesOf(reaching).flatMap((rule, index) => changed.get(index) ?? [rule]);
}

function sameAnchor({route, dialect}: ReachingRoute): readonly JsonObject[] {
	const value = valueAt(objectAt(route, 'spec'), dialect.anchor);
	return value === undefined ? [] : [test(`/spec/${dialect.anchor}`, value)];
}

const test = (path: string, value: Json): JsonObject => ({op: 'test', path, value});
