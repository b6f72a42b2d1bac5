import {isNotAllowed, MkcoaError} from '../../../../core/error.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../../mcp/kubernetes/read-neighbours.ts';

/**
 * The label by which the sidecar of Grafana finds dashboards in ConfigMaps, as the charts grafana and kube-prometheus-stack set it.
 * @see https://github.com/grafana/helm-charts/blob/main/charts/grafana/README.md#sidecar-for-dashboards
 */
export const sidecarLabel = {name: 'grafana_dashboard', value: '1'} as const;

/** Where dashboards lie as ConfigMaps, and how many there are. */
export type SidecarPlace = {readonly namespace: string; readonly others: number};

const askForPlace = (why: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-place-for-dashboards',
		what: 'Nothing tells in which namespace Grafana looks for dashboards',
		why,
		next: 'Name that of Grafana with --into, or take the file to Grafana yourself: mkcoa monitor grafana … > dashboard.json',
	});

/**
 * The namespace that holds most dashboards of this kind already: a sidecar mostly looks into one alone.
 * @throws MkcoaError `no-place-for-dashboards`
 */
export async function sidecarPlace(cluster: Cluster, into: string | undefined): Promise<SidecarPlace> {
	const type = await cluster.typeOf('configmaps');
	const labelSelector = `${sidecarLabel.name}=${sidecarLabel.value}`;
	try {
		const found = await everyObject(cluster, {type, namespace: into, labelSelector});
		const byPlace = [...Map.groupBy(found, ({metadata}) => metadata.namespace ?? '')].toSorted(([, a], [, b]) => b.length - a.length);
		const [most] = byPlace;
		if (into !== undefined) return {namespace: into, others: found.length};
		if (most === undefined) throw askForPlace(`no ConfigMap of the cluster has the label ${labelSelector}`);
		return {namespace: most[0], others: most[1].length};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		if (into !== undefined) return {namespace: into, others: 0};
		throw askForPlace('listing the ConfigMaps of all namespaces is not allowed to you');
	}
}
