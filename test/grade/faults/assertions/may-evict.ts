import {textAt} from '../../../../src/core/kube/json-at.ts';
import type {ClusterApi} from '../cluster-api.ts';

/** Whether a running pod of those labels could be evicted now, as the server answers a dry run. */
export async function mayEvict(api: ClusterApi, namespace: string, labelSelector: string): Promise<boolean> {
	const pods = await api.list('Pod', namespace, labelSelector);
	const pod = pods.find(({status, metadata}) => textAt(status, 'phase') === 'Running' && metadata.deletionTimestamp === undefined);
	if (pod === undefined) return false;
	const {name} = pod.metadata;
	const {status} = await api.send({
		method: 'POST',
		path: `${await api.path('Pod', namespace, name, 'eviction')}?dryRun=All`,
		body: {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name, namespace}, deleteOptions: {dryRun: ['All']}},
	});
	return status >= 200 && status < 300;
}
