import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Answers} from './answers.ts';
import {networkPolicySpec} from './network-policy.ts';
import {claimName, labelsOf, podTemplate} from './pod-template.ts';

const object = (answers: Answers, apiVersion: string, kind: string, body: JsonObject, name = answers.name): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: answers.namespace, labels: labelsOf(answers)},
	...body,
});

const serviceSpec = (answers: Answers): JsonObject => ({
	selector: labelsOf(answers),
	ports: answers.ports.map(({name, number}, index) => ({name, port: index === 0 ? 80 : number, targetPort: name, protocol: 'TCP'})),
});

const claim = ({size, shared}: Answers['volumes'][number]): JsonObject => ({
	spec: {accessModes: [shared ? 'ReadWriteMany' : 'ReadWriteOnce'], resources: {requests: {storage: size}}},
});

/** A volume of one node is let go before the next pod takes it. */
const strategy = ({volumes}: Answers): JsonObject =>
	volumes.some(({shared}) => !shared) ? {type: 'Recreate'} : {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: 0}};

const isScaled = ({replicas, maxReplicas}: Answers) => maxReplicas > replicas;

const deploymentSpec = (answers: Answers): JsonObject => ({
	// Where an autoscaler sets the number of pods, an apply must not set it back.
	...(isScaled(answers) ? {} : {replicas: answers.replicas}),
	selector: {matchLabels: labelsOf(answers)},
	strategy: strategy(answers),
	template: podTemplate(answers),
});

const autoscalerSpec = ({name, replicas, maxReplicas, cpuTarget}: Answers): JsonObject => ({
	scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name},
	minReplicas: replicas,
	maxReplicas,
	metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: cpuTarget}}}],
});

/** One pod at a time may be taken away, however many there are; pods that are broken anyway block no drain. */
const budgetSpec = (answers: Answers): JsonObject => ({
	selector: {matchLabels: labelsOf(answers)},
	maxUnavailable: 1,
	unhealthyPodEvictionPolicy: 'AlwaysAllow',
});

/** A coherent set for one workload, in the order in which it is applied. The same answers give the same text. */
export const workloadManifests = (answers: Answers): readonly KubeObject[] => [
	object(answers, 'networking.k8s.io/v1', 'NetworkPolicy', {spec: networkPolicySpec(answers)}),
	object(answers, 'v1', 'ServiceAccount', {automountServiceAccountToken: false}),
	...answers.volumes.map(volume => object(answers, 'v1', 'PersistentVolumeClaim', claim(volume), claimName(answers, volume))),
	...(answers.ports.length === 0 ? [] : [object(answers, 'v1', 'Service', {spec: serviceSpec(answers)})]),
	...(answers.replicas < 2 ? [] : [object(answers, 'policy/v1', 'PodDisruptionBudget', {spec: budgetSpec(answers)})]),
	object(answers, 'apps/v1', 'Deployment', {spec: deploymentSpec(answers)}),
	...(isScaled(answers) ? [object(answers, 'autoscaling/v2', 'HorizontalPodAutoscaler', {spec: autoscalerSpec(answers)})] : []),
];
