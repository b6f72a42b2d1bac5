import type {Ref} from '../../../../core/kube/kube-object.ts';
import {namespaceVariable, type PanelDraft} from '../panel.ts';

/** Metrics of kube-state-metrics by kind: how many pods are wanted, and how many are ready. */
const counted: {readonly [kind: string]: {readonly label: string; readonly wanted: string; readonly ready: string}} = {
	Deployment: {label: 'deployment', wanted: 'kube_deployment_spec_replicas', ready: 'kube_deployment_status_replicas_available'},
	StatefulSet: {label: 'statefulset', wanted: 'kube_statefulset_replicas', ready: 'kube_statefulset_status_replicas_ready'},
	DaemonSet: {
		label: 'daemonset',
		wanted: 'kube_daemonset_status_desired_number_scheduled',
		ready: 'kube_daemonset_status_number_ready',
	},
	ReplicaSet: {label: 'replicaset', wanted: 'kube_replicaset_spec_replicas', ready: 'kube_replicaset_status_ready_replicas'},
};

/** Pods that a workload has against those that it wants; none for kinds that want no number of pods. */
export function replicaPanels({kind, name}: Ref): readonly PanelDraft[] {
	const metrics = counted[kind];
	if (metrics === undefined) return [];
	// Several replicas of kube-state-metrics may tell the same.
	const one = (metric: string) => `max(${metric}{namespace="${namespaceVariable}",${metrics.label}="${name}"})`;
	return [
		{
			...{name: 'replicas', title: 'Replicas', section: 'Pods', unit: 'number', thresholds: []},
			about: 'Pods that are ready, against those that are wanted',
			lines: [
				{name: 'ready', choices: [{promql: one(metrics.ready), legend: 'ready'}], needs: `${metrics.ready} of kube-state-metrics`},
				{
					...{name: 'wanted', isBound: true},
					choices: [{promql: one(metrics.wanted), legend: 'wanted'}],
					needs: `${metrics.wanted} of kube-state-metrics`,
				},
			],
		},
	];
}
