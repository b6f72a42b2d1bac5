import {coverOf} from '../../access-rule.ts';
import type {Grant} from '../../grants.ts';
import {type Ask, type Climber, everything, inPlace, type Power, type PowerOf, type Right, whole} from '../power.ts';
import {accountsOf, admin} from '../sets.ts';

const rbac = 'rbac.authorization.k8s.io';

/** What a climber has once it gave a role to itself; a set of its own, with itself in it. */
function given(text: string, rules: Grant['rules'], namespace: string | undefined): Pick<Power, 'to' | 'makes'> {
	const role = {apiVersion: `${rbac}/v1`, kind: 'ClusterRole', name: text};
	const made: Climber = {key: text, text, grants: [{holder: {kind: 'User', name: text}, binding: role, role, namespace, rules}]};
	return {to: text, makes: made};
}

const allIn = (place: string | undefined) =>
	place === undefined ? {to: admin} : given(`every right in namespace ${place}`, everything, place);

const hasName = ({names}: Right, name: string) => names.length === 0 || names.includes(name);

/** Whoever may bind a role gives it to themselves, if they may write bindings. */
const bind: PowerOf = ask => {
	const {estate, place, may} = ask;
	const right = may('bind', rbac, 'clusterroles') ?? (place === undefined ? undefined : may('bind', rbac, 'roles'));
	const bindings = place === undefined ? 'clusterrolebindings' : 'rolebindings';
	const write = whole(may('create', rbac, bindings)) ?? may('update patch', rbac, bindings);
	if (right === undefined || write === undefined) return [];
	const by = [right, write];
	// Of a binding that is there the role cannot be changed, only who has it.
	const reached =
		place === undefined && write.names.length > 0 ? new Set(write.names.flatMap(name => estate.wideBindings.get(name) ?? [])) : undefined;
	if (right.names.length === 0 && reached === undefined)
		return [{...allIn(place), how: `binds cluster-admin to itself ${inPlace(place)}`, by}];
	const roles = [...(reached ?? right.names)].filter(name => hasName(right, name));
	return roles.flatMap(name => {
		const rules = estate.clusterRoles.get(name);
		const where = place === undefined ? 'everywhere' : inPlace(place);
		return rules === undefined
			? []
			: [{...given(`ClusterRole ${name} ${where}`, rules, place), how: `binds ClusterRole ${name} to itself`, by}];
	});
};

/** In every namespace, though not everywhere at once: whoever has all rights there has its accounts. */
const bindAnywhere: PowerOf = ({place, may}) => {
	const [right, write] = [may('bind', rbac, 'clusterroles'), whole(may('create', rbac, 'rolebindings'))];
	if (place !== undefined || right?.names.length !== 0 || write === undefined) return [];
	return [{to: accountsOf(undefined), how: 'binds cluster-admin to itself in its namespace, and runs a pod as it', by: [right, write]}];
};

/** Roles that are bound to a climber in a place, which it would widen. */
const ownRoles = ({climber}: Ask, kind: string, place: string | undefined) =>
	climber.grants
		.filter(({role, namespace, rules}) => rules !== undefined && role.kind === kind && namespace === place)
		.map(({role}) => role.name);

/** Whoever may escalate writes more into a role that they have. */
const escalate: PowerOf = ask => {
	const {may, place} = ask;
	const widen = (kind: 'Role' | 'ClusterRole', resource: string, isWide: boolean): readonly Power[] => {
		const [right, write] = [may('escalate', rbac, resource, isWide), may('update patch', rbac, resource, isWide)];
		if (right === undefined || write === undefined) return [];
		const role = ownRoles(ask, kind, place).find(name => hasName(right, name) && hasName(write, name));
		return role === undefined ? [] : [{...allIn(place), how: `writes every right into its ${kind} ${role}`, by: [right, write]}];
	};
	return [...widen('ClusterRole', 'clusterroles', true), ...(place === undefined ? [] : widen('Role', 'roles', false))];
};

/** A new ClusterRole with the right label adds its rules to one that the climber has. */
const label: PowerOf = ask => {
	const {may, place, estate} = ask;
	const [right, write] = [whole(may('escalate', rbac, 'clusterroles', true)), whole(may('create', rbac, 'clusterroles', true))];
	const role = ownRoles(ask, 'ClusterRole', place).find(name => estate.aggregating.has(name));
	if (right === undefined || write === undefined || role === undefined) return [];
	return [
		{...allIn(place), how: `creates a ClusterRole with every right and the label that ClusterRole ${role} takes up`, by: [right, write]},
	];
};

/** Ways by roles and bindings. Writing them without `bind` or `escalate` gives nobody more than they have. */
export const powersByRoles: readonly PowerOf[] = [bind, bindAnywhere, escalate, label];

/** Whether some grants are as good as cluster-admin. */
export const isAdmin = (grants: readonly Grant[]) =>
	grants.find(
		({namespace, rules}) => namespace === undefined && rules?.some(rule => coverOf(rule, {verb: '*', group: '*', resource: '*'}) === 'all'),
	);
