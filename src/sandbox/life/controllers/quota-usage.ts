import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Container, PodSpec} from '../pod-shapes.ts';
import {quantity} from '../quantity.ts';
import {isKind} from '../world.ts';

/** Kinds that a quota counts by a short name of its own. */
const counted: Readonly<Record<string, readonly string[]>> = {
	Pod: ['pods', 'count/pods'],
	Service: ['services', 'count/services'],
	ConfigMap: ['configmaps', 'count/configmaps'],
	Secret: ['secrets', 'count/secrets'],
	PersistentVolumeClaim: ['persistentvolumeclaims', 'count/persistentvolumeclaims'],
	Deployment: ['count/deployments.apps'],
	ReplicaSet: ['count/replicasets.apps'],
	StatefulSet: ['count/statefulsets.apps'],
	Job: ['count/jobs.batch'],
	CronJob: ['count/cronjobs.batch'],
	Ingress: ['count/ingresses.networking.k8s.io'],
};
export const countedKinds = Object.keys(counted);

/** What one object takes from a quota, by resource: pieces, cores, bytes. */
export function usageOf(object: KubeObject): Readonly<Record<string, number>> {
	const usage: Record<string, number> = {};
	if (isKind(object, 'Pod')) {
		if (object.status?.phase === 'Succeeded' || object.status?.phase === 'Failed') return {'count/pods': 1};
		Object.assign(usage, computeOf(object.spec));
	}
	for (const name of counted[object.kind] ?? []) usage[name] = 1;
	if (isKind(object, 'PersistentVolumeClaim')) usage['requests.storage'] = quantity(object.spec.resources?.requests?.storage);
	return usage;
}

/** Resources of compute that a pod must declare when a quota limits them, each with the containers that do not. */
export function undeclared(spec: PodSpec, hard: readonly string[]): readonly string[] {
	return hard.toSorted().flatMap(name => {
		const [, side, resource] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name) ?? [];
		if (resource !== 'cpu' && resource !== 'memory') return [];
		const silent = spec.containers.filter(
			({resources}) => resources?.[side === 'limits' ? 'limits' : 'requests']?.[resource] === undefined,
		);
		return silent.length === 0 ? [] : [`${name} for: ${silent.map(container => container.name).join(',')}`];
	});
}

function computeOf({containers}: PodSpec): Readonly<Record<string, number>> {
	const sum = (side: 'requests' | 'limits', resource: string) =>
		containers.reduce((total: number, {resources}: Container) => total + quantity(resources?.[side]?.[resource]), 0);
	const [cpu, memory] = [sum('requests', 'cpu'), sum('requests', 'memory')];
	return {
		cpu,
		memory,
		'requests.cpu': cpu,
		'requests.memory': memory,
		'limits.cpu': sum('limits', 'cpu'),
		'limits.memory': sum('limits', 'memory'),
	};
}
