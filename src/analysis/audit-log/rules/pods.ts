import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import {serviceAccountOf} from '../actor.ts';
import type {AuditEvent} from '../audit-event.ts';
import {type AuditSettings, type Rule, rule, type Sighting, writeVerbs} from '../rule.ts';
import {containersOf, podResources, podSpecOf, repositoriesOf} from '../written-object.ts';

const made = {resources: podResources, verbs: ['create', 'update', 'patch'], needs: 'Request'} as const;
const breakout = [{tactic: 'privilege-escalation', technique: 'T1611'}] as const;
const nodeAgents =
	'Agents of nodes, such as those of networks, storage, logs and metrics: once, when they are installed or brought up to date.';
const mend = 'Look at who made it and why; delete the workload if nobody knows. Enforce Pod Security (baseline) on the namespace.';

const isTrusted = (spec: JsonObject, {trustedImages}: AuditSettings) => repositoriesOf(spec).some(each => trustedImages.includes(each));

/** A rule about what a pod, or the template of one, demands. */
const podRule = (
	told: Pick<Rule, 'id' | 'title' | 'why' | 'severity'> & Partial<Pick<Rule, 'attack' | 'falsePositives' | 'remedy' | 'setting'>>,
	look: (spec: JsonObject, settings: AuditSettings, event: AuditEvent) => string | undefined,
): Rule =>
	rule({
		...{attack: breakout, falsePositives: nodeAgents, remedy: mend, ...made, ...told},
		look(event, {settings}) {
			const detail = look(podSpecOf(event), settings, event);
			return detail === undefined ? undefined : {detail};
		},
	});

const named = (containers: readonly JsonObject[]) => containers.map(each => textAt(each, 'name') ?? '?').join(', ');

/** Capabilities with which a container reaches its node. */
const strongCapabilities = new Set(
	[
		'ALL',
		'SYS_ADMIN',
		'SYS_PTRACE',
		'SYS_MODULE',
		'SYS_RAWIO',
		'SYS_BOOT',
		'DAC_READ_SEARCH',
		'NET_ADMIN',
		'BPF',
		'PERFMON',
		'MKNOD',
	].flatMap(each => [each, `CAP_${each}`]),
);

const hostPaths = (spec: JsonObject) =>
	listAt(spec, 'volumes').flatMap(volume => {
		const path = textAt(volume, 'hostPath', 'path');
		return path === undefined ? [] : [path.length > 1 ? path.replace(/\/+$/, '') || '/' : path];
	});

const isKubeNamespace = (namespace: string | undefined) =>
	namespace === 'kube-system' || namespace === 'kube-public' || namespace === 'kube-node-lease';

/** What pods demand that reaches beyond their containers, and where they are put. */
export const podRules: readonly Rule[] = [
	podRule(
		{
			id: 'privileged-container',
			title: 'Made a pod with a privileged container',
			why: 'A privileged container is root on its node: from there every secret and every pod of that node can be read.',
			severity: 'high',
		},
		(spec, settings) => {
			const privileged = containersOf(spec).filter(each => objectAt(each, 'securityContext').privileged === true);
			return privileged.length === 0 || isTrusted(spec, settings) ? undefined : `privileged: ${named(privileged)}`;
		},
	),
	podRule(
		{
			id: 'sensitive-host-path',
			title: 'Made a pod that mounts a sensitive folder of its node',
			why: 'Folders such as /, /etc/kubernetes or the socket of the container runtime hold the keys of the node.',
			severity: 'high',
		},
		(spec, settings) => {
			const paths = hostPaths(spec).filter(path => settings.sensitivePaths.includes(path));
			return paths.length === 0 || isTrusted(spec, settings) ? undefined : `hostPath ${paths.join(', ')}`;
		},
	),
	podRule(
		{
			id: 'host-path',
			title: 'Made a pod that mounts a folder of its node',
			why: 'What is written to a node outlives the pod, and others on the node may read it.',
			severity: 'low',
		},
		(spec, {sensitivePaths, ...settings}) => {
			const paths = hostPaths(spec).filter(path => !sensitivePaths.includes(path));
			return paths.length === 0 || isTrusted(spec, {sensitivePaths, ...settings}) ? undefined : `hostPath ${paths.join(', ')}`;
		},
	),
	podRule(
		{
			id: 'host-network',
			title: 'Made a pod in the network of its node',
			why: 'It listens to the traffic of the node, reaches what listens on localhost there, and no NetworkPolicy holds it.',
			severity: 'medium',
		},
		(spec, settings) => (spec.hostNetwork === true && !isTrusted(spec, settings) ? 'hostNetwork: true' : undefined),
	),
	podRule(
		{
			id: 'host-pid',
			title: 'Made a pod that sees the processes of its node',
			why: 'It may read the environment and the files of every process on the node, and end it.',
			severity: 'high',
		},
		(spec, settings) => (spec.hostPID === true && !isTrusted(spec, settings) ? 'hostPID: true' : undefined),
	),
	podRule(
		{
			id: 'host-ipc',
			title: 'Made a pod that shares the memory of processes of its node',
			why: 'It may read and alter shared memory of every process on the node.',
			severity: 'medium',
		},
		(spec, settings) => (spec.hostIPC === true && !isTrusted(spec, settings) ? 'hostIPC: true' : undefined),
	),
	podRule(
		{
			id: 'strong-capability',
			title: 'Made a pod with a capability that reaches its node',
			why: 'Capabilities such as SYS_ADMIN, SYS_PTRACE or SYS_MODULE are most of what privileged means.',
			severity: 'medium',
		},
		(spec, settings) => {
			const strong = containersOf(spec).flatMap(each =>
				listAt(each, 'securityContext', 'capabilities', 'add').filter(add => typeof add === 'string' && strongCapabilities.has(add)),
			);
			return strong.length === 0 || isTrusted(spec, settings) ? undefined : `capabilities ${[...new Set(strong)].join(', ')}`;
		},
	),
	podRule(
		{
			id: 'image-not-allowed',
			title: 'Made a pod with an image from elsewhere',
			why: 'Images that nobody chose may hold anything.',
			severity: 'medium',
			attack: [{tactic: 'execution', technique: 'T1610'}],
			falsePositives: 'A new supplier whose repository is not on the list yet.',
			remedy: 'Add the repository to allowedImages, or delete the workload; refuse others with an admission policy.',
			setting: 'allowedImages',
		},
		(spec, {allowedImages}) => {
			const strange = repositoriesOf(spec).filter(each => allowedImages?.includes(each) === false);
			return strange.length === 0 ? undefined : `images ${strange.join(', ')}`;
		},
	),
	rule({
		id: 'pod-in-kube-namespace',
		title: 'Made a pod in a namespace of Kubernetes itself',
		why: 'Among the pods of the control plane a strange one is not noticed, and policies often leave those namespaces out.',
		severity: 'medium',
		attack: [{tactic: 'defense-evasion', technique: 'T1036.005'}],
		falsePositives: 'Add-ons that are installed there.',
		remedy: 'Delete the pod if nobody knows it.',
		resources: ['pods'],
		verbs: ['create'],
		needs: 'Metadata',
		look: ({target}) => (isKubeNamespace(target?.namespace) ? {detail: `in ${target?.namespace}`} : undefined),
	}),
	rule({
		id: 'lasting-workload',
		title: 'Made a workload that comes back by itself in a namespace of Kubernetes',
		why: 'A DaemonSet or CronJob runs on every node, or again and again: a way to stay.',
		severity: 'medium',
		attack: [{tactic: 'persistence', technique: 'T1053.007'}],
		falsePositives: 'Add-ons that are installed there.',
		remedy: 'Delete it if nobody knows it.',
		resources: ['daemonsets', 'cronjobs', 'deployments', 'statefulsets', 'jobs'],
		verbs: ['create'],
		needs: 'Metadata',
		outcome: 'done',
		look: ({target}) => (isKubeNamespace(target?.namespace) ? {detail: `${target?.resource} in ${target?.namespace}`} : undefined),
	}),
	rule({
		id: 'workload-by-service-account',
		title: 'Made a workload with the token of a pod that follows no workload',
		why: 'Tokens that are taken from pods are used to start more pods.',
		severity: 'low',
		attack: [{tactic: 'execution', technique: 'T1610'}],
		falsePositives: 'Operators and delivery tools make workloads: learn them as exceptions.',
		remedy: 'Take the right to create pods from that service account, if it needs none.',
		resources: ['pods', 'daemonsets', 'cronjobs'],
		verbs: ['create'],
		needs: 'Metadata',
		outcome: 'done',
		look: ({user}, {actor}): Sighting | undefined => {
			const account = serviceAccountOf(user.name);
			return actor !== 'service-account' || account === undefined || account.namespace.startsWith('kube-')
				? undefined
				: {detail: `service account ${account.namespace}/${account.name}`};
		},
	}),
	rule({
		id: 'host-path-volume',
		title: 'Made a PersistentVolume of a sensitive folder of a node',
		why: 'Whoever claims the volume reads the node, past what policies say of hostPath in pods.',
		severity: 'medium',
		attack: breakout,
		falsePositives: 'Test clusters whose volumes are folders.',
		remedy: 'Delete the volume; let a provisioner make volumes.',
		resources: ['persistentvolumes'],
		verbs: ['create', 'update', 'patch'],
		needs: 'Request',
		look: ({request, response, verb}, {settings}) => {
			const written = verb === 'patch' ? (response ?? request) : request;
			const path = textAt(isJsonObject(written) ? written : undefined, 'spec', 'hostPath', 'path');
			return path !== undefined && settings.sensitivePaths.includes(path) ? {detail: `hostPath ${path}`} : undefined;
		},
	}),
	rule({
		id: 'namespace-not-known',
		title: 'Made a namespace that is not on the list',
		why: 'A namespace of its own has no policies yet.',
		severity: 'low',
		attack: [{tactic: 'defense-evasion', technique: 'T1578'}],
		falsePositives: 'A new project.',
		remedy: 'Add it to knownNamespaces, or delete it.',
		resources: ['namespaces'],
		verbs: ['create'],
		needs: 'Metadata',
		setting: 'knownNamespaces',
		look: ({target}, {settings}) =>
			settings.knownNamespaces?.includes(target?.name ?? '') === false ? {detail: `namespace ${target?.name ?? '?'}`} : undefined,
	}),
	rule({
		id: 'pod-security-loosened',
		title: 'Loosened or took away what Pod Security enforces in a namespace',
		why: 'After it, pods are let in that reach their node.',
		severity: 'high',
		attack: [{tactic: 'defense-evasion', technique: 'T1562.001'}],
		falsePositives: 'A namespace of node agents that is made.',
		remedy: 'Set pod-security.kubernetes.io/enforce to baseline or restricted again.',
		resources: ['namespaces'],
		verbs: writeVerbs.filter(verb => verb === 'update' || verb === 'patch'),
		needs: 'Request',
		outcome: 'done',
		look({request}) {
			const label = 'pod-security.kubernetes.io/enforce';
			const labels = objectAt(request, 'metadata', 'labels');
			const steps = Array.isArray(request)
				? request.filter(step => textAt(step, 'path')?.includes('pod-security.kubernetes.io~1enforce'))
				: [];
			const step = steps.find(each => textAt(each, 'path')?.endsWith('enforce'));
			const value = step === undefined ? labels[label] : textAt(step, 'op') === 'remove' ? null : textAt(step, 'value');
			if (value === null) return {detail: `${label} removed`};
			return value === 'privileged' ? {detail: `${label}: privileged`} : undefined;
		},
	}),
];
