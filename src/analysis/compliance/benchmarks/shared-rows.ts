import {api, node, review} from '../benchmark.ts';

/** Demands that several benchmarks have, each under a number of its own, with the checks that prove them. */
export const shared = {
	clusterAdmin: ['cluster-admin holds only what needs it', 'cluster-admin-role-bound', 'cluster-administrator'],
	secrets: ['Few may read Secrets', 'may-read-secrets'],
	wildcards: ['Roles name what they allow, without wildcards', 'role-with-wildcards'],
	createPods: ['Few may create pods', 'may-create-pods'],
	defaultAccounts: [
		'Default service accounts are not used',
		...['default-account-bound', 'default-account-mounts-token', 'default-service-account'],
	],
	tokens: ['Tokens are mounted only where a pod asks the API', 'token-automounted'],
	masters: ['Nobody is of the group system:masters', 'masters-group-bound', 'cloud-identity-is-master'],
	ascents: ['Few may bind, escalate or impersonate', 'may-bind-roles', 'may-escalate-roles', 'may-impersonate'],
	volumes: ['Few may create persistent volumes', 'may-create-persistent-volumes'],
	kubelets: ['Few may reach kubelets through nodes/proxy', 'may-reach-kubelets'],
	approvals: ['Few may approve certificate requests', 'may-approve-certificates'],
	webhooks: ['Few may change admission webhooks', 'may-change-webhooks'],
	accountTokens: ['Few may make tokens of service accounts', 'may-create-account-tokens'],
	privileged: ['Privileged containers are the exception', 'privileged-container'],
	hostPid: ['Pods do not share the processes of the node', 'host-pid'],
	hostIpc: ['Pods do not share the memory of the node', 'host-ipc'],
	hostNetwork: ['Pods do not share the network of the node', 'host-network'],
	escalation: ['Containers may not gain privileges', 'privilege-escalation'],
	networkPolicies: ['Every namespace has network policies', 'namespace-without-network-policy'],
	secretFiles: ['Secrets come as files, not as variables', 'secret-as-environment', 'whole-secret-as-environment'],
	securityContext: ['Pods and containers have a security context', 'security-context-unset'],
	seccomp: ['Pods run under a seccomp profile', 'seccomp-unset', 'seccomp-unconfined'],
	defaultNamespace: [
		'The namespace default is not used',
		...['workload', 'service', 'config-map', 'secret', 'service-account', 'ingress', 'persistent-volume-claim', 'role', 'role-binding'].map(
			kind => `${kind}-in-default-namespace`,
		),
	],
} as const satisfies {readonly [name: string]: readonly [title: string, ...checks: readonly string[]]};

export type SharedRow = keyof typeof shared;

const all: {readonly [name in SharedRow]: readonly [title: string, ...checks: readonly string[]]} = shared;
/** Where the benchmark lets a machine judge it. */
export const judged = (name: SharedRow) => api(...all[name]);
/** Where the benchmark leaves it to a person. */
export const reviewed = (name: SharedRow) => review(...all[name]);

/** Files and settings of a kubelet, as the benchmarks of managed clusters have them. */
export const kubeletFiles = [
	node('kubeconfig of the kubelet is 644 or stricter'),
	node('kubeconfig of the kubelet belongs to root'),
	node('Configuration of the kubelet is 644 or stricter'),
	node('Configuration of the kubelet belongs to root'),
];
export const kubeletSettings = [
	node('The kubelet refuses anonymous requests'),
	node('The kubelet asks who may do what'),
	node('The kubelet knows the authority of client certificates'),
	node('The read-only port of the kubelet is off'),
	node('Idle streams of the kubelet end'),
	node('The kubelet keeps its own iptables chains'),
	node('The kubelet records enough events'),
	node('The kubelet renews its client certificate'),
	node('The kubelet renews its serving certificate'),
];
