import type {Failure, ScaledPod} from './scaled-pod.ts';

function containerRequests({name, containers}: ScaledPod, container: string | undefined, resource: string): number | Failure {
	const counted = container === undefined ? containers : containers.filter(each => each.name === container).slice(0, 1);
	if (container !== undefined && counted.length === 0) return {failure: `container ${container} not found in Pod ${name}`};
	let sum = 0;
	for (const each of counted) {
		const request = each.requests[resource];
		if (request === undefined) return {failure: `missing request for ${resource} in container ${each.name} of Pod ${name}`};
		sum += request;
	}
	return sum;
}

function podLevelRequests({name, podRequests}: ScaledPod, resource: string): number | Failure {
	return podRequests?.[resource] ?? {failure: `missing pod-level request for ${resource} in Pod ${name}`};
}

/**
 * What each pod asks for, in thousandths: the requests of the pod as a whole, else of all its containers, or of the one named. One pod
 * without a request makes the whole metric fail.
 * @see calculateRequests in replica_calculator.go
 */
export function requestsOf(
	pods: readonly ScaledPod[],
	container: string | undefined,
	resource: string,
	podLevelResources: boolean,
): ReadonlyMap<string, number> | Failure {
	const requests = new Map<string, number>();
	for (const pod of pods) {
		const isPodLevel = podLevelResources && pod.podRequests !== undefined && container === undefined;
		const request = isPodLevel ? podLevelRequests(pod, resource) : containerRequests(pod, container, resource);
		if (typeof request !== 'number') return request;
		requests.set(pod.name, request);
	}
	return requests;
}
