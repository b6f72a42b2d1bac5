import {isJsonObject, type JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Machine} from '../../../../src/sandbox/machine.ts';
import {bareFoundation} from '../../../../src/sandbox/scenarios/foundation.ts';
import {node} from '../../../../src/sandbox/scenarios/nodes.ts';
import {minutes, type Scenario} from '../../../../src/sandbox/scenarios/scenario.ts';
import {StatusError} from '../../../../src/sandbox/status-error.ts';
import type {RequestSet, SickWorkload} from '../request.ts';
import {eventOf, isStill, podsOf, statusOf} from './sickness.ts';

const order = ['Node', 'StorageClass', 'PriorityClass', 'Namespace'];
const rank = ({kind}: KubeObject) => (order.includes(kind) ? order.indexOf(kind) : order.length);

/** Rollouts on three nodes are over in this time. */
const settleMs = minutes(3);

type Told = {
	readonly set: Pick<RequestSet, 'world' | 'history' | 'state'>;
	/** Told of every pod whose status comes from the set. */
	readonly report: (pod: KubeObject) => void;
	/** Told of every object that the cluster does not take. */
	readonly refused: (object: KubeObject, why: string) => void;
};

/** The world of a set as a past of the embedded cluster: what runs nowhere first, then the earlier templates, then all, then what is sick. */
export function historyOf({set, report, refused}: Told): Scenario {
	const world = set.world.map(withNodeStatus).toSorted((one, other) => rank(one) - rank(other));
	const still = world.filter(isStill);
	const chapters = [
		tellEach(
			[
				...bareFoundation().filter(({kind}) => kind === 'Namespace' && !still.some(({metadata}) => metadata.name === 'monitoring')),
				...still,
			],
			refused,
		),
		...set.history.map(object => tellEach([object], refused)),
		tellEach(world, refused),
		(machine: Machine) => {
			for (const sick of set.state) makeSick(machine, sick, report);
		},
	];
	return {history: chapters.map((also, index) => ({agoMs: (chapters.length - index) * settleMs, objects: [], also}))};
}

const tellEach = (objects: readonly KubeObject[], refused: Told['refused']) => (machine: Machine) => {
	for (const object of objects) {
		try {
			tellOne(machine, object);
		} catch (error) {
			if (!(error instanceof StatusError)) throw error;
			refused(object, error.message);
		}
	}
};

function tellOne(machine: Machine, object: KubeObject): void {
	const {namespace, name} = object.metadata;
	const before = machine.get(object.kind, namespace, name);
	const stored = before === undefined ? machine.create(object, 'kubectl') : machine.update(joined(object, before), 'kubectl');
	if (object.status !== undefined) machine.update({...stored, status: object.status}, 'kubelet', 'status');
}

/** What the server allocated stays: a manifest names no cluster address and no volume. */
const joined = (object: KubeObject, before: KubeObject): KubeObject => {
	// A server keeps no empty map.
	const maps = (['labels', 'annotations'] as const).map(key => [key, {...before.metadata[key], ...object.metadata[key]}] as const);
	const kept = Object.fromEntries(maps.filter(([, map]) => Object.keys(map).length > 0));
	const {labels: _, annotations: __, ...rest} = before.metadata;
	const metadata = {...rest, ...kept};
	const spec = isJsonObject(object.spec) && isJsonObject(before.spec) ? {spec: mergedSpec(object, object.spec, before.spec)} : {};
	return {...before, ...object, ...spec, metadata};
};

const allocated = [
	'clusterIP',
	'clusterIPs',
	'ipFamilies',
	'ipFamilyPolicy',
	'volumeName',
	'volumeMode',
	'claimRef',
	'finalizers',
	'nodeName',
];
const mergedSpec = (object: KubeObject, spec: JsonObject, before: JsonObject): JsonObject =>
	!isStill(object)
		? spec
		: {...Object.fromEntries(allocated.flatMap(key => (before[key] === undefined ? [] : [[key, before[key]]]))), ...spec};

/** A fake node says nothing of its health; one that lives does. */
function withNodeStatus(object: KubeObject, number: number): KubeObject {
	if (object.kind !== 'Node') return object;
	const {status} = node({name: object.metadata.name, number, at: '2026-01-01T00:00:00Z'});
	const given = isJsonObject(object.status) ? object.status : {};
	return {...object, status: {...(isJsonObject(status) ? status : {}), ...given}};
}

/** Merges a status into every pod of the workload's current template, and leaves the events that go with it. */
function makeSick(machine: Machine, {workload: {kind, namespace, name}, status, events}: SickWorkload, report: Told['report']): void {
	const around = {sets: machine.list('ReplicaSet', namespace), pods: machine.list('Pod', namespace)};
	for (const pod of podsOf(machine.get(kind, namespace, name), around)) {
		report(pod);
		machine.update({...pod, status: statusOf(pod, status)}, 'kubelet', 'status');
		const nowMs = machine.clock.now() + settleMs;
		for (const [index, event] of events.entries()) machine.create(eventOf(pod, event, {index, nowMs}), 'kubelet');
	}
}
