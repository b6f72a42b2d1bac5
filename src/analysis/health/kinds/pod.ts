import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Finding, HealthStatus} from '../health.ts';
import {conditionOfType} from '../read-conditions.ts';

const found = (status: HealthStatus, message: string): Finding => ({status, message, from: 'word'});

/** Reasons with which the kubelet says that it will not get further by itself: a back-off, or something that a container needs is missing. */
const stuck = /BackOff$|^Err|Error$|InvalidImageName/;

/** A pod by its phase, and by how its containers are. One that is to run for ever is well when it is ready; one that is to end, when it has. */
export function podHealth(pod: KubeObject): Finding | undefined {
	if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined) return undefined;
	const phase = textAt(pod, 'status', 'phase');
	const told = textAt(pod, 'status', 'message') ?? '';
	if (phase === 'Succeeded') return found('Healthy', told);
	const containers = ['initContainerStatuses', 'containerStatuses'].flatMap(field => listAt(pod, 'status', field)).filter(isJsonObject);
	if (phase === 'Failed')
		return found('Degraded', told || (containers.map(endOf).find(end => end !== '') ?? textAt(pod, 'status', 'reason') ?? ''));
	const waiting = containers.find(container => stuck.test(textAt(container, 'state', 'waiting', 'reason') ?? ''));
	if (waiting !== undefined)
		return found('Degraded', textAt(waiting, 'state', 'waiting', 'message') ?? textAt(waiting, 'state', 'waiting', 'reason') ?? '');
	if (phase !== 'Running') return found('Progressing', told || (conditionOfType(pod, 'PodScheduled')?.message ?? ''));
	if ((textAt(pod, 'spec', 'restartPolicy') ?? 'Always') !== 'Always') return found('Progressing', told);
	if (conditionOfType(pod, 'Ready')?.status === 'True') return found('Healthy', told);
	const crashed = containers.find(container => container.ready !== true && valueAt(container, 'lastState', 'terminated') !== undefined);
	return crashed === undefined ? found('Progressing', told) : found('Degraded', lastEndOf(crashed));
}

const endText = (terminated: JsonObject, name: string) => {
	const code = numberAt(terminated, 'exitCode') ?? 0;
	const reason = textAt(terminated, 'reason') ?? 'Ended';
	return code === 0 ? '' : `container ${name} ended with ${reason} (exit code ${code})`;
};

const endIn = (container: JsonObject, state: 'state' | 'lastState') => {
	const terminated = valueAt(container, state, 'terminated');
	return isJsonObject(terminated) ? endText(terminated, textAt(container, 'name') ?? '') : '';
};
const endOf = (container: JsonObject) => endIn(container, 'state');
const lastEndOf = (container: JsonObject) => endOf(container) || endIn(container, 'lastState');
