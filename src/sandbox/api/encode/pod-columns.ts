import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {humanDuration} from './age.ts';
import type {Column} from './column.ts';
import {ageColumn, nameColumn, none} from './common-columns.ts';

const number = (value: Json | undefined) => (typeof value === 'number' ? value : 0);
const statuses = (pod: KubeObject, list: string) => listAt(pod, 'status', list);

/** Columns of pods, computed as the API server's printer does. */
export const podColumns: readonly Column[] = [
	nameColumn,
	{name: 'Ready', description: 'The aggregate readiness state of this pod for accepting traffic.', cell: ready},
	{name: 'Status', description: 'The aggregate status of the containers in this pod.', cell: podStatus},
	{name: 'Restarts', description: 'The number of times the containers in this pod have been restarted.', cell: restarts},
	ageColumn,
	{name: 'IP', wide: true, cell: pod => textAt(pod, 'status', 'podIP') ?? none},
	{name: 'Node', wide: true, cell: pod => textAt(pod, 'spec', 'nodeName') ?? none},
	{name: 'Nominated Node', wide: true, cell: pod => textAt(pod, 'status', 'nominatedNodeName') ?? none},
	{name: 'Readiness Gates', wide: true, cell: readinessGates},
];

function ready(pod: KubeObject): string {
	const isReady = statuses(pod, 'containerStatuses').filter(status => valueAt(status, 'ready') === true).length;
	return `${isReady}/${listAt(pod, 'spec', 'containers').length}`;
}

/** One word for the state of a pod: the container that explains most, or the phase. */
function podStatus(pod: KubeObject): string {
	const init = initStatus(pod);
	if (pod.metadata.deletionTimestamp !== undefined) return textAt(pod, 'status', 'reason') === 'NodeLost' ? 'Unknown' : 'Terminating';
	if (init !== undefined) return init;
	const phase = textAt(pod, 'status', 'reason') ?? gated(pod) ?? textAt(pod, 'status', 'phase') ?? 'Unknown';
	const containers = statuses(pod, 'containerStatuses');
	const reason = containers.map(containerReason).find(found => found !== undefined) ?? phase;
	const isRunning = containers.some(status => valueAt(status, 'ready') === true && valueAt(status, 'state', 'running') !== undefined);
	if (reason !== 'Completed' || !isRunning) return reason;
	const conditions = statuses(pod, 'conditions');
	const isReady = conditions.some(condition => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True');
	return isReady ? 'Running' : 'NotReady';
}

const gated = (pod: KubeObject) =>
	statuses(pod, 'conditions').some(condition => textAt(condition, 'reason') === 'SchedulingGated') ? 'SchedulingGated' : undefined;

function containerReason(status: Json): string | undefined {
	const waiting = textAt(status, 'state', 'waiting', 'reason');
	if (waiting !== undefined && waiting !== '') return waiting;
	const terminated = objectAt(status, 'state', 'terminated');
	if (valueAt(status, 'state', 'terminated') === undefined) return undefined;
	return textAt(terminated, 'reason') || exitText(terminated);
}

const exitText = (terminated: JsonObject) =>
	number(terminated.signal) === 0 ? `ExitCode:${number(terminated.exitCode)}` : `Signal:${number(terminated.signal)}`;

/** The first init container that has not done its work, unless it is a sidecar that runs. */
function initStatus(pod: KubeObject): string | undefined {
	const containers = listAt(pod, 'spec', 'initContainers');
	for (const [index, status] of statuses(pod, 'initContainerStatuses').entries()) {
		const spec = containers.find(container => textAt(container, 'name') === textAt(status, 'name'));
		const isSidecar = textAt(spec, 'restartPolicy') === 'Always';
		if (valueAt(status, 'state', 'terminated', 'exitCode') === 0) continue;
		if (isSidecar && valueAt(status, 'started') === true) continue;
		if (valueAt(status, 'state', 'terminated') !== undefined) {
			return `Init:${textAt(status, 'state', 'terminated', 'reason') || exitText(objectAt(status, 'state', 'terminated'))}`;
		}
		const waiting = textAt(status, 'state', 'waiting', 'reason') ?? '';
		return waiting !== '' && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${index}/${containers.length}`;
	}
	return undefined;
}

function restarts(pod: KubeObject, now: number): string {
	const all = statuses(pod, 'containerStatuses');
	const count = all.reduce<number>((sum, status) => sum + number(valueAt(status, 'restartCount')), 0);
	const finished = all.flatMap(status => textAt(status, 'lastState', 'terminated', 'finishedAt') ?? []).sort();
	const last = finished.at(-1);
	return count === 0 || last === undefined ? String(count) : `${count} (${humanDuration(now - Date.parse(last))} ago)`;
}

function readinessGates(pod: KubeObject): string {
	const gates = listAt(pod, 'spec', 'readinessGates').map(gate => textAt(gate, 'conditionType'));
	if (gates.length === 0) return none;
	const conditions = statuses(pod, 'conditions');
	const isTrue = (type: string | undefined) =>
		conditions.some(condition => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True');
	return `${gates.filter(isTrue).length}/${gates.length}`;
}
