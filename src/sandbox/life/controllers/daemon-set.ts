import {type Controller, itself, type Key, ownerOf, type Tools} from '../controller.ts';
import {scaled} from '../int-or-percent.ts';
import type {Pod, Toleration} from '../pod-shapes.ts';
import {isActive, isAvailable, isFinished, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import {admitsNode, toleratesAll} from '../scheduler/node-fit.ts';
import type {DaemonSet, Node} from '../shapes.ts';
import {podControl} from './pod-control.ts';
import {podFromTemplate} from './pod-from-template.ts';
import {positive} from './replica-set.ts';
import {templateRevision} from './stateful-set-revisions.ts';

const component = 'daemonset-controller';
const revisionLabel = 'controller-revision-hash';

/** What every DaemonSet pod tolerates. @see AddOrUpdateDaemonPodTolerations */
const tolerations: readonly Toleration[] = [
	{key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute'},
	{key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute'},
	{key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule'},
	{key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule'},
	{key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule'},
	{key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule'},
];

/** Keeps one pod on every node that admits it. */
export function daemonSetController(tools: Tools): Controller {
	const {world} = tools;
	const all = (): readonly Key[] => world.list('DaemonSet').map(({metadata}) => ({namespace: metadata.namespace, name: metadata.name}));
	return {
		name: component,
		concerns: {
			DaemonSet: itself,
			Pod: ownerOf('DaemonSet'),
			Node: ({type, object, before}) => (type === 'MODIFIED' && object.spec === before?.spec ? [] : all()),
		},
		sync({namespace, name}) {
			const set = world.get('DaemonSet', namespace, name);
			if (set === undefined || set.metadata.deletionTimestamp !== undefined) return undefined;
			const revision = templateRevision(tools, set);
			const hash = revision.slice(set.metadata.name.length + 1);
			const nodes = world.list('Node').filter(node => admits(set, node));
			const refused = placePods(tools, set, nodes, hash);
			if (set.spec.updateStrategy?.type !== 'OnDelete') replaceOld(tools, set, nodes.length, hash);
			writeStatus(tools, set, nodes, hash);
			return refused ? 20_000 : undefined;
		},
	};
}

const allTolerations = ({spec}: DaemonSet) => [...(spec.template.spec.tolerations ?? []), ...tolerations];
const admits = (set: DaemonSet, node: Node) =>
	admitsNode(set.spec.template.spec, node) && toleratesAll(allTolerations(set), node, ['NoSchedule', 'NoExecute']);

/** The node that a pod of a DaemonSet is for, before the scheduler has bound it. */
const nodeOf = ({spec}: Pod) =>
	spec.nodeName ??
	spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]?.matchFields?.[0]?.values?.[0];

function placePods(tools: Tools, set: DaemonSet, nodes: readonly Node[], hash: string): boolean {
	const control = podControl(tools, component);
	const wanted = new Set(nodes.map(({metadata}) => metadata.name));
	const surge = surgeOf(set, nodes.length);
	const taken = new Set<string>();
	for (const pod of tools.pods.ownedBy(set.metadata.uid)) {
		const node = nodeOf(pod) ?? '';
		if (pod.metadata.deletionTimestamp !== undefined) taken.add(node);
		else if (!wanted.has(node) || (taken.has(node) && surge === 0) || isFinished(pod)) control.remove(set, pod);
		else taken.add(node);
	}
	for (const node of wanted) {
		if (!taken.has(node) && !createPod(tools, set, node, hash)) return true;
	}
	return false;
}

function createPod(tools: Tools, set: DaemonSet, node: string, hash: string): boolean {
	const term = {matchFields: [{key: 'metadata.name', operator: 'In', values: [node]}]};
	const affinity = {
		...set.spec.template.spec.affinity,
		nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [term]}},
	};
	const template = {...set.spec.template, spec: {...set.spec.template.spec, affinity, tolerations: allTolerations(set)}};
	const prefix = `${set.metadata.name}-`;
	const pod = podFromTemplate(set, template, `${prefix}${tools.suffix(prefix)}`, prefix, {
		labels: {[revisionLabel]: hash, 'pod-template-generation': '1'},
	});
	return podControl(tools, component).create(set, pod) === undefined;
}

/** Old pods go as long as no more than maxUnavailable are missing; those that do not work go first. */
function replaceOld(tools: Tools, set: DaemonSet, desired: number, hash: string) {
	const control = podControl(tools, component);
	const pods = tools.pods.ownedBy(set.metadata.uid);
	const limit = Math.max(1, scaled(set.spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, desired, 'up'));
	if (surgeOf(set, desired) > 0) return surgeOver(tools, set, desired, hash);
	const isWorking = working(tools, set);
	let missing = desired - pods.filter(isWorking).length;
	const old = pods.filter(pod => isActive(pod) && pod.metadata.labels?.[revisionLabel] !== hash);
	for (const pod of old.toSorted((a, b) => Number(isWorking(a)) - Number(isWorking(b)))) {
		if (isWorking(pod)) {
			if (missing >= limit) return;
			missing++;
		}
		control.remove(set, pod);
	}
}

const working =
	({clock}: Tools, {spec}: DaemonSet) =>
	(pod: Pod) =>
		isActive(pod) && isAvailable(pod, spec.minReadySeconds ?? 0, clock.now());
const surgeOf = ({spec}: DaemonSet, desired: number) => scaled(spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0, desired, 'up');

/** On as many nodes as may have two pods, the new one comes before the old one goes. */
function surgeOver(tools: Tools, set: DaemonSet, desired: number, hash: string) {
	const control = podControl(tools, component);
	const isWorking = working(tools, set);
	const pods = tools.pods.ownedBy(set.metadata.uid).filter(isActive);
	const isNew = (pod: Pod) => pod.metadata.labels?.[revisionLabel] === hash;
	const successor = (pod: Pod) => pods.find(other => isNew(other) && nodeOf(other) === nodeOf(pod));
	const old = pods.filter(pod => !isNew(pod));
	let room = surgeOf(set, desired) - old.filter(pod => successor(pod) !== undefined).length;
	for (const pod of old) {
		const next = successor(pod);
		if (next !== undefined ? isWorking(next) : !isWorking(pod)) control.remove(set, pod);
		else if (next === undefined && room-- > 0) createPod(tools, set, nodeOf(pod) ?? '', hash);
	}
}

function writeStatus({machine, world, pods, clock}: Tools, {metadata}: DaemonSet, nodes: readonly Node[], hash: string) {
	const set = world.get('DaemonSet', metadata.namespace, metadata.name);
	if (set === undefined) return;
	const names = new Set(nodes.map(({metadata}) => metadata.name));
	const live = pods.ownedBy(metadata.uid).filter(isActive);
	const placed = live.filter(pod => names.has(pod.spec.nodeName ?? ''));
	const available = placed.filter(pod => isAvailable(pod, set.spec.minReadySeconds ?? 0, clock.now())).length;
	putStatus(machine, set, {
		currentNumberScheduled: placed.length,
		numberMisscheduled: live.length - live.filter(pod => names.has(nodeOf(pod) ?? '')).length,
		desiredNumberScheduled: nodes.length,
		numberReady: placed.filter(isReady).length,
		observedGeneration: set.metadata.generation,
		...positive({
			updatedNumberScheduled: placed.filter(pod => pod.metadata.labels?.[revisionLabel] === hash).length,
			numberAvailable: available,
			numberUnavailable: nodes.length - available,
		}),
	});
}
