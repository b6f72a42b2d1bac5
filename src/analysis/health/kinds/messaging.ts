import type {KindRule} from '../kind-rule.ts';

/** Numaplane marks the copy that did not pass. */
const failedCopy = [
	'metadata.labels[numaplane.numaproj.io/progressive-result-state]=failed',
	'Degraded',
	'Failed progressive upgrade',
] as const;

/** Brokers and what is declared on them. */
export const messagingRules: readonly KindRule[] = [
	{kinds: 'kafka.strimzi.io/Kafka', says: {'no-status': 'Waiting for Kafka Cluster'}},
	{kinds: 'kafka.strimzi.io/KafkaConnect', says: {'no-status': 'Waiting for Kafka Connect'}},
	{kinds: 'kafka.strimzi.io/KafkaTopic', says: {'no-status': 'Waiting for Kafka Topic'}},
	{
		kinds: 'rabbitmq.com/*',
		// "The most recent successful generation": it stays behind when a change fails. rabbitmq/messaging-topology-operator, exchange_types.go
		ignoresGeneration: true,
		when: [['!Ready', 'Unknown', 'RabbitMQ {kind:lower} status is unknown']],
		says: {Healthy: 'RabbitMQ {kind:lower} ready', Degraded: 'RabbitMQ {kind:lower} failed to be created or updated'},
	},
	{
		kinds: 'rabbitmq.com/RabbitmqCluster',
		when: [
			['ReconcileSuccess=False', 'Degraded', '{ReconcileSuccess.message}'],
			['AllReplicasReady=Unknown', 'Progressing', 'Waiting for RabbitMQ cluster readiness (conditions unknown)'],
			['ClusterAvailable=Unknown', 'Progressing', 'Waiting for RabbitMQ cluster readiness (conditions unknown)'],
			['ClusterAvailable=False', 'Progressing', 'Waiting for RabbitMQ cluster formation'],
			['AllReplicasReady=False', 'Progressing', 'Waiting for RabbitMQ instances ready'],
		],
		says: {Healthy: 'RabbitMQ cluster ready', 'no-status': 'Waiting for RabbitMQ Operator'},
	},
	{
		kinds: 'platform.confluent.io/*',
		when: [
			['status.phase=PROVISIONING', 'Progressing', '{kind} provisioning'],
			['status.phase=RUNNING', 'Healthy', '{kind} running'],
		],
	},
	{
		kinds: 'platform.confluent.io/Connector',
		when: [['status.failedTasks.*', 'Degraded', 'Connector has failed tasks']],
		says: {Healthy: 'Connector running'},
	},
	{
		kinds: 'numaflow.numaproj.io/*',
		when: [
			failedCopy,
			// What is paused is meant to be so.
			['status.phase=Paused|Pausing & !status.observedGeneration<metadata.generation', 'Healthy', '{kind} is paused'],
		],
		says: {Healthy: '{kind} is healthy', generation: 'Waiting for {kind} status', 'no-status': 'Waiting for {kind} status'},
	},
	{
		kinds: 'numaflow.numaproj.io/InterStepBufferService',
		when: [failedCopy, ['ChildrenResourcesHealthy=False(Unavailable)', 'Degraded', '{ChildrenResourcesHealthy.message}']],
		says: {
			Healthy: '{kind} is healthy',
			generation: 'Waiting for {kind} status',
			'no-status': 'Waiting for {kind} status',
		},
	},
	{
		kinds: 'numaplane.numaproj.io/*',
		when: [
			['ProgressiveUpgradeSucceeded=False', 'Degraded', 'Progressive upgrade failed'],
			['ChildResourcesHealthy=False(Progressing)', 'Progressing', 'Child Progressing'],
			// A paused pipeline is meant to be so, and its children's health is not known then.
			['MonoVertexPausingOrPaused=True(MonoVertexPaused)', 'Healthy', '{MonoVertexPausingOrPaused.message}'],
			['PipelinePausingOrPaused=True(PipelinePaused)', 'Healthy', '{PipelinePausingOrPaused.message}'],
		],
		says: {
			Healthy: 'Healthy',
			Progressing: 'Update in progress',
			generation: 'Not yet reconciled',
			'no-status': 'Not yet reconciled',
		},
	},
];
