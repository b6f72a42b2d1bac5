import {api, type Benchmark, cloud, person, review, section} from '../benchmark.ts';
import {judged, kubeletFiles, kubeletSettings, reviewed, type SharedRow} from './shared-rows.ts';

const rights: readonly SharedRow[] = ['clusterAdmin', 'secrets', 'wildcards', 'createPods', 'defaultAccounts', 'tokens'];
const pods: readonly SharedRow[] = ['privileged', 'hostPid', 'hostIpc', 'hostNetwork', 'escalation'];

const nodes = [section('3.1', 'Files of nodes', kubeletFiles), section('3.2', 'Kubelet', kubeletSettings)];
const network = (provider: string) =>
	section('5.4', 'Network', [
		cloud('The endpoint of the control plane is restricted'),
		cloud('The endpoint of the control plane is private'),
		cloud('Nodes are private'),
		cloud(`${provider} enforces network policies`),
		review('Traffic into the cluster is encrypted', 'ingress-without-tls', 'gateway-without-tls'),
	]);
const registry = section('5.1', 'Images', [
	cloud('Images are scanned for vulnerabilities'),
	cloud('Few people may use the registry'),
	cloud('The cluster may only read the registry'),
	review('Images come from approved registries', 'image-registry-allowed'),
]);

/** What is automated is what kube-bench's definitions of this version judge by a command. */
export const cisEks: Benchmark = {
	name: 'eks',
	title: 'CIS Amazon EKS 1.8',
	kubeBench: 'eks-1.8.0',
	sections: [
		section('2.1', 'Logging', [cloud('Audit logs are on'), cloud('Audit logs are collected and looked after')]),
		...nodes,
		section('4.1', 'Rights and service accounts', [
			...rights.map(judged),
			cloud('Access is managed by access entries'),
			...(['ascents', 'volumes', 'kubelets', 'webhooks', 'accountTokens'] as const).map(reviewed),
		]),
		section('4.2', 'Pod security', pods.map(judged)),
		section('4.3', 'Network policies', [person('The network honours network policies'), judged('networkPolicies')]),
		section('4.4', 'Secrets', [judged('secretFiles'), person('Secrets are kept outside the cluster')]),
		section('4.5', 'General', [person('Namespaces part what belongs to different people'), judged('defaultNamespace')]),
		registry,
		section('5.2', 'Identity', [cloud('Pods have cloud identities of their own')]),
		section('5.3', 'Keys', [cloud('Secrets are encrypted with keys of the customer')]),
		network('The VPC'),
		section('5.5', 'Sign-in', [cloud('People sign in by IAM')]),
	],
};

/** As `cisEks`. */
export const cisAks: Benchmark = {
	name: 'aks',
	title: 'CIS Azure AKS 1.8',
	kubeBench: 'aks-1.8',
	sections: [
		section('2.1', 'Logging', [cloud('Audit logs are on')]),
		...nodes,
		section('4.1', 'Rights and service accounts', [
			...rights.map(reviewed),
			...(['ascents', 'volumes', 'kubelets', 'approvals', 'webhooks', 'accountTokens'] as const).map(reviewed),
		]),
		section('4.2', 'Pod security', pods.map(reviewed)),
		section('4.4', 'Network policies', [person('The network plug-in is the latest'), judged('networkPolicies')]),
		section('4.5', 'Secrets', [judged('secretFiles'), person('Secrets are kept outside the cluster')]),
		section('4.6', 'General', [
			person('Namespaces part what belongs to different people'),
			reviewed('securityContext'),
			judged('defaultNamespace'),
		]),
		registry,
		section('5.2', 'Identity', [cloud('Pods have cloud identities of their own')]),
		section('5.3', 'Keys', [cloud('Secrets are encrypted')]),
		network('The cluster'),
		section('5.5', 'Sign-in', [cloud('People sign in by Entra ID'), cloud('Rights come from Azure RBAC')]),
	],
};

/** What is automated is what the benchmark itself marks so: most of it asks the provider. */
export const cisGke: Benchmark = {
	name: 'gke',
	title: 'CIS Google GKE 1.8',
	kubeBench: 'gke-1.8.0',
	sections: [
		section('3.1', 'Files of nodes', kubeletFiles),
		section('4.1', 'Rights and service accounts', [
			...(['clusterAdmin', 'secrets', 'wildcards', 'defaultAccounts', 'tokens', 'masters'] as const).map(judged),
			reviewed('ascents'),
			api('system:anonymous has no rights', 'anonymous-holder'),
			api('system:unauthenticated has no rights but the defaults', 'anonymous-holder', 'everybody-holds-role'),
			api('system:authenticated has no rights but the defaults', 'everybody-holds-role', 'everybody-may-take-over'),
		]),
		section('4.2', 'Pod security', [
			review('Every namespace is held to the baseline', 'pod-security-not-enforced', 'pod-security-below-baseline'),
		]),
		section('4.3', 'Network policies', [person('The network honours network policies'), judged('networkPolicies')]),
		section('4.4', 'Secrets', [judged('secretFiles'), person('Secrets are kept outside the cluster')]),
		section('4.5', 'Admission', [person('Only images of known origin are admitted')]),
		section('4.6', 'General', [
			person('Namespaces part what belongs to different people'),
			judged('seccomp'),
			reviewed('securityContext'),
			judged('defaultNamespace'),
		]),
		section('5.1', 'Images', [
			cloud('Images are scanned for vulnerabilities', true),
			cloud('Few people may use the registry'),
			cloud('The cluster may only read the registry'),
			cloud('Only trusted images are admitted'),
		]),
		section('5.2', 'Identity', [cloud('Nodes do not run as the default account', true), cloud('Pods have cloud identities of their own')]),
		section('5.3', 'Keys', [cloud('Secrets are encrypted with keys of the customer', true)]),
		section('5.4', 'Metadata', [cloud('Pods reach only the guarded metadata server', true)]),
		section('5.5', 'Nodes', [
			cloud('Nodes run Container-Optimized OS', true),
			cloud('Nodes are repaired by themselves', true),
			cloud('Nodes are upgraded by themselves', true),
			cloud('Versions come by a release channel', true),
			cloud('Nodes are shielded', true),
			cloud('The integrity of nodes is watched', true),
			cloud('Nodes boot only what is signed', true),
		]),
		section('5.6', 'Network', [
			cloud('Flows are logged, also within nodes', true),
			cloud('Pods have addresses of the VPC', true),
			cloud('Few networks reach the control plane', true),
			cloud('The endpoint of the control plane is private'),
			cloud('Nodes are private'),
			cloud('Nodes are behind a firewall'),
			cloud('Certificates are managed by the provider', true),
		]),
		section('5.7', 'Logging', [cloud('Logs and metrics are collected', true), cloud('auditd runs on nodes')]),
		section('5.8', 'Sign-in', [
			cloud('Client certificates are off', true),
			cloud('Rights are given to groups of people'),
			cloud('Rights come from RBAC alone', true),
		]),
		section('5.9', 'Disks', [
			cloud('Volumes are encrypted with keys of the customer'),
			cloud('Boot disks are encrypted with keys of the customer', true),
		]),
		section('5.10', 'Other', [
			cloud('The dashboard is off', true),
			cloud('It is no alpha cluster', true),
			cloud('Untrusted workloads run in a sandbox'),
			cloud('The security posture is watched'),
		]),
	],
};
