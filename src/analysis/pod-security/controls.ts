import {textAt, valueAt} from '../../core/kube/json-at.ts';
import {baselineCapabilities, type Check, hostNamespaces, hostPathVolumes, hostPorts, privileged} from './baseline-checks.ts';
import {appArmorProfile, probeHosts, procMount, seLinuxSince, sysctlsSince, windowsHostProcess} from './handed-options.ts';
import {allowPrivilegeEscalation, restrictedCapabilities, restrictedVolumes, runAsNonRoot, runAsUser} from './restricted-checks.ts';
import {annotatedSeccomp, baselineSeccomp, restrictedSeccomp} from './seccomp-checks.ts';

/** One demand of the standards, with all that it ever was. */
export type Control = {
	/** As the server's own code names it: `capabilities_baseline`. */
	readonly name: string;
	/** The lowest level that demands it. */
	readonly level: 'baseline' | 'restricted';
	/** One of the baseline that it takes the place of, from its own first version on. */
	readonly instead?: string;
	/** By the minor version of Kubernetes 1 that a rule holds from: `{0: …, 25: …}`. None before the first. */
	readonly since: {readonly [minor: number]: Check};
};

/** Windows knows none of the options of Linux, and the server refuses them there. */
const butOnWindows =
	(check: Check): Check =>
	(podSpec, annotations) =>
		textAt(podSpec, 'os', 'name') === 'windows' ? undefined : check(podSpec, annotations);

/** Root of a user namespace is nobody on the node. */
const butWithOwnUsers =
	(check: Check): Check =>
	(podSpec, annotations) =>
		valueAt(podSpec, 'hostUsers') === false ? undefined : check(podSpec, annotations);

/**
 * In the order in which the server tells them: those of the baseline first, each group by its name.
 * @see k8s.io/pod-security-admission/policy
 */
export const controls: readonly Control[] = [
	{name: 'appArmorProfile', level: 'baseline', since: {0: appArmorProfile}},
	{name: 'capabilities_baseline', level: 'baseline', since: {0: baselineCapabilities}},
	{name: 'hostNamespaces', level: 'baseline', since: {0: hostNamespaces}},
	{name: 'hostPathVolumes', level: 'baseline', since: {0: hostPathVolumes}},
	{name: 'hostPorts', level: 'baseline', since: {0: hostPorts}},
	{name: 'hostProbesAndHostLifecycle', level: 'baseline', since: {34: probeHosts}},
	{name: 'privileged', level: 'baseline', since: {0: privileged}},
	{name: 'procMount', level: 'baseline', since: {0: procMount, 35: butWithOwnUsers(procMount)}},
	{name: 'seLinuxOptions', level: 'baseline', since: seLinuxSince},
	{name: 'seccompProfile_baseline', level: 'baseline', since: {0: annotatedSeccomp, 19: baselineSeccomp}},
	{name: 'sysctls', level: 'baseline', since: sysctlsSince},
	{name: 'windowsHostProcess', level: 'baseline', since: {0: windowsHostProcess}},
	{
		name: 'allowPrivilegeEscalation',
		level: 'restricted',
		since: {8: allowPrivilegeEscalation, 25: butOnWindows(allowPrivilegeEscalation)},
	},
	{
		name: 'capabilities_restricted',
		level: 'restricted',
		instead: 'capabilities_baseline',
		since: {22: restrictedCapabilities, 25: butOnWindows(restrictedCapabilities)},
	},
	{name: 'procMount_restricted', level: 'restricted', instead: 'procMount', since: {35: procMount}},
	{name: 'restrictedVolumes', level: 'restricted', instead: 'hostPathVolumes', since: {0: restrictedVolumes}},
	{name: 'runAsNonRoot', level: 'restricted', since: {0: runAsNonRoot, 35: butWithOwnUsers(runAsNonRoot)}},
	{name: 'runAsUser', level: 'restricted', since: {23: runAsUser, 35: butWithOwnUsers(runAsUser)}},
	{
		name: 'seccompProfile_restricted',
		level: 'restricted',
		instead: 'seccompProfile_baseline',
		since: {19: restrictedSeccomp, 25: butOnWindows(restrictedSeccomp)},
	},
];
