import type {JsonObject} from '../../../src/core/json.ts';
import {listAt, objectAt} from '../../../src/core/kube/json-at.ts';
import type {Random} from '../../bench/canary/random.ts';

type Pod = {readonly annotations: JsonObject; readonly spec: JsonObject};
/** One field changed. */
type Mutation = (pod: Pod, next: Random) => Pod;

const pick = <Item>(next: Random, items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;

const lists = ['initContainers', 'containers'];

const inPod =
	(change: (spec: JsonObject) => JsonObject): Mutation =>
	pod => ({...pod, spec: {...pod.spec, ...change(pod.spec)}});
const inContext =
	(fields: (next: Random) => JsonObject): Mutation =>
	(pod, next) => ({...pod, spec: {...pod.spec, securityContext: {...objectAt(pod.spec, 'securityContext'), ...fields(next)}}});

/** In one container by chance. */
const inContainer =
	(change: (container: JsonObject, next: Random) => JsonObject): Mutation =>
	(pod, next) => {
		const list = pick(next, lists);
		const all = listAt(pod.spec, list).map(each => objectAt(each));
		const chosen = Math.floor(next() * all.length);
		return {...pod, spec: {...pod.spec, [list]: all.map((each, at) => (at === chosen ? {...each, ...change(each, next)} : each))}};
	};
const inItsContext = (fields: (context: JsonObject, next: Random) => JsonObject): Mutation =>
	inContainer((container, next) => {
		const context = objectAt(container, 'securityContext');
		return {securityContext: {...context, ...fields(context, next)}};
	});
const without =
	(field: string): Mutation =>
	(pod, next) =>
		inContainer(container => {
			const {[field]: _, ...context} = objectAt(container, 'securityContext');
			return {securityContext: context};
		})(pod, next);

const annotate =
	(key: (name: string) => string, values: readonly string[]): Mutation =>
	(pod, next) => ({...pod, annotations: {...pod.annotations, [key(pick(next, ['main', 'side', 'first']))]: pick(next, values)}});

const profiles: readonly JsonObject[] = [{type: 'Unconfined'}, {type: 'RuntimeDefault'}, {type: 'Localhost', localhostProfile: 'a.json'}];
const seLinux: readonly JsonObject[] = [
	...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t'].map(type => ({type})),
	...[{user: 'system_u'}, {role: 'system_r'}, {level: 's0:c1'}, {type: 'spc_t', user: 'root', role: 'object_r'}],
];
const sysctls = [
	...['kernel.shm_rmid_forced', 'kernel.msgmax', 'net.core.somaxconn', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies'],
	...['net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports'],
	...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'],
	...['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem', 'net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_slow_start_after_idle'],
];
const volumes: readonly JsonObject[] = [
	{emptyDir: {}},
	{},
	{secret: {secretName: 's'}},
	{configMap: {name: 'c'}},
	{persistentVolumeClaim: {claimName: 'p'}},
	{projected: {sources: []}},
	{downwardAPI: {items: []}},
	{csi: {driver: 'csi.example'}},
	{ephemeral: {volumeClaimTemplate: {spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}}}},
	{image: {reference: 'registry.example/data:1'}},
	{nfs: {server: 'nfs.example', path: '/'}},
	{iscsi: {targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:a', lun: 0}},
	{fc: {targetWWNs: ['500a0982991b8dc5'], lun: 2}},
	{rbd: {monitors: ['10.0.0.1:6789'], image: 'a'}},
	{cephfs: {monitors: ['10.0.0.1:6789']}},
	{glusterfs: {endpoints: 'g', path: 'p'}},
	{flexVolume: {driver: 'kubernetes.io/lvm'}},
	{azureFile: {secretName: 's', shareName: 'h'}},
	{gcePersistentDisk: {pdName: 'd'}},
	{awsElasticBlockStore: {volumeID: 'v'}},
	{gitRepo: {repository: 'https://git.example/a.git'}},
];
const capabilities = ['NET_BIND_SERVICE', 'CHOWN', 'NET_ADMIN', 'SYS_TIME', 'AUDIT_WRITE', 'SETPCAP', 'NET_RAW', 'chown', 'ALL'];
const probe = (next: Random): JsonObject => {
	const how = pick(next, ['httpGet', 'tcpSocket']);
	return {[how]: {port: 80, ...pick<JsonObject>(next, [{host: '10.0.0.1'}, {host: '127.0.0.1'}, {}, {host: ''}])}};
};

const withVolume =
	(source: (next: Random) => JsonObject): Mutation =>
	(pod, next) => {
		const all = listAt(pod.spec, 'volumes');
		return {...pod, spec: {...pod.spec, volumes: [...all, {name: `v${all.length}`, ...source(next)}]}};
	};

const mutations: readonly Mutation[] = [
	inPod(() => ({hostNetwork: true})),
	inPod(() => ({hostPID: true})),
	inPod(() => ({hostIPC: true})),
	inPod(() => ({hostUsers: false})),
	inContainer((_, next) => ({ports: [{containerPort: 80, hostPort: pick(next, [80, 0, 8080])}]})),
	inItsContext(({allowPrivilegeEscalation: _, ...context}, next) => ({
		...context,
		allowPrivilegeEscalation: true,
		privileged: next() < 0.8,
	})),
	inItsContext((_, next) => ({allowPrivilegeEscalation: next() < 0.5})),
	without('allowPrivilegeEscalation'),
	inItsContext((_, next) => ({runAsNonRoot: next() < 0.5})),
	without('runAsNonRoot'),
	inContext(next => ({runAsNonRoot: next() < 0.5})),
	inItsContext((_, next) => ({runAsUser: pick(next, [0, 1, 1000])})),
	inContext(next => ({runAsUser: pick(next, [0, 1, 1000])})),
	inItsContext((_, next) => ({capabilities: {drop: pick(next, [['ALL'], ['NET_RAW'], ['ALL', 'CHOWN'], []])}})),
	inItsContext((context, next) => ({
		capabilities: {...objectAt(context, 'capabilities'), add: [pick(next, capabilities), pick(next, capabilities)]},
	})),
	without('capabilities'),
	inItsContext((_, next) => ({seccompProfile: pick(next, profiles)})),
	without('seccompProfile'),
	inContext(next => ({seccompProfile: pick(next, profiles)})),
	inItsContext((_, next) => ({appArmorProfile: pick(next, profiles)})),
	inContext(next => ({appArmorProfile: pick(next, profiles)})),
	inItsContext((_, next) => ({seLinuxOptions: pick(next, seLinux)})),
	inContext(next => ({seLinuxOptions: pick(next, seLinux)})),
	inItsContext(() => ({procMount: 'Unmasked'})),
	(pod, next) => inItsContext(() => ({procMount: 'Unmasked'}))({...pod, spec: {...pod.spec, hostUsers: false}}, next),
	(pod, next) => inItsContext(() => ({runAsNonRoot: false, runAsUser: 0}))({...pod, spec: {...pod.spec, hostUsers: false}}, next),
	inContext(next => ({sysctls: [{name: pick(next, sysctls), value: '1'}]})),
	inContext(next => ({sysctls: [...new Set([pick(next, sysctls), pick(next, sysctls)])].map(name => ({name, value: '1'}))})),
	withVolume(next => pick(next, volumes)),
	withVolume(() => ({hostPath: {path: '/var/log'}})),
	inContainer((_, next) => ({lifecycle: {[pick(next, ['postStart', 'preStop'])]: probe(next)}})),
	(pod, next) => {
		const [main, ...others] = listAt(pod.spec, 'containers').map(each => objectAt(each));
		const name = pick(next, ['livenessProbe', 'readinessProbe', 'startupProbe']);
		return {...pod, spec: {...pod.spec, containers: [{...main, [name]: probe(next)}, ...others]}};
	},
	annotate(name => `container.apparmor.security.beta.kubernetes.io/${name}`, ['runtime/default', 'unconfined', 'localhost/a']),
	annotate(
		name => `container.seccomp.security.alpha.kubernetes.io/${name}`,
		['runtime/default', 'docker/default', 'unconfined', 'localhost/a.json'],
	),
	annotate(() => 'seccomp.security.alpha.kubernetes.io/pod', ['runtime/default', 'unconfined']),
	({annotations, spec}) => ({
		annotations,
		spec: {...spec, hostNetwork: true, securityContext: {runAsNonRoot: true, windowsOptions: {hostProcess: true}}},
	}),
];

const hardened: JsonObject = {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: ['ALL']}};
const container = (name: string, securityContext: JsonObject): JsonObject => ({name, image: 'registry.example/a:1', securityContext});

/** A pod that the restricted level takes, or one of Windows, which has none of the options of Linux. */
function valid(next: Random): Pod {
	const isWindows = next() < 0.1;
	const own = isWindows ? {runAsNonRoot: true} : hardened;
	const ofPod: JsonObject = isWindows ? {runAsNonRoot: true} : {seccompProfile: {type: 'RuntimeDefault'}};
	return {
		annotations: {},
		spec: {
			...(isWindows ? {os: {name: 'windows'}} : next() < 0.2 ? {os: {name: 'linux'}} : {}),
			automountServiceAccountToken: false,
			securityContext: ofPod,
			initContainers: [container('first', own)],
			containers: [container('main', own), container('side', own)],
		},
	};
}

/** A valid pod with up to three fields changed. Some of them no server takes: a field may contradict another. */
export function randomPod(next: Random): Pod {
	const changes = Math.floor(next() * 4);
	return Array.from({length: changes}).reduce<Pod>(pod => pick(next, mutations)(pod, next), valid(next));
}
