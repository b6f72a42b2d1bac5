import type {NamedObject} from './alert.ts';

/** Labels of an alert as its source writes them. */
export type Labels = {readonly [name: string]: string};

/** Labels that name an object, the nearest to the fault first. `job` is none: in Prometheus it names what was scraped. */
const kinds: readonly (readonly [label: string, kind: string])[] = [
	['pod', 'Pod'],
	['deployment', 'Deployment'],
	['statefulset', 'StatefulSet'],
	['daemonset', 'DaemonSet'],
	['replicaset', 'ReplicaSet'],
	['cronjob', 'CronJob'],
	['job_name', 'Job'],
	['horizontalpodautoscaler', 'HorizontalPodAutoscaler'],
	['persistentvolumeclaim', 'PersistentVolumeClaim'],
	['poddisruptionbudget', 'PodDisruptionBudget'],
	['ingress', 'Ingress'],
	['service', 'Service'],
];

/** What the Kubernetes mixin writes as `workload_type`. */
const workloadKinds: {readonly [type: string]: string} = {
	deployment: 'Deployment',
	statefulset: 'StatefulSet',
	daemonset: 'DaemonSet',
	replicaset: 'ReplicaSet',
	job: 'Job',
	cronjob: 'CronJob',
};

/** Where a label of the exporter itself stood in the way, Prometheus keeps the one that was meant as `exported_`. */
const meant = (labels: Labels, name: string) => labels[`exported_${name}`] || labels[name] || undefined;

/** The objects that labels of an alert name, the nearest first. */
export function objectsOf(labels: Labels): readonly NamedObject[] {
	const namespace = meant(labels, 'namespace');
	const node = meant(labels, 'node');
	const workload = workloadKinds[(labels.workload_type ?? '').toLowerCase()];
	const own = namespace === undefined ? [] : kinds.flatMap(([label, kind]) => named(kind, namespace, meant(labels, label)));
	return [
		...own,
		...(workload === undefined || namespace === undefined ? [] : named(workload, namespace, meant(labels, 'workload'))),
		...named('Node', undefined, node),
		...(own.length === 0 && node === undefined ? named('Namespace', undefined, namespace) : []),
	];
}

const named = (kind: string, namespace: string | undefined, name: string | undefined): readonly NamedObject[] =>
	name === undefined ? [] : [{kind, ...(namespace === undefined ? {} : {namespace}), name}];
