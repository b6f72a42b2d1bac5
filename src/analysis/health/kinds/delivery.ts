import {isJsonObject} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Finding} from '../health.ts';
import type {KindRule} from '../kind-rule.ts';
import {conditionsOf} from '../read-conditions.ts';

/** Controllers that roll out, pull in or run workloads. */
export const deliveryRules: readonly KindRule[] = [
	{
		kinds: 'flagger.app/Canary',
		when: [['status.phase=Progressing', 'Progressing', 'Progressing --- Canary Weight: {status.canaryWeight} % --- {Promoted.message}']],
		says: {condition: '{status.phase} --- {Promoted.message}', word: '{status.phase} --- {Promoted.message}'},
	},
	// Its Ready condition has a reason made for being read alone; the message is a sentence of Helm or Git.
	{kinds: '*.toolkit.fluxcd.io/*', says: {condition: '{Ready.reason||message}'}},
	{
		kinds: 'source.toolkit.fluxcd.io/HelmRepository',
		when: [['spec.type=oci', 'Healthy', "Helm repositories of type 'oci' do not contain any information in the status."]],
		says: {condition: '{Ready.reason||message}'},
	},
	{
		kinds: 'apps.kruise.io/CloneSet',
		when: [
			[
				'spec.updateStrategy.partition & status.expectedUpdatedReplicas & !status.updatedReplicas<status.expectedUpdatedReplicas',
				'Suspended',
				'Cloneset needs manual intervention',
			],
			[
				'!spec.updateStrategy.paused=true & status.updatedAvailableReplicas<status.replicas',
				'Degraded',
				'Some replicas are not ready or available',
			],
		],
		says: {pause: 'Cloneset is paused', Healthy: 'All Cloneset workloads are ready and updated', 'no-status': 'Waiting for initialization'},
	},
	{
		kinds: 'apps.kruise.io/BroadcastJob',
		says: {
			pause: '{kind} is Paused',
			Healthy: 'BroadcastJob is completed successfully',
			Degraded: 'BroadcastJob failed',
			Progressing: 'BroadcastJob is still running',
		},
	},
	{
		kinds: 'apps.kruise.io/AdvancedCronJob',
		when: [
			['spec.paused=true', 'Suspended', '{kind} is Paused'],
			['status.active.*', 'Progressing', 'AdvancedCronJobs has active jobs'],
			['status.lastScheduleTime', 'Healthy', 'AdvancedCronJobs has run successfully'],
			['', 'Degraded', 'AdvancedCronJobs has not run successfully'],
		],
	},
	{
		kinds: 'apps.openshift.io/DeploymentConfig',
		when: [
			['Progressing=True(NewReplicationControllerAvailable)', 'Healthy', 'replication controller successfully rolled out'],
			['Available=False & !Progressing=True', 'Degraded', 'Deployment config is degraded'],
		],
		says: {Progressing: 'replication controller is waiting for pods to run'},
	},
	{kinds: 'serving.knative.dev/Service', read: knativeService},
	{
		kinds: 'lifecycle.keptn.sh/* metrics.keptn.sh/*',
		says: {Healthy: '{kind} is healthy', Degraded: '{kind} is degraded', Progressing: '{kind} is progressing'},
	},
	{
		kinds: 'metrics.keptn.sh/Analysis',
		when: [
			['status.state=Completed & status.warning=true', 'Healthy', 'Analysis is healthy with warnings'],
			['status.state=Completed & !status.pass=true', 'Degraded', 'Analysis is degraded'],
		],
		says: {Healthy: 'Analysis is healthy', Progressing: 'Analysis is progressing'},
	},
	{
		kinds: 'metrics.keptn.sh/KeptnMetric',
		when: [['!status.value & !status.errMsg', 'Progressing', 'KeptnMetric is progressing']],
		says: {Healthy: 'KeptnMetric is healthy', Degraded: 'KeptnMetric is degraded'},
	},
	{
		kinds: 'tower.ansible.com/AnsibleJob',
		says: {word: '{status.ansibleJobResult.status} job - {status.ansibleJobResult.url}'},
	},
	{
		kinds: 'pulumi.com/Stack',
		says: {generation: 'Waiting for the operator to observe the latest spec change'},
	},
	{kinds: 'camel.apache.org/Integration', says: {Healthy: '', Progressing: 'Waiting for Integration'}},
];

/** Ready, Configurations and Routes each give a reason of their own, so every one that is not true is told. */
function knativeService(object: KubeObject): Finding | undefined {
	if (!isJsonObject(object.status) || textAt(object, 'status', 'conditions') !== undefined) return undefined;
	const conditions = conditionsOf(object);
	if (conditions.length === 0 || objectAt(object, 'metadata').deletionTimestamp !== undefined) return undefined;
	const unmet = conditions.filter(({status}) => status !== 'True');
	if (unmet.length === 0) return {status: 'Healthy', message: 'Knative Service is healthy.', from: 'condition'};
	const message = unmet.map(({type, status, reason, message}) => `${type} is ${status}, since ${reason}. ${message}\n`).join('');
	return {status: unmet.some(({status}) => status === 'False') ? 'Degraded' : 'Progressing', message, from: 'condition'};
}
