import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Machine} from '../machine.ts';

/** A small world with a past, as data. The command line tells of it in `main/scenario-names.ts`. */
export type Scenario = {
	/** What happened, oldest first. Controllers and kubelets live through it before anybody connects. */
	readonly history: readonly Chapter[];
	/** Objects in their final state, written before anything lives; for worlds too large to be lived through. */
	readonly stage?: (machine: Machine, plant: (object: KubeObject) => KubeObject) => void;
};

export type Chapter = {
	/** How long before the start. */
	readonly agoMs: number;
	/** Objects that were created then, or took this shape. */
	readonly objects: readonly KubeObject[];
	/** What else happened then. */
	readonly also?: (machine: Machine) => void;
};

const minuteMs = 60_000;
export const minutes = (count: number) => count * minuteMs;
export const hours = (count: number) => count * 60 * minuteMs;
export const days = (count: number) => count * 24 * 60 * minuteMs;

/** Writes the objects of a chapter: new ones are created, known ones get the new spec. Statuses that are given are written after. */
export function tell(machine: Machine, {objects, also}: Chapter): void {
	for (const object of objects) {
		const {namespace, name} = object.metadata;
		const before = machine.get(object.kind, namespace, name);
		const stored = before === undefined ? machine.create(object, 'kubectl') : machine.update(merged(object, before), 'kubectl');
		if (object.status !== undefined) machine.update({...stored, status: object.status}, 'kubelet', 'status');
	}
	also?.(machine);
}

const merged = (object: KubeObject, before: KubeObject): KubeObject => ({
	...before,
	...object,
	metadata: {...before.metadata, ...object.metadata, annotations: {...before.metadata.annotations, ...object.metadata.annotations}},
});
