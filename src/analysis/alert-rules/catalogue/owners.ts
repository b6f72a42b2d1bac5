import type {AreaOf} from './area.ts';
import {writing} from './series.ts';

const record = 'namespace_workload_pod:kube_pod_owner:relabel';
const controlled = 'owner_is_controller="true"';

/** Which workload each pod belongs to, and its kind. Kinds that Kubernetes brings are written in lower case, others as their owners do. */
export const owners: AreaOf = settings => {
	const {by, ksm, on} = writing(settings);
	const copy = (expr: string, to: string, from: string) => `label_replace(${expr}, "${to}", "$1", "${from}", "(.+)")`;
	const named = (expr: string) => copy(expr, 'workload', 'owner_name');
	const typed = (expr: string) => copy(named(expr), 'workload_type', 'owner_kind');
	const pods = (...matchers: readonly string[]) => ksm('kube_pod_owner', ...matchers);
	/** Pods whose owner has a controller of its own, which `metric` tells by the label `name`. */
	const through = (kind: string, metric: string, name: string, matcher: string) =>
		`${copy(pods(`owner_kind="${kind}"`), name, 'owner_name')} * ${on('namespace', name)} group_left (workload, workload_type) topk ${by('namespace', name)} (1, group ${by('namespace', name, 'workload', 'workload_type')} (${typed(ksm(metric, controlled, matcher))}))`;
	/** Pods whose owner has no controller: it is the workload itself. */
	const alone = (kind: string, metric: string, name: string) =>
		`${named(copy(pods(`owner_kind="${kind}"`), name, 'owner_name'))} unless ${on('namespace', name)} ${ksm(metric, controlled)}`;
	const ofKind = (type: string, expr: string) => ({
		record,
		expr: `group ${by('namespace', 'workload', 'pod')} (${expr})`,
		labels: {workload_type: type},
	});
	const ofOtherKinds = [
		through('ReplicaSet', 'kube_replicaset_owner', 'replicaset', 'owner_kind!="Deployment"'),
		through('Job', 'kube_job_owner', 'job_name', ''),
		typed(pods(controlled, 'owner_kind!~"ReplicaSet|Job|StatefulSet|DaemonSet|Node"')),
	];
	return {
		name: 'kubernetes-owners',
		recordings: [
			ofKind('deployment', through('ReplicaSet', 'kube_replicaset_owner', 'replicaset', 'owner_kind="Deployment"')),
			ofKind('replicaset', alone('ReplicaSet', 'kube_replicaset_owner', 'replicaset')),
			ofKind('job', alone('Job', 'kube_job_owner', 'job_name')),
			ofKind('statefulset', named(pods('owner_kind="StatefulSet"'))),
			ofKind('daemonset', named(pods('owner_kind="DaemonSet"'))),
			ofKind('staticpod', copy(pods('owner_kind="Node"'), 'workload', 'pod')),
			// Older versions of kube-state-metrics write a name where there is none.
			ofKind('barepod', copy(pods('owner_kind=~"|<none>|<None>"'), 'workload', 'pod')),
			{record, expr: ofOtherKinds.map(expr => `group ${by('namespace', 'workload', 'workload_type', 'pod')} (${expr})`).join(' or ')},
		],
		alerts: [],
	};
};
