import fc from 'fast-check';
import {podRules} from '../../../src/analysis/policies/rules/all-rules.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

/** Mostly nothing, so that a pod breaks few rules, and a good part of all pods none. */
const seldom = <const Value>(values: readonly Value[], weight = 14) =>
	fc.oneof({weight, arbitrary: fc.constant(undefined)}, {weight: 1, arbitrary: fc.constantFrom(...values)});

const profileTypes = ['RuntimeDefault', 'Unconfined', 'Localhost'] as const;
const profile = (type: (typeof profileTypes)[number]) => ({type, ...(type === 'Localhost' ? {localhostProfile: 'profiles/app.json'} : {})});

const contextOfContainer = fc.record({
	privileged: seldom([true, false]),
	escalation: seldom([true, 'unsaid']),
	add: seldom([['NET_BIND_SERVICE'], ['CHOWN'], ['NET_RAW'], ['CHOWN', 'SYS_PTRACE']]),
	drop: seldom([[], ['NET_RAW'], ['ALL', 'NET_RAW']]),
	runAsNonRoot: seldom([true, false]),
	runAsUser: seldom([0, 1, 10_001]),
	seccomp: seldom(profileTypes),
	appArmor: seldom(profileTypes),
	seLinux: seldom([
		{type: 'container_t'},
		{type: 'spc_t'},
		{user: 'system_u'},
		{role: 'system_r', type: 'container_t'},
		{level: 's0:c1,c2'},
	]),
	readOnly: seldom([false, 'unsaid']),
	unmasked: seldom([true], 30),
});

const container = fc.record({
	context: contextOfContainer,
	image: seldom(['app', 'app:latest', 'registry.example:5000/shop/app', 'registry.example:5000/shop/app:1', 'docker.io/library/app:2.0']),
	limit: seldom(['none', 'cpu']),
	port: seldom(['plain', 'host']),
	probe: seldom(['own', 'foreign', 'hook', 'foreign hook']),
	env: seldom([
		{name: 'DB_PASSWORD', value: 'example'},
		{name: 'PASSWORD_HINT', value: 'example'},
		{name: 'API_TOKEN', value: '/run/token'},
		{name: 'token', value: '$(OTHER)'},
		{name: 'Access_Key', value: 'x'},
	]),
});

const shape = fc.record({
	containers: fc.array(container, {minLength: 1, maxLength: 2}),
	init: fc.oneof({weight: 4, arbitrary: fc.constant(undefined)}, {weight: 1, arbitrary: container}),
	hostNetwork: seldom([true, false]),
	hostPID: seldom([true]),
	hostIPC: seldom([true]),
	hostUsers: seldom([true, false], 8),
	runAsNonRoot: seldom([false, 'unsaid']),
	runAsUser: seldom([0, 1000]),
	seccomp: seldom(['unsaid', 'Unconfined', 'Localhost'] as const),
	appArmor: seldom(profileTypes),
	sysctl: seldom(['net.ipv4.tcp_syncookies', 'kernel.msgmax', 'kernel.shm_rmid_forced', 'net.ipv4.tcp_rmem', 'net.core.somaxconn']),
	volume: seldom(
		[
			{hostPath: {path: '/var/lib'}},
			{emptyDir: {}},
			{},
			{configMap: {name: 'app'}},
			{secret: {secretName: 'app'}},
			{nfs: {server: 'files.example', path: '/'}},
			{iscsi: {targetPortal: '10.0.0.1', iqn: 'iqn.2001-04.com.example:storage', lun: 0}},
			{downwardAPI: {items: [{path: 'name', fieldRef: {fieldPath: 'metadata.name'}}]}},
		],
		5,
	),
	account: seldom(['default', 'app', 'default token']),
	windows: seldom(['plain', 'host process'], 40),
});

type Shape = typeof shape extends fc.Arbitrary<infer Value> ? Value : never;
type Container = Shape['containers'][number];

/** Without fields that say nothing. */
const said = (fields: {readonly [name: string]: unknown}): JsonObject =>
	JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== 'unsaid'))));

/** Capabilities and rights that the server takes together. */
function contextOf({context}: Container, hasOwnUsers: boolean): JsonObject {
	const {privileged, escalation, add, drop, runAsNonRoot, runAsUser, seccomp, appArmor, seLinux, readOnly, unmasked} = context;
	return said({
		privileged,
		allowPrivilegeEscalation: privileged === true ? true : (escalation ?? false),
		capabilities: said({drop: drop ?? ['ALL'], add}),
		runAsNonRoot,
		runAsUser,
		seccompProfile: seccomp === undefined ? undefined : profile(seccomp),
		appArmorProfile: appArmor === undefined || privileged === true ? undefined : profile(appArmor),
		seLinuxOptions: seLinux,
		readOnlyRootFilesystem: readOnly ?? true,
		// The server lets nobody else unmask it.
		procMount: unmasked === true && hasOwnUsers ? 'Unmasked' : undefined,
	});
}

const foreign = {host: '10.0.0.1', port: 8080};

function containerOf(
	given: Container,
	name: string,
	port: number,
	more: {readonly isInit: boolean; readonly hasOwnUsers: boolean; readonly isOnNode: boolean},
): JsonObject {
	const {image, limit, port: ported, probe, env} = given;
	return said({
		name,
		image: image ?? `registry.example/shop/${name}:1.4.2@sha256:${'0'.repeat(64)}`,
		resources: limit === 'none' ? undefined : limit === 'cpu' ? {limits: {cpu: '1'}} : {limits: {memory: '64Mi'}},
		// A port of the node is the same in the container where the pod has no network of its own.
		ports: ported === undefined ? undefined : [{containerPort: port, ...(ported === 'host' && !more.isOnNode ? {hostPort: port} : {})}],
		livenessProbe:
			more.isInit || probe === undefined || probe.includes('hook') ? undefined : {tcpSocket: probe === 'own' ? {port: 8080} : foreign},
		lifecycle:
			more.isInit || probe?.includes('hook') !== true ? undefined : {preStop: {httpGet: probe === 'hook' ? {port: 8080} : foreign}},
		env: env === undefined ? undefined : [env],
		securityContext: contextOf(given, more.hasOwnUsers),
	});
}

function windowsSpec(kind: 'plain' | 'host process'): JsonObject {
	const isOfNode = kind === 'host process';
	return said({
		os: {name: 'windows'},
		serviceAccountName: 'app',
		hostNetwork: isOfNode ? true : undefined,
		securityContext: said({
			runAsNonRoot: true,
			windowsOptions: isOfNode ? {hostProcess: true, runAsUserName: 'NT AUTHORITY\\Local service'} : undefined,
		}),
		containers: [{name: 'app', image: 'registry.example/shop/app:1', resources: {limits: {memory: '64Mi'}}}],
	});
}

function specOf(given: Shape): JsonObject {
	if (given.windows !== undefined) return windowsSpec(given.windows);
	const isOfNode = [given.hostNetwork, given.hostPID, given.hostIPC].includes(true);
	// Pods with users of their own share nothing with the node.
	const hostUsers = isOfNode ? undefined : given.hostUsers;
	const more = {hasOwnUsers: hostUsers === false, isOnNode: given.hostNetwork === true};
	const {sysctl, seccomp = 'RuntimeDefault', appArmor} = given;
	return said({
		hostNetwork: given.hostNetwork,
		hostPID: given.hostPID,
		hostIPC: given.hostIPC,
		hostUsers,
		...(given.account === undefined || given.account === 'app' ? {serviceAccountName: 'app'} : {}),
		automountServiceAccountToken: given.account === 'default' ? false : undefined,
		securityContext: said({
			runAsNonRoot: given.runAsNonRoot ?? true,
			runAsUser: given.runAsUser,
			seccompProfile: seccomp === 'unsaid' ? undefined : profile(seccomp),
			appArmorProfile: appArmor === undefined ? undefined : profile(appArmor),
			sysctls: sysctl === undefined || isOfNode ? undefined : [{name: sysctl, value: '1'}],
		}),
		initContainers: given.init === undefined ? undefined : [containerOf(given.init, 'prepare', 9090, {...more, isInit: true})],
		containers: given.containers.map((each, index) => containerOf(each, `app-${index}`, 8080 + index, {...more, isInit: false})),
		volumes: given.volume === undefined ? undefined : [{name: 'files', ...given.volume}],
	});
}

/** Pods that a server takes where no policy refuses them, in a namespace with a ServiceAccount `app`: any number of rules is broken, most often few. */
export const anyPod: fc.Arbitrary<KubeObject> = shape.map(
	given => ({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'any'}, spec: specOf(given)}) as unknown as KubeObject,
);

/** The same pods every time: those of a seed, and all examples of the rules that can be created. */
export const seededPods = (seed: number, count: number): readonly KubeObject[] => [
	...podRules.flatMap(({pass, fail}) =>
		[...pass, ...fail].map(
			({spec, annotations}) =>
				({
					apiVersion: 'v1',
					kind: 'Pod',
					metadata: {name: 'any', ...(annotations === undefined ? {} : {annotations})},
					spec,
				}) as unknown as KubeObject,
		),
	),
	...fc.sample(anyPod, {seed, numRuns: count}),
];
