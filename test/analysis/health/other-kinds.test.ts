import {describe, expect, test} from 'vitest';
import {generalHealth} from '../../../src/analysis/health/general-health.ts';
import type {HealthStatus} from '../../../src/analysis/health/health.ts';
import type {Json, JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

/** `Ready=False(Reason: words)` as a condition. */
function condition(text: string): Json {
	const [, type = '', status = '', reason = '', message = ''] = /^([\w./-]+)=(\w+)(?:\((\w*)(?:: (.*))?\))?$/.exec(text) ?? [];
	return {type, status, reason, message};
}

const object = (kind: string, {conditions, spec = {some: 'thing'}, metadata = {}, ...status}: Parts): KubeObject => ({
	apiVersion: 'example.dev/v1',
	kind,
	metadata: {name: 'one', generation: 2, ...metadata},
	spec,
	...(conditions === undefined && Object.keys(status).length === 0
		? {}
		: {status: {...status, ...(conditions === undefined ? {} : {conditions: conditions.map(condition)})}}),
});

type Parts = {
	readonly conditions?: readonly string[];
	readonly spec?: JsonObject;
	readonly metadata?: JsonObject;
	readonly [field: string]: Json | undefined;
};

/** Objects of kinds for which there is no rule, as their controllers write them. */
const rows: readonly (readonly [HealthStatus, string, Parts])[] = [
	[
		'Healthy',
		'CertificateRequest',
		{conditions: ['Approved=True(cert)', 'Ready=True(Issued: Certificate fetched from issuer successfully)']},
	],
	['Progressing', 'CertificateRequest', {conditions: ['Approved=True(cert)', 'Ready=False(Pending: Waiting on certificate issuance)']}],
	['Degraded', 'CertificateRequest', {conditions: ['Ready=False(Failed: The CSR PEM requests a commonName that is not present)']}],
	['Progressing', 'Order', {state: 'pending'}],
	['Degraded', 'Order', {state: 'errored', reason: 'Failed to create Order: 400 urn:ietf:params:acme:error:rejectedIdentifier'}],
	['Healthy', 'Order', {state: 'valid'}],
	['Degraded', 'ExternalSecret', {conditions: ['Ready=False(SecretSyncedError: could not get secret data from provider)']}],
	['Healthy', 'ExternalSecret', {conditions: ['Ready=True(SecretSynced: Secret was synced)'], refreshTime: '2026-01-01T00:00:00Z'}],
	['Healthy', 'SealedSecret', {conditions: ['Synced=True'], observedGeneration: 2}],
	['Degraded', 'SealedSecret', {conditions: ['Synced=False(: no key could decrypt secret)'], observedGeneration: 2}],
	['Progressing', 'PipelineRun', {conditions: ['Succeeded=Unknown(Running: Tasks Completed: 1, Incomplete: 2)']}],
	['Degraded', 'PipelineRun', {conditions: ['Succeeded=False(Failed: Tasks Completed: 3 (Failed: 1), Skipped: 2)']}],
	['Healthy', 'PipelineRun', {conditions: ['Succeeded=True(Succeeded: Tasks Completed: 3 (Failed: 0))']}],
	['Progressing', 'Machine', {phase: 'Provisioning', conditions: ['Ready=False(WaitingForInfrastructure: waiting for the machine)']}],
	['Healthy', 'Machine', {phase: 'Running', conditions: ['Ready=True', 'InfrastructureReady=True', 'NodeHealthy=True']}],
	['Degraded', 'Machine', {phase: 'Failed', failureMessage: 'instance was terminated', failureReason: 'UpdateError'}],
	['Progressing', 'MachineDeployment', {spec: {replicas: 3}, replicas: 3, readyReplicas: 1, phase: 'ScalingUp', observedGeneration: 2}],
	['Healthy', 'Elasticsearch', {health: 'green', phase: 'Ready', availableNodes: 3}],
	['Progressing', 'Elasticsearch', {health: 'yellow', phase: 'Ready', availableNodes: 2}],
	['Degraded', 'Elasticsearch', {health: 'red', phase: 'Ready', availableNodes: 1}],
	['Healthy', 'MongoDBCommunity', {phase: 'Running', currentMongoDBMembers: 3, version: '7.0.1'}],
	['Degraded', 'MongoDBCommunity', {phase: 'Failed', message: 'error validating the spec'}],
	['Healthy', 'postgresql', {PostgresClusterStatus: 'Running'}],
	['Degraded', 'postgresql', {PostgresClusterStatus: 'CreateFailed'}],
	['Progressing', 'postgresql', {PostgresClusterStatus: 'Updating'}],
	['Healthy', 'Backup', {phase: 'Completed', progress: {itemsBackedUp: 12, totalItems: 12}}],
	['Degraded', 'Backup', {phase: 'PartiallyFailed', errors: 2}],
	['Progressing', 'Backup', {phase: 'InProgress', progress: {itemsBackedUp: 3, totalItems: 12}}],
	['Degraded', 'BackupStorageLocation', {phase: 'Unavailable', message: 'rpc error: no such bucket'}],
	['Healthy', 'BackupStorageLocation', {phase: 'Available'}],
	['Degraded', 'Volume', {state: 'attached', robustness: 'degraded'}],
	['Degraded', 'Volume', {state: 'detached', robustness: 'faulted'}],
	['Healthy', 'Volume', {state: 'attached', robustness: 'healthy'}],
	['Degraded', 'ClusterServiceVersion', {phase: 'Failed', reason: 'InstallCheckFailed', message: 'install timeout'}],
	['Unknown', 'Widget', {phase: 'Frobnicated'}],
	['Unknown', 'Widget', {state: 2}],
	[
		'Degraded',
		'Pipeline',
		{phase: 'Running', conditions: ['Configured=True', 'Deployed=True', 'DaemonServiceHealthy=False(Crashed: no pod answers)']},
	],
	['Suspended', 'Widget', {conditions: ['Ready=True'], metadata: {annotations: {'example.dev/reconcile': 'disabled'}}}],
	['Healthy', 'Widget', {conditions: ['Ready=True'], metadata: {annotations: {'example.dev/hibernation': 'off'}}}],
	['Degraded', 'Scaler', {conditions: ['AbleToScale=True(Fine)', 'ScalingActive=False(FailedGetResourceMetric: no metrics)']}],
	['Healthy', 'ClusterServiceVersion', {phase: 'Succeeded', message: 'install strategy completed with no errors'}],
	[
		'Healthy',
		'ClusterOperator',
		{conditions: ['Available=True(AsExpected)', 'Progressing=False(AsExpected)', 'Degraded=False(AsExpected)']},
	],
	[
		'Degraded',
		'ClusterOperator',
		{conditions: ['Available=True(AsExpected)', 'Progressing=False', 'Degraded=True(SyncError: cannot sync)']},
	],
	[
		'Progressing',
		'ClusterOperator',
		{conditions: ['Available=True(AsExpected)', 'Progressing=True(RollingOut: updating pods)', 'Degraded=False']},
	],
	[
		'Healthy',
		'Certificate',
		{conditions: ['Ready=True(Ready: Certificate is up to date and has not expired)'], notAfter: '2027-01-01T00:00:00Z'},
	],
	[
		'Progressing',
		'Certificate',
		{
			conditions: [
				'Issuing=True(DoesNotExist: Issuing certificate as Secret does not exist)',
				'Ready=False(DoesNotExist: Issuing certificate as Secret does not exist)',
			],
		},
	],
	[
		'Healthy',
		'HTTPRoute',
		{
			parents: [
				{parentRef: {name: 'gateway'}, conditions: [condition('Accepted=True(Accepted)'), condition('ResolvedRefs=True(ResolvedRefs)')]},
			],
		},
	],
	[
		'Degraded',
		'HTTPRoute',
		{
			parents: [
				{
					parentRef: {name: 'gateway'},
					conditions: [condition('Accepted=True(Accepted)'), condition('ResolvedRefs=False(BackendNotFound: service shop/web not found)')],
				},
			],
		},
	],
	['Healthy', 'VirtualMachine', {ready: true, created: true, printableStatus: 'Running', conditions: ['Ready=True']}],
	['Degraded', 'VirtualMachine', {printableStatus: 'CrashLoopBackOff', conditions: ['Ready=False(GuestNotRunning)']}],
	['Suspended', 'VirtualMachine', {printableStatus: 'Stopped', conditions: ['Ready=False(VMINotExists: VMI does not exist)']}],
	['Healthy', 'ClusterPolicy', {ready: true, conditions: ['Ready=True(Succeeded: Ready)']}],
	['Healthy', 'KafkaUser', {conditions: ['Ready=True'], observedGeneration: 2, username: 'one'}],
	[
		'Degraded',
		'KafkaUser',
		{conditions: ['NotReady=True(InvalidResourceException: authentication is not supported)'], observedGeneration: 2},
	],
	['Healthy', 'FlinkDeployment', {lifecycleState: 'STABLE', jobManagerDeploymentStatus: 'READY', jobStatus: {state: 'RUNNING'}}],
	['Degraded', 'FlinkDeployment', {lifecycleState: 'FAILED', jobManagerDeploymentStatus: 'ERROR', error: 'no such image'}],
	['Healthy', 'SparkApplication', {applicationState: {state: 'COMPLETED'}}],
	['Degraded', 'SparkApplication', {applicationState: {state: 'FAILED', errorMessage: 'driver exited with 1'}}],
	['Progressing', 'SparkApplication', {applicationState: {state: 'SUBMITTED'}}],
	['Healthy', 'RayCluster', {state: 'ready', availableWorkerReplicas: 2, desiredWorkerReplicas: 2}],
	['Progressing', 'RayCluster', {state: 'ready', availableWorkerReplicas: 1, desiredWorkerReplicas: 2}],
	['Suspended', 'GitRepository', {spec: {suspend: true}, conditions: ['Ready=True(Succeeded)'], observedGeneration: 2}],
	['Progressing', 'OCIRepository', {conditions: ['Ready=True(Succeeded)'], observedGeneration: 1}],
	[
		'Healthy',
		'OCIRepository',
		{conditions: ['Ready=True(Succeeded: stored artifact)', 'ArtifactInStorage=True(Succeeded)'], observedGeneration: 2},
	],
	['Degraded', 'Terraform', {conditions: ['Ready=False(TFExecInitFailed: error running Init)', 'Plan=False(x)'], observedGeneration: 2}],
	['Progressing', 'Widget', {}],
	['Healthy', 'Widget', {conditions: ['Ready=True'], metadata: {generation: 2}}],
	['Progressing', 'Widget', {conditions: ['Ready=True'], metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}}],
	['Degraded', 'Widget', {conditions: ['Stalled=True(Stuck: gave up)', 'Ready=False(Stuck)']}],
	['Progressing', 'Widget', {conditions: ['Reconciling=True(Working: half way)', 'Ready=Unknown(Working)']}],
	['Degraded', 'VaultStaticSecret', {conditions: ['SecretSynced=False(VaultClientError: permission denied)']}],
	['Healthy', 'Redis', {state: 'Ready', readyReplicas: 3, replicas: 3}],
	['Degraded', 'Issuer', {conditions: ['Ready=False(ErrInitIssuer: Error initializing issuer: secret not found)']}],
	['Healthy', 'PersistentVolume', {phase: 'Released'}],
	['Suspended', 'Rollout', {phase: 'Paused', message: 'CanaryPauseStep'}],
	['Degraded', 'InferenceService', {conditions: ['PredictorReady=False(RevisionFailed: container exited)', 'Ready=False(RevisionFailed)']}],
	['Progressing', 'InferenceService', {conditions: ['PredictorReady=Unknown', 'Ready=Unknown(RevisionMissing)']}],
	['Healthy', 'Cluster', {conditions: ['Provisioned=True', 'Ready=True'], phase: 'Provisioned'}],
	['Degraded', 'PodMonitorCheck', {state: 'Failing', lastError: 'x'}],
	['Progressing', 'RabbitmqUser', {conditions: ['Ready=Unknown(Reconciling)']}],
	[
		'Degraded',
		'ScaledJob',
		{
			conditions: [
				'Ready=False(ScaledJobCheckFailed: Failed to ensure ScaledJob is correctly created)',
				'Active=Unknown',
				'Paused=Unknown',
			],
		},
	],
	[
		'Healthy',
		'ScaledJob',
		{conditions: ['Ready=True(ScaledJobReady: ScaledJob is defined correctly)', 'Active=False(ScalerNotActive)', 'Paused=False']},
	],
	['Degraded', 'Tenant', {currentState: 'Pool Decommissioning Not Allowed', healthStatus: 'red'}],
	['Healthy', 'Tenant', {currentState: 'Initialized', healthStatus: 'green', availableReplicas: 4}],
	['Progressing', 'Tenant', {currentState: 'Waiting for Pods to be ready', healthStatus: 'yellow'}],
	['Degraded', 'CertificateRequest', {conditions: ['Denied=True(ByPolicy: no)']}],
	[
		'Degraded',
		'ApplicationSet',
		{conditions: ['ErrorOccurred=True(BadGenerator: less than two)', 'ParametersGenerated=False(ErrorOccurred)']},
	],
	['Healthy', 'ApplicationSet', {conditions: ['ErrorOccurred=False(UpToDate)', 'ParametersGenerated=True', 'ResourcesUpToDate=True']}],
	['Degraded', 'ScaledJob', {conditions: ['Ready=Unknown(PartialTriggerError: some triggers do not work)', 'Active=True']}],
	['Degraded', 'VerticalPodAutoscaler', {conditions: ['NoPodsMatched=True(NoPodsMatched)', 'RecommendationProvided=False(NoPodsMatched)']}],
	['Healthy', 'VerticalPodAutoscaler', {conditions: ['RecommendationProvided=True']}],
	['Degraded', 'Subscription', {conditions: ['CatalogSourcesUnhealthy=False', 'InstallPlanMissing=True(Gone)'], state: 'UpgradePending'}],
	[
		'Healthy',
		'StatefulSet',
		{conditions: ['FailedCreatePod=True(MinimumReplicasAvailable: all are there)'], replicas: 2, readyReplicas: 2},
	],
	['Degraded', 'InferenceService', {conditions: ['Ready=True'], modelStatus: {transitionStatus: 'BlockedByFailedLoad'}}],
	['Healthy', 'InferenceService', {conditions: ['Ready=True'], modelStatus: {history: {state: 'Failed'}, transitionStatus: 'UpToDate'}}],
	['Progressing', 'FlinkDeployment', {jobManagerDeploymentStatus: 'DEPLOYED_NOT_READY', reconciliationStatus: {}}],
	['Degraded', 'FlinkDeployment', {jobManagerDeploymentStatus: 'ERROR', reconciliationStatus: {error: 'no memory', success: false}}],
	['Suspended', 'FlinkDeployment', {spec: {job: {state: 'suspended'}}, jobManagerDeploymentStatus: 'MISSING'}],
	['Suspended', 'Widget', {spec: {enabled: false}, phase: 'Ready'}],
	['Progressing', 'Elasticsearch', {phase: 'MigratingData', health: 'green'}],
	['Progressing', 'Volume', {state: 'attaching', robustness: 'unknown'}],
	[
		'Progressing',
		'VirtualMachineInstance',
		{phase: 'Succeeded', metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}, conditions: ['Ready=False(PodTerminating)']},
	],
	['Degraded', 'ConfigConnector', {healthy: false, errors: ['x']}],
	['Suspended', 'CloneSet', {spec: {replicas: 10, updateStrategy: {rollingUpdate: {partition: 4}}}, updatedReplicas: 7, readyReplicas: 10}],
	['Suspended', 'CloneSet', {spec: {replicas: 10, updateStrategy: {partition: '35%'}}, updatedReplicas: 6, readyReplicas: 10}],
	['Progressing', 'CloneSet', {spec: {replicas: 10, updateStrategy: {partition: 4}}, updatedReplicas: 5, readyReplicas: 10}],
	['Suspended', 'CloneSet', {spec: {replicas: 2, updateStrategy: {rollingUpdate: {paused: true}}}, updatedReplicas: 2}],
	['Progressing', 'DaemonSet', {desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberReady: 2}],
	['Healthy', 'DaemonSet', {desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberReady: 3, numberAvailable: 3}],
	['Progressing', 'VolumeAttachment', {attached: false}],
	['Degraded', 'VolumeAttachment', {attached: false, attachError: {message: 'timed out'}}],
	['Progressing', 'Gateway', {conditions: ['Accepted=True(Accepted)', 'Programmed=False(AddressNotAssigned: no address yet)']}],
	['Degraded', 'HTTPRoute', {parents: [{conditions: [condition('Accepted=False(NotAllowedByListeners: not allowed)')]}]}],
	['Healthy', 'KnativeServing', {conditions: ['DependenciesInstalled=True', 'InstallSucceeded=True', 'Ready=True']}],
	['Progressing', 'KnativeServing', {conditions: ['Ready=False(NotReady: Waiting on deployments)']}],
	['Degraded', 'KnativeServing', {conditions: ['Ready=False(NotReady: no such image)']}],
	['Suspended', 'LLMInferenceService', {conditions: ['WorkloadsReady=False(Stopped)', 'Ready=False(Stopped)']}],
	['Healthy', 'FlinkSessionJob', {spec: {job: {state: 'running'}}, jobStatus: {state: 'RUNNING'}}],
	['Degraded', 'Tenant', {currentState: 'Statefulset not controlled by operator'}],
	['Unknown', 'Tenant', {currentState: 'Zebra'}],
	['Progressing', 'HTTPProxy', {currentStatus: 'NotReconciled', description: 'Waiting for controller'}],
	['Progressing', 'OpenTelemetryCollector', {scale: {replicas: 3, statusReplicas: '1/3'}}],
	['Healthy', 'OpenTelemetryCollector', {scale: {replicas: 3, statusReplicas: '3/3'}}],
	['Degraded', 'MachineHealthCheck', {currentHealthy: 1, expectedMachines: 3}],
	['Degraded', 'Prometheus', {conditions: ['Available=False(NoPodReady: insufficient memory)'], replicas: 1, availableReplicas: 0}],
	['Progressing', 'Prometheus', {conditions: ['Available=False(Odd: who knows)'], replicas: 2, availableReplicas: 1}],
	['Degraded', 'ResourceBinding', {conditions: ['FullyApplied=True'], aggregatedStatus: [{health: 'Healthy'}, {health: 'Unhealthy'}]}],
	['Healthy', 'ResourceBinding', {conditions: ['FullyApplied=True'], aggregatedStatus: [{health: 'Healthy'}, {health: 'Unknown'}]}],
	['Healthy', 'Kiali', {conditions: ['Successful=True', 'Running=True(Successful: waiting for the next)']}],
	[
		'Suspended',
		'Rollout',
		{phase: 'Progressing', conditions: ['Progressing=True(InRolling)'], canaryStatus: {currentStepState: 'StepPaused'}},
	],
];

describe('a kind without a rule', () => {
	test.each(rows.map(([status, kind, parts]) => ({status, kind, parts})))('$kind is $status: $parts', ({status, kind, parts}) => {
		expect(generalHealth(object(kind, parts)).status).toBe(status);
	});
});
