import type {Snapshot} from '../../../analysis/detection/snapshot.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readObjectsOfAll} from './read-snapshot.ts';

/** What runs on nodes, waits for them or holds their drain up, and by what it is placed. */
const kinds = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'ControllerRevision',
	'CronJob',
	'Job',
	'Pod',
	'PersistentVolumeClaim',
	'PodDisruptionBudget',
	'Event',
	'Node',
	'StorageClass',
	'PersistentVolume',
	'PriorityClass',
	'RuntimeClass',
];

/**
 * What tells how a node is. Its pods are of all namespaces, so of these only what is placed on nodes is read: settings, Secrets, rights and routes, which are
 * most of a cluster, say nothing of a machine. No log is read.
 * @throws MkcoaError as `readSnapshot` does
 */
export const readAroundNode = (cluster: Cluster, asked: {readonly nowMs: number; readonly signal: AbortSignal}): Promise<Snapshot> =>
	readObjectsOfAll(cluster, asked, {kinds, why: 'not read for a node, of which they say nothing'});
