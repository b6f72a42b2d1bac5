import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Machine} from '../../machine.ts';
import {deployment, type Workload} from '../workloads.ts';

/** One thing that is wrong. Its name is the name of the object that shows it. */
export type BrokenThing = {
	readonly name: string;
	readonly namespace: string;
	/** The cause, for people. */
	readonly cause: string;
	readonly objects: readonly KubeObject[];
	/** A later change that breaks what worked. */
	readonly later?: readonly KubeObject[];
	readonly also?: (machine: Machine) => void;
};

export const brokenNamespace = 'broken';
const registry = 'registry.example/broken';

/** A small workload of the broken namespace. */
export const app = (name: string, tag: string, more: Partial<Workload> = {}): KubeObject =>
	deployment({
		namespace: brokenNamespace,
		name,
		image: `${registry}/app:${tag}`,
		port: 8080,
		cpu: '20m/200m',
		memory: '32Mi/64Mi',
		...more,
	});

/** A fault that one deployment shows. */
export const thing = (name: string, cause: string, objects: readonly KubeObject[], more: Partial<BrokenThing> = {}): BrokenThing => ({
	name,
	namespace: brokenNamespace,
	cause,
	objects,
	...more,
});
