import type {JsonObject} from '../../../core/json.ts';
import {listAt, objectAt} from '../../../core/kube/json-at.ts';

/** The status a new object starts with, as recorded from a kube-apiserver 1.36.3. Kinds that are not listed start without one. */
export function initialStatus(kind: string, object: JsonObject, now: string): JsonObject | undefined {
	if (kind === 'Pod') return {phase: 'Pending', qosClass: qosClass(object)};
	if (kind === 'PersistentVolume') return {phase: 'Pending', lastPhaseTransitionTime: now};
	return Object.hasOwn(statuses, kind) ? statuses[kind] : undefined;
}

const statuses: {readonly [kind: string]: JsonObject} = {
	Service: {loadBalancer: {}},
	ReplicationController: {replicas: 0},
	PersistentVolumeClaim: {phase: 'Pending'},
	ResourceQuota: {},
	Namespace: {phase: 'Active'},
	Deployment: {},
	ReplicaSet: {replicas: 0},
	StatefulSet: {replicas: 0, availableReplicas: 0},
	DaemonSet: {currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0},
	Job: {},
	CronJob: {},
	HorizontalPodAutoscaler: {desiredReplicas: 0, currentMetrics: null},
	PodDisruptionBudget: {disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0},
	Ingress: {loadBalancer: {}},
	Node: {
		daemonEndpoints: {kubeletEndpoint: {Port: 0}},
		nodeInfo: {
			machineID: '',
			systemUUID: '',
			bootID: '',
			kernelVersion: '',
			osImage: '',
			containerRuntimeVersion: '',
			kubeletVersion: '',
			kubeProxyVersion: '',
			operatingSystem: '',
			architecture: '',
		},
	},
};

/** Guaranteed: every container has cpu and memory limits equal to its requests. BestEffort: none asks for anything. */
function qosClass(pod: JsonObject): string {
	const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')];
	const asked = containers.map(container => ({
		requests: objectAt(container, 'resources', 'requests'),
		limits: objectAt(container, 'resources', 'limits'),
	}));
	const counts = (resources: JsonObject) => ['cpu', 'memory'].filter(name => resources[name] !== undefined).length;
	if (asked.every(({requests, limits}) => counts(requests) + counts(limits) === 0)) return 'BestEffort';
	const isGuaranteed = asked.every(
		({requests, limits}) => counts(limits) === 2 && ['cpu', 'memory'].every(name => (requests[name] ?? limits[name]) === limits[name]),
	);
	return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
