import type {Json} from '../../core/json.ts';
import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';

/** A user, a group or a service account, as bindings name them. */
export type Holder = {
	readonly kind: 'User' | 'Group' | 'ServiceAccount';
	readonly name: string;
	/** Of a service account. */
	readonly namespace?: string | undefined;
};

/** What one binding gives to one holder. */
export type Grant = {
	readonly holder: Holder;
	readonly binding: Ref;
	readonly role: Ref;
	/** Where it holds; undefined everywhere. */
	readonly namespace: string | undefined;
	/** Undefined where the role is not there, and the binding gives nothing. */
	readonly rules: readonly Json[] | undefined;
};

/** All that says who may do what: Roles, ClusterRoles, RoleBindings and ClusterRoleBindings, in any order. */
export type AccessObjects = readonly KubeObject[];

/** Rules of a role; an aggregated one has those of every ClusterRole that it selects, which its controller may not have copied yet. */
function rulesOf(role: KubeObject, objects: AccessObjects): readonly Json[] {
	const selectors = listAt(role, 'aggregationRule', 'clusterRoleSelectors');
	const chosen = objects.filter(
		other => other.kind === 'ClusterRole' && other !== role && selectors.some(each => fitsSelector(each, other.metadata.labels)),
	);
	return [...listAt(role, 'rules'), ...chosen.flatMap(other => listAt(other, 'rules'))];
}

const kinds = ['User', 'Group', 'ServiceAccount'] as const;

/** Whom a subject of a binding names; undefined for what RBAC does not know. */
export function holderOf(subject: Json, binding: KubeObject): Holder | undefined {
	const kind = kinds.find(each => each === textAt(subject, 'kind'));
	const name = textAt(subject, 'name');
	if (kind === undefined || name === undefined) return undefined;
	const namespace = kind === 'ServiceAccount' ? (textAt(subject, 'namespace') ?? binding.metadata.namespace) : undefined;
	return {kind, name, ...(namespace === undefined ? {} : {namespace})};
}

function roleOf(binding: KubeObject): Ref {
	const kind = textAt(binding, 'roleRef', 'kind') ?? '';
	const {namespace} = binding.metadata;
	const apiVersion = 'rbac.authorization.k8s.io/v1';
	return {
		apiVersion,
		kind,
		...(kind === 'Role' && namespace !== undefined ? {namespace} : {}),
		name: textAt(binding, 'roleRef', 'name') ?? '',
	};
}

const keyOf = (kind: string, namespace: string | undefined, name: string) => `${kind} ${namespace ?? ''} ${name}`;

/** Every grant of every binding, in the order of the bindings. */
export function grantsOf(objects: AccessObjects): readonly Grant[] {
	const byName = new Map(objects.map(object => [keyOf(object.kind, object.metadata.namespace, object.metadata.name), object]));
	return objects
		.filter(({kind}) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
		.flatMap(binding => {
			const role = roleOf(binding);
			const found = byName.get(keyOf(role.kind, role.namespace, role.name));
			const rules = found === undefined ? undefined : rulesOf(found, objects);
			return listAt(binding, 'subjects').flatMap(subject => {
				const holder = holderOf(subject, binding);
				return holder === undefined ? [] : [{holder, binding: refOf(binding), role, namespace: binding.metadata.namespace, rules}];
			});
		});
}

/** Groups that a holder is in without anybody naming it. Of a user's other groups only the sign-in knows. */
function impliedGroups({kind, namespace}: Holder): readonly string[] {
	if (kind === 'Group') return [];
	const accounts = kind === 'ServiceAccount' ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`] : [];
	return [...accounts, 'system:authenticated'];
}

/** The account that signs in as a user of this name; undefined for the names of people. */
export function accountOfUser(user: string): {readonly name: string; readonly namespace: string} | undefined {
	const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
	return namespace === undefined || name === undefined ? undefined : {name, namespace};
}

/** Bindings may also name an account as the user that it signs in as. */
const same = (a: Holder, b: Holder) =>
	(a.kind === b.kind && a.name === b.name && a.namespace === b.namespace) ||
	(a.kind === 'User' && b.kind === 'ServiceAccount' && a.name === `system:serviceaccount:${b.namespace}:${b.name}`);

/** Grants that reach a holder: its own, and those of the groups that it is in for certain. */
export const grantsFor = (holder: Holder, grants: readonly Grant[]): readonly Grant[] => {
	const groups = impliedGroups(holder);
	return grants.filter(grant => same(grant.holder, holder) || (grant.holder.kind === 'Group' && groups.includes(grant.holder.name)));
};

/** `minho@example.com`, `Group sre`, `ServiceAccount platform/ci` */
export const holderText = ({kind, name, namespace}: Holder) =>
	kind === 'User' ? `User ${name}` : `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** Accounts that the control plane itself signs in with. */
export const isSystemHolder = ({name, namespace}: Holder) => name.startsWith('system:') || namespace === 'kube-system';
