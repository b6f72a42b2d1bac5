import {textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import type {Grant, Holder} from './grants.ts';

/**
 * A link between a cloud's identity and one of Kubernetes. `in`: the cloud's identity signs in as the holder; `out`: pods of the account act in the cloud.
 */
export type CloudIdentity = {
	readonly cloud: 'AWS' | 'Google Cloud' | 'Azure';
	readonly direction: 'in' | 'out';
	/** A role, a user or a service account of the cloud: `arn:aws:iam::111122223333:role/Admin`. */
	readonly identity: string;
	readonly holders: readonly Holder[];
	/** The object that says so. */
	readonly source: string;
};

const annotations = [
	['AWS', 'eks.amazonaws.com/role-arn'],
	['Google Cloud', 'iam.gke.io/gcp-service-account'],
	['Azure', 'azure.workload.identity/client-id'],
] as const;

/** Pods of an account that carries one of these act as that identity. */
const ofAccount = (account: KubeObject): readonly CloudIdentity[] =>
	annotations.flatMap(([cloud, key]) => {
		const identity = account.metadata.annotations?.[key];
		const holder: Holder = {kind: 'ServiceAccount', name: account.metadata.name, namespace: account.metadata.namespace};
		return identity === undefined ? [] : [{cloud, direction: 'out' as const, identity, holders: [holder], source: refText(refOf(account))}];
	});

type Mapping = {readonly rolearn?: string; readonly userarn?: string; readonly username?: string; readonly groups?: readonly string[]};

/**
 * Who an EKS cluster lets in by its ConfigMap `kube-system/aws-auth`.
 * @param parse reads YAML; undefined for a text that is none
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export const awsAuthIdentities = (configMap: KubeObject, parse: (text: string) => unknown): readonly CloudIdentity[] =>
	['mapRoles', 'mapUsers'].flatMap(key => {
		const list = parse(textAt(configMap, 'data', key) ?? '[]');
		return (Array.isArray(list) ? (list as readonly Mapping[]) : []).flatMap(({rolearn, userarn, username, groups = []}) => {
			const identity = rolearn ?? userarn;
			const user: readonly Holder[] = username === undefined ? [] : [{kind: 'User', name: username}];
			return identity === undefined
				? []
				: [
						{
							...{cloud: 'AWS' as const, direction: 'in' as const, identity, source: `${refText(refOf(configMap))} ${key}`},
							holders: [...user, ...groups.map((name): Holder => ({kind: 'Group', name}))],
						},
					];
		});
	});

const objectId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const email = /^[^@\s:]+@[^@\s]+\.[^@\s]+$/;

/** What the names of bindings tell: object ids are those of Entra, e-mails on GKE those of Google accounts and groups. */
export const boundCloudNames = (grants: readonly Grant[], cloud: CloudIdentity['cloud'] | undefined): readonly CloudIdentity[] => {
	const named = grants.flatMap(({holder, binding}): readonly CloudIdentity[] => {
		if (holder.kind === 'ServiceAccount') return [];
		const common = {direction: 'in' as const, holders: [holder], source: refText(binding)};
		if (objectId.test(holder.name)) return [{cloud: 'Azure', identity: `Entra object ${holder.name}`, ...common}];
		if (cloud === 'Google Cloud' && email.test(holder.name)) return [{cloud, identity: holder.name, ...common}];
		return [];
	});
	return [...new Map(named.map(each => [`${each.identity} ${each.source}`, each])).values()];
};

/** The cloud that runs a cluster, by where its nodes say that they are; undefined elsewhere, and where no node may be read. */
export function cloudOfNodes(nodes: readonly KubeObject[]): CloudIdentity['cloud'] | undefined {
	const id = nodes.flatMap(node => textAt(node, 'spec', 'providerID') ?? [])[0] ?? '';
	if (id.startsWith('aws:')) return 'AWS';
	if (id.startsWith('gce:')) return 'Google Cloud';
	return id.startsWith('azure:') ? 'Azure' : undefined;
}

/** What the cluster itself cannot tell of who signs in. */
export const unseenIdentities: {readonly [cloud in CloudIdentity['cloud']]: string} = {
	AWS: 'access entries of EKS are kept by AWS: aws eks list-access-entries',
	'Google Cloud': 'roles of IAM on the project let people in beside RBAC: gcloud projects get-iam-policy',
	Azure: 'role assignments of Azure RBAC, and who is in an Entra group, are kept by Azure: az role assignment list',
};

/** Which accounts act in a cloud. */
export const accountIdentities = (accounts: readonly KubeObject[]) => accounts.flatMap(ofAccount);
