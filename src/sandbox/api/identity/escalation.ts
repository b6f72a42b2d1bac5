import type {Json} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {sameJson} from '../../same-json.ts';
import type {Cluster} from '../cluster.ts';
import {forbiddenChange, notFound} from '../errors.ts';
import type {Resource} from '../resource.ts';
import type {User} from './authenticate.ts';
import {type Action, allowedBecause, covers, roleRules, rulesFor} from './authorize.ts';

const group = 'rbac.authorization.k8s.io';

/**
 * Nobody grants what they do not have: the rules of a role that is written, or of one that is bound, must be covered by the writer's own,
 * unless the writer may `escalate` or `bind`. Throws 403 with what is missing, in the words of the server's policy-based storage.
 */
export function checkEscalation(cluster: Cluster, resource: Resource, user: User, after: KubeObject, before: KubeObject | undefined): void {
	if (resource.group !== group || user.groups.includes('system:masters')) return;
	const {namespace, name} = after.metadata;
	const isRole = resource.kind === 'Role' || resource.kind === 'ClusterRole';
	if (before !== undefined && sameJson(apartFromGarbage(before), apartFromGarbage(after))) return;
	const right = isRole ? {verb: 'escalate', resource: resource.plural, name} : {verb: 'bind', ...boundRole(after)};
	if (allowedBecause(cluster, user, {...right, group, ...(namespace === undefined ? {} : {namespace})}) !== undefined) return;
	const rules = isRole ? listAt(after, 'rules') : rulesBound(cluster, resource, after);
	const held = rulesFor(cluster, user, namespace);
	const missing = rules.flatMap(actionsOf).filter(action => !held.some(({rule}) => covers(rule, action)));
	if (missing.length === 0) return;
	const groups = user.groups.map(text => JSON.stringify(text)).join(' ');
	const why = `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held`;
	throw forbiddenChange(resource, name, [`${why}:`, ...ruleTexts(missing)].join('\n'));
}

/** Whoever touches a role vouches for all of it, but for what the garbage collector changes. */
function apartFromGarbage({metadata, ...rest}: KubeObject): Json {
	const {ownerReferences: _owners, finalizers: _finalizers, managedFields: _managed, resourceVersion: _version, ...kept} = metadata;
	return {...rest, metadata: kept};
}

const boundRole = (binding: KubeObject) => ({
	resource: textAt(binding, 'roleRef', 'kind') === 'ClusterRole' ? 'clusterroles' : 'roles',
	name: textAt(binding, 'roleRef', 'name') ?? '',
});

function rulesBound(cluster: Cluster, bindings: Resource, binding: KubeObject): readonly Json[] {
	const {resource, name} = boundRole(binding);
	const role = cluster.store.get(`${resource}.${group}`, resource === 'roles' ? binding.metadata.namespace : undefined, name);
	// The server names the role as if it were a binding.
	if (role === undefined) throw notFound(bindings, name);
	return roleRules(cluster, role);
}

/** A rule in its smallest parts, each of one verb on one thing. */
function actionsOf(rule: Json): readonly Action[] {
	const texts = (key: string) => listAt(rule, key).filter(value => typeof value === 'string');
	const names = texts('resourceNames');
	const things = texts('apiGroups').flatMap(apiGroup =>
		texts('resources').flatMap(resource =>
			names.length === 0 ? [{group: apiGroup, resource}] : names.map(name => ({group: apiGroup, resource, name})),
		),
	);
	const paths = texts('nonResourceURLs').map(path => ({path}));
	return [...things, ...paths].flatMap(thing => texts('verbs').map(verb => ({...thing, verb})));
}

/** `{APIGroups:[""], Resources:["secrets"], Verbs:["get" "list"]}`, one for each thing, sorted. */
function ruleTexts(actions: readonly Action[]): readonly string[] {
	const verbs = new Map<string, string[]>();
	for (const action of actions) {
		const thing = thingText(action);
		verbs.set(thing, [...(verbs.get(thing) ?? []), action.verb]);
	}
	return [...verbs].map(([thing, list]) => `{${thing}, ${listText('Verbs', list)}}`).sort();
}

function thingText({group: apiGroup = '', resource, name, path}: Action): string {
	if (resource === undefined) return listText('NonResourceURLs', [path ?? '']);
	const parts = [listText('APIGroups', [apiGroup]), listText('Resources', [resource])];
	return [...parts, ...(name === undefined ? [] : [listText('ResourceNames', [name])])].join(', ');
}

const listText = (title: string, list: readonly string[]) => `${title}:[${list.map(text => JSON.stringify(text)).join(' ')}]`;
