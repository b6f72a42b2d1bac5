import type {Json} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';

/** One thing that somebody may want to do to objects. Words of a rule are questions too: `*` asks for all there is. */
export type Action = {
	readonly verb: string;
	/** API group; empty for the core group. */
	readonly group: string;
	/** Plural, `pods` or `pods/log`. */
	readonly resource: string;
	/** One object; without it all of them are meant. */
	readonly name?: string | undefined;
};

/** One thing that somebody may want to do at a path outside the API groups, such as `/metrics`. */
type UrlAction = {readonly verb: string; readonly url: string};

/** Whatever RBAC is asked about. */
export type Request = Action | UrlAction;

const holds = (list: readonly Json[], value: string) => list.includes('*') || list.includes(value);

/** Whether a rule speaks of the resource, whatever its verbs and groups. */
export function namesResource(rule: Json, resource: string): boolean {
	const resources = listAt(rule, 'resources');
	const slash = resource.indexOf('/');
	return holds(resources, resource) || (slash !== -1 && resources.includes(`*${resource.slice(slash)}`));
}

/** Whether a pattern of `nonResourceURLs` covers a path or another pattern: as it stands, or by all that begins with what is before its `*`. */
export const coversUrl = (pattern: string, url: string): boolean =>
	pattern === url || (pattern.endsWith('*') && url.startsWith(pattern.replace(/\*+$/, '')));

/** `all`: every object; `some`: only objects that the rule names; `none`: it does not allow this. */
export type Cover = 'all' | 'some' | 'none';

/**
 * How far a PolicyRule allows a request. A rule with `resourceNames` covers an action on all objects for these names alone.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function coverOf(rule: Json, request: Request): Cover {
	if ('url' in request) {
		const isAllowed = listAt(rule, 'nonResourceURLs').some(each => coversUrl(String(each), request.url));
		return isAllowed && holds(listAt(rule, 'verbs'), request.verb) ? 'all' : 'none';
	}
	const {verb, group, resource, name} = request;
	const fits = holds(listAt(rule, 'verbs'), verb) && holds(listAt(rule, 'apiGroups'), group) && namesResource(rule, resource);
	if (!fits) return 'none';
	const names = listAt(rule, 'resourceNames');
	if (names.length === 0) return 'all';
	if (name === undefined) return 'some';
	return names.includes(name) ? 'all' : 'none';
}
