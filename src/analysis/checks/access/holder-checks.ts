import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {type Holder, holderText} from '../../access/grants.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {onObjects} from '../on-objects.ts';
import {accessKinds, type Hold, heldIn, holdFault, holdText, onHolds} from './holds.ts';
import {givingRules} from './right.ts';
import {rights} from './rights.ts';

const rbac = 'rbac.authorization.k8s.io';
const bindingKinds = [`${rbac}/RoleBinding`, `${rbac}/ClusterRoleBinding`];

/** Groups that nobody is put into: everybody who signed in is in them, every pod for one. */
const wideGroups = ['system:authenticated', 'system:serviceaccounts'];
const unknown = ['system:anonymous', 'system:unauthenticated'];

const isWide = ({kind, name}: Holder) => kind === 'Group' && (wideGroups.includes(name) || name.startsWith('system:serviceaccounts:'));

const roleName = ({binding}: Hold) => textAt(binding, 'roleRef', 'name');

/** Words of wildcards in the rules of a role. */
const wildcardsOf = ({rules}: Pick<Hold, 'rules'>) =>
	rules.flatMap(({rule, path}) =>
		['resources', 'verbs', 'apiGroups'].flatMap(field =>
			listAt(rule, field).flatMap((word, index) => (word === '*' && path !== undefined ? [`${path}.${field}[${index}]`] : [])),
		),
	);

/** Who is named in bindings, and to what. */
export const holderChecks: readonly AnyCheck[] = [
	check({
		id: 'cluster-admin-role-bound',
		family: 'access',
		title: 'The role cluster-admin is bound to nobody but who administers the cluster',
		why: 'The role cluster-admin in a ClusterRoleBinding passes every check of rights, on everything, for good.',
		severity: 'high',
		...onHolds({}, hold => {
			if (hold.binding.kind !== 'ClusterRoleBinding' || roleName(hold) !== 'cluster-admin') return [];
			return [holdFault(hold, wildcardsOf(hold), `${holderText(hold.holder)} holds ${holdText(hold)}`)];
		}),
	}),
	check({
		id: 'anonymous-holder',
		family: 'access',
		title: 'Nothing is bound to those who did not sign in',
		why: 'Whoever reaches the API server has what is bound to system:anonymous or system:unauthenticated, without any credential.',
		severity: 'critical',
		...onObjects(bindingKinds, {}, binding => {
			const isOwn =
				binding.metadata.labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults' && binding.metadata.name.startsWith('system:');
			return listAt(binding, 'subjects').flatMap((subject, index): readonly Fault[] => {
				const name = textAt(subject, 'name') ?? '';
				if (isOwn || textAt(subject, 'kind') === 'ServiceAccount' || !unknown.includes(name)) return [];
				const path = `subjects[${index}]`;
				return [{paths: [path], mends: [{path, remove: true}], evidence: `${name} holds ${textAt(binding, 'roleRef', 'name')}`}];
			});
		}),
	}),
	check({
		id: 'everybody-may-take-over',
		family: 'access',
		title: 'Nothing that takes over the cluster is given to everybody',
		why: 'Everybody who signed in is in this group, every pod with its token too: what it holds, the weakest of them holds.',
		severity: 'critical',
		...onHolds({}, hold => {
			if (!isWide(hold.holder)) return [];
			const taking = rights.find(right => right.takesOver === true && givingRules(hold, right).length > 0);
			return taking === undefined ? [] : [holdFault(hold, [], `${hold.holder.name} may ${taking.may}: ${holdText(hold)}`)];
		}),
	}),
	check({
		id: 'everybody-holds-role',
		family: 'access',
		title: 'Roles are bound to named accounts, not to all of them',
		why: 'A right of all accounts is a right of every pod, and of each that comes later.',
		severity: 'medium',
		...onHolds({}, hold => (isWide(hold.holder) ? [holdFault(hold, [], `${hold.holder.name} holds ${holdText(hold)}`)] : [])),
	}),
	check({
		id: 'masters-group-bound',
		family: 'access',
		title: 'Nothing is bound to the group system:masters',
		why: 'Its members pass every check of rights already; a binding hides that, and who is in the group cannot be taken out again.',
		severity: 'medium',
		...onHolds({}, hold =>
			hold.holder.kind === 'Group' && hold.holder.name === 'system:masters'
				? [holdFault(hold, [], `system:masters holds ${holdText(hold)}`)]
				: [],
		),
	}),
	check({
		id: 'dashboard-role-held',
		family: 'access',
		title: 'Only the dashboard itself holds the roles of the Kubernetes dashboard',
		why: 'Whoever holds the role of the dashboard sees and does what it sees and does for everybody who uses it.',
		severity: 'medium',
		...onHolds({role: 'kubernetes-dashboard', account: 'kubernetes-dashboard'}, (hold, {role, account}) => {
			const {kind, name} = hold.holder;
			if (roleName(hold) !== role || (kind === 'ServiceAccount' && name === account)) return [];
			return [holdFault(hold, [], `${holderText(hold.holder)} holds ${holdText(hold)}`)];
		}),
	}),
	check({
		id: 'role-with-wildcards',
		family: 'access',
		title: 'Roles name what they give',
		why: 'A star gives what there is today and whatever is added later, by an operator that nobody thought of for one.',
		severity: 'medium',
		...onObjects([`${rbac}/Role`, `${rbac}/ClusterRole`], {}, role => {
			if (role.metadata.labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults') return [];
			return listAt(role, 'rules').flatMap((rule, index): readonly Fault[] => {
				const paths = wildcardsOf({rules: [{rule, path: `rules[${index}]`}]});
				if (paths.length === 0) return [];
				return [
					{
						paths,
						mends: paths.map(path => ({path, ask: 'the names that are needed'})),
						evidence: `rule ${index} has ${paths.length} stars`,
					},
				];
			});
		}),
	}),
	check({
		id: 'service-account-holds-role',
		family: 'access',
		title: 'Each service account that holds a role needs it',
		why: 'A token of the account is in each of its pods: what it holds, whoever takes over one of them holds.',
		severity: 'low',
		reads: accessKinds,
		settings: {},
		look: world =>
			heldIn(world)
				.filter(({holder}) => holder.kind === 'ServiceAccount')
				.map(({resource, holds}) => ({resource, why: `whether it needs ${holds.map(holdText).join(', ')} is for a person to say`})),
	}),
	check({
		id: 'role-for-cloud-identities',
		family: 'access',
		title: 'Roles that identities of the cloud are mapped to give no more than they need',
		why: 'Who of the cloud is who in the cluster is written outside of it: a wide role is wide for all who are mapped to it.',
		severity: 'low',
		reads: [`${rbac}/Role`],
		settings: {},
		look: world =>
			world
				.ofKind(`${rbac}/Role`)
				.map(role => ({resource: refOf(role), why: 'who of the cloud is mapped to it is not known to the cluster'})),
	}),
];
