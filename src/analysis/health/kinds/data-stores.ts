import type {KindRule} from '../kind-rule.ts';

const shell = {Healthy: '{kind} {status.state}', Progressing: '{kind} {status.state}', 'no-status': 'No status available'} as const;

/** Databases, volumes, backups and search. */
export const dataRules: readonly KindRule[] = [
	{kinds: 'cassandra.rook.io/Cluster', says: {Progressing: 'Waiting for Cassandra Cluster'}},
	{
		kinds: 'ceph.rook.io/CephCluster',
		when: [
			[
				'status.ceph.health=HEALTH_OK & status.state=Created',
				'Healthy',
				'Ceph health is {status.ceph.health} - Ceph cluster state is {status.state} - {status.message}',
			],
			[
				'status.ceph.health=HEALTH_WARN|HEALTH_ERR',
				'Degraded',
				'Ceph health is {status.ceph.health} ({status.ceph.details.*.message}) - {status.message}',
			],
		],
		says: {'no-status': 'Waiting for status to be reported'},
	},
	{
		kinds: 'cdi.kubevirt.io/DataVolume',
		says: {Healthy: '{status.phase}', Progressing: '{status.phase}', 'no-status': 'No status available'},
	},
	{
		kinds: 'postgresql.cnpg.io/Cluster',
		when: [
			['metadata.annotations[cnpg.io/hibernation]=on', 'Suspended', 'Cluster has been hibernated'],
			['metadata.annotations[cnpg.io/reconciliationLoop]=disabled', 'Suspended', 'Cluster reconciliation is suspended'],
		],
		says: {Healthy: '', Progressing: '{status.phaseReason||message}', Degraded: '{status.phaseReason||message}'},
	},
	{kinds: 'k8s.mariadb.com/* mariadb.mmontes.io/*', says: {'no-status': 'No status info available'}},
	{
		kinds: 'snapshot.storage.k8s.io/VolumeSnapshot snapshot.storage.k8s.io/VolumeSnapshotContent',
		says: {Healthy: 'Ready to use', 'no-status': 'Waiting for status'},
	},
	{
		kinds: 'solr.apache.org/SolrCloud',
		says: {Healthy: 'Solr is ready', Progressing: 'Not all replicas are ready', 'no-status': 'Waiting for solr to exist'},
	},
	{
		kinds: 'zookeeper.pravega.io/ZookeeperCluster',
		says: {Healthy: 'All ZK Nodes have joined the ensemble', Progressing: 'Waiting for ZK Nodes to join the ensemble'},
	},
	{
		kinds: 'clickhouse-keeper.altinity.com/ClickHouseKeeperInstallation',
		says: {
			'no-status': 'ClickHouseKeeper status not yet available',
			Healthy: 'ClickHouseKeeper installation completed successfully',
			Degraded: 'ClickHouseKeeper status: {status.status}',
			Progressing: 'ClickHouseKeeper installation in progress',
		},
	},
	{
		kinds: 'beat.k8s.elastic.co/Beat',
		when: [
			[
				'status.health=yellow & status.availableNodes',
				'Progressing',
				'Elastic Beat status is deploying, there is {status.availableNodes} instance(s) on {status.expectedNodes} expected',
			],
			['!status.health=green|yellow|red & !status.expectedNodes', 'Unknown', 'Elastic Beat status is unknown'],
			['status.health & !status.health=green|yellow|red', 'Unknown', 'Elastic Beat status is unknown'],
		],
		says: {
			Healthy: 'Elastic Beat status is Green',
			Degraded: 'Elastic Beat status is Red',
			Progressing: 'Elastic Beat phase is progressing',
		},
	},
	{
		kinds: 'logstash.k8s.elastic.co/Logstash',
		says: {
			Healthy: 'Logstash status is Green',
			Degraded: 'Logstash status is Red',
			Progressing: 'Logstash status is Yellow',
			'no-status': 'Waiting for Logstash',
		},
	},
	{kinds: 'astra.netapp.io/AppVault', says: {...shell, Healthy: 'AppVault Available', Degraded: 'AppVault Failed'}},
	{
		kinds: 'astra.netapp.io/Application',
		says: {
			...shell,
			Healthy: 'Astra Application Ready, protectionState: {status.protectionState}',
			Degraded: 'Astra Application Degraded, message: {Ready.message}',
		},
	},
	{
		kinds: 'astra.netapp.io/Backup astra.netapp.io/ExecHooksRun astra.netapp.io/ResourceBackup',
		says: {...shell, Degraded: '{status.state}'},
	},
	{
		kinds: 'astra.netapp.io/Schedule',
		when: [
			['status.lastScheduleTime', 'Healthy', 'Protection policy lastScheduleTime: {status.lastScheduleTime}'],
			['', 'Healthy', 'Protection policy not yet executed'],
		],
	},
	{kinds: 'trident.netapp.io/TridentBackendConfig', says: {Progressing: 'Waiting for backend creation'}},
	{kinds: 'trident.netapp.io/TridentOrchestrator', says: {Progressing: 'Waiting for trident installation'}},
];
