import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {withCondition} from '../conditions.ts';
import type {Condition, Container, ContainerState, ContainerStatus, Pod, PodStatus} from '../pod-shapes.ts';
import {timestamp} from '../time.ts';
import {containerId, fullImage, imageId} from './identifiers.ts';
import {fateOf} from './image-rules.ts';
import type {ContainerRecord, PodRecord} from './pod-record.ts';

/** The status that a kubelet writes for what it knows. */
export function podStatus(pod: Pod, record: PodRecord, node: KubeObject | undefined, nowMs: number): PodStatus {
	const initialized = record.init.every(init => isInitDone(pod, init));
	const initContainerStatuses = statuses(pod, pod.spec.initContainers ?? [], record.init, true);
	const containerStatuses = statuses(pod, pod.spec.containers, record.main, initialized);
	const phase = phaseOf(record, pod.spec.restartPolicy ?? 'Always');
	const hostIP = addressOf(node);
	const generation = pod.metadata.generation ?? 1;
	const {conditions: before, ...kept} = pod.status ?? {};
	return {
		...kept,
		observedGeneration: generation,
		phase,
		conditions: conditionsOf(before, {generation, initialized, phase, containers: containerStatuses, init: initContainerStatuses}, nowMs),
		...(hostIP === undefined ? {} : {hostIP, hostIPs: [{ip: hostIP}]}),
		...(record.ip === undefined ? {} : {podIP: record.ip, podIPs: [{ip: record.ip}]}),
		startTime: timestamp(record.startedMs),
		...(initContainerStatuses.length === 0 ? {} : {initContainerStatuses}),
		containerStatuses,
		qosClass: qosClass(pod),
	};
}

/** An init container has succeeded, or is a sidecar that runs. */
export function isInitDone({spec}: Pod, {name, stage, last}: ContainerRecord): boolean {
	const sidecar = spec.initContainers?.find(container => container.name === name)?.restartPolicy === 'Always';
	return sidecar ? stage.kind === 'running' : stage.kind === 'ended' && last?.exitCode === 0;
}

export function addressOf(node: KubeObject | undefined): string | undefined {
	const status = node?.status;
	const addresses = typeof status === 'object' && status !== null && 'addresses' in status ? status.addresses : undefined;
	const found = Array.isArray(addresses) ? addresses.find(one => one?.type === 'InternalIP') : undefined;
	return typeof found?.address === 'string' ? found.address : undefined;
}

function phaseOf({init, main}: PodRecord, policy: string): string {
	const failedInit = init.some(({stage, last}) => stage.kind === 'ended' && last?.exitCode !== 0);
	if (failedInit && policy === 'Never') return 'Failed';
	const ended = main.filter(({stage}) => stage.kind === 'ended');
	if (main.length > 0 && ended.length === main.length) return main.every(({last}) => last?.exitCode === 0) ? 'Succeeded' : 'Failed';
	return main.some(({stage, last}) => stage.kind === 'running' || last !== undefined) ? 'Running' : 'Pending';
}

const statuses = (
	pod: Pod,
	containers: readonly Container[],
	records: readonly ContainerRecord[],
	open: boolean,
): readonly ContainerStatus[] =>
	records.map(record => {
		const image = containers.find(({name}) => name === record.name)?.image ?? '';
		const {stage, restarts, last, earlier} = record;
		const ran = stage.kind === 'running' || last !== undefined;
		const running = stage.kind === 'running';
		const init = pod.spec.initContainers?.find(({name}) => name === record.name);
		const isSidecar = init?.restartPolicy === 'Always';
		const isOver = stage.kind === 'ended' || stage.kind === 'stopped';
		const before = isOver ? earlier : last;
		return {
			name: record.name,
			state: stateOf(pod, record, containers, open),
			lastState: before === undefined ? {} : {terminated: before},
			ready: running
				? stage.ready && (init === undefined || isSidecar)
				: init !== undefined && stage.kind === 'ended' && last?.exitCode === 0,
			restartCount: restarts,
			image: ran ? fullImage(image) : image,
			imageID: ran ? imageId(image) : '',
			...(ran
				? {containerID: containerId(pod.metadata.uid ?? '', record.name, running || isOver ? restarts : Math.max(0, restarts - 1))}
				: {}),
			started: running,
		};
	});

function stateOf(pod: Pod, {name, stage, last}: ContainerRecord, containers: readonly Container[], open: boolean): ContainerState {
	const container = containers.find(other => other.name === name);
	switch (stage.kind) {
		case 'creating':
			return {waiting: {reason: open && (pod.spec.initContainers ?? []).length === 0 ? 'ContainerCreating' : 'PodInitializing'}};
		case 'pull-failed': {
			const message = container === undefined ? '' : (fateOf(pod, container).pullError ?? '');
			return stage.backingOff
				? {waiting: {reason: 'ImagePullBackOff', message: `Back-off pulling image "${container?.image}": ErrImagePull: ${message}`}}
				: {waiting: {reason: 'ErrImagePull', message}};
		}
		case 'config-error':
			return {waiting: {reason: 'CreateContainerConfigError', message: stage.message}};
		case 'running':
			return {running: {startedAt: timestamp(stage.startedMs)}};
		case 'back-off': {
			const {metadata} = pod;
			const message = `back-off ${delayText(stage.delayMs)} restarting failed container=${name} pod=${metadata.name}_${metadata.namespace}(${metadata.uid})`;
			return {waiting: {reason: 'CrashLoopBackOff', message}};
		}
		case 'stopped':
		case 'ended':
			return {terminated: last ?? {exitCode: 0, reason: 'Completed'}};
	}
}

/** As Go prints a duration: 10s, 1m20s, 5m0s. */
const delayText = (ms: number) => (ms < 60_000 ? `${ms / 1000}s` : `${Math.floor(ms / 60_000)}m${(ms % 60_000) / 1000}s`);

type Facts = {
	readonly generation: number;
	readonly initialized: boolean;
	readonly phase: string;
	readonly containers: readonly ContainerStatus[];
	readonly init: readonly ContainerStatus[];
};

function conditionsOf(
	before: readonly Condition[] | undefined,
	{generation, initialized, phase, containers, init}: Facts,
	nowMs: number,
): readonly Condition[] {
	const list = (statuses: readonly ContainerStatus[]) => `[${statuses.map(({name}) => name).join(' ')}]`;
	const notReady = containers.filter(({ready}) => !ready);
	const incomplete = init.filter(({ready}) => !ready);
	const ok = (type: string): Condition => ({type, status: 'True'});
	const no = (type: string, reason: string, message?: string): Condition => ({
		type,
		status: 'False',
		reason,
		...(message === undefined ? {} : {message}),
	});
	const unready = (type: string) =>
		phase === 'Succeeded'
			? no(type, 'PodCompleted')
			: phase === 'Failed'
				? no(type, 'PodFailed')
				: notReady.length === 0
					? ok(type)
					: no(type, 'ContainersNotReady', `containers with unready status: ${list(notReady)}`);
	const started = containers.some(
		({state, lastState}) => state.running !== undefined || lastState.terminated !== undefined || state.terminated !== undefined,
	);
	const news = [
		started || init.some(({state}) => state.waiting?.reason !== 'PodInitializing')
			? ok('PodReadyToStartContainers')
			: no('PodReadyToStartContainers', ''),
		initialized
			? ok('Initialized')
			: no('Initialized', 'ContainersNotInitialized', `containers with incomplete status: ${list(incomplete)}`),
		unready('Ready'),
		unready('ContainersReady'),
	];
	const cleaned = news.map(({reason, ...rest}) => ({
		observedGeneration: generation,
		lastProbeTime: null,
		...rest,
		...(reason === undefined || reason === '' ? {} : {reason}),
	}));
	return cleaned.reduce<readonly Condition[]>(
		(all, condition) => withCondition(all, condition, nowMs),
		before ?? [{type: 'PodScheduled', status: 'True', lastTransitionTime: timestamp(nowMs)}],
	);
}

function qosClass({spec}: Pod): string {
	const containers = [...spec.containers, ...(spec.initContainers ?? [])];
	const has = ({resources}: Container) =>
		Object.keys({...resources?.requests, ...resources?.limits}).some(name => name === 'cpu' || name === 'memory');
	if (!containers.some(has)) return 'BestEffort';
	const even = containers.every(({resources}) =>
		['cpu', 'memory'].every(
			name => resources?.limits?.[name] !== undefined && (resources.requests?.[name] ?? resources.limits[name]) === resources.limits[name],
		),
	);
	return even ? 'Guaranteed' : 'Burstable';
}
