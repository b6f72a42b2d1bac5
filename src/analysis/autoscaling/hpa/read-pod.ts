import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {podSize} from '../../capacity/pod-size.ts';
import {milliUnits} from './milli-units.ts';
import type {Requests, ScaledPod} from './scaled-pod.ts';

function requestsIn(holder: Json): Requests {
	const read = Object.entries(objectAt(holder, 'resources', 'requests')).map(([name, value]) => [name, milliUnits(value)] as const);
	return Object.fromEntries(read.filter((entry): entry is readonly [string, number] => entry[1] !== undefined));
}

/** Requests of the pod as a whole, where it has some: its own, what its containers add to them, and the overhead of its runtime. */
function podLevel(podSpec: Json): Requests | undefined {
	const own = requestsIn(podSpec);
	if (Object.keys(own).length === 0) return undefined;
	const size = podSize(podSpec);
	const ofContainers = {cpu: Math.round(size.cpuCores * 1000), memory: Math.round(size.memoryBytes * 1000)};
	const overhead = requestsIn({resources: {requests: objectAt(podSpec, 'overhead')}});
	const withOverhead = Object.entries(own).map(([name, milli]) => [name, milli + (overhead[name] ?? 0)] as const);
	const added = Object.entries(ofContainers).filter(([name, milli]) => own[name] === undefined && milli > 0);
	return Object.fromEntries([...withOverhead, ...added]);
}

const timeAt = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

/** What the autoscaler looks at in a pod, from the pod as the server writes it. */
export function readPod(pod: KubeObject): ScaledPod {
	const spec = podSpecOf(pod);
	const sidecars = listAt(spec, 'initContainers').filter(each => textAt(each, 'restartPolicy') === 'Always');
	const ready = listAt(pod, 'status', 'conditions').find(each => textAt(each, 'type') === 'Ready');
	return {
		name: pod.metadata.name,
		phase: textAt(pod, 'status', 'phase') ?? '',
		isDeleted: pod.metadata.deletionTimestamp !== undefined,
		startedMs: timeAt(textAt(pod, 'status', 'startTime')),
		ready:
			ready === undefined
				? undefined
				: {
						status: textAt(ready, 'status') ?? 'Unknown',
						sinceMs: timeAt(textAt(ready, 'lastTransitionTime')) ?? Number.NEGATIVE_INFINITY,
					},
		containers: [...listAt(spec, 'containers'), ...sidecars].map(each => ({name: textAt(each, 'name') ?? '', requests: requestsIn(each)})),
		podRequests: valueAt(spec, 'resources') === undefined ? undefined : podLevel(spec),
	};
}
