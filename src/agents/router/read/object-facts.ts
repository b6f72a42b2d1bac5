import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../core/kube/pod-spec.ts';

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));

const labels = (value: object) =>
	Object.entries(value)
		.map(([key, each]) => `${key}=${each}`)
		.join(',');

const ready = (object: KubeObject, got: string, wanted: number | undefined) =>
	`${numberAt(object, 'status', got) ?? 0}/${wanted ?? 0} ready`;

const images = (object: KubeObject) =>
	containersOf(podSpecOf(object))
		.map(each => textAt(each, 'image') ?? '')
		.join(', ');

function podFacts(pod: KubeObject): string {
	const statuses = listAt(pod, 'status', 'containerStatuses');
	const waiting = statuses.map(each => textAt(each, 'state', 'waiting', 'reason')).find(reason => reason !== undefined);
	const restarts = statuses.reduce<number>((sum, each) => sum + (numberAt(each, 'restartCount') ?? 0), 0);
	const node = textAt(pod, 'spec', 'nodeName');
	return [
		waiting ?? textAt(pod, 'status', 'phase') ?? '',
		restarts === 0 ? '' : `${restarts} restarts`,
		node === undefined ? '' : `on ${node}`,
	]
		.filter(Boolean)
		.join(', ');
}

const schedule = (job: KubeObject) =>
	[
		textAt(job, 'spec', 'schedule') ?? '',
		textAt(job, 'spec', 'timeZone') ?? '',
		valueAt(job, 'spec', 'suspend') === true ? 'suspended' : '',
	]
		.filter(Boolean)
		.join(', ');

const servicePorts = (service: KubeObject) =>
	listAt(service, 'spec', 'ports')
		.map(port => `${numberAt(port, 'port')}→${text(valueAt(port, 'targetPort') ?? numberAt(port, 'port'))}`)
		.join(', ');

const hosts = (ingress: KubeObject) =>
	listAt(ingress, 'spec', 'rules')
		.flatMap(rule =>
			listAt(rule, 'http', 'paths').map(
				path => `${textAt(rule, 'host') ?? '*'}${textAt(path, 'path') ?? ''} → ${textAt(path, 'backend', 'service', 'name') ?? ''}`,
			),
		)
		.join(', ');

function nodeFacts(node: KubeObject): string {
	const isReady = listAt(node, 'status', 'conditions').some(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True');
	const taints = listAt(node, 'spec', 'taints').flatMap(each => textAt(each, 'key') ?? []);
	const cordoned = valueAt(node, 'spec', 'unschedulable') === true ? 'cordoned' : '';
	return [isReady ? 'Ready' : 'NotReady', cordoned, ...taints.map(key => `taint ${key}`)].filter(Boolean).join(', ');
}

const scaling = (scaler: KubeObject) =>
	`${textAt(scaler, 'spec', 'scaleTargetRef', 'kind')} ${textAt(scaler, 'spec', 'scaleTargetRef', 'name')}, ${numberAt(scaler, 'spec', 'minReplicas') ?? 1} to ${numberAt(scaler, 'spec', 'maxReplicas') ?? 1} replicas`;

const facts: {readonly [kind: string]: (object: KubeObject) => string} = {
	Pod: podFacts,
	Deployment: each => `${ready(each, 'readyReplicas', numberAt(each, 'spec', 'replicas') ?? 1)}, ${images(each)}`,
	StatefulSet: each => `${ready(each, 'readyReplicas', numberAt(each, 'spec', 'replicas') ?? 1)}, ${images(each)}`,
	DaemonSet: each => `${ready(each, 'numberReady', numberAt(each, 'status', 'desiredNumberScheduled'))}, ${images(each)}`,
	CronJob: schedule,
	Job: each =>
		`${numberAt(each, 'status', 'succeeded') ?? 0}/${numberAt(each, 'spec', 'completions') ?? 1} completions${valueAt(each, 'spec', 'suspend') === true ? ', suspended' : ''}`,
	Service: each =>
		`${textAt(each, 'spec', 'type') ?? 'ClusterIP'}, ports ${servicePorts(each)}, selects ${labels(objectAt(each, 'spec', 'selector')) || 'nothing'}`,
	Ingress: hosts,
	Node: nodeFacts,
	PersistentVolumeClaim: each =>
		[
			textAt(each, 'status', 'phase'),
			text(valueAt(each, 'spec', 'resources', 'requests', 'storage')),
			textAt(each, 'spec', 'storageClassName'),
		]
			.filter(Boolean)
			.join(', '),
	PersistentVolume: each =>
		[text(valueAt(each, 'spec', 'capacity', 'storage')), textAt(each, 'status', 'phase'), textAt(each, 'spec', 'storageClassName')]
			.filter(Boolean)
			.join(', '),
	HorizontalPodAutoscaler: scaling,
	PodDisruptionBudget: each =>
		`${['minAvailable', 'maxUnavailable'].flatMap(field => (valueAt(each, 'spec', field) === undefined ? [] : [`${field} ${text(valueAt(each, 'spec', field))}`])).join(', ')}, ${labels(objectAt(each, 'spec', 'selector', 'matchLabels'))}`,
	ConfigMap: each => `keys ${Object.keys(objectAt(each, 'data')).join(', ') || 'none'}`,
	Secret: each => `${textAt(each, 'type') ?? 'Opaque'}, keys ${Object.keys(objectAt(each, 'data')).join(', ') || 'none'}`,
	ResourceQuota: each => labels(objectAt(each, 'spec', 'hard')),
	StorageClass: each => textAt(each, 'provisioner') ?? '',
	Namespace: each => labels(each.metadata.labels ?? {}),
};

/** What matters of one object in a line; empty for kinds that nothing is known of. Values of Secrets and ConfigMaps are never shown. */
export const factsOf = (object: KubeObject): string => facts[object.kind]?.(object) ?? '';
