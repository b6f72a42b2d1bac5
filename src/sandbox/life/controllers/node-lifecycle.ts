import {conditionOf, withCondition} from '../conditions.ts';
import {type Controller, itself, type Tools} from '../controller.ts';
import {controllerOf} from '../owners.ts';
import type {Pod} from '../pod-shapes.ts';
import {tolerates} from '../scheduler/node-fit.ts';
import type {Node} from '../shapes.ts';
import {millis, timestamp} from '../time.ts';

const manager = 'kube-controller-manager';
const taints = {
	False: 'node.kubernetes.io/not-ready',
	Unknown: 'node.kubernetes.io/unreachable',
} as const;

/** Taints a node that is not ready and takes its pods away when their patience ends. Where nobody answers any more, they are marked at once. */
export function nodeLifecycle(tools: Tools): Controller {
	const {world, pods, clock} = tools;
	return {
		name: 'node-controller',
		concerns: {
			Node: itself,
			Pod: ({object}) => (isString(object.spec, 'nodeName') ? [{namespace: undefined, name: nodeNameOf(object.spec)}] : []),
		},
		sync({name}) {
			const found = world.get('Node', undefined, name);
			if (found === undefined) return undefined;
			const node = labelled(tools, found);
			const status = conditionOf(node.status?.conditions, 'Ready')?.status;
			const key = status === 'False' || status === 'Unknown' ? taints[status] : undefined;
			const tainted = taint(tools, node, key);
			if (key === undefined) return undefined;
			if (status === 'Unknown') for (const pod of pods.on(name)) markNotReady(tools, pod);
			const added = millis(tainted.spec?.taints?.find(one => one.key === key && one.effect === 'NoExecute')?.timeAdded, clock.now());
			return evict(tools, tainted, key, added);
		},
	};
}

/** Older names of two labels, and the time that kubelets may keep secrets: what controllers add to every node. */
function labelled({machine}: Tools, node: Node): Node {
	const {labels = {}, annotations = {}} = node.metadata;
	const older = ['os', 'arch'].flatMap(key => {
		const value = labels[`kubernetes.io/${key}`];
		return value === undefined || labels[`beta.kubernetes.io/${key}`] === value ? [] : [[`beta.kubernetes.io/${key}`, value] as const];
	});
	const ttl = 'node.alpha.kubernetes.io/ttl';
	if (older.length === 0 && annotations[ttl] !== undefined) return node;
	const metadata = {
		...node.metadata,
		labels: {...labels, ...Object.fromEntries(older)},
		annotations: {...annotations, [ttl]: annotations[ttl] ?? '0'},
	};
	// The server answers with the same kind of object that it was given.
	return machine.update({...node, metadata}, manager) as Node;
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

/** Pods of DaemonSets tolerate the taint for ever, others for the seconds they say. The answer is the wait for the next one. */
function evict({machine, pods, clock, record}: Tools, node: Node, key: string, addedMs: number): number | undefined {
	const waits: number[] = [];
	for (const pod of pods.on(node.metadata.name)) {
		if (pod.metadata.deletionTimestamp !== undefined || controllerOf(pod)?.kind === 'Node') continue;
		const found = (pod.spec.tolerations ?? []).find(one => tolerates(one, {key, effect: 'NoExecute'}));
		const patienceMs = found === undefined ? 0 : (found.tolerationSeconds ?? Number.POSITIVE_INFINITY) * 1000;
		const leftMs = addedMs + patienceMs - clock.now();
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
