import {conditionOf} from '../conditions.ts';
import {type Controller, itself, keyOf, type Tools} from '../controller.ts';
import type {Container, Pod} from '../pod-shapes.ts';
import {isFinished, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {Node} from '../shapes.ts';
import {millis} from '../time.ts';
import {advance, nextChange, type Surroundings} from './container-step.ts';
import {mountError} from './missing-references.ts';
import {adopted, type ContainerRecord, newRecord, type PodRecord} from './pod-record.ts';
import {addressOf, isInitDone, podStatus} from './pod-status.ts';

/** A process that is asked to stop does so this fast, if its grace is not shorter. */
const stopMs = 1500;
const mountRetryMs = 60_000;
const pullMs = 1200;

export type Kubelets = {readonly controller: Controller; readonly recordOf: (pod: Pod) => PodRecord};

/** The kubelets of all nodes: they start, probe, restart and stop containers, and write what they see into the pods' status. */
export function kubelets(tools: Tools): Kubelets {
	const {world, pods, clock} = tools;
	const records = new Map<string, PodRecord>();
	const images = new Map<string, Set<string>>();
	const mountTries = new Map<string, number>();
	const addresses = addressPool();

	const recordOf = (pod: Pod): PodRecord => {
		const known = records.get(pod.metadata.uid ?? '');
		if (known !== undefined) return known;
		return (pod.status?.containerStatuses ?? []).length > 0 ? adopted(pod, clock.now()) : newRecord(pod, clock.now());
	};
	const imagesOn = (node: string) => {
		const found = images.get(node) ?? new Set();
		images.set(node, found);
		return found;
	};
	const live = (pod: Pod, node: Node): number | undefined => {
		const around = surroundings(tools, pod, imagesOn(node.metadata.name));
		const before = recordOf(pod);
		const mount = before.ip === undefined ? mountError(world, pod) : undefined;
		const triedMs = mountTries.get(pod.metadata.uid ?? '') ?? Number.NEGATIVE_INFINITY;
		if (mount !== undefined && clock.now() - triedMs >= mountRetryMs) {
			mountTries.set(pod.metadata.uid ?? '', clock.now());
			around.note({type: 'Warning', reason: 'FailedMount', message: mount});
		}
		const record = mount === undefined ? liveOn(pod, before, around, () => addresses(node, pod)) : before;
		records.set(pod.metadata.uid ?? '', record);
		const now = world.get('Pod', pod.metadata.namespace, pod.metadata.name);
		if (now !== undefined) putStatus(tools.machine, now, podStatus(now, record, node, clock.now()), 'kubelet');
		if (mount !== undefined) return mountRetryMs;
		const next = wakeMs(pod, record);
		return next === undefined ? undefined : Math.max(1, next - clock.now());
	};
	return {
		recordOf,
		controller: {
			name: 'kubelet',
			concerns: {
				Pod: event => {
					if (event.type === 'DELETED') records.delete(event.object.metadata.uid ?? '');
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
				return isFinished(pod) ? undefined : live(pod, node);
			},
		},
	};
}

/** Whether the kubelet of the node still answers. */
const isUp = (node: Node | Parameters<typeof keyOf>[0] | undefined) =>
	conditionOf((node as Node | undefined)?.status?.conditions, 'Ready')?.status === 'True';

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

function find(records: readonly ContainerRecord[], {name}: Container): ContainerRecord {
	const found = records.find(record => record.name === name);
	return found ?? {name, stage: {kind: 'creating', untilMs: undefined}, restarts: 0, last: undefined, pullFailures: 0, crashes: 0};
}

function wakeMs(pod: Pod, {init, main}: PodRecord): number | undefined {
	const open = init.every(record => isInitDone(pod, record));
	const pairs = [
		...(pod.spec.initContainers ?? []).map(container => [container, find(init, container)] as const),
		...(open ? pod.spec.containers.map(container => [container, find(main, container)] as const) : []),
	];
	const times = pairs.flatMap(([container, record]) => nextChange(pod, container, record) ?? []);
	return times.length === 0 ? undefined : Math.min(...times);
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
