import type {AccessObjects} from '../../../analysis/access/grants.ts';
import {isNotAllowed} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readObjects} from '../../incident/reading/read-objects.ts';

/** Objects, and what could not be read of them. */
export type Read = {
	readonly objects: AccessObjects;
	readonly notChecked: readonly Unchecked[];
	/** Kinds of which some or all could not be read, in small letters and the singular. */
	readonly unread: ReadonlySet<string>;
};

type Asked = {readonly cluster: Cluster; readonly signal: AbortSignal};

const rbacKinds = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'].map(
	kind => `${kind.toLowerCase()}s.rbac.authorization.k8s.io`,
);

/** What a missing kind takes away from the answer. */
const lost: {readonly [plural: string]: string} = {
	role: 'what Roles allow',
	clusterrole: 'what ClusterRoles allow',
	rolebinding: 'what bindings of namespaces give',
	clusterrolebinding: 'what bindings of the whole cluster give',
	serviceaccount: 'which accounts are there',
	pod: 'steps through running pods',
	namespace: 'steps onto nodes',
	secret: 'steps through Secrets of tokens',
	node: 'which cloud runs the cluster',
	configmap: 'the ConfigMap kube-system/aws-auth',
};

const singular = (kind: string) => (kind.toLowerCase().split('.')[0] ?? '').replace(/s$/, '');

const nothing: Read = {objects: [], notChecked: [], unread: new Set()};

const unreadOf = (kind: string, why: string): Pick<Read, 'notChecked' | 'unread'> => ({
	notChecked: [{what: lost[singular(kind)] ?? kind, why: `${kind} ${why}`}],
	unread: new Set([singular(kind)]),
});

const joined = (parts: readonly Partial<Read>[]): Read => ({
	objects: parts.flatMap(({objects = []}) => objects),
	notChecked: parts.flatMap(({notChecked = []}) => notChecked),
	unread: new Set(parts.flatMap(({unread = []}) => [...unread])),
});

async function readKinds({cluster, signal}: Asked, kinds: readonly string[]): Promise<Read> {
	const {objects, unread} = await readObjects(cluster, kinds, {signal});
	return joined([{objects}, ...unread.map(({kind, why}) => unreadOf(kind, why))]);
}

/** Everything that says who may do what, as far as the caller may see it. */
export const readRights = (asked: Asked): Promise<Read> => readKinds(asked, rbacKinds);

/** Secrets that hold tokens of accounts, by their metadata: no value is asked for. */
async function readTokenSecrets({cluster}: Asked): Promise<Read> {
	try {
		const type = await cluster.typeOf('secrets');
		const query = {type, fieldSelector: 'type=kubernetes.io/service-account-token', onlyMetadata: true};
		const objects: KubeObject[] = [];
		for await (const {metadata} of cluster.each(query)) objects.push({apiVersion: 'v1', kind: 'Secret', metadata});
		return {...nothing, objects};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {...nothing, ...unreadOf('secrets', 'may not be listed')};
	}
}

/** The ConfigMap by which EKS lets people in, where there is one. */
async function readAwsAuth({cluster}: Asked): Promise<Read> {
	try {
		const found = await cluster.get({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth'});
		return {...nothing, objects: found === undefined ? [] : [{...found, apiVersion: 'v1', kind: 'ConfigMap'}]};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {...nothing, ...unreadOf('configmaps', 'may not be read in kube-system')};
	}
}

/** Service accounts, nodes and what says who signs in from outside. */
export const readIdentities = async (asked: Asked): Promise<Read> =>
	joined(await Promise.all([readKinds(asked, ['serviceaccounts', 'nodes']), readAwsAuth(asked)]));

/** What a climber can take hold of, beside rights. */
export const readGround = async (asked: Asked): Promise<Read> =>
	joined(await Promise.all([readKinds(asked, ['serviceaccounts', 'pods', 'namespaces']), readTokenSecrets(asked), readAwsAuth(asked)]));
