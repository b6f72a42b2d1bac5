import type {Clock} from '../../../src/core/clock.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {Cluster} from '../../../src/mcp/kubernetes/port.ts';
import {agendaOn} from '../../../src/sandbox/life/agenda.ts';
import type {Controller, Tools} from '../../../src/sandbox/life/controller.ts';
import {eventRecorder} from '../../../src/sandbox/life/event-recorder.ts';
import {type Kubelets, kubelets} from '../../../src/sandbox/life/kubelet/kubelet.ts';
import {podIndex} from '../../../src/sandbox/life/pod-index.ts';
import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';
import {workQueue} from '../../../src/sandbox/life/work-queue.ts';
import {isKind, type World, worldOf} from '../../../src/sandbox/life/world.ts';
import type {Machine, MachineEvent} from '../../../src/sandbox/machine.ts';
import {type Mirror, mirrorCluster} from '../mirror.ts';
import type {ApiClient} from './api-client.ts';
import {type Images, podView} from './pod-view.ts';
import {reportedByTest} from './reported-by-test.ts';
import {WriteBack} from './write-back.ts';

/** What kubelets read. */
const kinds = {
	Node: {apiVersion: 'v1', plural: 'nodes'},
	Pod: {apiVersion: 'v1', plural: 'pods'},
	ConfigMap: {apiVersion: 'v1', plural: 'configmaps'},
	Secret: {apiVersion: 'v1', plural: 'secrets'},
	Service: {apiVersion: 'v1', plural: 'services'},
};

type Needs = {
	readonly cluster: Cluster;
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly images: Images;
	/** Told of refused writes, and of the end of all reading. */
	readonly onError: (error: unknown) => void;
};

export type Playing = {readonly world: World; readonly clock: Clock; readonly recordOf: Kubelets['recordOf']};

/**
 * Plays the kubelets of all nodes on a real API server: the embedded cluster's own, which read a mirror of the server and write to it
 * later. A pod lives alike on both because it is the same program.
 */
export async function startKubelets({cluster, api, clock, images, onError}: Needs): Promise<Playing> {
	const pods = podIndex();
	const heard: MachineEvent[] = [];
	let notice = (event: MachineEvent): void => void heard.push(event);
	const mirror = await mirrorCluster(cluster, kinds, event => {
		pods.notice(event);
		notice(event);
	});
	void mirror.broken.then(onError);
	const machine = machineOn(seen(mirror, podView[images]), new WriteBack(api, clock, onError), clock);
	const world = worldOf(machine);
	const agenda = agendaOn(clock);
	const tools: Tools = {machine, world, clock, pods, agenda, record: eventRecorder(machine, clock, onError), suffix: prefix => prefix};
	const {controller, recordOf} = kubelets(tools, isReported);
	const queue = workQueue([placed(controller, world)], machine, agenda, onError);
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

/** A test that reports on a pod itself says so at the pod, and then no kubelet writes its status. */
const isReported = ({metadata}: Pod) => metadata.annotations?.[reportedByTest] !== undefined;

type View = <Found extends KubeObject>(object: Found) => Found;

const seen = ({list, get}: Pick<Mirror, 'list' | 'get'>, view: View): Pick<Mirror, 'list' | 'get'> => ({
	list: (kind, namespace) => list(kind, namespace).map(view),
	get(kind, namespace, name) {
		const found = get(kind, namespace, name);
		return found === undefined ? undefined : view(found);
	},
});

/** Reads are of the mirror. Writes are sent, and seen when the server tells of them. */
function machineOn(mirror: Pick<Mirror, 'list' | 'get'>, writes: WriteBack, clock: Clock): Machine {
	const refuse = (what: string) => () => {
		throw new Error(`a kubelet does not ${what}`);
	};
	return {
		clock,
		list: mirror.list,
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
