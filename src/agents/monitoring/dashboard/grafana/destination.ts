import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import {count} from '../../../../core/text/count.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {grafanaRef, newDashboard} from '../../../../mcp/monitoring/model/grafana-object.ts';
import {demandGrafana, folderNamed} from '../../demand-grafana.ts';
import type {MonitoringPorts} from '../../ports.ts';
import type {MadeDashboard} from './made-dashboard.ts';
import {sidecarLabel, sidecarPlace} from './sidecar-place.ts';

/** Where a dashboard goes: the write that saves it, in which server, and what a person should know of the place. */
export type Destination = {
	readonly write: Extract<Write, {manifest: KubeObject}>;
	readonly server?: string;
	readonly notes: readonly Consequence[];
};

type Made = Pick<MadeDashboard, 'uid' | 'model'>;

/** A ConfigMap that the sidecar of Grafana reads. @throws MkcoaError `no-place-for-dashboards` */
export async function asConfigMap({uid, model}: Made, into: string | undefined, cluster: Cluster): Promise<Destination> {
	const {namespace, others} = await sidecarPlace(cluster, into);
	const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace, name: uid} as const;
	const labels = {[sidecarLabel.name]: sidecarLabel.value};
	const label = `${sidecarLabel.name}: "${sidecarLabel.value}"`;
	return {
		write: {
			...{op: 'apply', ref},
			manifest: {
				...{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: uid, namespace, labels}},
				data: {[`${uid}.json`]: JSON.stringify(model, null, 2)},
			},
		},
		notes: [
			others === 0
				? {
						id: 'dashboard-unseen',
						severity: 'warning',
						text: `No other dashboard lies in ${namespace}: it is shown only where a sidecar of Grafana reads ConfigMaps with the label ${label} there`,
					}
				: {id: 'dashboard-beside', severity: 'info', text: `${count(others, 'ConfigMap')} with the label ${label} in ${namespace}`},
		],
	};
}

/**
 * The Grafana of this context itself. A dashboard that is there stays in its folder unless another one is named.
 * @param folder uid or title
 * @throws MkcoaError `no-grafana`, `no-such-folder`
 */
export async function inGrafana(
	{uid, model}: Made,
	folder: string | undefined,
	{cluster, monitoring}: Pick<MonitoringPorts, 'cluster' | 'monitoring'>,
): Promise<Destination> {
	const grafana = await demandGrafana({monitoring}, 'leave --grafana out and save it as a ConfigMap');
	const {source} = grafana;
	const ref = grafanaRef('Dashboard', uid);
	const live = await cluster.get(ref);
	const chosen = folder === undefined ? undefined : folderNamed(folder, await grafana.folders(), source);
	const folderUid = chosen?.uid ?? (live === undefined ? '' : (textAt(live, 'spec', 'folderUid') ?? ''));
	return {
		write: {op: live === undefined ? 'create' : 'replace', ref, manifest: newDashboard(uid, {folderUid, model}, source)},
		server: source,
		notes: folderUid === '' ? [{id: 'no-folder', severity: 'info', text: 'It lies in no folder: --folder names one'}] : [],
	};
}
