import type {Json} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {type Holder, holderOf} from '../../access/grants.ts';
import type {Fault, Settings} from '../check.ts';
import type {Looks} from '../on-objects.ts';
import type {World} from '../world.ts';

const rbac = 'rbac.authorization.k8s.io';

/** All that says who may do what. */
export const accessKinds = [`${rbac}/Role`, `${rbac}/ClusterRole`, `${rbac}/RoleBinding`, `${rbac}/ClusterRoleBinding`];

/** One naming of somebody in one binding, with the role that it gives as far as that is there. */
export type Hold = {
	readonly holder: Holder;
	readonly binding: KubeObject;
	/** Among the subjects of the binding. */
	readonly index: number;
	readonly role: KubeObject | undefined;
	/** A place in the role, where a rule is its own; a rule that it gathers from others has none. */
	readonly rules: readonly {readonly rule: Json; readonly path: string | undefined}[];
};

type Held = {readonly resource: Ref; readonly holder: Holder; readonly holds: readonly Hold[]};

/** What Kubernetes itself binds, under the name of the role: its own components do not work without. */
const isBuiltIn = ({metadata: {name, labels}}: KubeObject, roleName: string | undefined) =>
	labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults' && name === roleName;

/** Users, groups and service accounts that bindings name, each with all of what it is given. */
export const heldIn = oncePerObject((world: World): readonly Held[] => {
	const clusterRoles = new Map(world.ofKind(`${rbac}/ClusterRole`).map(role => [role.metadata.name, role]));
	const roles = new Map(world.ofKind(`${rbac}/Role`).map(role => [`${role.metadata.namespace ?? ''}/${role.metadata.name}`, role]));
	const roleOf = (binding: KubeObject) => {
		const name = textAt(binding, 'roleRef', 'name') ?? '';
		if (textAt(binding, 'roleRef', 'kind') === 'ClusterRole') return clusterRoles.get(name);
		// A manifest may leave the namespace to whoever applies it.
		return binding.kind === 'RoleBinding' ? (roles.get(`${binding.metadata.namespace ?? ''}/${name}`) ?? roles.get(`/${name}`)) : undefined;
	};
	const rulesOf = oncePerObject((role: KubeObject) => {
		const own = listAt(role, 'rules').map((rule, index) => ({rule, path: `rules[${index}]`}));
		const selectors = listAt(role, 'aggregationRule', 'clusterRoleSelectors');
		// The controller copies what it gathers; until it did, a role has no rules of its own.
		if (own.length > 0 || selectors.length === 0) return own;
		const gathered = [...clusterRoles.values()].filter(other => selectors.some(each => fitsSelector(each, other.metadata.labels ?? {})));
		return gathered.flatMap(other => listAt(other, 'rules').map(rule => ({rule, path: undefined})));
	});
	const holds = ['RoleBinding', 'ClusterRoleBinding']
		.flatMap(kind => world.ofKind(`${rbac}/${kind}`))
		.filter(binding => !isBuiltIn(binding, textAt(binding, 'roleRef', 'name')))
		.flatMap(binding => {
			const role = roleOf(binding);
			const rules = role === undefined ? [] : rulesOf(role);
			return listAt(binding, 'subjects').flatMap((subject, index): readonly Hold[] => {
				const holder = holderOf(subject, binding);
				return holder === undefined ? [] : [{holder, binding, index, role, rules}];
			});
		});
	return [...Map.groupBy(holds, ({holder}) => `${holder.kind} ${holder.namespace ?? ''} ${holder.name}`).values()].flatMap(each => {
		const [first] = each;
		return first === undefined ? [] : [{resource: refOfHolder(first.holder), holder: first.holder, holds: each}];
	});
});

const refOfHolder = ({kind, name, namespace}: Holder): Ref => ({
	apiVersion: kind === 'ServiceAccount' ? 'v1' : `${rbac}/v1`,
	kind,
	...(namespace === undefined ? {} : {namespace}),
	name,
});

/** A fault of whoever holds something: where the binding names it, and what in the role gives it. */
export const holdFault = ({binding, index, role}: Hold, rolePaths: readonly string[], evidence: string): Fault => ({
	paths: [],
	mends: [],
	evidence,
	related: [
		{resource: refOf(binding), paths: [`subjects[${index}]`, 'roleRef.name']},
		...(role === undefined ? [] : [{resource: refOf(role), paths: rolePaths}]),
	],
});

/** A check of each user, group and service account with each of its bindings. */
export const onHolds = <Given extends Settings>(settings: Given, find: (hold: Hold, given: Given) => readonly Fault[]): Looks<Given> => ({
	reads: accessKinds,
	settings,
	look: (world, given) => heldIn(world).map(({resource, holds}) => ({resource, faults: holds.flatMap(hold => find(hold, given))})),
});

/** `ClusterRole reader by RoleBinding shop/ci` */
export const holdText = ({binding}: Hold) => {
	const {kind, metadata} = binding;
	const role = `${textAt(binding, 'roleRef', 'kind')} ${textAt(binding, 'roleRef', 'name')}`;
	return `${role} by ${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
};
