import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {MachineEvent} from '../../machine.ts';
import {withCondition} from '../conditions.ts';
import {type Controller, itself, type Key, keyOf, type Tools} from '../controller.ts';
import {controllerOf} from '../owners.ts';
import type {Pod} from '../pod-shapes.ts';
import {isFinished} from '../pod-state.ts';
import {quantity} from '../quantity.ts';
import type {Node} from '../shapes.ts';
import {isKind} from '../world.ts';
import {fitMessage} from './fit-message.ts';
import {type Amounts, admitsNode, requestsOf, untolerated} from './node-fit.ts';
import {companyProblem, neighboursOf} from './pod-affinity.ts';

const component = 'default-scheduler';
const manager = 'kube-scheduler';
/** Rounding of sums of floating-point cores must not refuse a node that fits exactly. */
const tolerance = 1e-6;
/** One more pod of the same owner counts against a node like this much of its room, so that replicas spread. */
const crowding = 0.25;

/** Gives each pod a node: of those that fit the one with most room left and fewest of its kind, as the real one's default scores would. */
export function scheduler(tools: Tools): Controller {
	const {world, pods} = tools;
	const usage = nodeUsage(tools);
	const waiting = (): readonly Key[] => pods.unassigned().map(keyOf);
	const companions = (): readonly Key[] =>
		pods
			.unassigned()
			.filter(({spec}) => spec.affinity?.podAffinity !== undefined)
			.map(keyOf);
	return {
		name: component,
		concerns: {
			Pod: event => {
				const freed = event.type === 'DELETED' || (isKind(event.object, 'Pod') && isFinished(event.object));
				if (freed) return waiting();
				if (!isKind(event.object, 'Pod')) return [];
				if (event.object.spec.nodeName === undefined) return itself(event);
				// The company of a pod that was just placed may be what others wait for.
				return isPlacing(event) ? companions() : [];
			},
			Node: ({type, object, before}) => (type === 'MODIFIED' && sameRoom(object, before) ? [] : waiting()),
			PersistentVolumeClaim: waiting,
		},
		sync({namespace, name}) {
			const pod = world.get('Pod', namespace, name);
			if (pod === undefined || pod.spec.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined || isFinished(pod))
				return undefined;
			if ((pod.spec.schedulerName ?? component) !== component) return undefined;
			if (gates(pod) > 0) return void hold(tools, pod, 'SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates');
			place(tools, pod, usage);
			return undefined;
		},
	};
}

const isPlacing = ({object, before}: MachineEvent) =>
	isKind(object, 'Pod') && before !== undefined && isKind(before, 'Pod') && before.spec.nodeName !== object.spec.nodeName;
const gates = ({spec}: Pod) => (Array.isArray(spec.schedulingGates) ? spec.schedulingGates.length : 0);
const sameRoom = (node: KubeObject, before: KubeObject | undefined) =>
	before !== undefined &&
	isKind(node, 'Node') &&
	isKind(before, 'Node') &&
	node.spec === before.spec &&
	node.status?.allocatable === before.status?.allocatable &&
	node.metadata.labels === before.metadata.labels;

type Usage = Amounts & {readonly pods: number};

/** What the pods of a node ask for together; asked once for each node and placement. */
const nodeUsage =
	({pods}: Tools) =>
	(node: string): Usage => {
		const live = pods.on(node).filter(pod => !isFinished(pod));
		let [cpu, memory] = [0, 0];
		for (const pod of live) {
			const requests = requestsOf(pod);
			cpu += requests.cpu;
			memory += requests.memory;
		}
		return {cpu, memory, pods: live.length};
	};

function place(tools: Tools, pod: Pod, usage: (node: string) => Usage) {
	const nodes = tools.world.list('Node');
	const claims = claimProblem(tools, pod);
	if (claims !== undefined)
		return refuse(
			tools,
			pod,
			fitMessage(
				nodes.map(() => [claims]),
				[claims],
			),
		);
	const wanted = requestsOf(pod);
	const neighbours = neighboursOf(tools, pod);
	const reasons: (readonly string[])[] = [];
	let best: {readonly node: Node; readonly score: number} | undefined;
	for (const node of nodes) {
		const barred = barrier(pod, node) ?? companyProblem(pod, node, neighbours);
		const used = barred === undefined ? usage(node.metadata.name) : {cpu: 0, memory: 0, pods: 0};
		const why = barred === undefined ? shortages(wanted, node, used) : [barred];
		reasons.push(why);
		const score = why.length === 0 ? roomLeft(node, used, wanted) - likes(tools, pod, node) * crowding : Number.NEGATIVE_INFINITY;
		if (why.length === 0 && (best === undefined || score > best.score + tolerance)) best = {node, score};
	}
	if (best === undefined) refuse(tools, pod, fitMessage(reasons));
	else bind(tools, pod, best.node);
}

const allocatable = ({status}: Node, resource: string) => quantity(status?.allocatable?.[resource]);

/** Why a node does not take the pod, however empty it is. */
function barrier(pod: Pod, node: Node): string | undefined {
	const tolerations = pod.spec.tolerations ?? [];
	const toleratesCordon = tolerations.some(
		({key, operator}) => key === 'node.kubernetes.io/unschedulable' || (operator === 'Exists' && key === undefined),
	);
	if (node.spec?.unschedulable === true && !toleratesCordon) return 'node(s) were unschedulable';
	const taint = untolerated(tolerations, node, ['NoSchedule', 'NoExecute']);
	if (taint !== undefined) return 'node(s) had untolerated taint(s)';
	return admitsNode(pod.spec, node) ? undefined : "node(s) didn't match Pod's node affinity/selector";
}

function shortages(wanted: Amounts, node: Node, used: Usage): readonly string[] {
	return [
		...(used.pods + 1 > allocatable(node, 'pods') ? ['Too many pods'] : []),
		...(wanted.cpu > 0 && used.cpu + wanted.cpu > allocatable(node, 'cpu') + tolerance ? ['Insufficient cpu'] : []),
		...(wanted.memory > 0 && used.memory + wanted.memory > allocatable(node, 'memory') ? ['Insufficient memory'] : []),
	];
}

/** How many pods of the same owner the node has already. */
function likes({pods}: Tools, pod: Pod, node: Node): number {
	const owner = controllerOf(pod)?.uid;
	return owner === undefined ? 0 : pods.ownedBy(owner).filter(({spec}) => spec.nodeName === node.metadata.name).length;
}

/** Mean free share of cpu and memory after the pod, less a little for each pod so that those without requests spread too. */
function roomLeft(node: Node, used: Usage, wanted: Amounts): number {
	const free = (resource: 'cpu' | 'memory') => 1 - (used[resource] + wanted[resource]) / Math.max(allocatable(node, resource), 1e-9);
	return Math.max(0, 1 + (free('cpu') + free('memory')) / 2 - used.pods / Math.max(allocatable(node, 'pods'), 1));
}

function claimProblem({world, machine}: Tools, pod: Pod): string | undefined {
	for (const {persistentVolumeClaim} of pod.spec.volumes ?? []) {
		if (persistentVolumeClaim === undefined) continue;
		const claim = world.get('PersistentVolumeClaim', pod.metadata.namespace, persistentVolumeClaim.claimName);
		if (claim === undefined) return `persistentvolumeclaim "${persistentVolumeClaim.claimName}" not found`;
		if (claim.status?.phase === 'Bound') continue;
		const storage = machine.get('StorageClass', undefined, claim.spec.storageClassName ?? '');
		if (storage?.volumeBindingMode === 'WaitForFirstConsumer') continue;
		return 'pod has unbound immediate PersistentVolumeClaims';
	}
	return undefined;
}

function bind({machine, record, world, clock}: Tools, pod: Pod, node: Node) {
	const {namespace, name} = pod.metadata;
	for (const {persistentVolumeClaim} of pod.spec.volumes ?? []) {
		const claim = persistentVolumeClaim && world.get('PersistentVolumeClaim', namespace, persistentVolumeClaim.claimName);
		if (claim === undefined || claim.status?.phase === 'Bound') continue;
		const annotations = {...claim.metadata.annotations, 'volume.kubernetes.io/selected-node': node.metadata.name};
		machine.update({...claim, metadata: {...claim.metadata, annotations}}, manager);
	}
	const metadata = {...pod.metadata, labels: {...topologyOf(node), ...pod.metadata.labels}};
	const conditions = withCondition(pod.status?.conditions, {type: 'PodScheduled', status: 'True', lastProbeTime: null}, clock.now());
	const bound = {
		...pod,
		metadata,
		spec: {...pod.spec, nodeName: node.metadata.name},
		status: {...pod.status, phase: 'Pending', conditions},
	};
	machine.update(bound, manager, 'binding');
	record(pod, {reason: 'Scheduled', message: `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`, component});
}

const scheduled = ({metadata}: Pod) => ({type: 'PodScheduled', observedGeneration: metadata.generation ?? 1, lastProbeTime: null});

/** Labels of place that a pod takes over from its node. */
const topologyOf = ({metadata}: Node) =>
	Object.fromEntries(Object.entries(metadata.labels ?? {}).filter(([key]) => key.startsWith('topology.kubernetes.io/')));

function refuse(tools: Tools, pod: Pod, message: string) {
	if (hold(tools, pod, 'Unschedulable', message)) tools.record(pod, {type: 'Warning', reason: 'FailedScheduling', message, component});
}

/** Whether that was news. */
function hold({machine, clock}: Tools, pod: Pod, reason: string, message: string): boolean {
	const conditions = withCondition(pod.status?.conditions, {...scheduled(pod), status: 'False', reason, message}, clock.now());
	if (conditions === pod.status?.conditions) return false;
	machine.update({...pod, status: {...pod.status, phase: 'Pending', conditions}}, manager, 'status');
	return true;
}
