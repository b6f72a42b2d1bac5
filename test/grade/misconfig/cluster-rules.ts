import type {Settings} from '../../../src/analysis/checks/check.ts';
import {type Failure, type Found, oneForEachFault, oneForEachObject, type RuleMap, type RuleMaps, withoutPaths} from './rule-map.ts';

const by = (...checks: readonly string[]): RuleMap => ({checks});

/** Of the check alone, whatever the rule is given. */
const set = (check: string, settings: Settings): RuleMap => ({checks: [check], settings: () => ({[check]: settings})});

/** Any value is named, for a person to look at. */
const anyValue = (check: string, setting: string) => set(check, {[setting]: Number.MAX_SAFE_INTEGER});

/** Of a pair the second argument goes behind the first, also where the first is there and takes no new place. */
const inPlaceOfPair =
	(second: string) =>
	(failures: readonly Failure[]): readonly Found[] =>
		oneForEachFault(failures).map((found, index) => {
			const {mends = []} = failures[index]?.fault ?? {};
			const [mend] = mends;
			const isAlone = mends.length === 1 && mend !== undefined && 'ask' in mend && mend.ask.startsWith(`--${second}=`);
			return isAlone ? {...found, paths: found.paths.map(path => path.replace(/\d+(?=\]$)/, place => String(Number(place) + 1)))} : found;
		});

const pair = (check: string, second: string): RuleMap => ({checks: [check], tell: inPlaceOfPair(second)});

/** The binding alone is named, not where in it. */
const bindingAlone = (failures: readonly Failure[]): readonly Found[] =>
	oneForEachFault(failures).map(found => ({...found, related: (found.related ?? []).map(each => ({...each, paths: []}))}));

/** Both selectors that lead from a Service to a workload are named as if they were the workload's. */
const bySelectors = (failures: readonly Failure[]): readonly Found[] =>
	failures.map(({resource}) => ({object: resource, paths: ['spec.selector.matchLabels', 'spec.selector']}));

/** A VirtualService has its routes under `route`; the rule's writers call them `routes`. */
const byRoutes = (failures: readonly Failure[]): readonly Found[] =>
	oneForEachFault(failures).map(found => ({
		...found,
		related: (found.related ?? []).map(each => ({...each, paths: each.paths.map(path => path.replace('].route[', '].routes['))})),
	}));

/** The whole list of subjects is named. */
const bySubjects = (failures: readonly Failure[]): readonly Found[] =>
	oneForEachObject(failures).map(found => ({...found, paths: ['subjects']}));

const inDefault = (id: string) => by(`${id}-in-default-namespace`);
const unnamed = (check: string): RuleMap => ({checks: [check], tell: withoutPaths});
const apiServer = 'ensure-that-the-api-server';
const manager = 'ensure-that-the-controller-manager';
const plugin = 'ensure-that-the-admission-control-plugin';

const accessRules: RuleMaps = {
	'access-container-service-account-v1': by('service-account-holds-role'),
	'access-container-service-account': by('service-account-holds-role'),
	'anonymous-access-enabled': {checks: ['anonymous-holder'], tell: bySubjects},
	'automount-default-service-account': by('default-account-mounts-token'),
	'cluster-admin-role': by('cluster-admin-role-bound'),
	'ensure-default-service-accounts-has-only-default-roles': by('default-account-bound'),
	'exec-into-container-v1': by('may-exec-into-pods'),
	'exec-into-container': by('may-exec-into-pods'),
	'namespace-without-service-account': by('namespace-without-own-account'),
	'review-roles-with-aws-iam-authenticator': by('role-for-cloud-identities'),
	'rule-access-dashboard-subject-v1': by('dashboard-role-held'),
	'rule-access-kubelet-api': by('may-reach-kubelets'),
	'rule-can-access-proxy-subresource': by('may-reach-kubelets'),
	'rule-can-approve-cert-signing-request': by('may-approve-certificates'),
	'rule-can-bind-escalate': by('may-bind-roles', 'may-escalate-roles'),
	'rule-can-create-pod': by('may-create-pods'),
	'rule-can-create-pod-v1': by('may-create-pods'),
	'rule-can-create-pv': by('may-create-persistent-volumes'),
	'rule-can-create-service-account-token': by('may-create-account-tokens'),
	'rule-can-delete-create-service': by('may-change-services'),
	'rule-can-delete-k8s-events-v1': by('may-delete-events'),
	'rule-can-delete-k8s-events': by('may-delete-events'),
	'rule-can-impersonate-users-groups-v1': by('may-impersonate'),
	'rule-can-impersonate-users-groups': by('may-impersonate'),
	'rule-can-list-get-secrets-v1': by('may-read-secrets'),
	'rule-can-list-get-secrets': by('may-read-secrets'),
	'rule-can-modify-admission-webhooks': by('may-change-webhooks'),
	'rule-can-portforward-v1': by('may-forward-ports'),
	'rule-can-portforward': by('may-forward-ports'),
	'rule-can-update-configmap-v1': by('may-change-cluster-dns'),
	'rule-can-update-configmap': by('may-change-cluster-dns'),
	'rule-excessive-delete-rights-v1': by('may-delete-workloads'),
	'rule-excessive-delete-rights': by('may-delete-workloads'),
	'rule-list-all-cluster-admins-v1': by('cluster-administrator'),
	'rule-list-all-cluster-admins': by('cluster-administrator'),
	'system-authenticated-allowed-to-take-over-cluster': {checks: ['everybody-may-take-over'], tell: oneForEachFault},
	'workload-with-administrative-roles': {checks: ['workload-is-administrator'], tell: bindingAlone},
	'workload-with-cluster-takeover-roles': {checks: ['workload-is-administrator', 'workload-may-take-over'], tell: bindingAlone},
};

const networkRules: RuleMaps = {
	ensure_network_policy_configured_in_labels: unnamed('workload-without-network-policy'),
	'ingress-and-egress-blocked': unnamed('workload-with-open-direction'),
	'internal-networking': unnamed('namespace-without-network-policy'),
	'encrypt-traffic-to-https-load-balancers-with-tls-certificates': {
		checks: ['load-balancer-public-on-azure', 'ingress-without-tls', 'ingress-beside-application-gateway'],
		settings: () => ({'ingress-beside-application-gateway': {class: 'azure/application-gateway'}}),
	},
	'ensure-https-loadbalancers-encrypted-with-tls-aws': by('load-balancer-without-tls-on-aws'),
	'exposed-sensitive-interfaces-v1': {
		checks: ['sensitive-interface-exposed'],
		settings: ({sensitiveInterfaces}) =>
			sensitiveInterfaces === undefined ? {} : {'sensitive-interface-exposed': {names: sensitiveInterfaces}},
		tell: bySelectors,
	},
	'exposure-to-internet': by('workload-exposed-by-service', 'workload-exposed-by-ingress'),
	'exposure-to-internet-via-gateway-api': by('workload-exposed-by-gateway'),
	'exposure-to-internet-via-istio-ingress': {checks: ['workload-exposed-by-istio'], tell: byRoutes},
	'ingress-no-tls': by('ingress-without-tls'),
	'rule-exposed-dashboard': unnamed('dashboard-exposed'),
	'CVE-2021-25741': by('sub-path-cve-2021-25741'),
	'CVE-2021-25742': by('ingress-nginx-cve-2021-25742'),
	'CVE-2022-0185': by('kernel-cve-2022-0185'),
	'CVE-2022-23648': by('containerd-cve-2022-23648'),
	'CVE-2022-24348': by('argo-cd-cve-2022-24348'),
	'CVE-2022-3172': by('api-service-cve-2022-3172'),
	'CVE-2022-39328': by('grafana-cve-2022-39328'),
	'CVE-2022-47633': by('kyverno-cve-2022-47633'),
};

const defaultRules: RuleMaps = Object.fromEntries(
	[
		...[
			'config-map',
			'controller-revision',
			'csi-storage-capacity',
			'endpoints',
			'endpoint-slice',
			'event',
			'horizontal-pod-autoscaler',
			'ingress',
		],
		...[
			'lease',
			'limit-range',
			'network-policy',
			'persistent-volume-claim',
			'pod-disruption-budget',
			'pod-template',
			'replication-controller',
		],
		...['resource-quota', 'role', 'role-binding', 'secret', 'service', 'service-account'],
	].map(id => [`${id.replaceAll('-', '')}-in-default-namespace`, inDefault(id)]),
);

const namespaceRules: RuleMaps = {
	...defaultRules,
	'pods-in-default-namespace': inDefault('workload'),
	'list-all-namespaces': by('namespace-for-review'),
	'pod-security-admission-applied-1': by('pod-security-not-enforced'),
	'pod-security-admission-applied-2': by('pod-security-not-enforced'),
	'pod-security-admission-baseline-applied-1': by('pod-security-below-baseline'),
	'pod-security-admission-baseline-applied-2': by('pod-security-below-baseline'),
	'pod-security-admission-restricted-applied-1': by('pod-security-below-restricted'),
	'pod-security-admission-restricted-applied-2': by('pod-security-below-restricted'),
	'pv-without-encryption': by('volume-without-encryption'),
	'list-all-mutating-webhooks': by('mutating-webhook-for-review'),
	'list-all-validating-webhooks': by('validating-webhook-for-review'),
	'psp-deny-allowed-capabilities': by('pod-policy-capabilities'),
	'psp-deny-allowprivilegeescalation': by('pod-policy-escalation'),
	'psp-deny-hostipc': by('pod-policy-host-memory'),
	'psp-deny-hostnetwork': by('pod-policy-host-network'),
	'psp-deny-hostpid': by('pod-policy-host-processes'),
	'psp-deny-privileged-container': by('pod-policy-privileged'),
	'psp-deny-root-container': by('pod-policy-root'),
	'psp-required-drop-capabilities': by('pod-policy-drops-nothing'),
	'alert-container-optimized-os-not-in-use': set('node-not-made-for-containers', {images: ['Bottlerocket']}),
	'alert-fargate-not-in-use': set('node-shared-by-pods', {demanded: true}),
	'outdated-k8s-version': by('node-version-not-supported'),
};

const controlPlaneRules: RuleMaps = {
	[`${apiServer}-DenyServiceExternalIPs-is-not-set`]: set('api-server-external-addresses', {enabled: false}),
	[`${apiServer}-DenyServiceExternalIPs-is-set`]: by('api-server-external-addresses'),
	[`${apiServer}-anonymous-auth-argument-is-set-to-false`]: by('api-server-anonymous-auth'),
	[`${apiServer}-audit-log-maxage-argument-is-set-to-30-or-as-appropriate`]: by('api-server-audit-age'),
	[`${apiServer}-audit-log-maxbackup-argument-is-set-to-10-or-as-appropriate`]: anyValue('api-server-audit-backups', 'files'),
	[`${apiServer}-audit-log-maxsize-argument-is-set-to-100-or-as-appropriate`]: anyValue('api-server-audit-size', 'megabytes'),
	[`${apiServer}-audit-log-path-argument-is-set`]: by('api-server-audit-log'),
	[`${apiServer}-authorization-mode-argument-includes-Node`]: by('api-server-node-authorization'),
	[`${apiServer}-authorization-mode-argument-includes-RBAC`]: by('api-server-rbac'),
	[`${apiServer}-authorization-mode-argument-is-not-set-to-AlwaysAllow`]: by('api-server-always-allow'),
	[`${apiServer}-basic-auth-file-argument-is-not-set`]: by('api-server-basic-auth'),
	[`${apiServer}-client-ca-file-argument-is-set-as-appropriate`]: by('api-server-client-authority'),
	[`${apiServer}-encryption-provider-config-argument-is-set-as-appropriate`]: by('api-server-encryption'),
	[`${apiServer}-etcd-cafile-argument-is-set-as-appropriate`]: by('api-server-etcd-authority'),
	[`${apiServer}-etcd-certfile-and-etcd-keyfile-arguments-are-set-as-appropriate`]: pair('api-server-etcd-certificate', 'etcd-keyfile'),
	[`${apiServer}-insecure-bind-address-argument-is-not-set`]: by('api-server-insecure-address'),
	[`${apiServer}-insecure-port-argument-is-set-to-0`]: by('api-server-insecure-port'),
	[`${apiServer}-kubelet-certificate-authority-argument-is-set-as-appropriate`]: by('api-server-kubelet-authority'),
	[`${apiServer}-kubelet-client-certificate-and-kubelet-client-key-arguments-are-set-as-appropriate`]: pair(
		'api-server-kubelet-certificate',
		'kubelet-client-key',
	),
	[`${apiServer}-kubelet-https-argument-is-set-to-true`]: by('api-server-kubelet-https'),
	[`${apiServer}-profiling-argument-is-set-to-false`]: by('api-server-profiling'),
	[`${apiServer}-request-timeout-argument-is-set-as-appropriate`]: set('api-server-request-timeout', {seconds: 0}),
	[`${apiServer}-secure-port-argument-is-not-set-to-0`]: by('api-server-secure-port'),
	[`${apiServer}-service-account-key-file-argument-is-set-as-appropriate`]: by('api-server-account-key'),
	[`${apiServer}-service-account-lookup-argument-is-set-to-true`]: by('api-server-account-lookup'),
	[`${apiServer}-tls-cert-file-and-tls-private-key-file-arguments-are-set-as-appropriate`]: pair('api-server-tls', 'tls-private-key-file'),
	[`${apiServer}-token-auth-file-parameter-is-not-set`]: by('api-server-token-file'),
	'ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers': by('api-server-ciphers'),
	'ensure-that-the-API-Server-only-makes-use-of-Strong-Cryptographic-Ciphers-cis1-10': by('api-server-ciphers'),
	[`${plugin}-AlwaysAdmit-is-not-set`]: by('api-server-always-admit'),
	[`${plugin}-AlwaysPullImages-is-set`]: by('api-server-always-pull-images'),
	[`${plugin}-EventRateLimit-is-set`]: by('api-server-event-rate-limit'),
	[`${plugin}-NamespaceLifecycle-is-set`]: by('api-server-namespace-lifecycle'),
	[`${plugin}-NodeRestriction-is-set`]: by('api-server-node-restriction'),
	[`${plugin}-SecurityContextDeny-is-set-if-PodSecurityPolicy-is-not-used`]: by('api-server-security-context-deny'),
	[`${plugin}-ServiceAccount-is-set`]: by('api-server-service-account-plugin'),
	[`${manager}-RotateKubeletServerCertificate-argument-is-set-to-true`]: by('controller-manager-kubelet-certificates'),
	[`${manager}-bind-address-argument-is-set-to-127.0.0.1`]: by('controller-manager-address'),
	[`${manager}-profiling-argument-is-set-to-false`]: by('controller-manager-profiling'),
	[`${manager}-root-ca-file-argument-is-set-as-appropriate`]: by('controller-manager-root-authority'),
	[`${manager}-service-account-private-key-file-argument-is-set-as-appropriate`]: by('controller-manager-account-key'),
	[`${manager}-terminated-pod-gc-threshold-argument-is-set-as-appropriate`]: anyValue('controller-manager-finished-pods', 'atLeast'),
	[`${manager}-use-service-account-credentials-argument-is-set-to-true`]: by('controller-manager-accounts'),
	'ensure-that-the-scheduler-bind-address-argument-is-set-to-127.0.0.1': by('scheduler-address'),
	'ensure-that-the-scheduler-profiling-argument-is-set-to-false': by('scheduler-profiling'),
	'etcd-auto-tls-disabled': by('etcd-self-signed'),
	'etcd-client-auth-cert': by('etcd-client-certificates'),
	'etcd-encryption-native': by('api-server-encryption'),
	'etcd-peer-auto-tls-disabled': by('etcd-peer-self-signed'),
	'etcd-peer-client-auth-cert': by('etcd-peer-certificates'),
	'etcd-peer-tls-enabled': pair('etcd-peer-tls', 'peer-key-file'),
	'etcd-tls-enabled': pair('etcd-tls', 'key-file'),
	'etcd-unique-ca': by('etcd-own-authority'),
	'insecure-port-flag': by('api-server-insecure-port'),
	'k8s-audit-logs-enabled-native': by('api-server-audit-policy'),
	'k8s-audit-logs-enabled-native-cis': by('api-server-audit-policy'),
	'psp-enabled-native': by('api-server-pod-security-policy'),
	'rbac-enabled-native': by('api-server-rbac'),
};

/** Rules about everything else: who may do what, networks, the control plane, namespaces, storage, nodes. */
export const clusterRules: RuleMaps = {...accessRules, ...networkRules, ...namespaceRules, ...controlPlaneRules};
