import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {World} from '../world.ts';

const rbac = 'rbac.authorization.k8s.io';
const roleKinds = [`${rbac}/Role`, `${rbac}/ClusterRole`];
const bindingKinds = [`${rbac}/RoleBinding`, `${rbac}/ClusterRoleBinding`];

/** Exec and attach are asked for by POST, and from a WebSocket by GET. */
const verbs = new Set(['get', 'create', '*']);
const resources = new Set(['pods/exec', 'pods/attach', '*/exec', '*/attach', 'pods/*', '*/*', '*']);
const groups = new Set(['', '*']);

const holds = (rule: KubeObject[string], field: string, words: ReadonlySet<string>) =>
	listAt(rule, field).some(word => words.has(String(word)));

const placesIn = (role: KubeObject, isGiving: (rule: KubeObject[string]) => boolean) =>
	listAt(role, 'rules').flatMap((rule, index) => (isGiving(rule) ? [`rules[${index}]`] : []));

const execPlaces = (role: KubeObject) =>
	placesIn(role, rule => holds(rule, 'apiGroups', groups) && holds(rule, 'resources', resources) && holds(rule, 'verbs', verbs));

const star = new Set(['*']);
const everythingPlaces = (role: KubeObject) =>
	placesIn(role, rule => ['apiGroups', 'resources', 'verbs'].every(field => holds(rule, field, star)));

/** Names that end in a star stand for all that begin so. */
const isExempt = (name: string, exempt: readonly string[]) =>
	exempt.some(each => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));

/** Roles and bindings that an API server makes for itself. */
const isOwn = ({metadata}: KubeObject) => metadata.labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults';

/** The role that a binding gives, where it is there. */
function roleFinder({ofKind}: World) {
	const key = (kind: string, namespace: string, name: string) => `${kind}/${namespace}/${name}`;
	const byName = new Map(
		roleKinds
			.flatMap(ofKind)
			.map(role => [key(role.kind, role.kind === 'Role' ? (role.metadata.namespace ?? '') : '', role.metadata.name), role]),
	);
	return (binding: KubeObject) => {
		const kind = textAt(binding, 'roleRef', 'kind') ?? '';
		const name = textAt(binding, 'roleRef', 'name') ?? '';
		return byName.get(key(kind, kind === 'Role' ? (binding.metadata.namespace ?? '') : '', name));
	};
}

type Exempting = {readonly exempt: readonly string[]};

/** A check of bindings by what their roles give. */
const onBindings = (placesOf: (role: KubeObject) => readonly string[], what: string) => ({
	reads: [...bindingKinds, ...roleKinds],
	settings: {exempt: []},
	look: (world: World, {exempt}: Exempting) => {
		const roleOf = roleFinder(world);
		return bindingKinds
			.flatMap(world.ofKind)
			.filter(binding => !isOwn(binding))
			.map(binding => {
				const role = roleOf(binding);
				const places = role === undefined || isExempt(binding.metadata.name, exempt) ? [] : placesOf(role);
				const fault = (): Fault => ({
					paths: ['roleRef.name'],
					mends: [],
					evidence: `it gives ${role?.kind} ${role?.metadata.name}, which ${what}`,
					related: role === undefined ? [] : [{resource: refOf(role), paths: places}],
				});
				return {resource: refOf(binding), faults: places.length === 0 ? [] : [fault()]};
			});
	},
});

/** Roles that let their holders into running containers, and bindings that give them. */
export const execRoleChecks: readonly AnyCheck[] = [
	check<Exempting>({
		id: 'role-allows-exec',
		family: 'access',
		title: 'Roles do not let their holders into running containers',
		why: 'A command in a container runs with its identity, reads its Secrets, and leaves no trace in any manifest.',
		severity: 'medium',
		reads: roleKinds,
		settings: {exempt: []},
		look: ({ofKind}, {exempt}) =>
			roleKinds
				.flatMap(ofKind)
				.filter(role => !isOwn(role))
				.map(role => ({
					resource: refOf(role),
					faults: (isExempt(role.metadata.name, exempt) ? [] : execPlaces(role)).map(path => ({
						paths: [path],
						mends: [{path, ask: 'the rule without pods/exec and pods/attach'}],
						evidence: 'it may run commands in pods, or attach to them',
					})),
				})),
	}),
	check<Exempting>({
		id: 'binding-allows-exec',
		family: 'access',
		title: 'Bindings do not let their subjects into running containers',
		why: 'Whoever takes over one of the subjects has a shell in every pod that the binding reaches.',
		severity: 'medium',
		...onBindings(execPlaces, 'may run commands in pods'),
	}),
	check<Exempting>({
		id: 'binding-of-everything',
		family: 'access',
		title: 'Bindings do not give every verb on every resource',
		why: 'Whoever takes over one of the subjects owns all that the binding reaches: no other gap is needed.',
		severity: 'high',
		...onBindings(everythingPlaces, 'holds every verb on every resource'),
	}),
];
