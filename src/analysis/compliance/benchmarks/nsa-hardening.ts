import {api, type Benchmark, cloud, node, person, section} from '../benchmark.ts';
import {judged} from './shared-rows.ts';

/** The guide numbers nothing: the ids are its chapters, and the place of the recommendation in them. */
export const nsaHardening: Benchmark = {
	name: 'nsa',
	title: 'NSA and CISA Kubernetes Hardening Guidance 1.2',
	sections: [
		section('pods', 'Pod security', [
			api('Containers do not run as root', 'run-as-root'),
			api('Root file systems are read-only', 'writable-root-filesystem'),
			judged('privileged'),
			judged('escalation'),
			api('Containers go without capabilities', 'capabilities-not-dropped', 'dangerous-capabilities'),
			api('Pods share nothing with the node', 'host-pid', 'host-ipc', 'host-network'),
			api('No volumes of the node', 'host-path'),
			api('Kernel confinement is on', 'seccomp-unset', 'seccomp-unconfined', 'no-kernel-confinement'),
			api('Namespaces are held to the standards', 'pod-security-not-enforced', 'pod-security-below-baseline'),
			judged('tokens'),
			person('Images are built from trusted bases and scanned'),
		]),
		section('network', 'Network separation', [
			judged('networkPolicies'),
			api('Namespaces refuse traffic by default', 'namespace-without-default-ingress', 'namespace-without-default-egress'),
			api('Namespaces have limits', 'namespace-without-limits', 'namespace-without-quota'),
			api('The API server serves no open port', 'api-server-insecure-port'),
			api('etcd talks over TLS alone', 'etcd-tls', 'etcd-client-certificates'),
			api('Secrets are encrypted at rest', 'api-server-encryption'),
			cloud('Nodes cannot reach the metadata of the cloud'),
			node('Kubelets answer nobody who is anonymous'),
		]),
		section('access', 'Who may do what', [
			api('Anonymous requests are refused', 'api-server-anonymous-auth', 'anonymous-holder'),
			api('Rights come from RBAC', 'api-server-rbac'),
			judged('clusterAdmin'),
			judged('wildcards'),
			judged('secrets'),
			api('No lasting tokens', 'service-account-token-secret', 'long-lived-token-volume'),
			person('People sign in with two factors'),
		]),
		section('audit', 'Audit logs', [
			api('Requests are audited', 'api-server-audit-log', 'api-server-audit-policy'),
			person('Logs are kept where an intruder cannot change them'),
			person('Somebody looks at them'),
		]),
		section('upgrade', 'Upgrades', [
			api('Versions are supported', 'node-version-not-supported'),
			person('Patches are applied as they come'),
			person('Unused components are removed'),
		]),
	],
};
