import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {conditionOf} from '../conditions.ts';
import {type Controller, itself, keyOf, type Tools} from '../controller.ts';
import type {Container, Pod} from '../pod-shapes.ts';
import {isFinished, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {Node} from '../shapes.ts';
import {millis} from '../time.ts';
import {isKind} from '../world.ts';
import {advance, nextChange, type Surroundings} from './container-step.ts';
import {evicted, evictedStatus, evictionAt, evictionMessage} from './eviction.ts';
import {mountError} from './missing-references.ts';
import {adopted, type ContainerRecord, fresh, newRecord, type PodRecord} from './pod-record.ts';
import {addressOf, isInitDone, podStatus} from './pod-status.ts';

/** A process that is asked to stop does so this fast, if its grace is not shorter. */
const stopMs = 1500;
const mountRetryMs = 60_000;
const pullMs = 1200;

export type Kubelets = {readonly controller: Controller; readonly recordOf: (pod: Pod) => PodRecord};

/** What the kubelets keep in mind. */
type Memory = {
	readonly records: Map<string, PodRecord>;
	/** By node. */
	readonly images: Map<string, Set<string>>;
	/** When the volumes of a pod were last tried, by its uid. */
	readonly mountTries: Map<string, number>;
	readonly address: (node: Node, pod: Pod) => string;
};

/**
 * The kubelets of all nodes: they start, probe, restart and stop containers, and write what they see into the pods' status.
 * @param isReported whether somebody else reports on a pod: its kubelet leaves it alone until it is deleted
 */
export function kubelets(tools: Tools, isReported: (pod: Pod) => boolean = () => false): Kubelets {
	const {world, pods, clock} = tools;
	const memory: Memory = {records: new Map(), images: new Map(), mountTries: new Map(), address: addressPool()};
	const recordOf = (pod: Pod): PodRecord => {
		const known = memory.records.get(pod.metadata.uid ?? '');
		if (known !== undefined) return known;
		return (pod.status?.containerStatuses ?? []).length > 0 ? adopted(pod, clock.now()) : newRecord(pod, clock.now());
	};
	return {
		recordOf,
		controller: {
			name: 'kubelet',
			concerns: {
				Pod: event => {
					if (event.type === 'DELETED') forget(memory, event.object.metadata.uid ?? '');
					return itself(event);
				},
				Node: ({type, object, before}) => {
					if (type === 'MODIFIED' && isUp(object) === isUp(before)) return [];
					const here = pods.on(object.metadata.name);
					return (type === 'ADDED' ? here.filter(pod => !isReady(pod)) : here).map(keyOf);
				},
			},
			sync({namespace, name}) {
				const pod = world.get('Pod', namespace, name);
				if (pod?.spec.nodeName === undefined) return undefined;
				const node = world.get('Node', undefined, pod.spec.nodeName);
				if (node === undefined) return void tools.machine.remove('Pod', namespace, name, {graceSeconds: 0});
				if (!isUp(node)) return undefined;
				if (pod.metadata.deletionTimestamp !== undefined) return stop(tools, pod, recordOf(pod));
				return isFinished(pod) || isReported(pod) ? undefined : live(tools, memory, pod, node, recordOf(pod));
			},
		},
	};
}

function forget({records, mountTries}: Memory, uid: string) {
	records.delete(uid);
	mountTries.delete(uid);
}

/** Brings a pod to the present and writes its status. The answer is the wait for its next change. */
function live(tools: Tools, memory: Memory, pod: Pod, node: Node, before: PodRecord): number | undefined {
	const {world, clock, machine} = tools;
	const uid = pod.metadata.uid ?? '';
	const images = memory.images.get(node.metadata.name) ?? new Set();
	memory.images.set(node.metadata.name, images);
	const around = surroundings(tools, pod, images);
	const endMs = evictionAt(pod, before);
	if (clock.now() >= endMs) return evict(tools, memory, pod, {node, around, before});
	const mount = before.ip === undefined ? mountError(world, pod) : undefined;
	if (mount !== undefined && clock.now() - (memory.mountTries.get(uid) ?? 0) >= mountRetryMs) {
		memory.mountTries.set(uid, clock.now());
		around.note({type: 'Warning', reason: 'FailedMount', message: mount});
	}
	const record = mount === undefined ? liveOn(pod, before, around, () => memory.address(node, pod)) : before;
	memory.records.set(uid, record);
	const now = world.get('Pod', pod.metadata.namespace, pod.metadata.name);
	if (now !== undefined) putStatus(machine, now, podStatus(now, record, node, clock.now()), 'kubelet');
	if (mount !== undefined) return mountRetryMs;
	const next = Math.min(wakeMs(pod, record), endMs);
	return Number.isFinite(next) ? Math.max(1, next - clock.now()) : undefined;
}

type Ending = {readonly node: Node; readonly around: Surroundings; readonly before: PodRecord};

/** Kills every container and says why; the pod's owner makes another. */
function evict({world, clock, machine}: Tools, {records}: Memory, pod: Pod, {node, around, before}: Ending): undefined {
	const record = evicted(pod, before, clock.now());
	records.set(pod.metadata.uid ?? '', record);
	around.note({type: 'Warning', reason: 'Evicted', message: evictionMessage(pod)});
	for (const {name, stage} of before.main) {
		if (stage.kind === 'running') around.note({reason: 'Killing', message: `Stopping container ${name}`, container: name});
	}
	const now = world.get('Pod', pod.metadata.namespace, pod.metadata.name);
	if (now === undefined) return;
	putStatus(machine, now, evictedStatus(now, podStatus(now, record, node, clock.now()), clock.now()), 'kubelet');
}

/** Whether the kubelet of the node still answers. One that says that its node is not ready does. */
function isUp(node: KubeObject | undefined): boolean {
	const status = node !== undefined && isKind(node, 'Node') ? conditionOf(node.status?.conditions, 'Ready')?.status : undefined;
	return status === 'True' || status === 'False';
}

function surroundings(tools: Tools, pod: Pod, images: Set<string>): Surroundings {
	const host = pod.spec.nodeName ?? '';
	return {
		world: tools.world,
		nowMs: tools.clock.now(),
		pullMs: image => (images.has(image) ? 0 : pullMs),
		pulled: image => void images.add(image),
		ip: pod.status?.podIP,
		note: note => tools.record(pod, {...note, component: 'kubelet', host}),
		policy: pod.spec.restartPolicy ?? 'Always',
	};
}

/** Init containers one after the other, then all others together. */
function liveOn(pod: Pod, before: PodRecord, around: Surroundings, address: () => string): PodRecord {
	const initPolicy = around.policy === 'Never' ? 'Never' : 'OnFailure';
	let open = true;
	const init = (pod.spec.initContainers ?? []).map(container => {
		const record = find(before.init, container);
		if (!open) return record;
		const policy = container.restartPolicy === 'Always' ? 'Always' : initPolicy;
		const after = advance(pod, container, record, {...around, policy});
		open = isInitDone(pod, after);
		return after;
	});
	const main = pod.spec.containers.map(container => {
		const record = find(before.main, container);
		return open ? advance(pod, container, record, around) : record;
	});
	return {...before, ip: before.ip ?? address(), init, main};
}

const find = (records: readonly ContainerRecord[], {name}: Container): ContainerRecord =>
	records.find(record => record.name === name) ?? fresh(name);

/** When something happens to a container next; Infinity if nothing will. */
function wakeMs(pod: Pod, {init, main}: PodRecord): number {
	const open = init.every(record => isInitDone(pod, record));
	const pairs = [
		...(pod.spec.initContainers ?? []).map(container => [container, find(init, container)] as const),
		...(open ? pod.spec.containers.map(container => [container, find(main, container)] as const) : []),
	];
	const times = pairs.flatMap(([container, record]) => nextChange(pod, container, record) ?? []);
	return Math.min(Number.POSITIVE_INFINITY, ...times);
}

/** Sends the signal when it first sees the deletion, and frees the object when the processes are gone. */
function stop({machine, clock, record}: Tools, pod: Pod, {main}: PodRecord): number | undefined {
	const {deletionTimestamp, deletionGracePeriodSeconds, namespace, name, uid} = pod.metadata;
	const endMs = millis(deletionTimestamp);
	const askedMs = endMs - Number(deletionGracePeriodSeconds ?? 0) * 1000;
	const goneMs = Math.min(endMs, askedMs + stopMs);
	if (clock.now() >= goneMs) {
		machine.remove('Pod', namespace, name, {...(uid === undefined ? {} : {uid}), graceSeconds: 0});
		return undefined;
	}
	for (const container of main.filter(({stage}) => stage.kind === 'running')) {
		const note = {reason: 'Killing', message: `Stopping container ${container.name}`, container: container.name};
		record(pod, {...note, component: 'kubelet', host: pod.spec.nodeName ?? ''});
	}
	return goneMs - clock.now();
}

/** Addresses of pods: a network for each node, numbers in the order of starting. */
function addressPool() {
	const networks = new Map<string, {readonly network: number; next: number}>();
	return (node: Node, {spec}: Pod): string => {
		const pool = networks.get(node.metadata.name) ?? {network: networks.size, next: 2};
		networks.set(node.metadata.name, pool);
		if (spec.hostNetwork === true) return addressOf(node) ?? '127.0.0.1';
		const number = pool.next++;
		return `10.244.${(pool.network + 64 * Math.floor(number / 254)) % 256}.${(number % 254) + 1}`;
	};
}
