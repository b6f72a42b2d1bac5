import type {CatalogueSettings} from './settings.ts';

/** A metric with matchers; empty ones are left out. */
export function series(metric: string, ...matchers: readonly string[]): string {
	const written = matchers.filter(matcher => matcher !== '').join(',');
	return written === '' ? metric : `${metric}{${written}}`;
}

/** How the catalogue writes the parts that its rules share. */
export function writing({clusterLabel, isMultiCluster, selectors}: CatalogueSettings) {
	const list = (labels: readonly string[]) => [clusterLabel, ...labels].join(', ');
	/** A metric of kube-state-metrics. */
	const ksm = (metric: string, ...matchers: readonly string[]) => series(metric, selectors.kubeStateMetrics, ...matchers);
	const by = (...labels: readonly string[]) => `by (${list(labels)})`;
	const on = (...labels: readonly string[]) => `on (${list(labels)})`;
	/**
	 * One sample for each object, whatever else its series carry: a cluster may run kube-state-metrics twice, and a server that was restarted holds
	 * series of both its lives for five minutes.
	 */
	const one = (expr: string, ...labels: readonly string[]) => `max ${by(...labels)} (${expr})`;
	return {
		ksm,
		by,
		on,
		one,
		/** Over a cluster. */
		whole: isMultiCluster ? ` by (${clusterLabel})` : '',
		/** What a kubelet says, joined with the name of its node. */
		withNode: (expr: string) =>
			`${expr} * ${on('instance')} group_left (node) ${one(series('kubelet_node_name', selectors.kubelet), 'instance', 'node')}`,
		/** Leaves out what is on a node that somebody has cordoned. */
		uncordoned: `and ${on('node')} ${ksm('kube_node_spec_unschedulable')} == 0`,
	};
}
