import {controls} from '../../../src/analysis/pod-security/controls.ts';
import {capabilitiesAdded, capabilitiesKept} from '../../../src/analysis/pod-security/restricted-checks.ts';
import {podViolations, ruleOf} from '../../../src/analysis/pod-security/standard.ts';
import type {Json, JsonObject} from '../../../src/core/json.ts';
import {listAt, objectAt, textAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {containersOf} from '../../../src/core/kube/pod-spec.ts';

/** The pod that an object runs. */
type Template = {readonly spec: JsonObject; readonly annotations: JsonObject};

/** Whether a pod complies with one rule. */
export type Rule = (pod: Template) => boolean;

/** A control of the standards as it stood in Kubernetes 1.minor. The policies know no exemption of Windows and of user namespaces. */
function control(name: string, minor: number): Rule {
	const found = controls.find(each => each.name === name);
	const rule = found === undefined ? undefined : ruleOf(found, minor);
	if (rule === undefined) throw new Error(`there is no control ${name} in 1.${minor}`);
	return ({spec, annotations}) => rule(spec, annotations) === undefined;
}

/** As if the pod set nothing for all its containers, in one field of its security context. */
const withoutOfPod = (field: string, {spec, annotations}: Template): Template => {
	const {[field]: _, ...context} = objectAt(spec, 'securityContext');
	return {annotations, spec: {...spec, securityContext: context}};
};

/** Met by the pod as it is, or by all of its containers whatever the pod says. */
const orByEach =
	(field: string, rule: Rule): Rule =>
	pod =>
		rule(pod) || (containersOf(pod.spec).length > 0 && rule(withoutOfPod(field, pod)));

const holders = ({spec}: Template): readonly Json[] => [spec, ...containersOf(spec)];
const seLinux = (holder: Json) => objectAt(holder, 'securityContext', 'seLinuxOptions');

const asPod = ({spec, annotations}: Template): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'pod', annotations: annotations as {[name: string]: string}},
	spec,
});

const standard =
	(level: 'baseline' | 'restricted', isExempt: (control: string) => boolean = () => false): Rule =>
	pod =>
		podViolations(level, asPod(pod)).every(violation => isExempt(violation.control));

/** The pod without containers of these images, which a control is not asked about. */
const withoutImages = (images: RegExp, {spec, annotations}: Template): Template => {
	const lists = ['initContainers', 'containers', 'ephemeralContainers'].filter(list => spec[list] !== undefined);
	const kept = (list: string) => listAt(spec, list).filter(each => !images.test(textAt(each, 'image') ?? ''));
	return {annotations, spec: {...spec, ...Object.fromEntries(lists.map(list => [list, kept(list)]))}};
};

const isCapabilities = (name: string) => name.startsWith('capabilities_');
const isSeccomp = (name: string) => name.startsWith('seccompProfile_');

/** The last version before exemptions of Windows: what the policies speak of. */
const plain = 24;

/** Ports of a range, and the ports that its `host-port-range` rule is asked with by default. */
const hostPorts = ({spec}: Template) =>
	containersOf(spec).flatMap(each => listAt(each, 'ports').flatMap(port => objectAt(port).hostPort ?? []));

/** By `policy/rule`: the pod-security set of github.com/kyverno/policies, as its documentation describes it. */
export const rules: {readonly [rule: string]: Rule} = {
	'disallow-capabilities/adding-capabilities': control('capabilities_baseline', plain),
	'disallow-host-namespaces/host-namespaces': control('hostNamespaces', plain),
	'disallow-host-path/host-path': control('hostPathVolumes', plain),
	'disallow-host-ports/host-ports-none': control('hostPorts', plain),
	'disallow-host-ports-range/host-port-range': pod =>
		hostPorts(pod).every(port => typeof port === 'number' && (port === 0 || (port >= 5000 && port <= 6000))),
	'disallow-host-process/host-process-containers': control('windowsHostProcess', plain),
	'disallow-privileged-containers/privileged-containers': control('privileged', plain),
	'disallow-proc-mount/check-proc-mount': control('procMount', plain),
	'disallow-selinux/selinux-type': pod => {
		const types = holders(pod).map(holder => seLinux(holder).type ?? '');
		return types.every(type => ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].includes(String(type)));
	},
	'disallow-selinux/selinux-user-role': pod => holders(pod).every(holder => (seLinux(holder).user ?? seLinux(holder).role) === undefined),
	'restrict-apparmor-profiles/app-armor': control('appArmorProfile', plain),
	'restrict-seccomp/check-seccomp': control('seccompProfile_baseline', plain),
	'restrict-sysctls/check-sysctls': control('sysctls', plain),
	'disallow-capabilities-strict/require-drop-all': ({spec}) => capabilitiesKept(spec) === undefined,
	'disallow-capabilities-strict/adding-capabilities-strict': ({spec}) => capabilitiesAdded(spec) === undefined,
	'disallow-privilege-escalation/privilege-escalation': control('allowPrivilegeEscalation', plain),
	'require-run-as-non-root-user/run-as-non-root-user': control('runAsUser', plain),
	'require-run-as-nonroot/run-as-non-root': orByEach('runAsNonRoot', control('runAsNonRoot', plain)),
	'restrict-seccomp-strict/check-seccomp-strict': orByEach('seccompProfile', control('seccompProfile_restricted', plain)),
	'restrict-volume-types/restricted-volumes': control('restrictedVolumes', plain),
	'podsecurity-subrule-baseline/baseline': standard('baseline'),
	'podsecurity-subrule-restricted/restricted': standard('restricted'),
	'podsecurity-subrule-restricted-capabilities/restricted-exempt-capabilities': pod =>
		standard('restricted', isCapabilities)(pod) &&
		standard('restricted', name => !isCapabilities(name))(withoutImages(/^(?:nginx|redis)/, pod)),
	'podsecurity-subrule-restricted-seccomp/restricted-exempt-seccomp': standard('restricted', isSeccomp),
};
