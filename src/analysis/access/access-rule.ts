import type {Json} from '../../core/json.ts';
import {listAt} from '../../core/kube/json-at.ts';

/** One thing that somebody may want to do. */
export type Action = {
	readonly verb: string;
	/** API group; empty for the core group. */
	readonly group: string;
	/** Plural, `pods` or `pods/log`. */
	readonly resource: string;
	/** One object; without it all of them are meant. */
	readonly name?: string | undefined;
};

const holds = (list: readonly Json[], value: string) => list.includes('*') || list.includes(value);

/** Whether a rule speaks of the resource, whatever its verbs and groups. */
export function namesResource(rule: Json, resource: string): boolean {
	const resources = listAt(rule, 'resources');
	const [, subresource] = resource.split('/');
	return holds(resources, resource) || (subresource !== undefined && resources.includes(`*/${subresource}`));
}

/** `all`: every object; `some`: only objects that the rule names; `none`: it does not allow this. */
export type Cover = 'all' | 'some' | 'none';

/**
 * How far a PolicyRule allows an action. A rule with `resourceNames` covers an action on all objects for these names alone.
 * @see k8s.io/kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go
 */
export function coverOf(rule: Json, {verb, group, resource, name}: Action): Cover {
	const fits = holds(listAt(rule, 'verbs'), verb) && holds(listAt(rule, 'apiGroups'), group) && namesResource(rule, resource);
	if (!fits) return 'none';
	const names = listAt(rule, 'resourceNames');
	if (names.length === 0) return 'all';
	if (name === undefined) return 'some';
	return names.includes(name) ? 'all' : 'none';
}
