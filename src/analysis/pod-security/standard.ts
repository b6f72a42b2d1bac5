import type {JsonObject} from '../../core/json.ts';
import {objectAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {
	baselineCapabilities,
	baselineSeccomp,
	type Check,
	hostNamespaces,
	hostPathVolumes,
	hostPorts,
	privileged,
	restrictedSeccomp,
	type Violation,
} from './baseline-checks.ts';
import {
	appArmorProfile,
	baselineProcMount,
	probeHosts,
	restrictedProcMount,
	seLinuxOptions,
	sysctls,
	windowsHostProcess,
} from './handed-options.ts';
import {allowPrivilegeEscalation, restrictedCapabilities, restrictedVolumes, runAsNonRoot, runAsUser} from './restricted-checks.ts';

export const podSecurityLevels = ['privileged', 'baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** The checks of each level, in the order in which the server tells them: those of the baseline first, each group by its name. */
const checks: {readonly [level in PodSecurityLevel]: readonly Check[]} = {
	privileged: [],
	baseline: [
		...[appArmorProfile, baselineCapabilities, hostNamespaces, hostPathVolumes, hostPorts, probeHosts, privileged, baselineProcMount],
		...[seLinuxOptions, baselineSeccomp, sysctls, windowsHostProcess],
	],
	restricted: [
		...[appArmorProfile, hostNamespaces, hostPorts, probeHosts, privileged, seLinuxOptions, sysctls, windowsHostProcess],
		...[allowPrivilegeEscalation, restrictedCapabilities, restrictedProcMount, restrictedVolumes],
		...[runAsNonRoot, runAsUser, restrictedSeccomp],
	],
};

/**
 * What the Pod Security Standards have against a pod, or against the pods of a workload, in the server's own words.
 * The rules are those of Kubernetes 1.36, whatever version a namespace asks for.
 * @returns none where the pod may pass, or where the object runs no pods
 * @see k8s.io/pod-security-admission/policy
 */
export function podViolations(level: PodSecurityLevel, object: KubeObject): readonly Violation[] {
	const path = templatePath(object);
	if (path === undefined) return [];
	const annotations: JsonObject = objectAt(object, ...path, 'metadata', 'annotations');
	const podSpec = podSpecOf(object);
	return checks[level].map(check => check(podSpec, annotations)).filter(violation => violation !== undefined);
}
