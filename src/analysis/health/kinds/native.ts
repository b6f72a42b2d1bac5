import type {Json} from '../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Finding} from '../health.ts';
import type {KindRule} from '../kind-rule.ts';
import {conditionsOf} from '../read-conditions.ts';
import {podHealth} from './pod.ts';
import {workloadHealth} from './workloads.ts';

/** Kinds of Kubernetes itself. */
export const nativeRules: readonly KindRule[] = [
	{kinds: 'apps/Deployment apps/StatefulSet apps/DaemonSet apps/ReplicaSet', read: workloadHealth},
	{kinds: '/Pod', read: podHealth},
	{
		kinds: '/Service',
		when: [
			[
				'spec.type=LoadBalancer & !status.loadBalancer.ingress & !metadata.deletionTimestamp',
				'Progressing',
				'Waiting for an address of the load balancer',
			],
			['!metadata.deletionTimestamp', 'Healthy', ''],
		],
	},
	{
		kinds: 'networking.k8s.io/Ingress extensions/Ingress',
		when: [
			['status.loadBalancer.ingress & !metadata.deletionTimestamp', 'Healthy', ''],
			['!metadata.deletionTimestamp', 'Progressing', 'Waiting for an address of the load balancer'],
		],
	},
	// A node that nobody hears of any more is as bad as one that says so.
	{kinds: '/Node', when: [['Ready=False|Unknown', 'Degraded', '{Ready.message||Ready.reason}']]},
	{
		kinds: 'batch/Job',
		when: [
			['Suspended=True', 'Suspended', '{Suspended.message}'],
			[
				'!Complete=True & !Failed=True & !spec.suspend=true & !metadata.deletionTimestamp',
				'Progressing',
				'{status.active||0} active, {status.succeeded||0} succeeded',
			],
		],
	},
	{kinds: 'batch/CronJob', read: cronJobHealth},
	// Its server may come back by itself, whatever the reason says.
	{
		kinds: 'apiregistration.k8s.io/APIService',
		when: [['Available=False|Unknown', 'Progressing', '{Available.reason}: {Available.message}']],
		says: {Healthy: '{Available.reason}: {Available.message}', 'no-status': 'Waiting to be processed'},
	},
	{kinds: 'autoscaling/HorizontalPodAutoscaler', read: autoscalerHealth},
	{
		kinds: 'apiextensions.k8s.io/CustomResourceDefinition',
		when: [
			['Terminating=True', 'Progressing', 'CRD is terminating: {Terminating.message}'],
			['metadata.deletionTimestamp', 'Progressing', 'CRD is terminating'],
			['NonStructuralSchema=True', 'Degraded', 'Schema violations found: {NonStructuralSchema.message}'],
			['NamesAccepted=False', 'Degraded', 'CRD names have not been accepted: {NamesAccepted.message}'],
			['Established=False(Installing)', 'Progressing', 'CRD is being installed'],
			['Established=False', 'Degraded', 'CRD is not established'],
		],
		says: {Healthy: 'CRD is healthy', 'no-status': 'Status conditions not found'},
	},
	{
		kinds: 'policy/PodDisruptionBudget',
		when: [
			['DisruptionAllowed=False(SyncFailed)', 'Degraded', '{kind} has SyncFailed'],
			// A budget that allows no disruption now does what it is for.
			['DisruptionAllowed', 'Healthy', '{kind} has {DisruptionAllowed.reason}'],
		],
		says: {'no-status': 'Waiting for status'},
	},
];

/** Whether the last run came to a good end is known once nothing runs, and only where some run did before. */
function cronJobHealth(object: KubeObject): Finding | undefined {
	const scheduled = textAt(object, 'status', 'lastScheduleTime');
	const succeeded = textAt(object, 'status', 'lastSuccessfulTime');
	const isIdle = listAt(object, 'status', 'active').length === 0;
	if (object.metadata.deletionTimestamp !== undefined || valueAt(object, 'spec', 'suspend') === true) return undefined;
	if (scheduled === undefined || succeeded === undefined || !isIdle || succeeded >= scheduled) return undefined;
	return {status: 'Degraded', message: `The run of ${scheduled} has not ended well; the last that did ended at ${succeeded}`, from: 'word'};
}

/** Version 1 has the conditions of an autoscaler as JSON in an annotation. */
function autoscalerHealth(object: KubeObject): Finding | undefined {
	if (object.metadata.deletionTimestamp !== undefined) return undefined;
	const kept = textAt(object, 'metadata', 'annotations', 'autoscaling.alpha.kubernetes.io/conditions');
	const own = conditionsOf(object);
	const conditions = own.length > 0 || kept === undefined ? own : conditionsOf({status: {conditions: jsonOf(kept)}});
	const failed = conditions.find(({status, reason}) => status === 'False' && /^Failed|^Invalid/.test(reason));
	if (failed !== undefined) return {status: 'Degraded', message: failed.message, from: 'condition'};
	const able = conditions.find(({type, status}) => type === 'AbleToScale' && status === 'True');
	if (able === undefined) return {status: 'Progressing', message: 'Waiting to autoscale', from: 'condition'};
	return {status: 'Healthy', message: able.message, from: 'condition'};
}

function jsonOf(text: string): Json {
	try {
		return JSON.parse(text);
	} catch {
		return [];
	}
}
