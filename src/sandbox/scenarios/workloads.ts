import type {JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/** The few words from which the manifests of a workload are made. */
export type Workload = {
	readonly namespace: string;
	readonly name: string;
	readonly image: string;
	readonly replicas?: number;
	readonly port?: number;
	/** `request/limit`, e.g. `100m/500m`. */
	readonly cpu?: string | undefined;
	readonly memory?: string;
	readonly labels?: {readonly [key: string]: string};
	/** Of the pods. */
	readonly annotations?: {readonly [key: string]: string};
	readonly env?: readonly JsonObject[];
	/** Laid over the container. */
	readonly container?: JsonObject;
	/** Laid over the pod's spec. */
	readonly pod?: JsonObject;
	/** Laid over the workload's spec. */
	readonly spec?: JsonObject;
	/** Why this revision was made. */
	readonly cause?: string;
};

export const appLabels = ({name, labels}: Pick<Workload, 'name' | 'labels'>) => ({app: name, 'app.kubernetes.io/name': name, ...labels});

/** Requests and limits; undefined parts are left out. */
function resources({cpu, memory}: Workload): JsonObject {
	const [cpuRequest, cpuLimit] = cpu?.split('/') ?? [];
	const [memoryRequest, memoryLimit] = memory?.split('/') ?? [];
	const pair = (cpuText: string | undefined, memoryText: string | undefined) => ({
		...(cpuText === undefined ? {} : {cpu: cpuText}),
		...(memoryText === undefined ? {} : {memory: memoryText}),
	});
	const [requests, limits] = [pair(cpuRequest, memoryRequest), pair(cpuLimit, memoryLimit)];
	return {...(Object.keys(requests).length === 0 ? {} : {requests}), ...(Object.keys(limits).length === 0 ? {} : {limits})};
}

const httpProbe = (path: string) => ({httpGet: {path, port: 'http'}, periodSeconds: 10});

/** The pod template of a workload: one container, with probes if it listens. */
export function template(workload: Workload): JsonObject & {readonly metadata: JsonObject; readonly spec: JsonObject} {
	const {name, image, port, env, container, pod, annotations} = workload;
	const listening =
		port === undefined
			? {}
			: {
					ports: [{name: 'http', containerPort: port}],
					readinessProbe: httpProbe('/healthz'),
					livenessProbe: {...httpProbe('/healthz'), initialDelaySeconds: 10},
				};
	return {
		metadata: {labels: appLabels(workload), ...(annotations === undefined ? {} : {annotations})},
		spec: {
			containers: [{name, image, ...listening, ...(env === undefined ? {} : {env}), resources: resources(workload), ...container}],
			...pod,
		},
	};
}

export function deployment(workload: Workload): KubeObject {
	const {namespace, name, replicas = 1, spec, cause} = workload;
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {
			name,
			namespace,
			labels: appLabels(workload),
			...(cause === undefined ? {} : {annotations: {'kubernetes.io/change-cause': cause}}),
		},
		spec: {replicas, selector: {matchLabels: {app: name}}, template: template(workload), ...spec},
	};
}

export function statefulSet(workload: Workload & {readonly storage: string; readonly storageClass?: string}): KubeObject {
	const {namespace, name, replicas = 1, storage, storageClass} = workload;
	const made = template(workload);
	return {
		apiVersion: 'apps/v1',
		kind: 'StatefulSet',
		metadata: {name, namespace, labels: appLabels(workload)},
		spec: {
			replicas,
			serviceName: name,
			selector: {matchLabels: {app: name}},
			template: made,
			volumeClaimTemplates: [
				{
					metadata: {name: 'data'},
					spec: {
						accessModes: ['ReadWriteOnce'],
						...(storageClass === undefined ? {} : {storageClassName: storageClass}),
						resources: {requests: {storage}},
					},
				},
			],
		},
	};
}

export const daemonSet = (workload: Workload): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'DaemonSet',
	metadata: {name: workload.name, namespace: workload.namespace, labels: appLabels(workload)},
	spec: {selector: {matchLabels: {app: workload.name}}, template: template(workload), ...workload.spec},
});

function jobSpec(workload: Workload): JsonObject {
	const made = template(workload);
	return {template: {...made, spec: {restartPolicy: 'Never', ...made.spec}}, ...workload.spec};
}

export const job = (workload: Workload): KubeObject => ({
	apiVersion: 'batch/v1',
	kind: 'Job',
	metadata: {name: workload.name, namespace: workload.namespace, labels: appLabels(workload)},
	spec: jobSpec(workload),
});

export const cronJob = (workload: Workload, schedule: string): KubeObject => ({
	apiVersion: 'batch/v1',
	kind: 'CronJob',
	metadata: {name: workload.name, namespace: workload.namespace, labels: appLabels(workload)},
	spec: {schedule, concurrencyPolicy: 'Forbid', jobTemplate: {spec: jobSpec(workload)}},
});
