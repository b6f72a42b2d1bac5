import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Machine} from '../machine.ts';
import type {Kinds} from './shapes.ts';

/** The machine's reads with the shape of each kind. */
export type World = {
	readonly list: <Kind extends keyof Kinds>(kind: Kind, namespace?: string) => readonly Kinds[Kind][];
	readonly get: <Kind extends keyof Kinds>(kind: Kind, namespace: string | undefined, name: string) => Kinds[Kind] | undefined;
};

export const worldOf = (machine: Pick<Machine, 'list' | 'get'>): World => ({
	// The server stores only what its schema for the kind lets in, so the shape follows from the kind.
	list: <Kind extends keyof Kinds>(kind: Kind, namespace?: string) => machine.list(kind, namespace) as readonly Kinds[Kind][],
	get: <Kind extends keyof Kinds>(kind: Kind, namespace: string | undefined, name: string) =>
		machine.get(kind, namespace, name) as Kinds[Kind] | undefined,
});

/** The same for an object that came with an event. */
export const isKind = <Kind extends keyof Kinds>(object: KubeObject, kind: Kind): object is Kinds[Kind] => object.kind === kind;
