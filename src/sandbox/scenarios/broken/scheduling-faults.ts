import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Kinds} from '../../life/shapes.ts';
import {timestamp} from '../../life/time.ts';
import type {Machine} from '../../machine.ts';
import {limitRange, namespace, quota} from '../objects.ts';
import {deployment, statefulSet} from '../workloads.ts';
import {app, type BrokenThing, brokenNamespace, thing} from './fault.ts';

export const lostNode = 'node-5';

/** Pods that find no place, or lose it. */
export const schedulingFaults: readonly BrokenThing[] = [
	thing('pending-cpu', 'no node has that many cores', [app('pending-cpu', '1.0', {cpu: '64/64'})]),
	thing('pending-memory', 'no node has that much memory', [app('pending-memory', '1.0', {memory: '500Gi/500Gi'})]),
	thing('pending-taint', 'the only node with a GPU is tainted', [app('pending-taint', '1.0', {pod: {nodeSelector: {accelerator: 'gpu'}}})]),
	thing('pending-selector', 'no node carries the label', [app('pending-selector', '1.0', {pod: {nodeSelector: {disk: 'nvme'}}})]),
	thing('pending-volume', 'the storage class of its claim does not exist', [
		statefulSet({
			namespace: brokenNamespace,
			name: 'pending-volume',
			image: 'registry.example/broken/app:1.0',
			port: 8080,
			storage: '10Gi',
			storageClass: 'premium-ssd',
		}),
	]),
	thing(
		'quota-exceeded',
		'the namespace may have two pods',
		[
			namespace('broken-quota'),
			quota('broken-quota', 'small', {pods: '2'}),
			deployment({namespace: 'broken-quota', name: 'quota-exceeded', image: 'registry.example/broken/app:1.0', replicas: 4, port: 8080}),
		],
		{namespace: 'broken-quota'},
	),
	thing(
		'limit-exceeded',
		'its limit is above the largest allowed',
		[
			namespace('broken-limits'),
			limitRange('broken-limits', 'small', {max: {memory: '256Mi'}}),
			deployment({
				namespace: 'broken-limits',
				name: 'limit-exceeded',
				image: 'registry.example/broken/app:1.0',
				port: 8080,
				memory: '512Mi/1Gi',
			}),
		],
		{namespace: 'broken-limits'},
	),
	thing('node-not-ready', 'its node stopped answering', [
		app('node-not-ready', '1.0', {
			pod: {nodeSelector: {pool: 'edge'}, tolerations: [{key: 'pool', operator: 'Equal', value: 'edge', effect: 'NoSchedule'}]},
		}),
	]),
	thing('evicted', 'the node ran out of disk', [evictedPod()]),
];

function evictedPod(): KubeObject {
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'evicted', namespace: brokenNamespace, labels: {app: 'evicted'}},
		spec: {nodeName: 'node-1', containers: [{name: 'app', image: 'registry.example/broken/app:1.0', resources: {}}]},
		status: {
			phase: 'Failed',
			reason: 'Evicted',
			message:
				'The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: 8213Mi. Container app was using 12Gi, request is 0, has larger consumption of ephemeral-storage. ',
		},
	};
}

/** The kubelet of a node falls silent. */
export function loseNode(machine: Machine): void {
	// Nodes are made by the scenario's foundation.
	const node = machine.get('Node', undefined, lostNode) as Kinds['Node'] | undefined;
	if (node === undefined) return;
	const conditions = (node.status?.conditions ?? []).map(condition => ({
		...condition,
		status: 'Unknown',
		reason: 'NodeStatusUnknown',
		message: 'Kubelet stopped posting node status.',
		lastTransitionTime: timestamp(machine.clock.now()),
	}));
	machine.update({...node, status: {...node.status, conditions}}, 'kube-controller-manager', 'status');
}
