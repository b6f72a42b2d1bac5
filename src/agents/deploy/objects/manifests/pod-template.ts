import type {JsonObject} from '../../../../core/json.ts';
import type {Answers} from './answers.ts';

/** The label by which the Service, the budget, the policy and the workload find the pods. */
export const labelsOf = ({name}: Pick<Answers, 'name'>) => ({'app.kubernetes.io/name': name});

/** What the level `restricted` of the Pod Security Standards asks of every container, and a root file system that nobody writes to. */
const containerSecurity = {
	allowPrivilegeEscalation: false,
	readOnlyRootFilesystem: true,
	capabilities: {drop: ['ALL']},
};

const podSecurity = ({user, volumes}: Answers): JsonObject => ({
	runAsNonRoot: true,
	runAsUser: user,
	runAsGroup: user,
	// Volumes belong to root when they are new.
	...(volumes.length === 0 ? {} : {fsGroup: user, fsGroupChangePolicy: 'OnRootMismatch'}),
	seccompProfile: {type: 'RuntimeDefault'},
});

/**
 * A start may take a minute; then readiness decides on requests, and only a program whose port is dead for half a minute is restarted. A
 * liveness probe asks nothing that another service could break.
 */
function probes({ports: [first], health}: Answers): JsonObject {
	if (first === undefined) return {};
	const port = first.name;
	const ready = health === undefined ? {tcpSocket: {port}} : {httpGet: {path: health, port}};
	return {
		startupProbe: {...ready, periodSeconds: 2, failureThreshold: 30},
		readinessProbe: {...ready, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3},
		livenessProbe: {tcpSocket: {port}, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3},
	};
}

const resources = ({cpu, memory, cpuLimit}: Answers): JsonObject => ({
	requests: {cpu, memory},
	// More memory than was asked for may be taken away at any moment; more CPU is only slower.
	limits: {...(cpuLimit === undefined ? {} : {cpu: cpuLimit}), memory},
});

const scratchName = (index: number) => (index === 0 ? 'scratch' : `scratch-${index + 1}`);

function container(answers: Answers): JsonObject {
	const {name, image, ports, env, envFrom, writable, volumes} = answers;
	const mounts = [
		...writable.map((mountPath, index) => ({name: scratchName(index), mountPath})),
		...volumes.map(volume => ({name: volume.name, mountPath: volume.path})),
	];
	return {
		name,
		image,
		...(ports.length === 0 ? {} : {ports: ports.map(port => ({name: port.name, containerPort: port.number, protocol: 'TCP'}))}),
		...(env.length === 0 ? {} : {env}),
		...(envFrom.length === 0
			? {}
			: {envFrom: envFrom.map(from => (from.kind === 'secret' ? {secretRef: {name: from.name}} : {configMapRef: {name: from.name}}))}),
		resources: resources(answers),
		...probes(answers),
		// Requests still arrive for a moment after a pod was told to stop: endpoints are taken away at the same time.
		...(ports.length === 0 ? {} : {lifecycle: {preStop: {sleep: {seconds: 5}}}}),
		securityContext: containerSecurity,
		...(mounts.length === 0 ? {} : {volumeMounts: mounts}),
	};
}

/** Over zones and nodes as far as it goes: a constraint that must hold would keep pods from starting when a zone is lost. */
const spread = (answers: Answers): readonly JsonObject[] =>
	['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(topologyKey => ({
		maxSkew: 1,
		topologyKey,
		whenUnsatisfiable: 'ScheduleAnyway',
		labelSelector: {matchLabels: labelsOf(answers)},
	}));

/** The name of the claim of a volume. */
export const claimName = ({name}: Answers, volume: {readonly name: string}) => `${name}-${volume.name}`;

/** The pods of a workload: they pass the level `restricted`, and say what they need. */
export function podTemplate(answers: Answers): JsonObject {
	const {name, writable, volumes, maxReplicas} = answers;
	const kept = volumes.map(volume => ({name: volume.name, persistentVolumeClaim: {claimName: claimName(answers, volume)}}));
	const scratch = writable.map((_, index) => ({name: scratchName(index), emptyDir: {sizeLimit: '256Mi'}}));
	const all = [...scratch, ...kept];
	return {
		metadata: {labels: labelsOf(answers)},
		spec: {
			serviceAccountName: name,
			// Few programs call the API server; those that do get a role of their own.
			automountServiceAccountToken: false,
			securityContext: podSecurity(answers),
			containers: [container(answers)],
			...(maxReplicas < 2 ? {} : {topologySpreadConstraints: spread(answers)}),
			...(all.length === 0 ? {} : {volumes: all}),
		},
	};
}
