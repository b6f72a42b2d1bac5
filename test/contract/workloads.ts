import {podSpec} from './objects.ts';

/** Pods, and what makes pods: the smallest that the server takes, with what a case cares about laid over it. */

/** `image` and `pod` (fields of the pod's spec) go into the template, everything else into the workload's own spec. */
type Workload = {readonly image?: string; readonly pod?: object; readonly [field: string]: unknown};

/** One container that says when it is ready: a kubelet takes a container without a readiness probe for ready. */
const probed = (image: string | undefined, more: object = {}) => ({
	...podSpec(image, {ports: [{name: 'http', containerPort: 80}], readinessProbe: {httpGet: {path: '/', port: 80}, periodSeconds: 1}}),
	...more,
});

/** Labelled `app: NAME`, if the metadata has no labels. */
export const pod = (name: string, {image, metadata, ...spec}: {image?: string; metadata?: object; [field: string]: unknown} = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, labels: {app: name}, ...metadata},
	spec: probed(image, spec),
});

const workload =
	(kind: 'Deployment' | 'ReplicaSet' | 'DaemonSet' | 'StatefulSet') =>
	(name: string, {image, pod: fields, ...spec}: Workload = {}) => ({
		apiVersion: 'apps/v1',
		kind,
		metadata: {name},
		spec: {
			selector: {matchLabels: {app: name}},
			template: {metadata: {labels: {app: name}}, spec: probed(image, fields)},
			...spec,
		},
	});
export const deployment = workload('Deployment');
export const replicaSet = workload('ReplicaSet');
export const daemonSet = workload('DaemonSet');
export const statefulSet = workload('StatefulSet');

/** Changes the image of such a workload: a strategic merge patch. */
export const imagePatch = (image: string) => ({spec: {template: {spec: {containers: [{name: 'main', image}]}}}});

/** The pods are never restarted, and have no probe to wait for. */
export const job = (name: string, {image, pod: fields, ...spec}: Workload = {}) => ({
	apiVersion: 'batch/v1',
	kind: 'Job',
	metadata: {name},
	spec: {template: {spec: {restartPolicy: 'Never', ...podSpec(image), ...fields}}, ...spec},
});

/** Over the pods labelled `app: NAME`. */
export const budget = (name: string, spec: object) => ({
	apiVersion: 'policy/v1',
	kind: 'PodDisruptionBudget',
	metadata: {name},
	spec: {selector: {matchLabels: {app: name}}, ...spec},
});

export const quota = (name: string, hard: object, more: object = {}) => ({
	apiVersion: 'v1',
	kind: 'ResourceQuota',
	metadata: {name},
	spec: {hard, ...more},
});
