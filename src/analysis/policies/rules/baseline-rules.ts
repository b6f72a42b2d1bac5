import {usualCapabilities} from '../../pod-security/baseline-checks.ts';
import {celList, containersWhere, type PodRule, podOrContainersWhere, volumesWhere} from '../pod-rule.ts';
import {pod, podAfter, podOf, podWith} from './example-pods.ts';

const set = 'baseline';
const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
/** Those that belong to the pod alone and harm no neighbour. */
const safeSysctls = [
	'kernel.shm_rmid_forced',
	...['ip_local_port_range', 'tcp_syncookies', 'ping_group_range', 'ip_unprivileged_port_start', 'ip_local_reserved_ports'].map(
		name => `net.ipv4.${name}`,
	),
	...['tcp_keepalive_time', 'tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes', 'tcp_rmem', 'tcp_wmem'].map(
		name => `net.ipv4.${name}`,
	),
];
const usual = celList([...usualCapabilities]);
const profiles = "['RuntimeDefault', 'Localhost']";

const badSeccomp = (holder: string) => `!(${holder}.?securityContext.?seccompProfile.?type.orValue('RuntimeDefault') in ${profiles})`;
const badAppArmor = (holder: string) => `!(${holder}.?securityContext.?appArmorProfile.?type.orValue('RuntimeDefault') in ${profiles})`;
const hostProcess = (holder: string) => `${holder}.?securityContext.?windowsOptions.?hostProcess.orValue(false)`;
const badSeLinux = (holder: string) => {
	const options = `${holder}.?securityContext.?seLinuxOptions`;
	const isSet = (field: string) => `${options}.?${field}.orValue('') != ''`;
	return `!(${options}.?type.orValue('') in ${celList(seLinuxTypes)}) || ${isSet('user')} || ${isSet('role')}`;
};
const appArmor = 'container.apparmor.security.beta.kubernetes.io/';
const hookHost = (hook: string) => `${celList(['httpGet', 'tcpSocket'])}.exists(h, ${hook}[?h].?host.orValue('') != '')`;

/** What the level baseline of the Pod Security Standards refuses. @see kubernetes.io/docs/concepts/security/pod-security-standards */
export const baselineRules: readonly PodRule[] = [
	{
		id: 'privileged',
		set,
		title: 'Containers do not run privileged',
		why: 'A privileged container is root of its node',
		offenders: containersWhere('c.?securityContext.?privileged.orValue(false)'),
		pass: [pod(), podOf({privileged: false})],
		fail: [podOf({privileged: true, allowPrivilegeEscalation: true}), podAfter({privileged: true, allowPrivilegeEscalation: true})],
	},
	{
		id: 'host-namespaces',
		set,
		title: 'Pods have a network, processes and memory of their own',
		why: 'In a namespace of the node a pod sees, and reaches, what other pods and the node do',
		offenders: "['hostNetwork', 'hostPID', 'hostIPC'].filter(f, variables.spec[?f].orValue(false) == true)",
		pass: [pod(), pod({hostPID: false})],
		fail: [pod({hostNetwork: true}), pod({hostPID: true}), pod({hostIPC: true})],
	},
	{
		id: 'host-path',
		set,
		title: 'Pods mount no path of the node',
		why: 'With a path of the node a pod reads its credentials and writes its programs',
		offenders: volumesWhere('has(v.hostPath)'),
		pass: [pod(), pod({volumes: [{name: 'cache', emptyDir: {}}]})],
		fail: [pod({volumes: [{name: 'node', hostPath: {path: '/var/lib'}}]})],
	},
	{
		id: 'host-ports',
		set,
		title: 'Containers take no port of the node',
		why: 'A port of the node goes around every NetworkPolicy',
		offenders: containersWhere('c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0)'),
		pass: [pod(), podWith({ports: [{containerPort: 8080}]})],
		fail: [podWith({ports: [{containerPort: 8080, hostPort: 8080}]})],
	},
	{
		id: 'host-probes',
		set,
		title: 'Probes and hooks ask the pod itself',
		why: 'The kubelet would ask any host for it, from within the network of the node',
		offenders: containersWhere(
			[
				`['livenessProbe', 'readinessProbe', 'startupProbe'].exists(p, ${hookHost('c[?p]')})`,
				`['postStart', 'preStop'].exists(p, ${hookHost('c.?lifecycle[?p]')})`,
			].join(' || '),
		),
		pass: [pod(), podWith({livenessProbe: {httpGet: {path: '/', port: 8080}}})],
		fail: [
			podWith({livenessProbe: {httpGet: {path: '/', port: 80, host: '169.254.169.254'}}}),
			podWith({lifecycle: {preStop: {tcpSocket: {port: 80, host: '10.0.0.1'}}}}),
		],
	},
	{
		id: 'added-capabilities',
		set,
		title: 'Containers add no capability beyond the usual ones',
		why: 'Capabilities such as SYS_ADMIN are root of the node in all but name',
		offenders: containersWhere(`c.?securityContext.?capabilities.?add.orValue([]).exists(k, !(k in ${usual}))`),
		pass: [pod(), podOf({capabilities: {drop: ['ALL'], add: ['NET_BIND_SERVICE']}})],
		fail: [podOf({capabilities: {drop: ['ALL'], add: ['NET_RAW']}}), podAfter({capabilities: {drop: ['ALL'], add: ['NET_ADMIN']}})],
	},
	{
		id: 'seccomp-confined',
		set,
		title: 'Nothing turns its seccomp profile off',
		why: 'Without a profile a container may make every call of the kernel',
		offenders: podOrContainersWhere(badSeccomp('variables.spec'), badSeccomp('c')),
		pass: [pod(), podOf({seccompProfile: {type: 'Localhost', localhostProfile: 'app.json'}})],
		fail: [
			podOf({seccompProfile: {type: 'Unconfined'}}),
			pod({securityContext: {runAsNonRoot: true, seccompProfile: {type: 'Unconfined'}}}),
		],
	},
	{
		id: 'app-armor',
		set,
		title: 'Nothing turns its AppArmor profile off',
		why: 'The profile is what keeps a container from the files and mounts of the node',
		offenders: [
			podOrContainersWhere(badAppArmor('variables.spec'), badAppArmor('c')),
			`variables.annotations.filter(k, k.startsWith('${appArmor}') && !(variables.annotations[k] in ['', 'runtime/default']) && !variables.annotations[k].startsWith('localhost/')).map(k, k.substring(${appArmor.length}))`,
		].join(' + '),
		pass: [pod(), podOf({appArmorProfile: {type: 'RuntimeDefault'}}), pod({}, {[`${appArmor}app`]: 'runtime/default'})],
		fail: [podOf({appArmorProfile: {type: 'Unconfined'}}), pod({}, {[`${appArmor}app`]: 'unconfined'})],
	},
	{
		id: 'se-linux',
		set,
		title: 'Nothing changes its SELinux user, role or type',
		why: 'Another type may reach what the policy of the node keeps containers from',
		offenders: podOrContainersWhere(badSeLinux('variables.spec'), badSeLinux('c')),
		pass: [pod(), podOf({seLinuxOptions: {type: 'container_t', level: 's0:c1,c2'}})],
		fail: [podOf({seLinuxOptions: {type: 'spc_t'}}), podOf({seLinuxOptions: {user: 'system_u'}})],
	},
	{
		id: 'proc-mount',
		set,
		title: 'The paths of /proc that runtimes mask stay masked',
		why: 'Through them a container changes its node',
		offenders: containersWhere("!variables.ownUsers && c.?securityContext.?procMount.orValue('Default') != 'Default'"),
		pass: [pod(), podOf({procMount: 'Default'})],
		fail: [podOf({procMount: 'Unmasked'})],
	},
	{
		id: 'sysctls',
		set,
		title: 'Pods set only sysctls that concern nobody else',
		why: 'Others change the kernel for every pod of the node',
		offenders: `variables.spec.?securityContext.?sysctls.orValue([]).filter(s, !(s.name in ${celList(safeSysctls)})).map(s, s.name)`,
		pass: [pod(), pod({securityContext: {runAsNonRoot: true, sysctls: [{name: 'net.ipv4.tcp_syncookies', value: '1'}]}})],
		fail: [pod({securityContext: {runAsNonRoot: true, sysctls: [{name: 'kernel.msgmax', value: '65536'}]}})],
	},
	{
		id: 'windows-host-process',
		set,
		title: 'Windows containers do not run as processes of the node',
		why: 'They are administrators of the node',
		offenders: podOrContainersWhere(hostProcess('variables.spec'), hostProcess('c')),
		pass: [pod()],
		fail: [podOf({windowsOptions: {hostProcess: true}}), pod({securityContext: {windowsOptions: {hostProcess: true}}})],
	},
];
