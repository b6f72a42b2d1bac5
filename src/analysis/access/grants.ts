import type {Json} from '../../core/json.ts';
import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import {oncePerObject} from '../../core/once-per-object.ts';

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

/**
 * Rules of each role; an aggregated one has those of every ClusterRole that it selects, and of those that these select, which its controller may not have
 * copied yet. A role that is asked about again has the same list.
 */
export function rulesOfRoles(objects: AccessObjects): (role: KubeObject) => readonly Json[] {
	const clusterRoles = objects.filter(({kind}) => kind === 'ClusterRole');
	const gathered = (role: KubeObject, seen: ReadonlySet<KubeObject>): readonly Json[] => {
		const selectors = listAt(role, 'aggregationRule', 'clusterRoleSelectors');
		if (selectors.length === 0) return listAt(role, 'rules');
		const chosen = clusterRoles.filter(
			other => !seen.has(other) && selectors.some(each => fitsSelector(each, other.metadata.labels ?? {})),
		);
		const all = [...listAt(role, 'rules'), ...chosen.flatMap(other => gathered(other, new Set([...seen, other])))];
		return [...new Map(all.map(rule => [JSON.stringify(rule), rule])).values()];
	};
	return oncePerObject(role => gathered(role, new Set([role])));
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
	const rulesOf = rulesOfRoles(objects);
	const byName = new Map(objects.map(object => [keyOf(object.kind, object.metadata.namespace, object.metadata.name), object]));
	return objects
		.filter(({kind}) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
		.flatMap(binding => {
			const role = roleOf(binding);
			const found = byName.get(keyOf(role.kind, role.namespace, role.name));
			const rules = found === undefined ? undefined : rulesOf(found);
			return listAt(binding, 'subjects').flatMap(subject => {
				const holder = holderOf(subject, binding);
				return holder === undefined ? [] : [{holder, binding: refOf(binding), role, namespace: binding.metadata.namespace, rules}];
			});
		});
}

/** Somebody as the server sees them once they signed in. An account is the user `system:serviceaccount:NAMESPACE:NAME`. */
export type Identity = {readonly user: string; readonly groups: readonly string[]};

/** The account that signs in as a user of this name; undefined for the names of people. */
export function accountOfUser(user: string): {readonly name: string; readonly namespace: string} | undefined {
	const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
	return namespace === undefined || name === undefined ? undefined : {name, namespace};
}

const userOf = ({kind, name, namespace}: Holder) => (kind === 'ServiceAccount' ? `system:serviceaccount:${namespace}:${name}` : name);

/** A user or an account with the groups that it is in without anybody naming it, and those that are known of it. Of others only the sign-in knows. */
export function identityOf(holder: Holder, known: readonly string[] = []): Identity {
	const user = userOf(holder);
	const account = accountOfUser(user);
	const own = account === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`];
	return {user, groups: [...own, user === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated', ...known]};
}

/** Bindings may also name an account as the user that it signs in as. */
const subjectKey = (holder: Holder) => (holder.kind === 'Group' ? `Group ${holder.name}` : `User ${userOf(holder)}`);

/** Thousands of holders are asked about on the same grants. */
const bySubject = oncePerObject((grants: readonly Grant[]) => Map.groupBy(grants, ({holder}) => subjectKey(holder)));

/** Grants that reach somebody by their name or by one of their groups. */
export function grantsReaching({user, groups}: Identity, grants: readonly Grant[]): readonly Grant[] {
	const subjects = bySubject(grants);
	return [`User ${user}`, ...groups.map(group => `Group ${group}`)].flatMap(key => subjects.get(key) ?? []);
}

/** Grants that reach a holder: its own, and those of the groups that it is in for certain. */
export const grantsFor = (holder: Holder, grants: readonly Grant[]): readonly Grant[] =>
	holder.kind === 'Group' ? (bySubject(grants).get(subjectKey(holder)) ?? []) : grantsReaching(identityOf(holder), grants);

/** `minho@example.com`, `Group sre`, `ServiceAccount platform/ci` */
export const holderText = ({kind, name, namespace}: Holder) =>
	kind === 'User' ? `User ${name}` : `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** Accounts that the control plane itself signs in with. */
export const isSystemHolder = ({name, namespace}: Holder) => name.startsWith('system:') || namespace === 'kube-system';
