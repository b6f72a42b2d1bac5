import type {Json, JsonObject} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import type {Action, Request} from './access-rule.ts';
import {missingFrom, ruleOfPart} from './rule-cover.ts';

/** A name counts where the server is told it when it decides: what is to be made has none yet, but for what is made of an object, such as its eviction. */
const named = ({verb, resource, name}: Action) => (verb === 'create' && !resource.includes('/') ? undefined : name);

/** Requests as the server decides on them. */
const decided = (requests: readonly Request[]): readonly Request[] =>
	requests.map(request => {
		if ('url' in request) return request;
		const {verb, group, resource} = request;
		const name = named(request);
		return {verb, group, resource, ...(name === undefined ? {} : {name})};
	});

const withoutName = (request: Request): Request =>
	'url' in request ? request : {verb: request.verb, group: request.group, resource: request.resource};

/** Rules that are alike but for one field become one: the fields of a rule multiply, so it grants what they did and nothing else. */
function joined(rules: readonly JsonObject[], field: string): readonly JsonObject[] {
	const alike = Map.groupBy(rules, ({[field]: _, ...rest}) =>
		JSON.stringify(Object.entries(rest).toSorted(([a], [b]) => a.localeCompare(b))),
	);
	return [...alike.values()].flatMap(group =>
		group
			.slice(0, 1)
			.map(first => (first[field] === undefined ? first : {...first, [field]: sorted(group.flatMap(rule => listAt(rule, field)))})),
	);
}

const sorted = (values: readonly Json[]) => [...new Set(values.map(String))].sort();

const joinedFields = ['resourceNames', 'verbs', 'resources', 'apiGroups', 'nonResourceURLs'];

/**
 * The fewest rules that allow some requests and nothing else.
 * @param byName keeps to the objects that were named, where a request can name one
 */
export function leastRules(requests: readonly Request[], byName: boolean): readonly JsonObject[] {
	const parts = byName ? decided(requests) : requests.map(withoutName);
	const isWhole = (part: Request) => 'url' in part || part.name === undefined;
	const whole = parts.filter(isWhole).map(ruleOfPart);
	const single = parts.filter(part => !isWhole(part)).map(ruleOfPart);
	return joinedFields.reduce(joined, [...whole, ...missingFrom(whole, single).map(ruleOfPart)]);
}

/** Both ways: requests that rules do not allow, and what they grant beyond the requests. Both empty prove a least role. */
export const provenLeast = (rules: readonly Json[], requests: readonly Request[]) => ({
	refused: missingFrom(rules, decided(requests).map(ruleOfPart)),
	beyond: missingFrom(decided(requests).map(ruleOfPart), rules),
});
