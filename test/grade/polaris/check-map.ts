import type {Settings} from '../../../src/analysis/checks/check.ts';

/** Which of our checks together demand what one check of the set demands. */
type Demand = {
	/** By their ids, with the lines that the owners of the set draw elsewhere. */
	readonly checks: {readonly [id: string]: Settings};
	/** Kinds of objects that the set's check looks at, where ours look at more. */
	readonly kinds?: readonly string[];
};

/** We look at init containers too. */
const noInit = {initToo: false};
const as = (check: string, settings: Settings = {}, kinds?: readonly string[]): Demand => ({
	checks: {[check]: settings},
	...(kinds === undefined ? {} : {kinds}),
});
const label = (name: string, kinds?: readonly string[]) => as('name-label-mismatch', {label: `app.kubernetes.io/${name}`}, kinds);
const exempt = ['system:*', 'gce:podsecuritypolicy:calico-sa', 'cluster-admin', 'admin', 'edit'];
const exec = (check: string, kind: string) => as(check, {exempt}, [kind]);
const bounds = (least: string, most: string) => ({requestMin: [], requestMax: [], limitMin: [least], limitMax: [most]});

/** By the names of Polaris, of which its documentation lists all. */
export const demands: {readonly [check: string]: Demand} = {
	automountServiceAccountToken: as('token-automounted'),
	clusterrolePodExecAttach: exec('role-allows-exec', 'ClusterRole'),
	clusterrolebindingClusterAdmin: exec('binding-of-everything', 'ClusterRoleBinding'),
	clusterrolebindingPodExecAttach: exec('binding-allows-exec', 'ClusterRoleBinding'),
	cpuLimitsMissing: as('cpu-limit-unset', noInit),
	cpuRequestsMissing: as('cpu-request-unset', noInit),
	dangerousCapabilities: as('dangerous-capabilities', {capabilities: ['ALL', 'SYS_ADMIN', 'NET_ADMIN']}),
	deploymentMissingReplicas: as('single-replica', {least: 2, unsetToo: true}),
	hostIPCSet: as('host-ipc'),
	hostNetworkSet: as('host-network'),
	hostPIDSet: as('host-pid'),
	hostPathSet: as('host-path'),
	hostPortSet: as('host-port'),
	hostProcess: as('windows-host-process'),
	hpaMaxAvailability: as('autoscaler-without-room'),
	hpaMinAvailability: as('autoscaler-minimum'),
	insecureCapabilities: as('capabilities-not-dropped'),
	linuxHardening: as('no-kernel-confinement'),
	livenessProbeMissing: as('liveness-probe-unset'),
	memoryLimitsMissing: as('memory-limit-unset', noInit),
	memoryRequestsMissing: as('memory-request-unset', noInit),
	metadataAndInstanceMismatched: label('instance'),
	missingNetworkPolicy: as('undeclared-flows'),
	missingPodDisruptionBudget: as('disruption-budget-missing'),
	nakedPod: label('name', ['Pod']),
	notReadOnlyRootFilesystem: as('writable-root-filesystem'),
	oneController: label('name', ['StatefulSet']),
	pdbDisruptionsIsZero: as('budget-allows-nothing'),
	pdbMinAvailableEqualToHPAMinReplicas: as('budget-above-autoscaler'),
	pdbMinAvailableGreaterThanHPAMinReplicas: as('budget-above-autoscaler', {equalToo: false}),
	priorityClassNotSet: as('priority-class-unset'),
	privilegeEscalationAllowed: as('privilege-escalation'),
	procMount: as('proc-mount'),
	pullPolicyNotAlways: as('image-always-pulled'),
	readinessProbeMissing: as('readiness-probe-unset'),
	resourceRange: {
		checks: {
			...{'cpu-limit-unset': noInit, 'memory-limit-unset': noInit},
			...{'cpu-out-of-range': bounds('100m', '2'), 'memory-out-of-range': bounds('100Mi', '6G')},
		},
	},
	rolePodExecAttach: exec('role-allows-exec', 'Role'),
	rolebindingClusterAdminClusterRole: exec('binding-of-everything', 'RoleBinding'),
	rolebindingClusterAdminRole: exec('binding-of-everything', 'RoleBinding'),
	rolebindingClusterRolePodExecAttach: exec('binding-allows-exec', 'RoleBinding'),
	rolebindingRolePodExecAttach: exec('binding-allows-exec', 'RoleBinding'),
	runAsPrivileged: as('privileged-container'),
	runAsRootAllowed: as('run-as-root'),
	sensitiveConfigmapContent: as('secret-in-config-map'),
	sensitiveContainerEnvVar: as('secret-in-environment'),
	tagNotSpecified: as('image-tag-mutable'),
	tlsSettingsMissing: as('ingress-without-tls'),
	topologySpreadConstraint: as('replicas-together'),
};
