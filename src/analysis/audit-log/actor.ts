import {textAt} from '../../core/kube/json-at.ts';
import type {AuditEvent} from './audit-event.ts';

/** Who is behind a request. `control-plane`: a part of Kubernetes at its own work. */
export type ActorKind = 'control-plane' | 'node' | 'service-account' | 'anonymous' | 'person';

const components = new Set([
	...['system:kube-controller-manager', 'system:kube-scheduler', 'system:apiserver', 'system:kube-proxy'],
	...['system:cloud-controller-manager', 'cloud-controller-manager', 'system:addon-manager', 'system:volume-scheduler'],
]);

/** Service accounts of kube-system under which the controller manager runs each of its controllers. */
const controllers = new Set([
	...['attachdetach-controller', 'bootstrap-signer', 'certificate-controller', 'clusterrole-aggregation-controller', 'cronjob-controller'],
	...['daemon-set-controller', 'deployment-controller', 'device-taint-eviction-controller', 'disruption-controller', 'endpoint-controller'],
	...['endpointslice-controller', 'endpointslicemirroring-controller', 'ephemeral-volume-controller', 'expand-controller'],
	...['generic-garbage-collector', 'horizontal-pod-autoscaler', 'job-controller', 'kube-apiserver-serving-clustertrustbundle-publisher'],
	...['legacy-service-account-token-cleaner', 'namespace-controller', 'node-controller', 'persistent-volume-binder'],
	...['pod-garbage-collector', 'podcertificaterequestcleaner-controller', 'pv-protection-controller', 'pvc-protection-controller'],
	...['replicaset-controller', 'replication-controller', 'resource-claim-controller', 'resourcequota-controller'],
	...['root-ca-cert-publisher', 'route-controller', 'selinux-warning-controller', 'service-account-controller', 'service-cidrs-controller'],
	...['service-controller', 'shared-informers', 'statefulset-controller', 'storage-version-garbage-collector'],
	...[
		'storage-version-migrator-controller',
		'taint-eviction-controller',
		'token-cleaner',
		'tokens-controller',
		'ttl-after-finished-controller',
	],
	...['ttl-controller', 'validatingadmissionpolicy-status-controller', 'volumeattributesclass-protection-controller'],
	...['metadata-informers', 'kube-controller-manager', 'cloud-node-controller', 'cloud-node-lifecycle-controller'],
]);

/** Programs that are the control plane or a kubelet, on their own or in one binary. Old logs name none. */
const ownPrograms =
	/^(?:$|kube-|kubelet\b|k3s\b|rke2\b|k0s\b|kubelite\b|hyperkube\b|cloud-controller-manager\b|\w+-cloud-controller-manager\b)/;

const accountName = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** Namespace and name of a service account; undefined for any other user. */
export function serviceAccountOf(user: string): {readonly namespace: string; readonly name: string} | undefined {
	const [, namespace, name] = accountName.exec(user) ?? [];
	return namespace === undefined || name === undefined ? undefined : {namespace, name};
}

/** Whether a name is one of the control plane's own, whoever uses it. */
export function isControlPlaneName(user: string): boolean {
	if (components.has(user)) return true;
	const account = serviceAccountOf(user);
	return account?.namespace === 'kube-system' && controllers.has(account.name);
}

/** Whether the program that asked is one that goes by the names of the control plane and of nodes. */
export const isOwnProgram = ({userAgent}: Pick<AuditEvent, 'userAgent'>) => ownPrograms.test(userAgent);

/** Who asked: somebody who uses a name of the control plane with a program of another kind is not it. */
export function actorKind(event: Pick<AuditEvent, 'user' | 'userAgent' | 'impersonated'>): ActorKind {
	const {name, groups} = event.user;
	if (name === 'system:anonymous' || groups.includes('system:unauthenticated')) return 'anonymous';
	if (event.impersonated === undefined && isOwnProgram(event)) {
		if (isControlPlaneName(name)) return 'control-plane';
		if (name.startsWith('system:node:')) return 'node';
	}
	return serviceAccountOf(name) === undefined ? 'person' : 'service-account';
}

/** The pod that a token is bound to, by its uid and name. */
export function boundPod({user: {extra}}: Pick<AuditEvent, 'user'>): {readonly uid: string; readonly name: string} | undefined {
	const first = (field: string) => textAt(Array.isArray(extra[field]) ? extra[field][0] : extra[field]);
	const uid = first('authentication.kubernetes.io/pod-uid');
	return uid === undefined ? undefined : {uid, name: first('authentication.kubernetes.io/pod-name') ?? uid};
}

/** What one token is called, in servers that tell it (since 1.30); it is no secret. */
export function credentialOf({user: {extra}}: Pick<AuditEvent, 'user'>): string | undefined {
	const ids = extra['authentication.kubernetes.io/credential-id'];
	return Array.isArray(ids) && typeof ids[0] === 'string' ? ids[0] : undefined;
}

/** Where a request came from. Of several addresses only the last is the peer's own: whoever asks writes the others as he likes. */
export const sourceOf = ({sourceIps}: Pick<AuditEvent, 'sourceIps'>) => sourceIps.at(-1) ?? '';
