import type {Scene} from '../../../analysis/diagnosis/case.ts';
import type {World} from '../world.ts';

const inNamespace = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'ControllerRevision',
	'CronJob',
	'Job',
	'Pod',
	'Service',
	'Ingress',
	'ConfigMap',
	'Secret',
	'ServiceAccount',
	'PersistentVolumeClaim',
	'HorizontalPodAutoscaler',
	'PodDisruptionBudget',
	'NetworkPolicy',
	'ResourceQuota',
	'Event',
] as const;

const everywhere = ['Node', 'StorageClass', 'PersistentVolume', 'Namespace'] as const;

/** All that a diagnosis in a namespace looks at. */
export async function readScene(world: World, namespace: string): Promise<Scene> {
	const lists = await Promise.all([
		...inNamespace.map(kind => world.objects(kind, namespace)),
		...everywhere.map(kind => world.objects(kind)),
	]);
	return {namespace, objects: lists.flat()};
}
