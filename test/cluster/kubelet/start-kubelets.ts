import type {Clock} from '../../../src/core/clock.ts';
import {agendaOn} from '../../../src/sandbox/life/agenda.ts';
import type {Controller, Tools} from '../../../src/sandbox/life/controller.ts';
import {eventRecorder} from '../../../src/sandbox/life/event-recorder.ts';
import {type Kubelets, kubelets} from '../../../src/sandbox/life/kubelet/kubelet.ts';
import {podIndex} from '../../../src/sandbox/life/pod-index.ts';
import {workQueue} from '../../../src/sandbox/life/work-queue.ts';
import {isKind, type World, worldOf} from '../../../src/sandbox/life/world.ts';
import type {Machine, MachineEvent} from '../../../src/sandbox/machine.ts';
import type {ApiClient} from './api-client.ts';
import {Mirror} from './mirror.ts';
import {WriteBack} from './write-back.ts';

export type Playing = {readonly world: World; readonly clock: Clock; readonly recordOf: Kubelets['recordOf']};

/**
 * Plays the kubelets of all nodes on a real API server: the embedded cluster's own, which read a mirror of the server and write to it
 * later. A pod lives alike on both because it is the same program.
 */
export async function startKubelets(api: ApiClient, clock: Clock, onError: (error: unknown) => void): Promise<Playing> {
	const pods = podIndex();
	const heard: MachineEvent[] = [];
	let notice = (event: MachineEvent): void => void heard.push(event);
	const mirror = new Mirror(api, event => {
		pods.notice(event);
		notice(event);
	});
	const machine = machineOn(mirror, new WriteBack(api, onError), clock);
	const world = worldOf(machine);
	const agenda = agendaOn(clock);
	const tools: Tools = {machine, world, clock, pods, agenda, record: eventRecorder(machine, clock, onError), suffix: prefix => prefix};
	const {controller, recordOf} = kubelets(tools);
	const queue = workQueue([placed(controller, world)], machine, agenda, onError);
	await mirror.start(onError);
	notice = queue.notice;
	heard.forEach(notice);
	return {world, clock, recordOf};
}

/** Pods and nodes are told apart from each other: a pod may be known before its node is, which does not mean that the node is gone. */
const placed = (controller: Controller, world: World): Controller => ({
	...controller,
	sync(key) {
		const node = world.get('Pod', key.namespace, key.name)?.spec.nodeName;
		return node !== undefined && world.get('Node', undefined, node) !== undefined ? controller.sync(key) : undefined;
	},
});

/** Reads are of the mirror. Writes are sent, and seen when the server tells of them. */
function machineOn(mirror: Mirror, writes: WriteBack, clock: Clock): Machine {
	const refuse = (what: string) => () => {
		throw new Error(`a kubelet does not ${what}`);
	};
	return {
		clock,
		list: (kind, namespace) => mirror.list(kind, namespace),
		get: (kind, namespace, name) => (kind === 'Event' ? writes.eventOf(namespace, name) : mirror.get(kind, namespace, name)),
		create(object) {
			writes.event(object);
			return object;
		},
		update(object, _, subresource) {
			if (subresource === undefined) writes.event(object);
			else if (isKind(object, 'Pod')) writes.status(object);
			return object;
		},
		remove: (_, namespace, name, options = {}) => writes.remove(namespace, name, options),
		watch: refuse('watch'),
		extend: refuse('answer for the server'),
	};
}
