import type {Json} from '../../../../src/core/json.ts';
import {listAt, valueAt} from '../../../../src/core/kube/json-at.ts';
import type {ClusterApi} from '../cluster-api.ts';

/** The ready endpoints of a Service that can be reached: a slice without ports reaches none. */
export async function readyEndpoints(api: ClusterApi, namespace: string, service: string): Promise<readonly Json[]> {
	const slices = await api.list('EndpointSlice', namespace, `kubernetes.io/service-name=${service}`);
	return slices
		.filter(slice => listAt(slice, 'ports').length > 0)
		.flatMap(slice => listAt(slice, 'endpoints'))
		.filter(endpoint => valueAt(endpoint, 'conditions', 'ready') === true);
}
