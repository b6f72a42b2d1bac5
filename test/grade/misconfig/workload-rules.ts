import type {Settings} from '../../../src/analysis/checks/check.ts';
import {type Failure, type Found, oneForEachFault, oneForEachObject, type RuleMaps, withoutPaths} from './rule-map.ts';

type Given = {readonly [name: string]: readonly string[]};

/** The rule tells fields of a finding in its own way. */
const withPaths =
	(change: (paths: readonly string[], failure: Failure) => readonly string[]) =>
	(failures: readonly Failure[]): readonly Found[] =>
		failures.map(failure => ({object: failure.resource, paths: change(failure.fault.paths, failure)}));

/** One finding for each field. */
const oneForEachPath = (failures: readonly Failure[]): readonly Found[] =>
	failures.flatMap(({resource, fault}) => fault.paths.map(path => ({object: resource, paths: [path]})));

/** Fields of ephemeral containers are not told: nothing can set them. */
const withoutEphemeral = withPaths(paths => paths.filter(path => !path.includes('ephemeralContainers')));

/** The object behind a Service, told by kind and name alone. */
const behindService =
	(path: (kind: string) => readonly string[]) =>
	(failures: readonly Failure[]): readonly Found[] =>
		failures.map(({resource}) => ({object: resource, paths: path(resource.kind)}));

const list = (given: Given, name: string) => given[name] ?? [];

const secretSigns = (given: Given): Settings => ({
	names: list(given, 'sensitiveKeyNames'),
	allowedNames: list(given, 'sensitiveKeyNamesAllowed'),
	values: list(given, 'sensitiveValues'),
	allowedValues: list(given, 'sensitiveValuesAllowed'),
});

const nameAndValue = withPaths(paths => paths.flatMap(path => [path, path.replace(/\.value$/, '.name')]));

const limits = (resource: string, kind: string, given: Given): Settings => ({
	[`${kind}Min`]: list(given, `${resource}_${kind}_min`),
	[`${kind}Max`]: list(given, `${resource}_${kind}_max`),
});

/** What agents' rooms may take at most, one value in a list. */
const sandboxMax = (check: string, name: string) => (given: Given) => ({[check]: {limitMax: list(given, name)}});

/** Rules about pods and what runs them: containers, images, what they mount, secrets in the open. */
export const workloadRules: RuleMaps = {
	'rule-privileged-container': {checks: ['privileged-container', 'sys-admin-capability']},
	'rule-allow-privilege-escalation': {
		checks: ['privilege-escalation'],
		// It sets both fields, whether the container is privileged or not.
		tell: withPaths(paths => paths.flatMap(path => [path, path.replace(/allowPrivilegeEscalation$/, 'privileged')])),
	},
	'insecure-capabilities': {
		checks: ['dangerous-capabilities'],
		settings: given => ({'dangerous-capabilities': {capabilities: list(given, 'insecureCapabilities')}}),
	},
	'dangerous-capabilities': {
		checks: ['dangerous-capabilities'],
		settings: () => ({'dangerous-capabilities': {capabilities: ['ALL', 'SYS_ADMIN', 'NET_ADMIN']}}),
	},
	'drop-capability-netraw': {
		checks: ['net-raw-not-dropped'],
		tell: withPaths(paths => paths.map(path => path.replace(/\.add\[\d+\]$/, '.add'))),
	},
	'host-network-access': {checks: ['host-network']},
	'host-pid-privileges': {checks: ['host-pid']},
	'host-ipc-privileges': {checks: ['host-ipc']},
	'host-pid-ipc-privileges': {checks: ['host-pid', 'host-ipc']},
	'container-hostPort': {checks: ['host-port'], tell: oneForEachFault},
	'alert-any-hostpath': {checks: ['host-path']},
	'alert-rw-hostpath': {checks: ['writable-host-path']},
	'containers-mounting-docker-socket': {checks: ['container-runtime-socket'], tell: withPaths(paths => paths.slice(0, 1))},
	'alert-mount-potential-credentials-paths': {checks: ['node-credentials-path'], tell: withPaths(paths => paths.slice(0, 1))},
	'non-root-containers': {checks: ['run-as-root']},
	'set-fsgroup-value': {checks: ['fs-group-unset'], settings: () => ({'fs-group-unset': {anyPod: true}})},
	'set-fsgroupchangepolicy-value': {
		checks: ['fs-group-change-policy'],
		settings: () => ({'fs-group-change-policy': {accepted: ['Always']}}),
	},
	'set-supplementalgroups-values': {checks: ['root-supplemental-group']},
	'set-hostprocess-true': {checks: ['windows-host-process']},
	'set-gmsacredentialspecname-value': {checks: ['windows-gmsa-unset']},
	'linux-hardening': {checks: ['seccomp-unset']},
	'set-seccomp-profile': {checks: ['seccomp-unset']},
	'set-seccomp-profile-RuntimeDefault': {
		checks: ['seccomp-profile'],
		settings: () => ({'seccomp-profile': {accepted: ['RuntimeDefault']}}),
	},
	'set-seLinuxOptions': {checks: ['selinux-options-unset']},
	'set-procmount-default': {checks: ['proc-mount']},
	'set-sysctls-params': {checks: ['unsafe-sysctls']},
	'immutable-container-filesystem': {checks: ['writable-root-filesystem'], tell: withoutEphemeral},
	'automount-service-account': {checks: ['token-automounted']},
	'ensure-automount-service-account-is-false': {checks: ['token-automounted']},
	'serviceaccount-token-mount': {checks: ['token-automounted'], tell: withoutPaths},
	'deprecated-service-account-field': {checks: ['deprecated-service-account-field']},
	'rule-access-dashboard-wl-v1': {checks: ['dashboard-service-account']},
	'resources-cpu-limits': {checks: ['cpu-limit-unset'], settings: () => ({'cpu-limit-unset': {initToo: false}})},
	'resources-cpu-requests': {checks: ['cpu-request-unset'], settings: () => ({'cpu-request-unset': {initToo: false}})},
	'resources-memory-limits': {checks: ['memory-limit-unset'], settings: () => ({'memory-limit-unset': {initToo: false}})},
	'resources-memory-requests': {checks: ['memory-request-unset'], settings: () => ({'memory-request-unset': {initToo: false}})},
	'resource-policies': {
		checks: ['cpu-limit-unset', 'memory-limit-unset'],
		tell: failures =>
			[
				...Map.groupBy(failures, ({resource, fault}) => JSON.stringify([resource, fault.paths[0]?.replace(/\.resources.*/, '')])).values(),
			].flatMap(oneForEachObject),
	},
	'resources-cpu-limit-and-request': {
		checks: ['cpu-limit-unset', 'cpu-request-unset', 'cpu-out-of-range'],
		settings: given => ({'cpu-out-of-range': {...limits('cpu', 'limit', given), ...limits('cpu', 'request', given)}}),
	},
	'resources-memory-limit-and-request': {
		checks: ['memory-limit-unset', 'memory-request-unset', 'memory-out-of-range'],
		settings: given => ({'memory-out-of-range': {...limits('memory', 'limit', given), ...limits('memory', 'request', given)}}),
	},
	'resources-sandbox-cpu-limits': {
		checks: ['cpu-limit-unset', 'cpu-out-of-range'],
		settings: sandboxMax('cpu-out-of-range', 'sandbox_cpu_limit_max'),
	},
	'resources-sandbox-memory-limits': {
		checks: ['memory-limit-unset', 'memory-out-of-range'],
		settings: sandboxMax('memory-out-of-range', 'sandbox_memory_limit_max'),
	},
	'agent-sandbox-egress-policy': {checks: ['sandbox-egress']},
	'agent-sandbox-image-tag-provenance': {
		checks: ['image-tag-mutable'],
		settings: given => ({'image-tag-mutable': {tags: ['latest', ...list(given, 'floatingImageTags')]}}),
	},
	'agent-sandbox-image-registry-allowlist': {
		checks: ['image-registry-allowed'],
		settings: given => ({'image-registry-allowed': {allowed: list(given, 'imageRepositoryAllowList')}}),
	},
	'agent-sandbox-hardened-runtime-class': {
		checks: ['runtime-class'],
		settings: given => ({'runtime-class': {accepted: list(given, 'hardenedSandboxRuntimeClasses')}}),
	},
	'duplicate-env-var': {checks: ['duplicate-environment-variable'], tell: oneForEachPath},
	'mismatching-selector': {checks: ['mismatching-selector']},
	'naked-pods': {checks: ['naked-pod']},
	'label-usage-for-resources': {
		checks: ['recommended-labels-missing'],
		settings: given => ({'recommended-labels-missing': {labels: list(given, 'recommendedLabels')}}),
	},
	'K8s common labels usage': {
		checks: ['common-labels-missing'],
		settings: given => ({'common-labels-missing': {labels: list(given, 'k8sRecommendedLabels')}}),
	},
	'rule-deny-cronjobs': {checks: ['cron-job']},
	'sudo-in-container-entrypoint': {checks: ['sudo-in-command'], tell: withPaths(paths => paths)},
	'rule-can-ssh-to-pod-v1': {
		checks: ['ssh-port'],
		tell: behindService(kind => [kind === 'Pod' ? 'metadata.labels' : 'spec.template.metadata.labels']),
	},
	'service-with-no-pods': {checks: ['service-without-pods']},
	'container-image-repository': {
		checks: ['image-registry-allowed'],
		settings: given => ({'image-registry-allowed': {allowed: list(given, 'imageRepositoryAllowList')}}),
	},
	'container-image-repository-v1': {
		checks: ['image-registry-allowed'],
		settings: given => ({'image-registry-allowed': {allowed: list(given, 'imageRepositoryAllowList')}}),
	},
	'rule-identify-blocklisted-image-registries': {
		checks: ['image-registry-blocked'],
		settings: given => ({'image-registry-blocked': {blocked: [...list(given, 'publicRegistries'), ...list(given, 'untrustedRegistries')]}}),
	},
	'rule-identify-old-k8s-registry': {checks: ['image-registry-retired']},
	'image-pull-policy-is-not-set-to-always': {checks: ['image-pull-policy']},
	'access-tiller-endpoint': {checks: ['tiller']},
	'rule-credentials-in-env-var': {
		checks: ['secret-in-environment'],
		settings: given => ({'secret-in-environment': secretSigns(given)}),
		tell: nameAndValue,
	},
	'rule-credentials-configmap': {checks: ['secret-in-config-map'], settings: given => ({'secret-in-config-map': secretSigns(given)})},
	'rule-secrets-in-env-var': {checks: ['secret-as-environment'], tell: oneForEachPath},
	'workload-mounted-secrets': {checks: ['secret-mounted']},
	'workload-mounted-configmap': {checks: ['config-map-mounted']},
	'workload-mounted-pvc': {checks: ['claim-mounted']},
	'ensure-external-secrets-storage-is-in-use': {checks: ['secrets-in-cluster'], tell: withoutPaths},
	'configured-liveness-probe': {checks: ['liveness-probe-unset']},
	'configured-readiness-probe': {checks: ['readiness-probe-unset']},
};
