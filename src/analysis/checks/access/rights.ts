import type {Finding} from '../../../core/finding.ts';
import type {Right} from './right.ts';

type NamedRight = Right & {
	/** Of the check. */
	readonly id: string;
	/** What holders of it do, as in `may read Secrets`. */
	readonly may: string;
	readonly why: string;
	readonly severity: Finding['severity'];
	/** Whoever has it everywhere has the cluster, sooner or later. */
	readonly takesOver?: boolean;
};

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';
const writing = ['create', 'update', 'patch'];
const changing = [...writing, 'delete', 'deletecollection'];
const workloads = {
	apps: ['deployments', 'daemonsets', 'statefulsets', 'replicasets'],
	batch: ['jobs', 'cronjobs'],
};

/**
 * What an account should hold only if it lives from it.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export const rights: readonly NamedRight[] = [
	{
		...{id: 'may-read-secrets', may: 'read Secrets', severity: 'high', takesOver: true},
		why: 'Secrets hold passwords and tokens of others: whoever reads them acts as those others. A list shows the contents as a get does.',
		...{verbs: ['get', 'list', 'watch'], resources: {'': ['secrets']}},
	},
	{
		...{id: 'may-exec-into-pods', may: 'run commands in pods', severity: 'high', takesOver: true},
		why: 'A command in a running pod has its token, its mounts and its network, and leaves no trace in its manifest.',
		// A get opens the same stream as a websocket. RBAC knows no `pods/*`; who writes it means this, and other authorizers give it.
		...{verbs: ['create', 'get'], resources: {'': ['pods/exec', 'pods/*']}},
	},
	{
		...{id: 'may-attach-to-pods', may: 'attach to running containers', severity: 'medium'},
		why: 'Whoever is attached to a process reads what it writes and types into it.',
		...{verbs: ['create', 'get'], resources: {'': ['pods/attach', 'pods/*']}},
	},
	{
		...{id: 'may-forward-ports', may: 'forward ports to pods', severity: 'medium'},
		why: 'A forwarded port reaches what listens in a pod past every NetworkPolicy, Ingress and sign-in before it.',
		...{verbs: ['create', 'get'], resources: {'': ['pods/portforward', 'pods/*']}},
	},
	{
		...{id: 'may-debug-pods', may: 'add ephemeral containers to pods', severity: 'high'},
		why: 'An ephemeral container of any image joins a running pod, its processes and its account.',
		...{verbs: ['update', 'patch'], resources: {'': ['pods/ephemeralcontainers']}},
	},
	{
		...{id: 'may-create-pods', may: 'create pods', severity: 'high', takesOver: true},
		why: 'A pod may use any account and mount any Secret of its namespace: whoever creates one has all of them.',
		...{verbs: ['create'], resources: {'': ['pods']}},
	},
	{
		...{id: 'may-create-workloads', may: 'create or change workloads', severity: 'medium', takesOver: true},
		why: 'A workload makes pods, with any account and any Secret of its namespace.',
		...{verbs: writing, resources: {...workloads, '': ['replicationcontrollers']}},
	},
	{
		...{id: 'may-impersonate', may: 'act as other users, groups or accounts', severity: 'critical', takesOver: true},
		why: 'Whoever may impersonate others holds all of their rights, up to those of the masters.',
		verbs: ['impersonate'],
		resources: {'': ['users', 'groups', 'serviceaccounts'], 'authentication.k8s.io': ['uids', 'userextras']},
	},
	{
		...{id: 'may-bind-roles', may: 'bind roles that they do not hold', severity: 'critical', takesOver: true},
		why: 'The verb bind lets its holder give any role to anybody, themselves among them.',
		...{verbs: ['bind'], resources: {[rbac]: ['roles', 'clusterroles']}},
	},
	{
		...{id: 'may-escalate-roles', may: 'write rights into roles that they do not hold', severity: 'critical', takesOver: true},
		why: 'The verb escalate lets its holder write any right into a role that they hold.',
		...{verbs: ['escalate'], resources: {[rbac]: ['roles', 'clusterroles']}},
	},
	{
		...{id: 'may-change-roles', may: 'change roles and bindings', severity: 'high'},
		why: 'Whoever writes roles and bindings decides who may do what, up to what they hold themselves.',
		...{verbs: changing, resources: {[rbac]: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings']}},
	},
	{
		...{id: 'may-create-account-tokens', may: 'create tokens of service accounts', severity: 'high', takesOver: true},
		why: 'A token of another account is that account, for as long as the token was asked for.',
		...{verbs: ['create'], resources: {'': ['serviceaccounts/token']}},
	},
	{
		...{id: 'may-approve-certificates', may: 'approve certificate requests', severity: 'high', takesOver: true},
		why: 'An approved request is a certificate for any user or group that it names, and cannot be called back.',
		verbs: ['update', 'patch'],
		resources: {'certificates.k8s.io': ['certificatesigningrequests/approval']},
	},
	{
		...{id: 'may-sign-certificates', may: 'sign certificates', severity: 'high'},
		why: 'Who signs for a signer of Kubernetes makes certificates that the API server takes.',
		...{verbs: ['sign', 'approve'], resources: {'certificates.k8s.io': ['signers']}},
	},
	{
		...{id: 'may-reach-kubelets', may: 'reach kubelets through nodes/proxy', severity: 'high', takesOver: true},
		why: 'The kubelet behind nodes/proxy runs commands in every pod of its node, past admission and past the audit log.',
		...{verbs: ['get', 'create', 'update', 'patch', 'delete'], resources: {'': ['nodes/proxy']}},
	},
	{
		...{id: 'may-change-nodes', may: 'change nodes', severity: 'medium'},
		why: 'Labels, taints and status of nodes decide where pods run: whoever writes them draws pods to a node of their own.',
		...{verbs: changing, resources: {'': ['nodes', 'nodes/status']}},
	},
	{
		...{id: 'may-create-persistent-volumes', may: 'create PersistentVolumes', severity: 'high', takesOver: true},
		why: 'A PersistentVolume of type hostPath mounts any folder of a node into a pod, past the Pod Security Standards.',
		...{verbs: ['create'], resources: {'': ['persistentvolumes']}},
	},
	{
		...{id: 'may-delete-workloads', may: 'delete workloads, pods, Services or Secrets', severity: 'medium'},
		why: 'Whoever deletes what runs, or what it lives from, stops it.',
		...{verbs: ['delete', 'deletecollection'], resources: {...workloads, '': ['pods', 'services', 'secrets']}},
	},
	{
		...{id: 'may-delete-namespaces', may: 'delete namespaces', severity: 'high'},
		why: 'With a namespace goes all that is in it, volumes among it.',
		...{verbs: ['delete', 'deletecollection'], resources: {'': ['namespaces']}},
	},
	{
		...{id: 'may-change-namespaces', may: 'change labels of namespaces', severity: 'high'},
		why: 'The level of Pod Security is a label of the namespace: whoever writes it may take it off.',
		...{verbs: ['update', 'patch'], resources: {'': ['namespaces']}},
	},
	{
		...{id: 'may-delete-events', may: 'delete events', severity: 'medium'},
		why: 'Events tell what happened: whoever deletes them hides what they did.',
		...{verbs: ['delete', 'deletecollection'], resources: {'': ['events'], 'events.k8s.io': ['events']}},
	},
	{
		...{id: 'may-change-cluster-dns', may: 'change what the cluster DNS answers', severity: 'high'},
		why: 'CoreDNS is configured by a ConfigMap: whoever writes it sends the traffic of all pods where they like.',
		...{verbs: ['update', 'patch'], resources: {'': ['configmaps']}, only: {namespace: 'kube-system', name: 'coredns'}},
	},
	{
		...{id: 'may-change-webhooks', may: 'change admission webhooks', severity: 'high', takesOver: true},
		why: 'A mutating webhook sees every object that it asks for, Secrets too, and writes into them what it likes.',
		verbs: changing,
		resources: {[admission]: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']},
	},
	{
		...{id: 'may-change-admission-policies', may: 'change admission policies', severity: 'high'},
		why: 'Whoever writes admission policies lets in what they forbid.',
		verbs: changing,
		resources: {
			[admission]: [
				...['validatingadmissionpolicies', 'validatingadmissionpolicybindings'],
				...['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'],
			],
		},
	},
	{
		...{id: 'may-change-network-policies', may: 'change network policies', severity: 'medium'},
		why: 'Whoever changes network policies opens the ways that they close.',
		verbs: changing,
		resources: {'networking.k8s.io': ['networkpolicies'], 'cilium.io': ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies']},
	},
	{
		...{id: 'may-change-services', may: 'create or delete Services', severity: 'medium'},
		why: 'A Service draws the traffic of a name or an address to other pods, or makes pods reachable from outside.',
		...{verbs: ['create', 'delete', 'deletecollection'], resources: {'': ['services']}},
	},
	{
		...{id: 'may-change-endpoints', may: 'change endpoints of Services', severity: 'medium'},
		why: 'Endpoints written by hand send the traffic of a Service to any address, that of another namespace too.',
		...{verbs: writing, resources: {'': ['endpoints'], 'discovery.k8s.io': ['endpointslices']}},
	},
	{
		...{id: 'may-change-api-services', may: 'register servers for API groups', severity: 'high'},
		why: 'A server behind an APIService gets every request to its group, with the names of those who sent it.',
		...{verbs: changing, resources: {'apiregistration.k8s.io': ['apiservices']}},
	},
	{
		...{id: 'may-change-custom-resources', may: 'change CustomResourceDefinitions', severity: 'medium'},
		why: 'With a definition go all of its objects, and a conversion webhook sees and changes each of them.',
		...{verbs: changing, resources: {'apiextensions.k8s.io': ['customresourcedefinitions']}},
	},
];
