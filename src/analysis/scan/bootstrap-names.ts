const controllers = [
	...[
		'attachdetach',
		'certificate',
		'clusterrole-aggregation',
		'cronjob',
		'daemon-set',
		'deployment',
		'device-taint-eviction',
		'disruption',
	],
	...['endpoint', 'endpointslice', 'endpointslicemirroring', 'ephemeral-volume', 'expand', 'generic-garbage-collector'],
	...['horizontal-pod-autoscaler', 'job', 'legacy-service-account-token-cleaner', 'namespace', 'node', 'persistent-volume-binder'],
	...[
		'pod-garbage-collector',
		'podcertificaterequestcleaner',
		'pv-protection',
		'pvc-protection',
		'replicaset',
		'replication',
		'resource-claim',
	],
	...['resourcequota', 'root-ca-cert-publisher', 'route', 'selinux-warning', 'service', 'service-account', 'service-cidrs', 'statefulset'],
	...['storage-version-garbage-collector', 'storage-version-migrator', 'token-cleaner', 'bootstrap-signer', 'cloud-provider'],
	...['ttl-after-finished', 'ttl', 'validatingadmissionpolicy-status', 'volumeattributesclass-protection'],
];
const system = [
	...['aggregate-to-admin', 'aggregate-to-edit', 'aggregate-to-view', 'auth-delegator', 'basic-user', 'certificates.k8s.io', 'discovery'],
	...['heapster', 'kube-aggregator', 'kube-controller-manager', 'kube-dns', 'kube-scheduler', 'kubelet-api-admin', 'monitoring', 'node'],
	...['node-bootstrapper', 'node-problem-detector', 'node-proxier', 'persistent-volume-provisioner', 'public-info-viewer'],
	...['service-account-issuer-discovery', 'volume-scheduler', 'cloud-controller-manager', 'leader-locking-kube-controller-manager'],
	...['leader-locking-kube-scheduler', 'certificates.k8s.io:certificatesigningrequests:nodeclient'],
	...['certificates.k8s.io:certificatesigningrequests:selfnodeclient', 'certificates.k8s.io:kube-apiserver-client-approver'],
	...['certificates.k8s.io:kube-apiserver-client-kubelet-approver', 'certificates.k8s.io:kubelet-serving-approver'],
	...['certificates.k8s.io:legacy-unknown-approver', 'cluster-trust-bundle-discovery'],
];

/**
 * Roles and bindings that an API server makes and keeps for itself.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
export const bootstrapNames: ReadonlySet<string> = new Set([
	...[
		'cluster-admin',
		'admin',
		'edit',
		'view',
		'system::extension-apiserver-authentication-reader',
		'extension-apiserver-authentication-reader',
	],
	...['system::leader-locking-kube-controller-manager', 'system::leader-locking-kube-scheduler'],
	...system.map(name => `system:${name}`),
	...controllers.map(name => `system:controller:${name}`),
]);
