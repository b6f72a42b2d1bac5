import {conditionOf, withCondition} from '../conditions.ts';
import {type Controller, itself, type Tools} from '../controller.ts';
import {controllerOf} from '../owners.ts';
import type {Pod} from '../pod-shapes.ts';
import {tolerates} from '../scheduler/node-fit.ts';
import type {Node} from '../shapes.ts';
import {millis, timestamp} from '../time.ts';

type Taint = {readonly key: string; readonly value?: string; readonly effect: string};

const manager = 'kube-controller-manager';
const taints = {
	False: 'node.kubernetes.io/not-ready',
	Unknown: 'node.kubernetes.io/unreachable',
} as const;

/** Taints a node that is not ready and takes its pods away when their patience ends. Where nobody answers any more, they are marked at once. */
export function nodeLifecycle(tools: Tools): Controller {
	const {world, pods} = tools;
	return {
		name: 'node-controller',
		concerns: {
			Node: itself,
			Pod: ({object}) => (isString(object.spec, 'nodeName') ? [{namespace: undefined, name: nodeNameOf(object.spec)}] : []),
		},
		sync({name}) {
			const found = world.get('Node', undefined, name);
			if (found === undefined) return undefined;
			const node = cordoned(tools, labelled(tools, found));
			register(tools, found);
			const status = conditionOf(node.status?.conditions, 'Ready')?.status;
			const key = status === 'False' || status === 'Unknown' ? taints[status] : undefined;
			const tainted = taint(tools, node, key);
			if (status === 'Unknown') for (const pod of pods.on(name)) markNotReady(tools, pod);
			return evictTainted(tools, tainted);
		},
	};
}

/** Greets a node that has just come. */
function register({record, clock}: Tools, node: Node): void {
	const {name, annotations, creationTimestamp} = node.metadata;
	if (annotations?.[ttl] !== undefined || clock.now() - millis(creationTimestamp, 0) > newMs) return;
	const message = `Node ${name} event: Registered Node ${name} in Controller`;
	record(node, {reason: 'RegisteredNode', message, component: 'node-controller'});
}

const ttl = 'node.alpha.kubernetes.io/ttl';
const newMs = 60_000;

/** Older names of two labels, and the time that kubelets may keep secrets: what controllers add to every node. */
function labelled({machine}: Tools, node: Node): Node {
	const {labels = {}, annotations = {}} = node.metadata;
	const older = ['os', 'arch'].flatMap(key => {
		const value = labels[`kubernetes.io/${key}`];
		return value === undefined || labels[`beta.kubernetes.io/${key}`] === value ? [] : [[`beta.kubernetes.io/${key}`, value] as const];
	});
	if (older.length === 0 && annotations[ttl] !== undefined) return node;
	const metadata = {
		...node.metadata,
		labels: {...labels, ...Object.fromEntries(older)},
		annotations: {...annotations, [ttl]: annotations[ttl] ?? '0'},
	};
	// The server answers with the same kind of object that it was given.
	return machine.update({...node, metadata}, manager) as Node;
}

/** A node that is closed to new pods has a taint that says so. */
function cordoned({machine, clock}: Tools, node: Node): Node {
	const key = 'node.kubernetes.io/unschedulable';
	const {taints: before = [], ...spec} = node.spec ?? {};
	const isTainted = before.some(one => one.key === key);
	const isClosed = node.spec?.unschedulable === true;
	if (isTainted === isClosed) return node;
	const others = before.filter(one => one.key !== key);
	const all = isClosed ? [...others, {key, effect: 'NoSchedule', timeAdded: timestamp(clock.now())}] : others;
	// The server answers with the same kind of object that it was given.
	return machine.update({...node, spec: {...spec, ...(all.length === 0 ? {} : {taints: all})}}, manager) as Node;
}

const isString = (spec: unknown, key: 'nodeName'): boolean => nodeNameOf(spec, key) !== '';
const nodeNameOf = (spec: unknown, key: 'nodeName' = 'nodeName'): string =>
	typeof spec === 'object' && spec !== null && key in spec && typeof spec[key] === 'string' ? spec[key] : '';

function taint({machine, clock}: Tools, node: Node, key: string | undefined): Node {
	const keys: readonly string[] = Object.values(taints);
	const before = node.spec?.taints ?? [];
	const others = before.filter(one => !keys.includes(one.key));
	const ours = before.filter(one => one.key === key);
	if (before.length - others.length === ours.length && (key === undefined || ours.length === 2)) return node;
	const added =
		key === undefined
			? []
			: [
					{key, effect: 'NoSchedule', timeAdded: timestamp(clock.now())},
					{key, effect: 'NoExecute', timeAdded: timestamp(clock.now())},
				];
	const {taints: _, ...spec} = node.spec ?? {};
	const all = [...others, ...added];
	// The server answers with the same kind of object that it was given.
	return machine.update({...node, spec: {...spec, ...(all.length === 0 ? {} : {taints: all})}}, manager) as Node;
}

function markNotReady({machine, clock, record}: Tools, pod: Pod) {
	const ready = conditionOf(pod.status?.conditions, 'Ready');
	if (ready?.status !== 'True') return;
	const conditions = withCondition(pod.status?.conditions, {type: 'Ready', status: 'False'}, clock.now());
	machine.update({...pod, status: {...pod.status, conditions}}, manager, 'status');
	record(pod, {type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready', component: 'node-controller'});
}

/** Sends away the pods that do not bear what the node has against them. The answer is the wait for the next one. */
function evictTainted(tools: Tools, node: Node): number | undefined {
	const against = (node.spec?.taints ?? []).filter(({effect}) => effect === 'NoExecute');
	// A taint that a person wrote has no time; whoever bears it for a while is counted from the pod's own beginning.
	const waits = against.flatMap(one => evict(tools, node, one, millis(one.timeAdded, 0)) ?? []);
	return waits.length === 0 ? undefined : Math.min(...waits);
}

/** Pods of DaemonSets tolerate the taint for ever, others for the seconds they say. */
function evict({machine, pods, clock, record}: Tools, node: Node, against: Taint, addedMs: number): number | undefined {
	const waits: number[] = [];
	for (const pod of pods.on(node.metadata.name)) {
		if (pod.metadata.deletionTimestamp !== undefined || controllerOf(pod)?.kind === 'Node') continue;
		const found = (pod.spec.tolerations ?? []).find(one => tolerates(one, against));
		const patienceMs = found === undefined ? 0 : (found.tolerationSeconds ?? Number.POSITIVE_INFINITY) * 1000;
		const leftMs = Math.max(addedMs, millis(pod.status?.startTime)) + patienceMs - clock.now();
		if (leftMs > 0) waits.push(leftMs);
		else {
			record(pod, {
				reason: 'TaintManagerEviction',
				message: `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`,
				component: 'taint-eviction-controller',
			});
			machine.remove('Pod', pod.metadata.namespace, pod.metadata.name);
		}
	}
	const next = Math.min(...waits);
	return Number.isFinite(next) ? next : undefined;
}
