import type {Json} from '../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type AccessObjects, accountOfUser, type Grant, grantsOf, type Holder, rulesOfRoles} from '../grants.ts';

type Placed = {readonly namespace: string; readonly name: string};

/** What a climber finds in a cluster. A list is empty where its kind may not be read. */
export type Estate = {
	readonly grants: readonly Grant[];
	/** Rules of a ClusterRole by its name. */
	readonly clusterRoles: ReadonlyMap<string, readonly Json[]>;
	/** ClusterRoles that take up the rules of others by their labels. */
	readonly aggregating: ReadonlySet<string>;
	/** The ClusterRole that each ClusterRoleBinding gives. */
	readonly wideBindings: ReadonlyMap<string, string>;
	/** Service accounts that are there, and those that only bindings name. */
	readonly accounts: readonly Placed[];
	/** Pods that run with the token of an account. */
	readonly pods: readonly (Placed & {readonly account: string})[];
	/** Secrets that hold a token of an account. */
	readonly tokens: readonly (Placed & {readonly account: string})[];
	/** Namespaces in which Pod Security admits pods that reach their node. */
	readonly lax: ReadonlySet<string>;
	/** A node that keeps the keys of the cluster itself, where its static pods show. */
	readonly controlPlaneNode: string | undefined;
	/** Whether EKS reads a ConfigMap for who signs in as whom. */
	readonly hasAwsAuth: boolean;
};

const placeOf = ({metadata}: KubeObject): Placed => ({namespace: metadata.namespace ?? '', name: metadata.name});

/** The account whose token a pod carries; undefined where it carries none. */
function accountOf(pod: KubeObject, mounting: (namespace: string, name: string) => boolean): string | undefined {
	const name = textAt(pod, 'spec', 'serviceAccountName') ?? 'default';
	const own = valueAt(pod, 'spec', 'automountServiceAccountToken');
	const isProjected = listAt(pod, 'spec', 'volumes').some(volume =>
		listAt(volume, 'projected', 'sources').some(source => valueAt(source, 'serviceAccountToken') !== undefined),
	);
	return isProjected || (own ?? mounting(pod.metadata.namespace ?? '', name)) === true ? name : undefined;
}

const isLax = ({metadata}: KubeObject) =>
	!['baseline', 'restricted'].includes(metadata.labels?.['pod-security.kubernetes.io/enforce'] ?? '');

/**
 * Lays open what climbing rests on.
 * @param objects RBAC objects, and where they may be read ServiceAccounts, Pods, Namespaces, Secrets of tokens (their metadata suffice) and the ConfigMap
 * `kube-system/aws-auth`
 */
export function estateOf(objects: AccessObjects): Estate {
	const ofKind = Map.groupBy(objects, ({kind}) => kind);
	const all = (kind: string) => ofKind.get(kind) ?? [];
	const grants = grantsOf(objects);
	const rulesOf = rulesOfRoles(objects);
	const accounts = all('ServiceAccount');
	const bare = new Set(
		accounts
			.filter(each => valueAt(each, 'automountServiceAccountToken') === false)
			.map(each => `${each.metadata.namespace}/${each.metadata.name}`),
	);
	const running = all('Pod').filter(pod => !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? ''));
	const isServer = ({metadata}: KubeObject) =>
		metadata.namespace === 'kube-system' &&
		metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined &&
		metadata.name.startsWith('kube-apiserver-');
	const named = grants.flatMap(({holder}) => accountOfHolder(holder) ?? []);
	return {
		grants,
		clusterRoles: new Map(all('ClusterRole').map(role => [role.metadata.name, rulesOf(role)])),
		aggregating: new Set(all('ClusterRole').flatMap(role => (valueAt(role, 'aggregationRule') === undefined ? [] : [role.metadata.name]))),
		wideBindings: new Map(all('ClusterRoleBinding').map(each => [each.metadata.name, textAt(each, 'roleRef', 'name') ?? ''])),
		// A binding may name one that is not there; where accounts may not be read, it is all that is known of them.
		accounts: [
			...new Map(
				[...accounts.map(placeOf), ...(accounts.length === 0 ? named : [])].map(each => [`${each.namespace}/${each.name}`, each]),
			).values(),
		],
		pods: running.flatMap(pod => {
			const account = accountOf(pod, (namespace, name) => !bare.has(`${namespace}/${name}`));
			return account === undefined ? [] : [{...placeOf(pod), account}];
		}),
		tokens: all('Secret').flatMap(secret => {
			const account = secret.metadata.annotations?.['kubernetes.io/service-account.name'];
			return account === undefined ? [] : [{...placeOf(secret), account}];
		}),
		lax: new Set(
			all('Namespace')
				.filter(isLax)
				.map(({metadata}) => metadata.name),
		),
		controlPlaneNode: running.filter(isServer).flatMap(pod => textAt(pod, 'spec', 'nodeName') ?? [])[0],
		hasAwsAuth: all('ConfigMap').some(({metadata}) => metadata.namespace === 'kube-system' && metadata.name === 'aws-auth'),
	};
}

/** The account that a binding means, also where it names it as a user. */
export const accountOfHolder = ({kind, name, namespace}: Holder): Placed | undefined => {
	if (kind === 'ServiceAccount') return {namespace: namespace ?? '', name};
	return kind === 'User' ? accountOfUser(name) : undefined;
};
