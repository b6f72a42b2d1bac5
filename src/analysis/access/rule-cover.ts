import type {Json, JsonObject} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';
import {coverOf, type Request} from './access-rule.ts';

const textsAt = (rule: Json, field: string) => [...new Set(listAt(rule, field).map(String))];

/** A rule in its smallest parts: one verb on one resource of one group (and one name), or on one URL. Its `*` stay what they are. */
export function partsOf(rule: Json): readonly Request[] {
	const [verbs, groups, resources, names, urls] = (['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const).map(
		field => textsAt(rule, field),
	) as [string[], string[], string[], string[], string[]];
	const things = groups.flatMap(group =>
		resources.flatMap(resource => (names.length === 0 ? [{group, resource}] : names.map(name => ({group, resource, name})))),
	);
	return [...things, ...urls.map(url => ({url}))].flatMap(thing => verbs.map(verb => ({verb, ...thing})));
}

/** One part as the rule that grants it and nothing else. */
export const ruleOfPart = (part: Request): JsonObject =>
	'url' in part
		? {nonResourceURLs: [part.url], verbs: [part.verb]}
		: {
				apiGroups: [part.group],
				resources: [part.resource],
				verbs: [part.verb],
				...(part.name === undefined ? {} : {resourceNames: [part.name]}),
			};

const keyOf = (part: Request) => JSON.stringify(ruleOfPart(part));

/**
 * What some rules do not grant of what others do, in smallest parts, each once; empty where they cover them. As the server checks that nobody grants more
 * than they have: each part must be covered by one rule, so that a list of names never covers all names, nor a list of verbs `*`.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
export function missingFrom(held: readonly Json[], wanted: readonly Json[]): readonly Request[] {
	const parts = new Map(wanted.flatMap(partsOf).map(part => [keyOf(part), part]));
	return [...parts.values()].filter(part => !held.some(rule => coverOf(rule, part) === 'all'));
}
