import type {Json} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {sameJson} from '../../same-json.ts';
import type {Cluster} from '../cluster.ts';
import type {User} from './authenticate.ts';

/** What somebody wants to do; `path` instead of a resource for URLs outside the API groups. */
export type Action = {
	readonly verb: string;
	readonly group?: string;
	/** `pods` or `pods/log`. */
	readonly resource?: string;
	readonly namespace?: string;
	readonly name?: string;
	readonly path?: string;
};

/** A rule of a role, with where it holds: everywhere when no namespace is given. */
export type GrantedRule = {readonly rule: Json; readonly namespace?: string; readonly because: string};

/** Why an action is allowed, or undefined when nothing allows it. */
export function allowedBecause(cluster: Cluster, user: User, action: Action): string | undefined {
	if (user.groups.includes('system:masters')) return '';
	return rulesFor(cluster, user, action.namespace).find(({rule}) => covers(rule, action))?.because;
}

/** Every rule that holds for a user in a namespace, or cluster-wide alone when none is given. */
export function rulesFor(cluster: Cluster, user: User, namespace: string | undefined): readonly GrantedRule[] {
	const wide = cluster.store.list('clusterrolebindings.rbac.authorization.k8s.io');
	const local =
		namespace === undefined
			? []
			: cluster.store.list('rolebindings.rbac.authorization.k8s.io').filter(({metadata}) => metadata.namespace === namespace);
	return [...wide, ...local].flatMap(binding => {
		const subject = listAt(binding, 'subjects').find(candidate => names(candidate, user, binding));
		return subject === undefined ? [] : rulesOf(cluster, binding, subject);
	});
}

function rulesOf(cluster: Cluster, binding: KubeObject, subject: Json): readonly GrantedRule[] {
	const kind = textAt(binding, 'roleRef', 'kind') ?? '';
	const name = textAt(binding, 'roleRef', 'name') ?? '';
	const {namespace} = binding.metadata;
	const role =
		kind === 'ClusterRole'
			? cluster.store.get('clusterroles.rbac.authorization.k8s.io', undefined, name)
			: cluster.store.get('roles.rbac.authorization.k8s.io', namespace, name);
	const where = namespace === undefined ? binding.metadata.name : `${binding.metadata.name}/${namespace}`;
	const because = `RBAC: allowed by ${binding.kind} ${JSON.stringify(where)} of ${kind} ${JSON.stringify(name)} to ${described(subject)}`;
	return role === undefined ? [] : roleRules(cluster, role).map(rule => ({rule, because, ...(namespace === undefined ? {} : {namespace})}));
}

/** A ClusterRole with an aggregation rule has the rules of every ClusterRole its selectors match, beside those written down already. */
export function roleRules(cluster: Cluster, role: KubeObject): readonly Json[] {
	const own = listAt(role, 'rules');
	const selectors = listAt(role, 'aggregationRule', 'clusterRoleSelectors').map(selector => Object.entries(objectLabels(selector)));
	if (selectors.length === 0) return own;
	const matches = ({metadata}: KubeObject) =>
		selectors.some(labels => labels.length > 0 && labels.every(([key, value]) => metadata.labels?.[key] === value));
	const more = cluster.store
		.list('clusterroles.rbac.authorization.k8s.io')
		.filter(other => other !== role && matches(other))
		.flatMap(other => listAt(other, 'rules'));
	return [...own, ...more.filter(rule => !own.some(known => sameJson(known, rule)))];
}

const objectLabels = (selector: Json): {readonly [key: string]: Json | undefined} => {
	const labels = typeof selector === 'object' && selector !== null && 'matchLabels' in selector ? selector.matchLabels : undefined;
	return typeof labels === 'object' && labels !== null && !Array.isArray(labels) ? (labels as {readonly [key: string]: Json}) : {};
};

function names(subject: Json, user: User, binding: KubeObject): boolean {
	const name = textAt(subject, 'name');
	switch (textAt(subject, 'kind')) {
		case 'User':
			return name === user.name;
		case 'Group':
			return name !== undefined && user.groups.includes(name);
		case 'ServiceAccount':
			return user.name === `system:serviceaccount:${textAt(subject, 'namespace') ?? binding.metadata.namespace ?? ''}:${name}`;
		default:
			return false;
	}
}

function described(subject: Json): string {
	const [kind = '', name = '', namespace] = ['kind', 'name', 'namespace'].map(key => textAt(subject, key));
	return `${kind} ${JSON.stringify(kind === 'ServiceAccount' ? `${name}/${namespace}` : name)}`;
}

const has = (list: readonly Json[], value: string) => list.includes('*') || list.includes(value);

/** Whether one PolicyRule covers an action. */
export function covers(rule: Json, {verb, group = '', resource, name, path}: Action): boolean {
	if (!has(listAt(rule, 'verbs'), verb)) return false;
	if (resource === undefined) {
		return listAt(rule, 'nonResourceURLs').some(
			url => url === path || (typeof url === 'string' && url.endsWith('*') && path?.startsWith(url.slice(0, -1))),
		);
	}
	const resources = listAt(rule, 'resources');
	const [, subresource] = resource.split('/');
	const named = has(resources, resource) || (subresource !== undefined && resources.includes(`*/${subresource}`));
	const onlyNames = listAt(rule, 'resourceNames');
	return has(listAt(rule, 'apiGroups'), group) && named && (onlyNames.length === 0 || (name !== undefined && onlyNames.includes(name)));
}
