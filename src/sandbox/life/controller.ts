import type {Clock} from '../../core/clock.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Machine, MachineEvent} from '../machine.ts';
import type {Agenda} from './agenda.ts';
import type {Recorder} from './event-recorder.ts';
import {controllerOf} from './owners.ts';
import type {PodIndex} from './pod-index.ts';
import type {World} from './world.ts';

/** Names the object that a controller looks at again. Cluster-scoped ones have no namespace. */
export type Key = {readonly namespace: string | undefined; readonly name: string};

/** Brings one object nearer to what its spec says. Knows nothing of time or of its queue. */
export type Controller = {
	readonly name: string;
	/** By kind: which objects an event gives a reason to look at. */
	readonly concerns: {readonly [kind: string]: (event: MachineEvent) => readonly Key[]};
	/** The answer is how many milliseconds later to look again though nothing happened. */
	readonly sync: (key: Key) => number | undefined;
};

/** What controllers stand on. */
export type Tools = {
	readonly machine: Machine;
	readonly world: World;
	readonly clock: Clock;
	readonly pods: PodIndex;
	readonly record: Recorder;
	readonly agenda: Agenda;
	/** Five letters after a prefix, the same in every process with the same seed. */
	readonly suffix: (prefix: string) => string;
};

export const keyOf = ({metadata}: KubeObject): Key => ({namespace: metadata.namespace, name: metadata.name});

/** The object itself. */
export const itself = ({object}: MachineEvent): readonly Key[] => [keyOf(object)];

/** Nothing changed but what controllers wrote: the spec, the labels and the wish to delete are as before. */
export const isStatusOnly = ({type, object, before}: MachineEvent) =>
	type === 'MODIFIED' &&
	before !== undefined &&
	object.spec === before.spec &&
	object.metadata.generation === before.metadata.generation &&
	object.metadata.labels === before.metadata.labels &&
	object.metadata.deletionTimestamp === before.metadata.deletionTimestamp;

/** The owner of that kind, before and after the event. */
export const ownerOf =
	(kind: string) =>
	({object}: MachineEvent): readonly Key[] => {
		const owner = controllerOf(object);
		return owner?.kind === kind ? [{namespace: object.metadata.namespace, name: owner.name}] : [];
	};
