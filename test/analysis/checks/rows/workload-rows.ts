import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {core, cronJob, deployment, job, one, pod, type Row, rowsOf, secured, windows} from './row.ts';

const c = 'spec.containers[0]';
const sc = `${c}.securityContext`;
const podSc = 'spec.securityContext';
const debug = (securityContext: object) =>
	({containers: [{name: 'app'}], ephemeralContainers: [{name: 'debug', securityContext}]}) as never;

const added = (id: string, bad: string, more: readonly Parameters<typeof rowsOf>[1][number][] = []) =>
	rowsOf(id, [
		['the capability', secured({capabilities: {add: ['CHOWN', bad]}}), [`${sc}.capabilities.add[1]`]],
		[
			'the capability with its prefix in small letters',
			secured({capabilities: {add: [`cap_${bad.toLowerCase()}`]}}),
			[`${sc}.capabilities.add[0]`],
		],
		[
			'an init container of a CronJob',
			cronJob({initContainers: [{name: 'init', securityContext: {capabilities: {add: [bad]}}}]}),
			['spec.jobTemplate.spec.template.spec.initContainers[0].securityContext.capabilities.add[0]'],
		],
		[
			'an ephemeral container',
			pod(debug({capabilities: {add: [bad]}})),
			['spec.ephemeralContainers[0].securityContext.capabilities.add[0]'],
		],
		['what is dropped', secured({capabilities: {drop: [bad]}}), []],
		...more,
	]);

const containerRows = [
	...rowsOf('privileged-container', [
		[
			'a privileged sidecar',
			pod({initContainers: [{name: 'proxy', restartPolicy: 'Always', securityContext: {privileged: true}}]}),
			['spec.initContainers[0].securityContext.privileged'],
		],
		['an ephemeral container', pod(debug({privileged: true})), ['spec.ephemeralContainers[0].securityContext.privileged']],
		['false', secured({privileged: false}), []],
		['the text true, which the API server refuses', secured({privileged: 'true'}), []],
	]),
	...rowsOf('privilege-escalation', [
		['nothing is said', secured({}), [`${sc}.allowPrivilegeEscalation`]],
		['it is allowed', secured({allowPrivilegeEscalation: true}), [`${sc}.allowPrivilegeEscalation`]],
		['it is refused', secured({allowPrivilegeEscalation: false}), []],
		[
			'refused at the pod, which has no such field',
			one({}, {securityContext: {allowPrivilegeEscalation: false}}),
			[`${sc}.allowPrivilegeEscalation`],
		],
		['Windows, which has no such thing', secured({}, windows), 'n/a'],
	]),
	...added('sys-admin-capability', 'SYS_ADMIN', [['ALL holds it', secured({capabilities: {add: ['ALL']}}), [`${sc}.capabilities.add[0]`]]]),
	...added('dangerous-capabilities', 'NET_ADMIN', [
		[
			'a list of the owners',
			secured({capabilities: {add: ['NET_ADMIN', 'CHOWN']}}),
			[`${sc}.capabilities.add[1]`],
			{capabilities: ['CHOWN']},
		],
	]),
	...rowsOf('added-capabilities', [
		['any', secured({capabilities: {add: ['CHOWN']}}), [`${sc}.capabilities.add[0]`]],
		['NET_BIND_SERVICE', secured({capabilities: {add: ['NET_BIND_SERVICE']}}), []],
		['one that the owners allow', secured({capabilities: {add: ['CHOWN']}}), [], {allowed: ['CHOWN']}],
	]),
	...rowsOf('capabilities-not-dropped', [
		['none dropped', secured({}), [`${sc}.capabilities.drop`]],
		['some dropped', secured({capabilities: {drop: ['NET_RAW']}}), [`${sc}.capabilities.drop`]],
		['all dropped, in small letters', secured({capabilities: {drop: ['all']}}), []],
		['Windows', secured({}, windows), 'n/a'],
	]),
	...rowsOf('net-raw-not-dropped', [
		['nothing dropped', secured({}), [`${sc}.capabilities.drop[0]`]],
		['another one dropped', secured({capabilities: {drop: ['CHOWN']}}), [`${sc}.capabilities.drop[1]`]],
		['dropped with all and added again', secured({capabilities: {add: ['NET_RAW'], drop: ['ALL']}}), [`${sc}.capabilities.add[0]`]],
		['dropped', secured({capabilities: {drop: ['NET_RAW']}}), []],
	]),
];

const hostRows = [
	...[
		['host-network', 'hostNetwork'],
		['host-pid', 'hostPID'],
		['host-ipc', 'hostIPC'],
	].flatMap(([id = '', field = '']) =>
		rowsOf(id, [
			['a pod', pod({[field]: true}), [`spec.${field}`]],
			['a CronJob', cronJob({[field]: true}), [`spec.jobTemplate.spec.template.spec.${field}`]],
			['false', pod({[field]: false}), []],
			['nothing', deployment({}), []],
		]),
	),
	...rowsOf('host-port', [
		['one of two', one({ports: [{containerPort: 80}, {containerPort: 81, hostPort: 81}]}), [`${c}.ports[1].hostPort`]],
		['port 0, which is none', one({ports: [{containerPort: 80, hostPort: 0}]}), []],
		['in the host network, where each port is one', one({ports: [{containerPort: 80, hostPort: 80}]}, {hostNetwork: true}), []],
		['one that the owners allow', one({ports: [{containerPort: 80, hostPort: 80}]}), [], {allowed: [80]}],
	]),
	...rowsOf('host-ip', [
		['an address', one({ports: [{containerPort: 80, hostPort: 80, hostIP: '0.0.0.0'}]}), [`${c}.ports[0].hostIP`]],
		['none', one({ports: [{containerPort: 80}]}), []],
	]),
	...rowsOf('host-users', [
		['root of the node', secured({runAsUser: 0}), ['spec.hostUsers']],
		['root of its own', secured({runAsUser: 0}, {hostUsers: false}), []],
		['nobody', secured({runAsUser: 1000}), []],
		['in the host network, where it cannot be', secured({runAsUser: 0}, {hostNetwork: true}), []],
	]),
	...rowsOf('share-process-namespace', [
		['shared', pod({shareProcessNamespace: true}), ['spec.shareProcessNamespace']],
		['not shared', pod({shareProcessNamespace: false}), []],
	]),
	...rowsOf('host-aliases', [
		['an alias', pod({hostAliases: [{ip: '10.0.0.1', hostnames: ['db']}]}), ['spec.hostAliases']],
		['an empty list', pod({hostAliases: []}), []],
	]),
	...rowsOf('host-network-dns', [
		['the default', pod({hostNetwork: true}), ['spec.dnsPolicy']],
		['with host net', pod({hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet'}), []],
		['not in the host network', pod({}), 'n/a'],
	]),
	...rowsOf('privileged-ports', [
		['80', one({ports: [{containerPort: 80}]}), [`${c}.ports[0].containerPort`]],
		['8080', one({ports: [{containerPort: 8080}]}), []],
	]),
];

const mounting = (path: string, mount: object = {}, hostPath: object = {}) =>
	pod({
		containers: [
			{
				name: 'app',
				volumeMounts: [
					{name: 'other', mountPath: '/o'},
					{name: 'host', mountPath: '/h', ...mount},
				],
			},
		],
		volumes: [
			{name: 'other', emptyDir: {}},
			{name: 'host', hostPath: {path, ...hostPath}},
		],
	} as never);
const mounted = ['spec.volumes[1]', `${c}.volumeMounts[1]`];
const unmounted = pod({volumes: [{name: 'host', hostPath: {path: '/etc'}}]});

const hostPathRows = [
	...rowsOf('host-path', [
		['a mounted one', mounting('/data'), mounted],
		['one that none mounts', unmounted, []],
		[
			'an init container mounts it',
			deployment({
				initContainers: [{name: 'i', volumeMounts: [{name: 'h', mountPath: '/h'}]}],
				volumes: [{name: 'h', hostPath: {path: '/x'}}],
			}),
			['spec.template.spec.volumes[0]', 'spec.template.spec.initContainers[0].volumeMounts[0]'],
		],
		['other volumes', pod({volumes: [{name: 'a', emptyDir: {}}]}), []],
	]),
	...rowsOf('writable-host-path', [
		['nothing is said', mounting('/data'), [`${c}.volumeMounts[1].readOnly`]],
		['read-only', mounting('/data', {readOnly: true}), []],
	]),
	...rowsOf('container-runtime-socket', [
		['the socket of Docker', mounting('/var/run/docker.sock'), mounted],
		['written oddly', mounting('/var//run/./docker.sock/'), mounted],
		['the folder of it', mounting('/run/containerd'), mounted],
		['a socket of a driver', mounting('/var/lib/kubelet/plugins/csi.sock'), []],
		['data', mounting('/data'), []],
	]),
	...rowsOf('sensitive-host-path', [
		['the root', mounting('/'), mounted],
		['below /etc', mounting('/etc/kubernetes'), mounted],
		['through ..', mounting('/data/../etc'), mounted],
		['a name that begins alike', mounting('/etcetera'), []],
		['data', mounting('/mnt/data'), []],
	]),
	...rowsOf('node-credentials-path', [
		['the keys of the control plane', mounting('/etc/kubernetes/pki/ca.key'), mounted],
		['in a home', mounting('/home/ops/.aws/credentials'), mounted],
		['data', mounting('/mnt/data'), []],
	]),
	...rowsOf('host-logs', [
		['writable', mounting('/var/log'), mounted],
		['read-only', mounting('/var/log/pods', {readOnly: true}), []],
	]),
	...rowsOf('bidirectional-mount', [
		['both ways', mounting('/data', {mountPropagation: 'Bidirectional'}), [`${c}.volumeMounts[1].mountPropagation`]],
		['one way', mounting('/data', {mountPropagation: 'HostToContainer'}), []],
	]),
	...rowsOf('host-path-type', [
		['nothing is said', mounting('/data'), ['spec.volumes[1].hostPath.type']],
		['made where missing', mounting('/data', {}, {type: 'DirectoryOrCreate'}), ['spec.volumes[1].hostPath.type']],
		['a directory', mounting('/data', {}, {type: 'Directory'}), []],
	]),
	...rowsOf('volume-device', [
		['a device', one({volumeDevices: [{name: 'd', devicePath: '/dev/xvda'}]}), [`${c}.volumeDevices[0]`]],
		['none', one({}), []],
	]),
];

const userRows = [
	...rowsOf('run-as-root', [
		['nothing is said', secured({}), [`${sc}.runAsNonRoot`]],
		['root is refused at the pod', secured({}, {securityContext: {runAsNonRoot: true}}), []],
		['allowed again at the container', secured({runAsNonRoot: false}, {securityContext: {runAsNonRoot: true}}), [`${sc}.runAsNonRoot`]],
		['the pod allows it', secured({}, {securityContext: {runAsNonRoot: false}}), [`${podSc}.runAsNonRoot`]],
		['a user of the pod', secured({}, {securityContext: {runAsUser: 1000}}), []],
		['user 0 over that of the pod', secured({runAsUser: 0}, {securityContext: {runAsUser: 1000}}), [`${sc}.runAsUser`]],
		['user 0 that the kubelet refuses', secured({runAsUser: 0, runAsNonRoot: true}), []],
		['Windows', secured({}, windows), 'n/a'],
	]),
	...rowsOf('run-as-user-zero', [
		['of the pod', secured({}, {securityContext: {runAsUser: 0}}), [`${podSc}.runAsUser`]],
		['nothing', secured({}), []],
	]),
	...rowsOf('low-user-id', [
		['1000', secured({runAsUser: 1000}), [`${sc}.runAsUser`]],
		['65532', secured({runAsUser: 65_532}), []],
		['root, which others tell', secured({runAsUser: 0}), []],
		['a lower bound', secured({runAsUser: 1000}), [], {lowest: 1000}],
	]),
	...rowsOf('root-group', [
		['group 0', secured({runAsGroup: 0}), [`${sc}.runAsGroup`]],
		['group 1000 over 0', secured({runAsGroup: 1000}, {securityContext: {runAsGroup: 0}}), []],
	]),
	...rowsOf('run-as-group-unset', [
		['a user alone', secured({runAsUser: 1000}), [`${sc}.runAsGroup`]],
		['with a group of the pod', secured({runAsUser: 1000}, {securityContext: {runAsGroup: 1000}}), []],
		['no user', secured({}), []],
	]),
	...rowsOf('fs-group-unset', [
		['a claim', pod({volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'd'}}]}), [`${podSc}.fsGroup`]],
		['a claim with a group', pod({securityContext: {fsGroup: 1000}, volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'd'}}]}), []],
		['no claim', pod({}), []],
		['no claim where all are asked', pod({}), [`${podSc}.fsGroup`], {anyPod: true}],
	]),
	...rowsOf('fs-group-root', [
		['group 0', pod({securityContext: {fsGroup: 0}}), [`${podSc}.fsGroup`]],
		['group 1000', pod({securityContext: {fsGroup: 1000}}), []],
	]),
	...rowsOf('fs-group-change-policy', [
		['no policy', pod({securityContext: {fsGroup: 1000}}), [`${podSc}.fsGroupChangePolicy`]],
		['an unknown one', pod({securityContext: {fsGroup: 1000, fsGroupChangePolicy: 'None'}}), [`${podSc}.fsGroupChangePolicy`]],
		['on root mismatch', pod({securityContext: {fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch'}}), []],
		['no group', pod({}), 'n/a'],
	]),
	...rowsOf('root-supplemental-group', [
		['0 among others', pod({securityContext: {supplementalGroups: [1000, 0]}}), [`${podSc}.supplementalGroups`]],
		['others', pod({securityContext: {supplementalGroups: [1000]}}), []],
	]),
	...rowsOf('windows-administrator', [
		[
			'of the pod',
			pod({...windows, securityContext: {windowsOptions: {runAsUserName: 'ContainerAdministrator'}}}),
			[`${sc}.windowsOptions.runAsUserName`],
		],
		[
			'of the system',
			secured({windowsOptions: {runAsUserName: 'NT AUTHORITY\\SYSTEM'}}, {nodeSelector: {'kubernetes.io/os': 'windows'}}),
			[`${sc}.windowsOptions.runAsUserName`],
		],
		['a user', secured({windowsOptions: {runAsUserName: 'ContainerUser'}}, windows), []],
		['Linux', secured({}), 'n/a'],
	]),
	...rowsOf('windows-user-unset', [
		['nothing', secured({}, windows), [`${sc}.windowsOptions.runAsUserName`]],
		['root is refused', secured({runAsNonRoot: true}, windows), []],
		['Linux', secured({}), 'n/a'],
	]),
	...rowsOf('windows-host-process', [
		['the pod', pod({...windows, securityContext: {windowsOptions: {hostProcess: true}}}), [`${podSc}.windowsOptions.hostProcess`]],
		[
			'an init container of a pod that says no OS',
			pod({initContainers: [{name: 'i', securityContext: {windowsOptions: {hostProcess: true}}}]}),
			['spec.initContainers[0].securityContext.windowsOptions.hostProcess'],
		],
		['false', secured({windowsOptions: {hostProcess: false}}, windows), []],
	]),
	...rowsOf('windows-gmsa-unset', [
		['none', secured({}, windows), [`${sc}.windowsOptions.gmsaCredentialSpecName`]],
		['of the pod', pod({...windows, securityContext: {windowsOptions: {gmsaCredentialSpecName: 'web'}}}), []],
		['Linux', secured({}), 'n/a'],
	]),
];

const profile = (type: string) => ({seccompProfile: {type}});

const kernelRows = [
	...rowsOf('seccomp-unset', [
		['none', secured({}), [`${sc}.seccompProfile.type`]],
		['of the pod', secured({}, {securityContext: profile('RuntimeDefault')}), []],
		['by the annotation of old', pod({}, {annotations: {'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default'}}), []],
		['Windows', secured({}, windows), 'n/a'],
	]),
	...rowsOf('seccomp-unconfined', [
		[
			'a container over its pod',
			secured(profile('Unconfined'), {securityContext: profile('RuntimeDefault')}),
			[`${sc}.seccompProfile.type`],
		],
		['a pod that no container follows', secured(profile('RuntimeDefault'), {securityContext: profile('Unconfined')}), []],
		[
			'by the annotation of old',
			deployment(
				{},
				{
					template: {
						metadata: {annotations: {'seccomp.security.alpha.kubernetes.io/pod': 'unconfined'}},
						spec: {containers: [{name: 'a'}]},
					},
				},
			),
			['spec.template.metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]'],
		],
		['none', secured({}), []],
	]),
	...rowsOf('seccomp-profile', [
		['none', secured({}), [`${sc}.seccompProfile.type`]],
		['its own', secured(profile('Localhost')), []],
		[
			'its own where the owners do not accept it',
			secured({}, {securityContext: profile('Localhost')}),
			[`${podSc}.seccompProfile.type`],
			{accepted: ['RuntimeDefault']},
		],
	]),
	...rowsOf('no-kernel-confinement', [
		['nothing', secured({}), [`${sc}.seccompProfile.type`]],
		['a dropped capability', secured({capabilities: {drop: ['NET_RAW']}}), []],
		['a dropped one with all added', secured({capabilities: {drop: ['NET_RAW'], add: ['all']}}), [`${sc}.seccompProfile.type`]],
		['SELinux of the pod', secured({}, {securityContext: {seLinuxOptions: {level: 's0'}}}), []],
		['AppArmor by annotation', pod({}, {annotations: {'container.apparmor.security.beta.kubernetes.io/app': 'runtime/default'}}), []],
		['unconfined', secured(profile('Unconfined')), [`${sc}.seccompProfile.type`]],
	]),
	...rowsOf('apparmor-unconfined', [
		['the field', secured({appArmorProfile: {type: 'Unconfined'}}), [`${sc}.appArmorProfile.type`]],
		[
			'the annotation',
			pod({}, {annotations: {'container.apparmor.security.beta.kubernetes.io/app': 'unconfined'}}),
			['metadata.annotations[container.apparmor.security.beta.kubernetes.io/app]'],
		],
		['the default', secured({appArmorProfile: {type: 'RuntimeDefault'}}), []],
	]),
	...rowsOf('selinux-options-unset', [
		['none', secured({}), [`${sc}.seLinuxOptions`]],
		['empty', secured({seLinuxOptions: {}}), [`${sc}.seLinuxOptions`]],
		['of the pod', secured({}, {securityContext: {seLinuxOptions: {level: 's0:c1,c2'}}}), []],
	]),
	...rowsOf('selinux-type', [
		['spc_t', secured({seLinuxOptions: {type: 'spc_t'}}), [`${sc}.seLinuxOptions.type`]],
		['a user of the pod', pod({securityContext: {seLinuxOptions: {user: 'sysadm_u'}}}), [`${podSc}.seLinuxOptions.user`]],
		['container_t with a level', secured({seLinuxOptions: {type: 'container_t', level: 's0'}}), []],
	]),
	...rowsOf('proc-mount', [
		['unmasked', secured({procMount: 'Unmasked'}), [`${sc}.procMount`]],
		['the default', secured({procMount: 'Default'}), []],
		['nothing', secured({}), []],
	]),
	...rowsOf('unsafe-sysctls', [
		[
			'one of two',
			pod({
				securityContext: {
					sysctls: [
						{name: 'net.core.somaxconn', value: '1'},
						{name: 'net.ipv4.tcp_syncookies', value: '1'},
					],
				},
			}),
			[`${podSc}.sysctls`],
		],
		['a safe one with slashes', pod({securityContext: {sysctls: [{name: 'net/ipv4/tcp_syncookies', value: '1'}]}}), []],
		['none', pod({}), []],
	]),
	...rowsOf('writable-root-filesystem', [
		['nothing is said', secured({}), [`${sc}.readOnlyRootFilesystem`]],
		[
			'false in an init container',
			pod({containers: [], initContainers: [{name: 'i', securityContext: {readOnlyRootFilesystem: false}}]}),
			['spec.initContainers[0].securityContext.readOnlyRootFilesystem'],
		],
		['read-only', secured({readOnlyRootFilesystem: true}), []],
		['Windows, which cannot', secured({}, windows), 'n/a'],
	]),
	...rowsOf('security-context-unset', [
		['none', one({}), [sc]],
		['of the pod', one({}, {securityContext: {runAsNonRoot: true}}), []],
	]),
	...rowsOf('tty', [
		['both', one({tty: true, stdin: true}), [`${c}.tty`, `${c}.stdin`]],
		['a debugger, which is for that', pod({ephemeralContainers: [{name: 'debug', tty: true}]}), []],
	]),
];

const account = (name: string, more: object = {}) => core('ServiceAccount', name, more as never);

const identityRows = [
	...rowsOf('token-automounted', [
		['nobody says anything', pod({}), ['spec.automountServiceAccountToken']],
		[
			'the pod asks where its account refuses',
			[pod({serviceAccountName: 'a', automountServiceAccountToken: true}), account('a', {automountServiceAccountToken: false})],
			['spec.automountServiceAccountToken'],
		],
		['the account refuses', [pod({serviceAccountName: 'a'}), account('a', {automountServiceAccountToken: false})], []],
		[
			'an account of that name elsewhere refuses',
			[pod({serviceAccountName: 'a'}), core('ServiceAccount', 'a', {automountServiceAccountToken: false}, {namespace: 'other'})],
			['spec.automountServiceAccountToken'],
		],
		['the pod refuses', cronJob({automountServiceAccountToken: false}), []],
	]),
	...rowsOf('default-service-account', [
		['with its token', pod({}), ['spec.serviceAccountName']],
		['without', pod({automountServiceAccountToken: false}), []],
		['another', pod({serviceAccountName: 'web'}), []],
	]),
	...rowsOf('deprecated-service-account-field', [
		['the old one alone', deployment({serviceAccount: 'web'}), ['spec.template.spec.serviceAccount']],
		['both, as the API server writes them', pod({serviceAccount: 'web', serviceAccountName: 'web'}), []],
		['neither', pod({}), []],
	]),
	...rowsOf('missing-service-account', [
		['none of that name', [pod({serviceAccountName: 'web'}), account('default')], ['spec.serviceAccountName']],
		['manifests without accounts', pod({serviceAccountName: 'web'}), []],
		['it is there', [pod({serviceAccountName: 'web'}), account('web')], []],
	]),
	...rowsOf('dashboard-service-account', [
		[
			'another with its account',
			cronJob({serviceAccountName: 'kubernetes-dashboard'}),
			['spec.jobTemplate.spec.template.spec.serviceAccountName'],
		],
		['the dashboard', deployment({serviceAccountName: 'kubernetes-dashboard'}, {}, {name: 'kubernetes-dashboard'}), []],
		['another account', pod({serviceAccountName: 'web'}), []],
	]),
	...rowsOf('long-lived-token-volume', [
		[
			'a token',
			[pod({volumes: [{name: 't', secret: {secretName: 't'}}]}), core('Secret', 't', {type: 'kubernetes.io/service-account-token'})],
			['spec.volumes[0].secret.secretName'],
		],
		['another secret', [pod({volumes: [{name: 't', secret: {secretName: 't'}}]}), core('Secret', 't', {type: 'Opaque'})], []],
	]),
	...rowsOf('long-projected-token', [
		[
			'a week',
			pod({volumes: [{name: 't', projected: {sources: [{serviceAccountToken: {path: 't', expirationSeconds: 604_800}}]}}]}),
			['spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds'],
		],
		['an hour', pod({volumes: [{name: 't', projected: {sources: [{serviceAccountToken: {path: 't', expirationSeconds: 3600}}]}}]}), []],
	]),
];

const limits = (resources: object, spec: object = {}) => one({resources} as never, spec as never);
const range = (limit: object) => core('LimitRange', 'defaults', {spec: {limits: [{type: 'Container', ...limit}]}} as never);

const demandedRows = [
	['cpu-limit-unset', 'limits', 'cpu', '1'],
	['cpu-request-unset', 'requests', 'cpu', '1'],
	['memory-limit-unset', 'limits', 'memory', '1Gi'],
	['memory-request-unset', 'requests', 'memory', '1Gi'],
	['ephemeral-storage-limit-unset', 'limits', 'ephemeral-storage', '1Gi'],
	['ephemeral-storage-request-unset', 'requests', 'ephemeral-storage', '1Gi'],
].flatMap(([id = '', kind = '', resource = '', amount = '']) =>
	rowsOf(id, [
		['nothing', one({}), [`${c}.resources.${kind}.${resource}`]],
		['it is set', limits({[kind]: {[resource]: amount}}), []],
		['for the whole pod', one({}, {resources: {[kind]: {[resource]: amount}}}), []],
		['a default of the namespace', [one({}), range({default: {[resource]: amount}})], []],
		[
			'a default of another namespace',
			[one({}), core('LimitRange', 'd', {spec: {limits: [{type: 'Container', default: {[resource]: amount}}]}}, {namespace: 'other'})],
			[`${c}.resources.${kind}.${resource}`],
		],
		[
			'an init container where it counts',
			pod({containers: [], initContainers: [{name: 'i'}]}),
			[`spec.initContainers[0].resources.${kind}.${resource}`],
		],
		['an init container where it does not', pod({containers: [], initContainers: [{name: 'i'}]}), [], {initToo: false}],
		['a debugger, which has no resources', pod({containers: [], ephemeralContainers: [{name: 'd'}]}), []],
	]),
);

const resourceRows = [
	...demandedRows,
	...rowsOf('cpu-request-unset', [['a limit is a request', limits({limits: {cpu: 1}}), []]]),
	...['cpu', 'memory'].flatMap(resource =>
		rowsOf(`${resource}-out-of-range`, [
			['above', limits({limits: {[resource]: '2000m'}}), [`${c}.resources.limits.${resource}`], {limitMax: ['1']}],
			['below', limits({requests: {[resource]: '10m'}}), [`${c}.resources.requests.${resource}`], {requestMin: ['100m']}],
			['at the bound, written otherwise', limits({limits: {[resource]: '1000m'}}), [], {limitMax: ['1']}],
			['no bounds', limits({limits: {[resource]: '2000'}}), []],
		]),
	),
	...rowsOf('request-above-limit', [
		['above', limits({requests: {memory: '2Gi'}, limits: {memory: '1500Mi'}}), [`${c}.resources.requests.memory`]],
		['the same, written otherwise', limits({requests: {cpu: '1000m'}, limits: {cpu: 1}}), []],
	]),
	...rowsOf('empty-dir-size', [
		['memory without end', pod({volumes: [{name: 'm', emptyDir: {medium: 'Memory'}}]}), ['spec.volumes[0].emptyDir.sizeLimit']],
		['memory with a size', pod({volumes: [{name: 'm', emptyDir: {medium: 'Memory', sizeLimit: '64Mi'}}]}), []],
		['disk', pod({volumes: [{name: 'm', emptyDir: {}}]}), []],
	]),
	...rowsOf('limit-far-above-request', [
		['ten times', limits({requests: {memory: '100Mi'}, limits: {memory: '1000Mi'}}), [`${c}.resources.requests.memory`]],
		['twice', limits({requests: {memory: '100Mi'}, limits: {memory: '200Mi'}}), []],
	]),
];

const selecting = (selector: object, labels: object) =>
	deployment({}, {selector, template: {metadata: {labels}, spec: {containers: []}}} as never);

const ssh = (namespace: string) =>
	core('Service', 's', {spec: {selector: {app: 'web'}, ports: [{port: 22, targetPort: 2222}]}}, {namespace});

const shapeRows = [
	...rowsOf('mismatching-selector', [
		['labels', selecting({matchLabels: {app: 'a'}}, {app: 'b'}), ['spec.selector.matchLabels']],
		[
			'expressions',
			selecting({matchExpressions: [{key: 'app', operator: 'In', values: ['a']}]}, {app: 'b'}),
			['spec.selector.matchExpressions'],
		],
		['they fit', selecting({matchLabels: {app: 'a'}}, {app: 'a', more: 'b'}), []],
		['a Job, whose selector the API server makes', job({}), 'n/a'],
	]),
	...rowsOf('duplicate-environment-variable', [
		['twice', one({env: [{name: 'A', value: '1'}, {name: 'B'}, {name: 'A', value: '2'}]}), [`${c}.env[0].name`, `${c}.env[2].name`]],
		['letters of another case are another name', one({env: [{name: 'A'}, {name: 'a'}]}), []],
	]),
	...rowsOf('duplicate-container-port', [
		[
			'two containers',
			pod({
				containers: [
					{name: 'a', ports: [{containerPort: 80}]},
					{name: 'b', ports: [{containerPort: 80, protocol: 'TCP'}]},
				],
			}),
			[`${c}.ports[0].containerPort`, 'spec.containers[1].ports[0].containerPort'],
		],
		['TCP and UDP', one({ports: [{containerPort: 53}, {containerPort: 53, protocol: 'UDP'}]}), []],
	]),
	...rowsOf('naked-pod', [
		['naked', pod({}), ['metadata.ownerReferences']],
		['owned', pod({}, {ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '1'}]}), []],
		['a static pod', pod({}, {annotations: {'kubernetes.io/config.mirror': 'x'}}), 'n/a'],
	]),
	...rowsOf('recommended-labels-missing', [
		['of the object', deployment({}), ['metadata.labels[app]']],
		['both have one', deployment({}, {}, {labels: {tier: 'front'}}), []],
		['others that the owners recommend', pod({}, {labels: {app: 'web'}}), ['metadata.labels[team]'], {labels: ['team']}],
	]),
	...rowsOf('common-labels-missing', [
		['none', pod({}, {labels: {app: 'web'}}), ['metadata.labels[app.kubernetes.io/name]']],
		['one', pod({}, {labels: {'app.kubernetes.io/part-of': 'shop'}}), []],
	]),
	...rowsOf('name-label-mismatch', [
		['none', deployment({}), ['metadata.labels[app.kubernetes.io/instance]']],
		['another', pod({}, {labels: {'app.kubernetes.io/instance': 'api'}}), ['metadata.labels[app.kubernetes.io/instance]']],
		['its own', pod({}, {labels: {'app.kubernetes.io/instance': 'web'}}), []],
	]),
	...rowsOf('unmounted-volume', [
		['none mounts it', pod({volumes: [{name: 'a', emptyDir: {}}]}), ['spec.volumes[0]']],
		[
			'as a device',
			one({volumeDevices: [{name: 'a', devicePath: '/dev/x'}]}, {volumes: [{name: 'a', persistentVolumeClaim: {claimName: 'a'}}]}),
			[],
		],
	]),
	...rowsOf('overlapping-mounts', [
		[
			'one path',
			one({
				volumeMounts: [
					{name: 'a', mountPath: '/a'},
					{name: 'b', mountPath: '/a'},
				],
			}),
			[`${c}.volumeMounts[0].mountPath`, `${c}.volumeMounts[1].mountPath`],
		],
		[
			'one below the other',
			one({
				volumeMounts: [
					{name: 'a', mountPath: '/a'},
					{name: 'b', mountPath: '/a/b'},
				],
			}),
			[],
		],
	]),
	...rowsOf('sudo-in-command', [
		['the command', one({command: ['sudo', 'run']}), [`${c}.command[0]`]],
		['in a shell', one({command: ['sh', '-c', 'cd /x && sudo make']}), [`${c}.command[2]`]],
		['a word that holds it', one({command: ['pseudosudoku'], args: ['--sudoers=no']}), []],
	]),
	...rowsOf('ssh-port', [
		['a Service leads there', [deployment({}), ssh('shop')], ['spec.template.metadata.labels']],
		['a Service of another namespace', [deployment({}), ssh('other')], []],
		['no Service', deployment({}), []],
	]),
	...rowsOf('container-ssh-port', [
		['22', one({ports: [{containerPort: 22}]}), [`${c}.ports[0].containerPort`]],
		['8022', one({ports: [{containerPort: 8022}]}), []],
	]),
	...rowsOf('control-plane-toleration', [
		['of the control plane', pod({tolerations: [{key: 'gpu'}, {key: 'node-role.kubernetes.io/control-plane'}]}), ['spec.tolerations[1]']],
		['of everything', pod({tolerations: [{operator: 'Exists'}]}), ['spec.tolerations[0]']],
		['of another taint', pod({tolerations: [{key: 'gpu', operator: 'Exists'}]}), []],
	]),
	...rowsOf('system-priority', [
		['of the system', pod({priorityClassName: 'system-node-critical'}), ['spec.priorityClassName']],
		['in the namespace of the system', pod({priorityClassName: 'system-node-critical'}, {namespace: 'kube-system'}), 'n/a'],
		['of applications', pod({priorityClassName: 'shop'}), []],
	]),
	...rowsOf('node-name', [
		['bound', deployment({nodeName: 'node-1'}), ['spec.template.spec.nodeName']],
		['free', deployment({}), []],
		['a pod, whose scheduler wrote it', pod({nodeName: 'node-1'}), 'n/a'],
	]),
	...rowsOf('runtime-class', [
		['none of those', pod({}), ['spec.runtimeClassName'], {accepted: ['gvisor']}],
		['one of them', pod({runtimeClassName: 'gvisor'}), [], {accepted: ['gvisor']}],
		['nothing is demanded', pod({}), []],
		[
			'of a sandbox',
			{
				apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
				kind: 'SandboxTemplate',
				metadata: {name: 's'},
				spec: {podTemplate: {spec: {containers: []}}},
			},
			['spec.podTemplate.spec.runtimeClassName'],
			{accepted: ['gvisor']},
		],
	]),
];

const sandbox = (spec: object): KubeObject =>
	({
		apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
		kind: 'SandboxTemplate',
		metadata: {name: 'room'},
		spec: {podTemplate: {spec: {containers: []}}, ...spec},
	}) as never;
const leadingTo = (...to: readonly object[]) => sandbox({networkPolicy: {egress: [{to}]}});

const sandboxRows = rowsOf('sandbox-egress', [
	['nothing is said', sandbox({}), ['spec.networkPolicy']],
	['the controller makes no policy', sandbox({networkPolicyManagement: 'Unmanaged', networkPolicy: {}}), ['spec.networkPolicyManagement']],
	['a rule without destinations', sandbox({networkPolicy: {egress: [{}]}}), ['spec.networkPolicy.egress']],
	['every address', leadingTo({ipBlock: {cidr: '::/0', except: ['fc00::/7']}}), ['spec.networkPolicy.egress']],
	['every pod', leadingTo({podSelector: {}}), ['spec.networkPolicy.egress']],
	['one network', leadingTo({ipBlock: {cidr: '10.0.0.0/24'}}), []],
	['some pods of any namespace', leadingTo({namespaceSelector: {}, podSelector: {matchLabels: {app: 'dns'}}}), []],
	['nowhere', sandbox({networkPolicy: {egress: []}}), []],
]);

export const workloadRows: readonly Row[] = [
	containerRows,
	hostRows,
	hostPathRows,
	userRows,
	kernelRows,
	identityRows,
	resourceRows,
	shapeRows,
	sandboxRows,
].flat();
