import type {Json} from '../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../core/kube/json-at.ts';
import {sameQuantity} from '../../core/kube/quantity.ts';

type Class = 'Guaranteed' | 'Burstable' | 'BestEffort';

const word = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? value : undefined);

/**
 * The class by which a node decides whom to evict first, from requests and limits of CPU and memory.
 * @see ComputePodQOS in kubernetes pkg/apis/core/v1/helper/qos/qos.go
 */
export function qosClass(podSpec: Json): Class {
	const all = [...listAt(podSpec, 'containers'), ...listAt(podSpec, 'initContainers')].map(container => objectAt(container, 'resources'));
	const names = ['cpu', 'memory'];
	if (
		all.every(resources =>
			names.every(name => valueAt(resources, 'requests', name) === undefined && valueAt(resources, 'limits', name) === undefined),
		)
	)
		return 'BestEffort';
	const isBound = all.every(resources =>
		names.every(name => {
			const limit = word(valueAt(resources, 'limits', name));
			// A request that is left out is the limit.
			const request = word(valueAt(resources, 'requests', name)) ?? limit;
			return limit !== undefined && request !== undefined && sameQuantity(limit, request);
		}),
	);
	return isBound ? 'Guaranteed' : 'Burstable';
}
