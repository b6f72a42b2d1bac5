import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {quantityOf} from '../../core/kube/quantity.ts';

/** Cores and bytes. What a container does not name counts as nothing. */
export type Amount = {readonly cpuCores: number; readonly memoryBytes: number};

export const nothing: Amount = {cpuCores: 0, memoryBytes: 0};
export const plus = (a: Amount, b: Amount): Amount => ({cpuCores: a.cpuCores + b.cpuCores, memoryBytes: a.memoryBytes + b.memoryBytes});
const larger = (a: Amount, b: Amount): Amount => ({
	cpuCores: Math.max(a.cpuCores, b.cpuCores),
	memoryBytes: Math.max(a.memoryBytes, b.memoryBytes),
});

/** A resource list (`{cpu: 100m, memory: 64Mi}`) as numbers. */
export function amountOf(list: Json | undefined): Amount {
	const number = (name: string) => {
		const value = valueAt(list, name);
		return typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? 0) : 0;
	};
	return {cpuCores: number('cpu'), memoryBytes: number('memory')};
}

/** A container's requests; one without requests is given its limits by the server. */
function amountIn(container: Json, what: 'requests' | 'limits'): Amount {
	const resources = objectAt(container, 'resources');
	return amountOf(what === 'limits' ? resources.limits : {...objectAt(resources, 'limits'), ...objectAt(resources, 'requests')});
}

/**
 * What a pod asks for as the scheduler and the quota count it: its containers and sidecars together, or one init container with the
 * sidecars started before it, whichever is larger; and the overhead of its runtime.
 * @see AggregateContainerRequests in k8s.io/component-helpers/resource
 */
export function podSize(podSpec: Json, what: 'requests' | 'limits' = 'requests'): Amount {
	let sidecars = nothing;
	let start = nothing;
	for (const container of listAt(podSpec, 'initContainers')) {
		const own = amountIn(container, what);
		const isSidecar = textAt(container, 'restartPolicy') === 'Always';
		start = larger(start, plus(sidecars, own));
		if (isSidecar) sidecars = plus(sidecars, own);
	}
	const running = listAt(podSpec, 'containers').reduce<Amount>((sum, container) => plus(sum, amountIn(container, what)), sidecars);
	return plus(larger(start, running), amountOf(valueAt(podSpec, 'overhead')));
}
